"""Protocols side by side, concept by concept: who, when, how strongly, and the difference in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lantern.engine.packs.duty_names import PHASE_TITLES, PHASES
from lantern.engine.protocols.concepts import Duties, Part
from lantern.engine.protocols.differences import in_words
from lantern.engine.protocols.journey import CONCEPTS
from lantern.engine.protocols.statements import Statement, statements
from lantern.engine.rules import Duty, Pack

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one protocol says of a concept; `inherited` when it leaves it to its base."""

    said: tuple[Statement, ...]

    @property
    def own(self) -> tuple[Statement, ...]:
        return tuple(said for said in self.said if not said.inherited)

    @property
    def inherited(self) -> bool:
        return bool(self.said) and not self.own

    @property
    def words(self) -> str:
        """The protocol's own words for it; what its base says is told as such."""
        own = "; ".join(said.words for said in self.own)
        base = "; ".join(said.words for said in self.said if said.inherited)
        taken = f"from its base: {base}" if base else ""
        return " | ".join(words for words in (own or NOT_STATED, taken) if words)

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cite for said in self.own or self.said for cite in said.cites))

    def as_json(self) -> dict[str, Any]:
        return {
            "words": self.words, "cites": list(self.cites), "inherited": self.inherited,
            "said": [said.as_json() for said in self.said],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One concept across the protocols, with what differs."""

    concept: str
    kind: str
    phase: str
    cells: tuple[Cell, ...]
    difference: str

    def as_json(self, packs: Sequence[Pack]) -> dict[str, Any]:
        cells = {pack.key: cell.as_json() for pack, cell in zip(packs, self.cells, strict=True)}
        return {
            "concept": self.concept, "kind": self.kind, "phase": self.phase, "cells": cells,
            "difference": self.difference,
        }  # fmt: skip


def compare(packs: Sequence[Pack]) -> list[Row]:
    """Every concept that any of the packs states, in the order of a child's journey; at the end the local names."""
    rows = [_row("concept", concept.name, concept.phase, packs, concept.parts) for concept in CONCEPTS]
    shown = {said.rule for row in rows for cell in row.cells for said in cell.said}
    rows += [_row("duty", name, phase, packs, (Duties((name,)),)) for name, phase in _left_over(packs, shown)]
    rows = [row for row in rows if any(cell.said for cell in row.cells)]
    rows.sort(key=lambda row: PHASES.index(row.phase))
    return rows + _names("local name", packs, "roles") + _names("records", packs, "records")


def titled(phase: str) -> str:
    """The heading of a part of the journey."""
    return PHASE_TITLES.get(phase, "Local names")


def rules_of(pack: Pack, name: str) -> list[Duty]:
    """All rules of the pack with that duty name."""
    return [duty for duty in pack.duties if duty.duty == name]


def _left_over(packs: Sequence[Pack], shown: set[str]) -> list[tuple[str, str]]:
    """Duties that no concept has shown, by name, with the part of the journey they belong to."""
    phases: dict[str, str] = {}
    for pack in packs:
        for duty in pack.duties:
            if duty.name not in shown:
                phases.setdefault(duty.duty, duty.phase)
    return sorted(phases.items())


def _row(kind: str, name: str, phase: str, packs: Sequence[Pack], parts: Sequence[Part]) -> Row:
    cells = tuple(Cell(statements(pack, parts)) for pack in packs)
    said = {pack.name: cell.said for pack, cell in zip(packs, cells, strict=True)}
    return Row(name, kind, phase, cells, in_words(said))


def _names(kind: str, packs: Sequence[Pack], where: str) -> list[Row]:
    """What each protocol calls a role or a system."""
    names = dict.fromkeys(name for pack in packs for name in getattr(pack, where))
    rows = []
    for name in names:
        called = [getattr(pack, where).get(name) for pack in packs]
        cells = tuple(Cell((Statement(words, ()),) if words else ()) for words in called)
        said = {pack.name: cell.said for pack, cell in zip(packs, cells, strict=True)}
        rows.append(Row(name.replace("_", " "), kind, "", cells, in_words(said)))
    return rows
