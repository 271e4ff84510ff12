"""Which states the scenarios beside a pack should show of each duty, and which of them they do not."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

from lantern import engine
from lantern.engine.because import CANNOT_TELL, NO, YES
from lantern.engine.clocks import DueCase
from lantern.engine.conditions import AllOf, AnyOf, Condition, Not
from lantern.engine.facts import Age, Differs, Fact
from lantern.engine.happenings import Happened
from lantern.engine.packs.nodes import Node
from lantern.engine.rules import Duty
from lantern.engine.scenarios import _named
from lantern.engine.standings import Category, Risk, TreatedAs
from tests.packs.moments import key, moments

OPEN = frozenset({"upcoming", "due_now", "overdue"})
MET = frozenset({"met", "met_late"})
IN_TIME = frozenset({"upcoming", "met"})
LATE = frozenset({"overdue", "met_late", "missed"})
GONE = frozenset({"lapsed", "missed"})
UNKNOWN = frozenset({"cannot_tell"})

ASKING = (Fact, Age, Differs, Category, Risk)  # conditions that may lack what they ask for

# The event that decides a thing: there it is known, and without such an event it is not.
DECIDED_AT = {
    "risk": "risk_graded",
    "category ": "category_set",
}


def gaps(folder: Path) -> dict[str, list[str]]:
    """Per duty that the pack writes itself: the kinds of state that no moment of its scenarios shows."""
    pack = engine.load_folder(folder)
    shown = _shown(pack, folder)
    found = {}
    for duty in pack.duties:
        if duty.origin == key(folder) and duty.scope in ("episode", "child"):
            lacking = [kind for kind, states in asked_of(duty) if not states & shown[name(duty)]]
            if lacking:
                found[name(duty)] = lacking
    return found


def name(duty: Duty) -> str:
    """Unique in a pack."""
    return f"{duty.name}@{duty.owed_by}"


def _shown(pack: engine.Pack, folder: Path) -> dict[str, set[str]]:
    """States that an expectation asks for and that the duty has at that moment."""
    shown: dict[str, set[str]] = defaultdict(set)
    for moment in moments(pack, folder):
        duties = moment.expected.get("duties")
        if duties is not None:
            evaluation = engine.evaluate([pack], moment.log, moment.at)
            for named, wanted in duties.value.items():
                for result in _named(evaluation, named) if named != "not" else ():
                    if result.state == _wanted(wanted):
                        shown[name(result.rule)].add(result.state)
    return shown


def _wanted(node: Node) -> str | None:
    plain = node.plain()
    return plain.get("state") if isinstance(plain, dict) else plain


def asked_of(duty: Duty) -> Iterator[tuple[str, frozenset[str]]]:
    """Kinds of state that the duty can have, each with the states of which one has to be seen."""
    yield "open", OPEN
    if duty.met_by is not None:
        yield "met", MET
    if any(_timed(case) for case in duty.due):
        yield "in time", IN_TIME
        yield "late", LATE
    if duty.lapses is not None or (duty.repeats is not None and duty.repeats.until is not None):
        yield "lapsed", GONE
    if _may_be_unknown(duty):
        yield "cannot tell", UNKNOWN


def _timed(case: DueCase) -> bool:
    """Whether it gives an instant, rather than at once or as soon as possible."""
    given = (case.within, case.by, case.night, case.agreed, case.before)
    return any(clock is not None for clock in given) or any(_timed(one) for one in case.earliest)


def _may_be_unknown(duty: Duty) -> bool:
    """A duty that arises at each event waits for nothing: it arises when what was lacking is told."""
    condition, at = duty.arises.condition, duty.arises.at
    if condition is None or (at is not None and duty.arises.each):
        return False
    decided = at.types() if at is not None else frozenset()
    things = {_about(leaf) for leaf in _leaves(condition)} - {""}
    things -= {about for about, event in DECIDED_AT.items() if decided == {event}}
    lacking = [frozenset(few) for number in (1, 2) for few in combinations(sorted(things), number)]
    return any(CANNOT_TELL in _answers(condition, unknown) for unknown in lacking)


def _about(leaf: Condition) -> str:
    """What has to be known for the answer; nothing for a condition that always has one."""
    match leaf:
        case Fact(path=path) | Differs(path=path):
            return path
        case Age():
            return "date_of_birth"
        case Category(held_by=agency):
            return f"category {agency or ''}"
        case Risk():
            return "risk"
    return ""


def _answers(condition: Condition, unknown: frozenset[str]) -> set[int]:
    """The answers that it can give while these things are not known and everything else may be either way."""
    if condition.parts():
        each = product(*(_answers(part, unknown) for part in condition.parts()))
        return {_joined(condition, answers) for answers in each}
    if isinstance(condition, ASKING) and _about(condition) in unknown:
        return {condition.if_unknown}
    undecided = {event for about, event in DECIDED_AT.items() if about in unknown}
    return {NO} if _asks_for(condition) & undecided else {YES, NO}


def _asks_for(leaf: Condition) -> frozenset[str]:
    """The events of which one must have happened before the answer can be yes."""
    match leaf:
        case Happened(types=types) if len(types) == 1:
            return types
        case TreatedAs(wanted="away"):
            return frozenset({"category_set"})
    return frozenset()


def _joined(condition: Condition, answers: tuple[int, ...]) -> int:
    match condition:
        case AllOf():
            return NO if NO in answers else CANNOT_TELL if CANNOT_TELL in answers else YES
        case AnyOf():
            return YES if YES in answers else CANNOT_TELL if CANNOT_TELL in answers else NO
        case Not():
            return {YES: NO, NO: YES}.get(answers[0], CANNOT_TELL)
    return answers[0]


def _leaves(condition: Condition) -> Iterator[Condition]:
    parts = condition.parts()
    if not parts:
        yield condition
    for part in parts:
        yield from _leaves(part)
