"""What the pages of reports that could not be read show."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.changes import Notes
from lantern.ui.components import Link, Row, Table
from lantern.ui.forms import SafeForm
from lantern.ui.page import Page


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message."""

    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Quarantine(Page):
    """Reports that came in and could not be turned into events."""

    TEMPLATE: ClassVar[str] = "intake/page.html"

    summary: Annotated[str, "How many wait, in a sentence"]
    table: Annotated[Table | None, "The reports, longest waiting first"]


@dataclass(frozen=True, kw_only=True)
class QuarantinedReport(Page):
    """One report as it arrived, and what could not be read."""

    TEMPLATE: ClassVar[str] = "intake/item.html"

    back: Annotated[Link, "Back to the list"]
    problems: Annotated[tuple[str, ...], "What could not be read"]
    rows: Annotated[tuple[Row, ...], "Where it came from and when"]
    texts: Annotated[tuple[Part, ...], "The report as it arrived, part by part"]
    notes: Annotated[Notes, "Words to think about, refusals"]
    form: Annotated[SafeForm, "The report as the person reads it"]
    action: Annotated[str, "Where that form is sent"]
    nothing_action: Annotated[str, "Where it is said that the message holds no report"]
