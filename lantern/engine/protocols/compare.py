"""Protocols side by side, concept by concept: who, when, how strongly, and the difference in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lantern.engine.explain import of_arising, of_case, of_cite, of_condition, of_repeats
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.protocols.measure import STRENGTHS, of_duties
from lantern.engine.rules import Duty, Pack

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one protocol says of a concept; `inherited` when it leaves it to its base."""

    words: str
    cites: tuple[str, ...] = ()
    inherited: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"words": self.words, "cites": list(self.cites), "inherited": self.inherited}


@dataclass(frozen=True, slots=True)
class Row:
    """One concept across the protocols, with what differs."""

    concept: str
    kind: str
    cells: tuple[Cell, ...]
    difference: str

    def as_json(self, packs: Sequence[Pack]) -> dict[str, Any]:
        cells = {pack.key: cell.as_json() for pack, cell in zip(packs, self.cells, strict=True)}
        return {"concept": self.concept, "kind": self.kind, "cells": cells, "difference": self.difference}


def compare(packs: Sequence[Pack]) -> list[Row]:
    """Every concept that any of the packs states, in the order of a child's journey."""
    rows = [_plain_row("classification", name, packs, _classification) for name in _classified(packs)]
    rows += [_plain_row("who decides", name, packs, _authority) for name in _decided(packs)]
    rows += [_duty_row(name, packs) for name in _duty_names(packs)]
    rows += [_plain_row("local name", role, packs, _role) for role in _named_roles(packs)]
    return rows


def _duty_names(packs: Sequence[Pack]) -> list[str]:
    phases: dict[str, int] = {}
    for pack in packs:
        for duty in pack.duties:
            phases.setdefault(duty.duty, PHASES.index(duty.phase))
    return sorted(phases, key=lambda name: (phases[name], name))


def rules_of(pack: Pack, name: str) -> list[Duty]:
    """All rules of the pack with that duty name."""
    return [duty for duty in pack.duties if duty.duty == name]


def _duty_row(name: str, packs: Sequence[Pack]) -> Row:
    found = [rules_of(pack, name) for pack in packs]
    cells = tuple(_duty_cell(pack, rules) for pack, rules in zip(packs, found, strict=True))
    return Row(name, "duty", cells, _difference(packs, found, cells))


def _duty_cell(pack: Pack, rules: list[Duty]) -> Cell:
    if not rules:
        return Cell(NOT_STATED)
    words = "; ".join(_rule_words(pack, duty, several=len(rules) > 1) for duty in rules)
    cites = tuple(dict.fromkeys(of_cite(pack, cite) for duty in rules for cite in duty.cites))
    return Cell(words, cites, inherited=all(duty.origin != pack.key for duty in rules))


def _rule_words(pack: Pack, duty: Duty, *, several: bool) -> str:
    due = " or ".join(of_case(case) for case in duty.due) or "no time stated"
    repeats = f", {of_repeats(duty)}" if duty.repeats else ""
    strength = "considers" if duty.consider else duty.strength
    label = f"[{duty.variant.replace('_', ' ')}] " if several and duty.variant else ""
    return f"{label}{pack.role_name(duty.owed_by)} {strength}: {due}{repeats} ({of_arising(duty)})"


def _difference(packs: Sequence[Pack], found: list[list[Duty]], cells: tuple[Cell, ...]) -> str:
    silent = [pack.name for pack, rules in zip(packs, found, strict=True) if not rules]
    stating = [(pack, rules) for pack, rules in zip(packs, found, strict=True) if rules]
    said = [f"{' and '.join(silent)} do{'es' if len(silent) == 1 else ''} not state it"] if silent else []
    if len({cell.words for cell in cells if cell.words != NOT_STATED}) > 1:
        said += _owners(stating) + _times(stating) + _strengths(stating)
        said = said or ["worded or triggered differently"]
    return "; ".join(said) if said else "the same"


def _owners(stating: list[tuple[Pack, list[Duty]]]) -> list[str]:
    owners = {pack.name: " and ".join(sorted({duty.owed_by for duty in rules})) for pack, rules in stating}
    if len(set(owners.values())) < 2:
        return []
    return ["owners differ: " + ", ".join(f"{name} {owner.replace('_', ' ')}" for name, owner in owners.items())]


def _times(stating: list[tuple[Pack, list[Duty]]]) -> list[str]:
    times = {pack.name: of_duties(rules).shortest for pack, rules in stating}
    stated = {name: hours for name, hours in times.items() if hours is not None}
    if len(set(times.values())) < 2:
        return []
    if not stated:
        return []
    first = min(stated, key=lambda name: stated[name])
    without = [name for name, hours in times.items() if hours is None]
    said = [f"{first} is the earliest"] if len(set(stated.values())) > 1 or without else []
    return said + ([f"{' and '.join(without)} state{'s' if len(without) == 1 else ''} no time"] if without else [])


def _strengths(stating: list[tuple[Pack, list[Duty]]]) -> list[str]:
    strengths = {pack.name: of_duties(rules).strength for pack, rules in stating}
    if len(set(strengths.values())) < 2:
        return []
    return ["strength differs: " + ", ".join(f"{name} {STRENGTHS[rank]}" for name, rank in strengths.items())]


def _plain_row(kind: str, name: str, packs: Sequence[Pack], read: Any) -> Row:
    cells = tuple(read(pack, name) for pack in packs)
    same = len({cell.words for cell in cells}) == 1
    silent = [pack.name for pack, cell in zip(packs, cells, strict=True) if cell.words == NOT_STATED]
    said = f"{' and '.join(silent)} do{'es' if len(silent) == 1 else ''} not state it" if silent else "values differ"
    return Row(name, kind, cells, "the same" if same else said)


def _classified(packs: Sequence[Pack]) -> list[str]:
    return list(dict.fromkeys(rule.category for pack in packs for rule in pack.classification))


def _classification(pack: Pack, category: str) -> Cell:
    rules = [rule for rule in pack.classification if rule.category == category]
    if not rules:
        return Cell(NOT_STATED)
    words = "; ".join(f"{rule.says}: {of_condition(rule.condition.parts()[0])}" for rule in rules)
    return Cell(words, tuple(dict.fromkeys(of_cite(pack, cite) for rule in rules for cite in rule.cites)))


def _decided(packs: Sequence[Pack]) -> list[str]:
    return list(
        dict.fromkeys(type_ for pack in packs for rule in pack.authority for type_ in sorted(rule.decision.types()))
    )


def _authority(pack: Pack, type_: str) -> Cell:
    rules = [rule for rule in pack.authority if type_ in rule.decision.types()]
    if not rules:
        return Cell(NOT_STATED)
    return Cell(
        "; ".join(rule.says for rule in rules), tuple(of_cite(pack, cite) for rule in rules for cite in rule.cites)
    )


def _named_roles(packs: Sequence[Pack]) -> list[str]:
    return list(dict.fromkeys(role for pack in packs for role in pack.roles))


def _role(pack: Pack, role: str) -> Cell:
    return Cell(pack.roles.get(role) or NOT_STATED)
