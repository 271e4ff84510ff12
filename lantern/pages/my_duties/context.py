"""What the page *My duties* shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.duty_lines import DutyGroup
from lantern.pages.my_duties.unread import AllUnread, Unread
from lantern.ui.page import Page
from lantern.ui.times import Moment


@dataclass(frozen=True, kw_only=True)
class MyDuties(Page):
    """What is owed by the roles this person holds."""

    TEMPLATE: ClassVar[str] = "my_duties/page.html"

    whose: Annotated[str, "For which roles and agencies the duties are shown, in words"]
    looked_at: Annotated[Moment, "When this was true"]
    summary: Annotated[str, "How many are overdue, how many are due and how many messages wait, in a sentence"]
    unread: Annotated[AllUnread, "Messages to read, for whoever handles them"]
    asking: Annotated[tuple[Unread, ...], "Agencies outside a case that wait for the person's answer"]
    groups: Annotated[tuple[DutyGroup, ...], "Overdue, due now, due, cannot tell"]
    all_href: Annotated[str, "Where the duties of the whole agency are, or back to the person's own"]
    all_words: Annotated[str, "The words of that link"]
