"""What the page that corrects an event shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.pages.identity import Identity
from lantern.ui.components import Entry, Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class CorrectEvent(Page):
    """The form of the event as it was recorded, to be put right; or the event as recorded in error."""

    TEMPLATE: ClassVar[str] = "correct_event/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    episode: Annotated[Link, "Back to the episode"]
    entry: Annotated[tuple[Entry, ...], "The event as it reads now"]
    notes: Annotated[Notes, "What changed meanwhile, and words to think about"]
    form: Annotated[SafeForm, "The event's own form, filled in"]
    action: Annotated[str, "Where both forms are sent"]
    key: Annotated[str, "The key that makes sending twice harmless"]
    seen: Annotated[int, "The number of the last event seen"]
