"""What one protocol states of a concept, read out of its pack: rules, decisions, categories, definitions, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from lantern.engine.events import RISK_LEVELS
from lantern.engine.explain import of_cite, of_patterns, of_setting_aside
from lantern.engine.packs.library import load_pack
from lantern.engine.patterns import Patterns
from lantern.engine.protocols.concepts import Classed, Decides, Defined, Duties, Part, Untracked
from lantern.engine.protocols.phrases import (
    about,
    kinds_of,
    of_arising,
    of_duty,
    of_short,
    of_strength,
    of_times,
    without_scope,
)
from lantern.engine.roles import agency_kind
from lantern.engine.rules import Authority, Cite, Classification, Duty, Pack
from lantern.engine.standings import Count

HIGH = RISK_LEVELS[-1]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a protocol says: its words, where it stands, and what of it can be set beside others."""

    words: str
    cites: tuple[str, ...]
    rule: str = ""
    owner: str = ""
    strength: str = ""
    times: str = ""
    lists: str = ""
    counts: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    inherited: bool = False
    duty: Duty | None = None  # where the rule itself is shown, to be measured

    def as_json(self) -> dict[str, Any]:
        return {
            "words": self.words, "cites": list(self.cites), "rule": self.rule, "owner": self.owner,
            "strength": self.strength, "times": self.times, "lists": self.lists, "counts": list(self.counts),
            "conflicts": list(self.conflicts), "assumed": list(self.assumed), "inherited": self.inherited,
        }  # fmt: skip


def statements(pack: Pack, parts: Iterable[Part]) -> tuple[Statement, ...]:
    """All that the pack states of a concept, each thing once, its own before what it takes from its base."""
    found = {said.words: said for part in parts for said in _read(pack, part)}
    return tuple(sorted(found.values(), key=lambda said: said.inherited))


def _read(pack: Pack, part: Part) -> Iterator[Statement]:
    if isinstance(part, Duties):
        meant = (duty for duty in pack.duties if _is_meant(pack, duty, part))
        yield from (_stated(pack, duty, words, part) for duty in meant if (words := _words(pack, duty, part)))
    elif isinstance(part, Decides):
        yield from (_decision(pack, rule) for rule in pack.authority if _is_decision(rule, part))
    elif isinstance(part, Classed):
        classes = (rule for rule in pack.classification if rule.category == part.category)
        yield from (_class(pack, rule) for rule in classes if re.search(part.about, rule.says))
    elif isinstance(part, Defined):
        yield from _definitions(pack, part.pattern)
    elif isinstance(part, Untracked):
        yield from _untracked(pack, part.pattern)
    elif pack.applies:
        yield Statement(f"for whom: {of_short(pack.applies)}", (), "applies")


def _class(pack: Pack, rule: Classification) -> Statement:
    return Statement(rule.says, _cites(pack, rule.cites), f"classification {rule.id}")


def _untracked(pack: Pack, pattern: str) -> Iterator[Statement]:
    for one in pack.register.values():
        if one.home == "not_tracked" and re.search(pattern, one.says):
            yield Statement(f"{one.says} (not tracked: {one.why})", (one.at,), one.id)


def _cites(pack: Pack, cites: Iterable[Cite]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(of_cite(pack, cite) for cite in cites))


def _stated(pack: Pack, duty: Duty, words: str, part: Duties) -> Statement:
    whole = part.show == "rule"
    clashes = (one for one in pack.conflicts if one.id in duty.conflicts or duty.duty in one.touches)
    return Statement(
        words=words,
        cites=_cites(pack, (*duty.cites, *(cite for case in duty.due for cite in case.cites))),
        rule=duty.name,
        owner=duty.owed_by,
        strength=of_strength(duty) if whole else "",
        times=of_times(pack, duty, part.clock, bare=True) if whole else "",
        lists=", ".join(f"{len(items)} {kind}" for kind, items in _items(duty, part).items()) if not whole else "",
        counts=counts_of(duty),
        conflicts=tuple(f"{one.id}: {one.says.rstrip('.')}. Read as: {one.chosen}" for one in clashes),
        assumed=tuple(said for said in (duty.assumed, *(case.assumed for case in duty.due)) if said),
        inherited=duty.origin != pack.key,
        duty=duty if whole else None,
    )


# which rules are meant


def _is_meant(pack: Pack, duty: Duty, part: Duties) -> bool:
    return (
        any(fnmatchcase(duty.duty, name) for name in part.names)
        and (not part.side or agency_kind(duty.owed_by) == part.side)
        and (not part.owner or duty.owed_by == part.owner)
        and (not part.clock or part.clock in _clocks(duty))
        and (not part.about or re.search(part.about, about(pack, duty)) is not None)
        and (not part.met or re.search(part.met, of_patterns(duty.met_by)) is not None)
        and (not part.contents or bool(_items(duty, part)))
        and (not part.counts or bool(counts_of(duty)))
    )


def _clocks(duty: Duty) -> set[str]:
    """Kinds of time that a rule gives."""
    kinds = {kind for case in duty.due for kind in kinds_of(case)}
    return kinds | ({"repeats"} if duty.repeats else set())


def counts_of(duty: Duty) -> tuple[str, ...]:
    """How many episodes, in what time, make it arise: `3 or more missing episodes within 90 days`."""
    found = _counts(duty.arises.condition)
    return tuple(dict.fromkeys(found))


