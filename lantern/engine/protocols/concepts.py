"""What a concept is, when protocols are compared: a name, a part of the journey, and where a pack may state it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duties:
    """Rules by duty name (`panel.*` takes all below), kept where everything else asked for holds.

    `side`: police or authority owes it. `owner`: that role does. `clock`: elapsed, civil, agreed or repeats. `about`,
    `met` and `contents` are patterns: for what makes it arise, for what meets it, for something it contains. `lists`:
    which of its lists are meant. `counts`: it counts episodes. `show`: rule (all of it), holder (who holds it),
    contents (the lists) or doing (how it is done and who may leave it out).
    """

    names: tuple[str, ...] = ("*",)
    side: str = ""
    owner: str = ""
    clock: str = ""
    about: str = ""
    met: str = ""
    contents: str = ""
    lists: tuple[str, ...] = ()
    counts: bool = False
    show: str = "rule"


@dataclass(frozen=True, slots=True)
class Decides:
    """Authority rules on an event; `lowering` keeps those for a lower grade, `values` those that name one of them."""

    event: str
    lowering: bool | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classed:
    """Classification rules of a category, where asked only those whose words match."""

    category: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Defined:
    """Definitions that match the pattern, as `word: what it says`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the pack is for."""


@dataclass(frozen=True, slots=True)
class Untracked:
    """Rules of the sources that the pack does not track, by the words of its register."""

    pattern: str


Part = Duties | Decides | Classed | Defined | Scope | Untracked


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of a comparison."""

    name: str
    parts: tuple[Part, ...]
    phase: str
    answers: bool = False  # any of its rules answers what the guidance asks by another of them
