"""What the briefing sheet shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.duty_lines import DutyLine
from lantern.pages.identity import Identity
from lantern.ui.components import Entry, Link, Row
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class Briefing(Page):
    """One page of paper: who, how it stands, what is owed next, what happened last."""

    TEMPLATE: ClassVar[str] = "briefing/page.html"

    identity: Annotated[Identity, "Whose record this is"]
    episode: Annotated[Link, "Back to the episode"]
    printed: Annotated[str, "By which role and when it was made, so that an old sheet is seen to be old"]
    standing: Annotated[tuple[Row, ...], "How the episode stands"]
    about: Annotated[tuple[Row, ...], "What is known of the child that bears on the risk"]
    owed: Annotated[tuple[DutyLine, ...], "What is owed next"]
    entries: Annotated[tuple[Entry, ...], "The latest events"]
