"""What the page that reports a missing child shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.pages.identity import Identity
from lantern.ui.components import Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class ReportMissing(Page):
    """The short form: who, since when, from where, what is known."""

    TEMPLATE: ClassVar[str] = "report/page.html"

    identity: Annotated[Identity | None, "The bar of a child who is known; none for a new one"]
    back: Annotated[Link, "Back to where the child was looked for"]
    notes: Annotated[Notes, "What changed meanwhile, words to think about, refusals"]
    form: Annotated[SafeForm, "The form"]
    action: Annotated[str, "Where the form is sent"]
