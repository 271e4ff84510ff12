"""What the page *Missing now* shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.ui.components import Link, Table, Tag
from lantern.ui.page import Page
from lantern.ui.times import Moment


@dataclass(frozen=True, slots=True)
class MissingCard:
    """One child who is away now."""

    link: Link
    detail: str
    state: Tag
    risk: Tag
    risk_class: str
    away_for: str
    last_seen: Moment | None
    category: str
    owed: str
    next_due: str
    overdue: str
    stale: str


@dataclass(frozen=True, kw_only=True)
class MissingNow(Page):
    """The first screen."""

    TEMPLATE: ClassVar[str] = "missing_now/page.html"

    summary: Annotated[str, "How many children are missing, in a sentence"]
    looked_at: Annotated[Moment, "When this was true"]
    cards: Annotated[tuple[MissingCard, ...], "The children, highest risk first, then longest away"]
    found: Annotated[Table | None, "Children who were found and whose episode is still open"]
    unread: Annotated[Link | None, "Reports that could not be read, where the person may handle them"]
    may_report: Annotated[bool, "Whether to offer the form that reports a missing child"]
