"""The shapes that views hand to the components in `templates/ui/components/`: plain frozen records, no domain."""

from dataclasses import dataclass
from typing import Literal

from lantern.ui.times import Moment

Colour = Literal["grey", "green", "turquoise", "blue", "light-blue", "purple", "pink", "red", "orange", "yellow"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a word or two; the words carry the meaning, the colour only repeats it."""

    words: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `about` is read out after them where the words alone are not enough."""

    words: str
    href: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list."""

    key: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a timeline; newest first is the caller's choice."""

    anchor: str
    title: str
    byline: str
    moment: Moment
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    struck: bool = False
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `sort` is the value a sortable column goes by."""

    words: str
    sort: str | int = ""
    link: Link | None = None
    tag: Tag | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; on a narrow screen each row becomes a block and each cell repeats its column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sortable: bool = False
    hide_caption: bool = False

    @property
    def labelled_rows(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with the column it stands in."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class NavItem:
    """One item of the service navigation."""

    words: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds every page: navigation, who is signed in and where the exit button leads."""

    navigation: tuple[NavItem, ...]
    signed_in_as: str
    lock_href: str
    exit_href: str
