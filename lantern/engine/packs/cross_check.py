"""What must agree between the parts of a pack: citations, conflicts, timetables, homes of rules."""

from __future__ import annotations

from lantern.engine.packs.nodes import Problems
from lantern.engine.problems import Problem
from lantern.engine.rules import Duty, Pack


def cross_check(pack: Pack, problems: Problems) -> None:
    """Add every disagreement to the problems."""
    _names_once(pack, problems)
    _references(pack, problems)
    _homes(pack, problems)


def _names_once(pack: Pack, problems: Problems) -> None:
    seen: dict[tuple[str, str], Duty] = {}
    for duty in pack.duties:
        key = (duty.name, duty.owed_by)
        if key in seen:
            problems.append(
                Problem("repeated_duty", f"{duty.name} owed by {duty.owed_by} stands on line {seen[key].line} too",
                        duty.file, duty.line, duty.name, "a variant of its own")
            )  # fmt: skip
        seen[key] = duty


def _references(pack: Pack, problems: Problems) -> None:
    known = {conflict.id for conflict in pack.conflicts}
    names = {duty.duty for duty in pack.duties} | {duty.name for duty in pack.duties}
    for duty in pack.duties:
        for id_ in duty.conflicts:
            if id_ not in known:
                problems.append(Problem("unknown_conflict", "there is no such conflict", duty.file, duty.line, id_))
        tables = [duty.timetable, *(case.before.timetable for case in duty.due if case.before)]
        for table in filter(None, tables):
            if table not in pack.timetables:
                problems.append(Problem("unknown_timetable", "there is no such timetable", duty.file, duty.line, table))
    for conflict in pack.conflicts:
        for name in conflict.touches:
            if name not in names and not pack.base:
                file = f"{pack.folder}/conflicts.yaml"
                problems.append(Problem("unknown_duty", f"{conflict.id} touches no duty of this pack", file, said=name))


def _homes(pack: Pack, problems: Problems) -> None:
    """No rule of the sources without a home, no home that does not exist, no id that nobody registered."""
    if not pack.register:
        return
    covered: dict[str, set[str]] = {}
    for kind, items in (
        ("duty", pack.duties),
        ("authority", pack.authority),
        ("classification", pack.classification),
        ("timetable", pack.timetables.values()),
    ):
        for item in items:
            for id_ in item.covers:
                covered.setdefault(id_, set()).add(kind)
    file = f"{pack.folder}/register.yaml"
    names = {duty.duty for duty in pack.duties} | {duty.name for duty in pack.duties}
    for rule in pack.register.values():
        if rule.home in ("duty", "authority", "classification", "timetable") and rule.home not in covered.get(
            rule.id, ()
        ):
            problems.append(
                Problem("no_such_home", f"no {rule.home} covers {rule.id}", file, rule.line, rule.id, "covers")
            )
        if rule.home == "contents" and rule.of not in names:
            problems.append(Problem("no_such_home", f"{rule.id} is in no duty of this pack", file, rule.line, rule.of))
