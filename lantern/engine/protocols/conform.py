"""Where a local protocol is weaker than, silent beside, or stricter than the guidance it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from lantern.engine.clocks import DueCase
from lantern.engine.explain import of_cite
from lantern.engine.protocols.compare import rules_of
from lantern.engine.protocols.concepts import Concept, Duties
from lantern.engine.protocols.journey import CONCEPTS
from lantern.engine.protocols.measure import (
    EARLIER,
    LATER,
    NOT_COMPARABLE,
    Clock,
    clocks_of,
    has_length,
    starts_beside,
)
from lantern.engine.protocols.phrases import called, of_arising, of_short, of_strength, of_times
from lantern.engine.protocols.statements import statements
from lantern.engine.roles import agency_kind, answers_for
from lantern.engine.rules import STRENGTHS, Cite, Duty, Pack

WEAKER, SILENT, SAME, STRICTER, OTHERWISE = "weaker", "silent", "as strict", "stricter", "otherwise"


@dataclass(frozen=True, slots=True)
class Departure:
    """A loosening that the local protocol owns up to: by what authority, and where that stands."""

    authority: str
    cites: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"authority": self.authority, "cites": list(self.cites)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One duty of the guidance and how the local protocol stands to it.

    `beside`: rules of the local protocol under other names that answer the same concept, where it is silent.
    """

    duty: str
    verdict: str
    why: tuple[str, ...]
    guidance: tuple[str, ...]
    local: tuple[str, ...]
    cites: tuple[str, ...]
    local_cites: tuple[str, ...] = ()
    departs_from: tuple[Departure, ...] = ()
    beside: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "duty": self.duty, "verdict": self.verdict, "why": list(self.why), "guidance": list(self.guidance),
            "local": list(self.local), "cites": list(self.cites), "local_cites": list(self.local_cites),
            "departs_from": [one.as_json() for one in self.departs_from], "beside": list(self.beside),
        }  # fmt: skip


@dataclass(slots=True)
class Held:
    """What was found weaker, stricter and neither while rules were held against each other; `partly`: weaker beside."""

    weaker: list[str]
    stricter: list[str]
    differs: list[str]
    partly: list[str] = field(default_factory=list)

    def verdict(self) -> tuple[str, tuple[str, ...]]:
        why = tuple(dict.fromkeys((*self.weaker, *self.partly, *self.differs, *self.stricter)))
        if self.weaker and not self.stricter:
            return WEAKER, why
        if self.weaker or self.partly:
            return OTHERWISE, why
        return (STRICTER, why) if self.stricter else (SAME, ("the same strength and time", *why))


def conform(local: Pack, guidance: Pack) -> list[Finding]:
    """Every duty of the guidance, in its order."""
    names = dict.fromkeys(duty.duty for duty in guidance.duties)
    return [_finding(name, local, guidance) for name in names]


def own_rules(pack: Pack, name: str) -> list[Duty]:
    """Rules of that name that the pack itself states, not those it takes from its base."""
    return [duty for duty in rules_of(pack, name) if duty.origin == pack.key]


def _finding(name: str, local: Pack, guidance: Pack) -> Finding:
    theirs, ours = rules_of(guidance, name), own_rules(local, name)
    cites, words = cites_of(guidance, theirs), _words(guidance, theirs)
    if not ours:
        withdrawn = any(item.get("duty") == name for item in local.withdraws)
        left = "withdrawn by the local protocol" if withdrawn else "the local protocol leaves it to the guidance"
        return Finding(name, WEAKER if withdrawn else SILENT, (left,), words, (), cites, beside=_beside(local, name))
    departures = tuple(_departure(local, duty) for duty in ours if duty.departs_from)
    verdict, why = hold(theirs, ours)
    return Finding(name, verdict, why, words, _words(local, ours), cites, cites_of(local, ours), departures)


def cites_of(pack: Pack, rules: Iterable[Duty]) -> tuple[str, ...]:
    """Where the rules stand, each place once."""
    return tuple(dict.fromkeys(of_cite(pack, cite) for duty in rules for cite in duty.cites))


def _words(pack: Pack, rules: Sequence[Duty]) -> tuple[str, ...]:
    said = (
        f"{pack.role_name(duty.owed_by)} {of_strength(duty)}: {of_times(pack, duty)} ({of_arising(pack, duty)})"
        for duty in rules
    )
    return tuple(dict.fromkeys(said))


def _departure(pack: Pack, duty: Duty) -> Departure:
    said = duty.departs_from or {}
    cites = said.get("cite") or ()
    listed = cites if isinstance(cites, list | tuple) else [cites]
    places = tuple(of_cite(pack, Cite(str(one["source"]), str(one["at"]))) for one in listed)
    return Departure(str(said.get("authority", "")), places)


def _beside(local: Pack, name: str) -> tuple[str, ...]:
    """The local protocol's rules on the concept that the duty belongs to, where it has none of that name."""
    found = (said for concept in CONCEPTS if _names(concept, name) for said in statements(local, concept.parts))
    return tuple(dict.fromkeys(f"{one.rule}: {one.words}" for one in found if one.duty and not one.inherited))


def _names(concept: Concept, name: str) -> bool:
    """Whether the concept is about the duty by its name, not by what its rules happen to mention."""
    by_name = (
        part for part in concept.parts if isinstance(part, Duties) and not (part.about or part.contents or part.met)
    )
    return any(fnmatchcase(name, one) and one not in ("*", "report.*") for part in by_name for one in part.names)


