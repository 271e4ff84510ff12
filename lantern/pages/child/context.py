"""What the page of a child shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.duty_lines import DutyLine
from lantern.pages.identity import Identity
from lantern.ui.components import Entry, Link, Row, Table
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class ChildPage(Page):
    """A child: who, what is known, every episode, and what happened."""

    TEMPLATE: ClassVar[str] = "child/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    open_episode: Annotated[Link | None, "The episode that is open now"]
    open_words: Annotated[str, "How that episode stands, in a sentence"]
    facts: Annotated[tuple[Row, ...], "What is known of the child"]
    owed: Annotated[tuple[DutyLine, ...], "What is owed to the child whether or not the child is away"]
    episodes: Annotated[Table | None, "Every episode, newest first"]
    entries: Annotated[tuple[Entry, ...], "What happened, newest first"]
    earlier: Annotated[int, "How many older events are not shown"]
    update_href: Annotated[str, "Where facts about the child are recorded; empty where the person may not"]
    report_href: Annotated[str, "Where this child is reported missing; empty where the person may not"]
    asking: Annotated[int, "How many agencies reported the child and wait to be given a part in the case"]
    parts_href: Annotated[str, "Where they are answered; empty where the person may not"]
    why_href: Annotated[str, "Where it is said why the person can see this record"]
    seen_href: Annotated[str, "Where it is listed who has seen this record; empty where the person may not"]
