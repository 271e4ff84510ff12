"""What the page of a protocol shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.pack_words import Citation
from lantern.ui.components import Link, Row, Tag
from lantern.ui.page import Page


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One duty of a protocol, in words."""

    anchor: str
    says: str
    name: str
    owner: str
    strength: str
    arises: str
    due: tuple[str, ...]
    met_by: str
    others: tuple[str, ...]
    cites: tuple[Citation, ...]
    assumed: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Phase:
    """Duties of one phase of the child's journey."""

    anchor: str
    heading: str
    duties: tuple[DutyRule, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document the protocol cites."""

    anchor: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Two places that contradict, and which is computed."""

    says: str
    chosen: str
    why: str
    places: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Protocol(Page):
    """One edition of one protocol."""

    TEMPLATE: ClassVar[str] = "protocol/page.html"

    title: Annotated[str, "What the protocol calls itself"]
    status: Annotated[Tag, "Agreed or assumed"]
    rows: Annotated[tuple[Row, ...], "Edition, in force, authorities, base, content hash"]
    files: Annotated[tuple[Link, ...], "The protocol as documents to save"]
    phases: Annotated[tuple[Phase, ...], "The duties in the order of the child's journey"]
    authority: Annotated[tuple[str, ...], "Who may decide what"]
    assumptions: Annotated[tuple[str, ...], "Readings that are ours, because the text leaves them open"]
    conflicts: Annotated[tuple[ConflictLine, ...], "Where the text contradicts itself"]
    sources: Annotated[tuple[SourceLine, ...], "The documents that are cited"]
