"""What the page of a duty shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.pages.duty_lines import DutyLine
from lantern.pages.identity import Identity
from lantern.pages.reasons import Why
from lantern.ui.components import Link, Row
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class DutyPage(Page):
    """A duty with its whole reason, what it must contain, and what can be done with it."""

    TEMPLATE: ClassVar[str] = "duty/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    back: Annotated[Link, "Back to the episode, or to the child where the duty is of no episode"]
    line: Annotated[DutyLine, "The duty"]
    why: Annotated[Why, "Why it is owed and where that is written"]
    rows: Annotated[tuple[Row, ...], "Owner, times, protocol"]
    contents: Annotated[tuple[Row, ...], "What must be in it: invitees, agenda, recipients"]
    accept: Annotated[SafeForm | None, "The form that accepts a hand-over; none where it is not the person's to accept"]
    accept_action: Annotated[str, "Where that form is sent"]
    set_aside_href: Annotated[str, "Where the duty can be set aside; empty where the person may not"]


@dataclass(frozen=True, kw_only=True)
class SetAsidePage(Page):
    """Asks why a duty is set aside and who allowed it."""

    TEMPLATE: ClassVar[str] = "duty/set_aside.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    back: Annotated[Link, "Back to the duty"]
    line: Annotated[DutyLine, "The duty"]
    notes: Annotated[Notes, "What changed meanwhile, and words to think about"]
    form: Annotated[SafeForm, "The form"]
    action: Annotated[str, "Where the form is sent"]
