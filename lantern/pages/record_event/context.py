"""What the page that records an event shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.pages.identity import Identity
from lantern.ui.components import Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class RecordEvent(Page):
    """One form, built for the kind of event."""

    TEMPLATE: ClassVar[str] = "record_event/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    episode: Annotated[Link, "Back to the episode"]
    intro: Annotated[str, "What the words of this form mean, where that needs saying"]
    notes: Annotated[Notes, "What changed meanwhile, and words to think about"]
    form: Annotated[SafeForm, "The form"]
    action: Annotated[str, "Where the form is sent"]
    words: Annotated[str, "The words of the button"]
