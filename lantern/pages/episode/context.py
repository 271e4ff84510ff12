"""What the page of an episode shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.duty_lines import DutyGroup, DutyLine
from lantern.pages.identity import Identity
from lantern.ui.components import Entry, Link, Row, Tag
from lantern.ui.page import Page


@dataclass(frozen=True, slots=True)
class Offers:
    """Forms that belong together, under one heading."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class EpisodePage(Page):
    """An episode: how it stands, what is owed and why, what happened."""

    TEMPLATE: ClassVar[str] = "episode/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    child: Annotated[Link, "The page of the child"]
    state: Annotated[Tag, "How the episode stands, in a word or two"]
    risk: Annotated[Tag, "The police grading"]
    standing: Annotated[tuple[Row, ...], "Last seen, category, risk, protocol …"]
    stale: Annotated[str, "A warning where the duties are those of an earlier evaluation; else empty"]
    problems: Annotated[tuple[str, ...], "What the engine says must be looked at, such as a decision by the wrong role"]
    owed: Annotated[tuple[DutyGroup, ...], "What is still to be done, by the reader's agency first"]
    over: Annotated[tuple[DutyLine, ...], "Duties that are done, set aside or no longer needed"]
    first_offers: Annotated[tuple[Link, ...], "The forms most likely to be wanted now"]
    offers: Annotated[tuple[Offers, ...], "Every form that this person may fill in, by heading"]
    entries: Annotated[tuple[Entry, ...], "What happened, newest first"]
    briefing_href: Annotated[str, "The sheet to print"]
