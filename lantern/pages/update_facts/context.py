"""What the page that records facts about a child shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.pages.identity import Identity
from lantern.ui.components import Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class UpdateFacts(Page):
    """What is known of the child, to be added to or put right."""

    TEMPLATE: ClassVar[str] = "update_facts/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    child: Annotated[Link, "Back to the child"]
    notes: Annotated[Notes, "What changed meanwhile, and words to think about"]
    form: Annotated[SafeForm, "The form"]
    action: Annotated[str, "Where the form is sent"]
