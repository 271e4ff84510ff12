"""What a duty is, apart from any child: for `explain`, the pack pages and comparisons."""

from __future__ import annotations

from typing import Any

from lantern.engine.clocks import DueCase
from lantern.engine.conditions import Condition, Group
from lantern.engine.patterns import Patterns
from lantern.engine.rules import Cite, Duty, Pack
from lantern.engine.wording import of_clause


def explained(pack: Pack, name: str) -> list[dict[str, Any]]:
    """Every rule of the pack with that duty name (or `name#variant`), as plain data."""
    return [of_rule(pack, duty) for duty in pack.duties if name in (duty.duty, duty.name, duty.told_as[0])]


def of_rule(pack: Pack, duty: Duty) -> dict[str, Any]:
    """One rule in words: who, what, when, until when, why, and where that stands."""
    return {
        "pack": pack.key,
        "written_in": duty.origin,
        "duty": duty.duty,
        "variant": duty.variant,
        "phase": duty.phase,
        "says": duty.says,
        "owed_by": duty.owed_by,
        "owner": pack.role_name(duty.owed_by),
        "with": [pack.role_name(role) for role in duty.others],
        "strength": "consider" if duty.consider else duty.strength,
        "arises": of_arising(duty),
        "due": [of_case(case) for case in duty.due] or ["as soon as possible"],
        "met_by": of_patterns(duty.met_by),
        "lapses": of_patterns(duty.lapses.on) if duty.lapses and duty.lapses.on else "",
        "set_aside": [of_setting_aside(pack, duty, index) for index in range(len(duty.set_aside))],
        "repeats": of_repeats(duty),
        "contains": dict(duty.contains),
        "cites": [of_cite(pack, cite) for cite in (*duty.cites, *(cite for case in duty.due for cite in case.cites))],
        "assumed": [words for words in (duty.assumed, *(case.assumed for case in duty.due)) if words],
        "conflicts": [
            {"id": conflict.id, "says": conflict.says, "chosen": conflict.chosen, "why": conflict.why}
            for conflict in pack.conflicts
            if conflict.id in duty.conflicts or duty.duty in conflict.touches
        ],
        "covers": list(duty.covers),
    }


def of_cite(pack: Pack, cite: Cite) -> str:
    """The source's title and the place in it."""
    source = pack.sources.get(cite.source)
    return f"{source.title if source else cite.source}, {cite.at}"


def of_patterns(patterns: Patterns | None) -> str:
    return of_clause(patterns.in_words()) if patterns else ""


def of_condition(condition: Condition | None) -> str:
    """The condition in words, parts joined by and, or, not."""
    if condition is None:
        return ""
    if isinstance(condition, Group) and condition.word:
        parts = [of_condition(part) for part in condition.all]
        if condition.word == "not":
            return f"not ({parts[0]})"
        joined = (" and " if condition.word == "all of" else " or ").join(parts)
        return joined if len(parts) == 1 else f"({joined})"
    return of_clause(condition.clause())


def of_arising(duty: Duty) -> str:
    """What makes it arise."""
    arises = duty.arises
    condition = of_condition(arises.condition)
    if arises.at is not None:
        each = "each " if arises.each else ""
        again = "; again once its reason has gone and it happens anew" if arises.after_lapse else ""
        return f"{each}{of_patterns(arises.at)}" + (f", if {condition}" if condition else "") + again
    if condition:
        often = "each time" if arises.each else "again after each lapse" if arises.after_lapse else "once"
        return f"{often} {condition}"
    return f"by the timetable {of_clause(duty.timetable)}" if duty.timetable else "at all times"


def of_case(case: DueCase) -> str:
    """One way in which a due time is given."""
    when = f" if {of_condition(case.condition)}" if case.condition else ""
    return f"{_clock(case)}{when}"


def _clock(case: DueCase) -> str:
    said = _fixed_clock(case) or _agreed_clock(case)
    if case.immediately:
        return f"immediately, at the latest {said}" if said else "immediately"
    return said or "as soon as possible"


def _fixed_clock(case: DueCase) -> str:
    if case.within:
        least = f"between {case.not_before} and " if case.not_before else "within "
        return f"{least}{case.within}{_start(case)}"
    if case.night:
        night, edge = case.night, "{0[0]:02}:{0[1]:02}"
        edges = f"{edge.format(night.start)} and {edge.format(night.end)}"
        return f"every {night.every} by day, at {edges} by night"
    on = " of a working day" if case.working_day else ""
    return f"by {case.by[0]:02}:{case.by[1]:02}{on}{_start(case)}" if case.by else ""


def _agreed_clock(case: DueCase) -> str:
    if case.agreed:
        return f"at the time agreed ({of_clause(case.agreed[1])} of {of_patterns(case.agreed[0])})"
    if case.before:
        return f"{case.before.weekday.capitalize()} by the date of {of_clause(case.before.timetable)}"
    return "the earlier of " + ", ".join(of_case(inner) for inner in case.earliest) if case.earliest else ""


def _start(case: DueCase) -> str:
    """Where the clock starts, unless it is what made the duty arise."""
    told = " (as recorded)" if case.told else ""
    if case.from_ == "trigger":
        return told
    return f" from {of_patterns(case.from_) if isinstance(case.from_, Patterns) else of_clause(case.from_)}{told}"


def of_repeats(duty: Duty) -> str:
    """How it comes again."""
    if duty.repeats is None:
        return ""
    every = f"every {duty.repeats.every}" if duty.repeats.every else "each time as above"
    until = f" until {of_patterns(duty.repeats.until)}" if duty.repeats.until else ""
    return every + until


def of_setting_aside(pack: Pack, duty: Duty, index: int) -> str:
    """Who may set it aside and what must be recorded."""
    rule = duty.set_aside[index]
    roles = " or ".join(pack.role_name(role) for role in sorted(rule.by))
    how = f" by {of_patterns(rule.event)}" if rule.event else ""
    record = f", recording {' and '.join(map(of_clause, rule.requires))}" if rule.requires else ""
    return f"{roles}{how}{record}"


def in_lines(entry: dict[str, Any]) -> list[str]:
    """The same for a terminal."""
    name = f"{entry['duty']}#{entry['variant']}" if entry["variant"] else entry["duty"]
    lines = [
        f"{name}  ({entry['pack']}, written in {entry['written_in']})",
        f"  {entry['owner']} {entry['strength']}: {entry['says']}",
    ]
    lines.append(f"  arises: {entry['arises']}")
    lines += [f"  due: {words}" for words in entry["due"]]
    for key in ("met_by", "lapses", "repeats"):
        if entry[key]:
            lines.append(f"  {key.replace('_', ' ')}: {entry[key]}")
    lines += [f"  set aside by: {words}" for words in entry["set_aside"]]
    lines += [f"  source: {words}" for words in entry["cites"]]
    lines += [f"  assumed: {words}" for words in entry["assumed"]]
    lines += [f"  conflict {item['id']}: {item['says']} Read as: {item['chosen']}" for item in entry["conflicts"]]
    return lines