# holding rules against each other


def hold(theirs: Sequence[Duty], ours: Sequence[Duty]) -> tuple[str, tuple[str, ...]]:
    """The verdict on the local rules of a duty and the reasons, each rule held against its nearest counterparts."""
    held, met = Held([], [], []), []
    for rule in theirs:
        beside = _counterparts(rule, ours)
        met += beside
        _hold_strength(rule, beside, held)
        _hold_times(rule, beside, held)
        if not any(_owes_as(one, rule) for one in beside):
            owners = " and ".join(dict.fromkeys(one.owed_by.replace("_", " ") for one in beside))
            held.differs.append(f"owed by {owners}, in the guidance by {rule.owed_by.replace('_', ' ')}")
    _hold_departures(theirs, ours, met, held)
    return held.verdict()


def _hold_departures(theirs: Sequence[Duty], ours: Sequence[Duty], met: Sequence[Duty], held: Held) -> None:
    """A loosening that is owned up to is one, unless the rule comes out the same; of a rule beside, so in part."""
    for rule in (one for one in ours if one.departs_from):
        said = f"it departs: {(rule.departs_from or {}).get('authority', '')}"
        if any(_is_level(rule, other) for other in theirs):
            held.differs.append(f"{said}; but strength, time and owner are those of the guidance")
        elif rule in met:
            held.weaker.insert(0, said)
        elif said not in held.weaker:
            held.partly.append(f"{said} (for {rule.variant.replace('_', ' ')})")


def _is_level(rule: Duty, other: Duty) -> bool:
    """Whether nothing that can be measured tells the two apart, who may set them aside included."""
    set_aside = [{(role, one.event is None) for one in each.set_aside for role in one.by} for each in (rule, other)]
    return (
        _owes_as(rule, other)
        and _rank(rule) == _rank(other)
        and _timing(rule) == _timing(other)
        and set_aside[0] <= set_aside[1]
    )


def _timing(rule: Duty) -> list[tuple[float, frozenset[str], bool]]:
    """Its clocks; where something is due at once it does not matter what the clock would count from."""
    return [(one.hours, one.start if one.hours else frozenset(), one.told) for one in clocks_of(rule)]


def _owes_as(one: Duty, other: Duty) -> bool:
    """Whether the same role owes both, or a part of the body that owes the other."""
    return other.owed_by in answers_for(one.owed_by)


def _counterparts(rule: Duty, ours: Sequence[Duty]) -> list[Duty]:
    """Local rules of the same variant and owner; failing that of the owner, the side, or the variant; else all."""
    side = agency_kind(rule.owed_by)
    for found in (
        [one for one in ours if one.variant == rule.variant and _owes_as(one, rule)],
        [one for one in ours if _owes_as(one, rule)],
        [one for one in ours if agency_kind(one.owed_by) == side],
        [one for one in ours if one.variant == rule.variant],
    ):
        if found:
            return found
    return list(ours)


def _rank(duty: Duty) -> int:
    return STRENGTHS.index("may" if duty.consider else duty.strength)


def _hold_strength(rule: Duty, beside: Sequence[Duty], held: Held) -> None:
    theirs, ours = _rank(rule), max(map(_rank, beside))
    which = _for([one for one in beside if _rank(one) == ours], beside)
    said = f"{STRENGTHS[ours]} where the guidance says {STRENGTHS[theirs]}{which}"
    if ours != theirs:
        (held.weaker if ours < theirs else held.stricter).append(said)


def _for(some: Sequence[Duty], beside: Sequence[Duty]) -> str:
    """Which of the rules are meant, where they are not all of them and each has a case of its own."""
    named = [one.variant.replace("_", " ") for one in some]
    return f" (for {', '.join(named)})" if len(some) < len(beside) and all(named) else ""


def _hold_times(rule: Duty, beside: Sequence[Duty], held: Held) -> None:
    theirs = clocks_of(rule)
    ours = [clock for one in beside for clock in clocks_of(one)]
    if not theirs and ours:
        which = _for([one for one in beside if clocks_of(one)], beside)
        held.stricter.append(f"a time where the guidance states none{which}")
    elif theirs and not ours:
        held.weaker.append("no time where the guidance states one")
    elif theirs:
        _hold_lengths(max(theirs, key=_length), ours, held)
        held.weaker += [f"no time stated{_when(case)}" for one in beside for case in one.due if not has_length(case)]


def _hold_lengths(theirs: Clock, ours: Sequence[Clock], held: Held) -> None:
    longest = max(ours, key=_length)
    if longest.hours > theirs.hours:
        held.weaker.append("a later time")
    elif longest.hours < theirs.hours:
        held.stricter.append("an earlier time")
    for clock in (clock for clock in ours if clock.hours and theirs.hours):
        how = starts_beside(clock, theirs)
        said = f"its clock starts at {_start(clock)}, the guidance's at {_start(theirs)}"
        where = {LATER: held.weaker, NOT_COMPARABLE: held.weaker, EARLIER: held.stricter}.get(how)
        if where is not None:
            where.append(said + ("" if how == NOT_COMPARABLE else f", which is {how}"))


def _length(clock: Clock) -> float:
    return clock.hours


def _start(clock: Clock) -> str:
    return (called(clock.start) or "another moment") + (" as it was told" if clock.told else "")


def _when(case: DueCase) -> str:
    return f" if {of_short(case.condition)}" if case.condition else ""