def _counts(condition: Any) -> list[str]:
    if condition is None:
        return []
    if isinstance(condition, Count):
        return [condition.clause() + (", of the home" if condition.by == "home" else "")]
    return [words for part in condition.parts() for words in _counts(part)]


def _items(duty: Duty, part: Duties) -> dict[str, list[str]]:
    """The lists that it contains, those items that are asked for."""
    found = {}
    for kind, listed in duty.contains.items():
        items = [str(item) for item in (listed if isinstance(listed, list | tuple) else [listed])]
        kept = [item for item in items if not part.contents or re.search(part.contents, item, re.IGNORECASE)]
        if kept and (not part.lists or kind in part.lists):
            found[kind] = kept
    return found


# their words


def _words(pack: Pack, duty: Duty, part: Duties) -> str:
    if part.show == "contents":
        return _listed(pack, duty, part)
    if part.show == "holder":
        return _holder(pack, duty, part)
    if part.show == "doing":
        return _doing(pack, duty)
    extra = [f"counts {words}" for words in counts_of(duty) if words not in of_arising(pack, duty)]
    items = [item for kept in _items(duty, part).values() for item in kept] if part.contents else []
    more = "".join(f"; {words}" for words in (*extra, *items))
    kind = part.clock if part.clock in ("elapsed", "civil") else ""
    return f"{of_duty(pack, duty, kind)} ({of_arising(pack, duty)}){more}"


def _listed(pack: Pack, duty: Duty, part: Duties) -> str:
    """Its lists with their length: `SPA, tell the police: 8 record (age; …)`."""
    says = duty.says[:1].lower() + duty.says[1:]
    lists = [f"{len(items)} {kind} ({'; '.join(items)})" for kind, items in _items(duty, part).items()]
    return f"{pack.role_name(duty.owed_by)}, {says}: {', '.join(lists)}" if lists else ""


def _holder(pack: Pack, duty: Duty, part: Duties) -> str:
    others = ", ".join(pack.role_name(role) for role in duty.others)
    chairs = [item for items in duty.contains.values() if isinstance(items, list | tuple) for item in items]
    chair = [str(item) for item in chairs if "chair" in str(item)]
    label = f"{duty.duty}{f', {duty.variant}' if duty.variant else ''}".replace("_", " ").replace(".", " ")
    said = f"{label}: {pack.role_name(duty.owed_by)}" + (f", with {others}" if others else "")
    return said + "".join(f"; {words}" for words in chair)


def _doing(pack: Pack, duty: Duty) -> str:
    """What counts as done, what it holds, and who may leave it out with which record."""
    said = [f"{duty.says}: done by {of_patterns(duty.met_by)}"]
    said += [f"left out by {of_setting_aside(pack, duty, index)}" for index in range(len(duty.set_aside))]
    said += [] if duty.set_aside else ["nobody may leave it out"]
    listed = duty.contains.get("record", ())
    said += [str(item) for item in listed] if isinstance(listed, list | tuple) else [str(listed)]
    return "; ".join(said)


def _decision(pack: Pack, rule: Authority) -> Statement:
    required = f" (recording {' and '.join(rule.requires)})".replace("_", " ") if rule.requires else ""
    condition = of_short(without_scope(pack, rule.condition))
    when = f", if {condition}" if condition else ""
    who = f"; {', '.join(sorted(pack.role_name(role) for role in rule.by))}" if rule.by else "; nobody"
    return Statement(
        f"{rule.says}{when}{required}{who}",
        _cites(pack, rule.cites),
        f"authority {rule.id}",
        inherited=(rule.id, rule.cites) in _base_authority(pack.base),
    )


@lru_cache(maxsize=16)
def _base_authority(base: str) -> frozenset[tuple[str, tuple[Cite, ...]]]:
    """The decisions that a base states; a pack that says nothing of a decision takes them over as they are."""
    return frozenset((rule.id, rule.cites) for rule in load_pack(base).authority) if base else frozenset()


def _is_decision(rule: Authority, part: Decides) -> bool:
    if part.event not in rule.decision.types():
        return False
    if part.lowering is not None and part.lowering != _lowers(rule.decision):
        return False
    return not part.values or bool(set(part.values) & _values(rule.decision))


def _values(decision: Patterns) -> set[str]:
    found: set[str] = set()
    for pattern in decision:
        for name, said, _ in pattern.where:
            if name in ("category", "level"):
                found.update(map(str, said if isinstance(said, list | tuple) else [said]))
    return found


def _lowers(decision: Patterns) -> bool:
    levels = _values(decision)
    return bool(levels) and HIGH not in levels


def _definitions(pack: Pack, pattern: str) -> Iterator[Statement]:
    for entry in pack.definitions:
        words = f"{entry['word']}: {entry['says']}"
        if re.search(pattern, words):
            yield Statement(words, entry_cites(pack, entry.get("cite")), "definition")


def entry_cites(pack: Pack, cites: Any) -> tuple[str, ...]:
    """Where a definition stands."""
    listed = cites if isinstance(cites, list | tuple) else [cites] if cites else []
    return _cites(pack, (Cite(str(one["source"]), str(one["at"])) for one in listed))
