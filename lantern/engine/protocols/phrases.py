"""A rule in plain words, for setting protocols beside each other: who, how strongly, by when counted from what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lantern.engine.clocks import DueCase
from lantern.engine.conditions import AllOf, Condition, Group, Not
from lantern.engine.explain import of_case, of_condition
from lantern.engine.happenings import Happened
from lantern.engine.patterns import Pattern, Patterns
from lantern.engine.rules import Duty, Pack
from lantern.engine.standings import Category, Lasted, Risk

NO_TIME = "no time stated"
# What a clock is said to count from: the moment itself, not the record of it.
_EVENTS = {
    "profile_recorded": "what is recorded of the child",
    "absence_noticed": "the absence being noticed",
    "report_received": "the report",
    "police_recorded": "the police record",
    "category_set": "the category being set",
    "risk_graded": "the grading",
    "information_received": "information that came in",
    "absence_reviewed": "the review of the absence",
    "risk_reviewed": "the review of the risk",
    "disagreement_raised": "the disagreement",
    "legal_step_taken": "the legal step",
    "party_notified": "the notice",
    "responsibility_transferred": "the transfer",
    "meeting_held": "the meeting",
    "child_located": "the child being located",
    "child_returned": "the return",
    "return_notified": "the notification of the return",
    "return_interview_held": "the return interview",
    "return_interview_declined": "the interview being declined",
    "episode_closed": "the episode being closed",
}
_MOMENTS = {
    "noticed": "absence_noticed",
    "reported": "report_received",
    "recorded": "police_recorded",
    "graded": "risk_graded",
    "located": "child_located",
    "returned": "child_returned",
}
_NAMED = {
    "found": "the child being located or back",
    "start": "the start of the episode",
    "closed": "the episode being closed",
    "last_seen": "the child being last seen",
    "known_missing": "the child being held missing",
}


def of_strength(duty: Duty) -> str:
    """`must`, `should`, `may`, or `considers` where only considering is asked."""
    return "considers" if duty.consider else duty.strength


def of_duty(pack: Pack, duty: Duty, kind: str = "") -> str:
    """`SPA must tell the police: within 4 hours of the report`; only due times of the kind, where one is asked for."""
    says = duty.says[:1].lower() + duty.says[1:]
    return f"{pack.role_name(duty.owed_by)} {_verb(duty, says)}: {of_times(pack, duty, kind)}"


def _verb(duty: Duty, says: str) -> str:
    if not duty.consider:
        return f"{duty.strength} {says}"
    return f"may {says}" if says.startswith("consider") else f"may consider: {says}"


def of_times(pack: Pack, duty: Duty, kind: str = "", *, bare: bool = False) -> str:
    """All its due times with their starts, and how it comes again; `bare` leaves out when each of them applies."""
    said = dict.fromkeys(words for case in duty.due if (words := of_clock(duty, case, kind, bare=bare)))
    words = ", or else ".join(said) or of_timetable(pack, duty) or NO_TIME
    if not duty.repeats:
        return words
    until = f" until {_events(duty.repeats.until)}" if duty.repeats.until and not bare else ""
    again = f"every {duty.repeats.every}" if duty.repeats.every else "each time again"
    return f"{words}, {again}{until}"


def of_timetable(pack: Pack, duty: Duty) -> str:
    """`every 2 weeks on Wednesday`, for what is held by a timetable."""
    timetable = pack.timetables.get(duty.timetable)
    if timetable is None:
        return ""
    day = timetable.weekday.capitalize() or timetable.day
    return f"every {timetable.every}" + (f" on {day}" if timetable.weekday else f" by its {day}" if day else "")


def kinds_of(case: DueCase) -> set[str]:
    """Kinds of time that a due case gives: elapsed, civil, agreed."""
    kinds = {"elapsed"} if case.within else set()
    kinds |= {"civil"} if case.night or (case.by and not case.working_day) else set()
    kinds |= {"agreed"} if case.agreed else set()
    return kinds.union(*(kinds_of(inner) for inner in case.earliest))


def of_clock(duty: Duty, case: DueCase, kind: str = "", *, bare: bool = False) -> str:
    """One due time: the span, what it counts from and, for one of several, when it applies."""
    if kind and kind not in kinds_of(case):
        return ""
    when = f" if {of_short(case.condition)}" if case.condition and not bare else ""
    if case.earliest:
        several = dict.fromkeys(words for one in case.earliest if (words := of_clock(duty, one, kind, bare=bare)))
        return (f"the earlier of {' and '.join(several)}" if len(several) > 1 else "".join(several)) + when
    if case.agreed:
        return f"at the time set by {_events(case.agreed[0])}{when}"
    if case.within and case.within.number == 0:
        return f"by the end of the day of {of_start(duty, case)}{when}"
    words = of_case(replace(case, condition=None, from_="trigger", told=False))
    return f"{words}{_counted(duty, case)}{when}"


def _counted(duty: Duty, case: DueCase) -> str:
    """What a span counts from; nothing for times of day and for what is due at once."""
    if not (case.within or (case.by and case.from_ != "trigger")):
        return ""
    said = f" {'of' if case.within else 'after'} {of_start(duty, case)}"
    return f"{said}, counted from when it was told" if case.told else said


def of_start(duty: Duty, case: DueCase) -> str:
    """The moment a clock counts from."""
    if isinstance(case.from_, Patterns):
        return _events(case.from_)
    if case.from_ != "trigger":
        return _NAMED.get(case.from_) or _EVENTS[_MOMENTS[case.from_]]
    return called(starts(duty, case)) or "that moment"


def _events(patterns: Patterns) -> str:
    return called(patterns.types())


def called(types: Iterable[str]) -> str:
    """The events in the order of a child's journey."""
    in_order = sorted(types, key=lambda one: list(_EVENTS).index(one) if one in _EVENTS else len(_EVENTS))
    return " or ".join(_EVENTS.get(one, one.replace("_", " ")) for one in in_order)


def starts(duty: Duty, case: DueCase) -> frozenset[str]:
    """The events that may start the clock; empty where it starts when a length of time is up."""
    if isinstance(case.from_, Patterns):
        return case.from_.types()
    if case.from_ != "trigger":
        return frozenset({_MOMENTS[case.from_]}) if case.from_ in _MOMENTS else frozenset()
    return duty.arises.at.types() if duty.arises.at else _bringing(duty.arises.condition)


def _bringing(condition: Condition | None) -> frozenset[str]:
    """The events of this episode that can make a condition come to hold, unless it also has to last."""
    parts = _leaves(condition)
    if any(isinstance(part, Lasted) for part in parts):
        return frozenset()
    found = {type_ for part in parts if isinstance(part, Happened) and part.where == "episode" for type_ in part.types}
    found |= {"category_set" for part in parts if isinstance(part, Category)}
    return frozenset(found | {"risk_graded" for part in parts if isinstance(part, Risk)})


def _leaves(condition: Condition | None) -> list[Condition]:
    """The simple conditions in it that must hold, terms looked into."""
    if condition is None or isinstance(condition, Not):
        return []
    return [leaf for part in condition.parts() for leaf in _leaves(part)] if condition.parts() else [condition]


def of_arising(pack: Pack, duty: Duty) -> str:
    """What makes it arise, without the words that say of every rule whom the protocol is for."""
    condition = of_short(without_scope(pack, duty.arises.condition))
    if duty.arises.at is not None:
        return f"on {_on(duty.arises.at)}" + (f", if {condition}" if condition else "")
    if condition:
        return f"{'each time' if duty.arises.each else 'once'} {condition}"
    return f"by the timetable {duty.timetable.replace('_', ' ')}" if duty.timetable else "at all times"


def _on(patterns: Patterns) -> str:
    return " or ".join(dict.fromkeys(map(_happening, patterns)))


def _happening(pattern: Pattern) -> str:
    """The event with the values that it must have; who is meant not to have sent it is left to the manual."""
    words = _EVENTS.get(pattern.type, pattern.type.replace("_", " "))
    told = [_where(name, said) for name, said, _ in pattern.where if name not in _SENDERS and not _leaves_out(said)]
    return f"{words} ({', '.join(told)})" if told else words


_SENDERS = ("by_role", "decided_by_role", "received_by", "reported_by")


def _leaves_out(said: object) -> bool:
    return isinstance(said, dict) and ("not" in said or said.get("present") is False)


def _where(name: str, said: object) -> str:
    plain = Pattern("", ((name, said, bool),)).in_words().removeprefix(" with ")
    return plain.replace("_", " ").removesuffix(" true").removesuffix(" present").strip()


def asserted(condition: Condition | None) -> list[str]:
    """The clauses of a condition as its pack words them, without what must not be so."""
    if condition is None or isinstance(condition, Not):
        return []
    if isinstance(condition, Group) and condition.word:
        return [words for part in condition.parts() for words in asserted(part)]
    return [condition.clause().replace("_", " ")]


def about(pack: Pack, duty: Duty) -> str:
    """What makes it arise and what sets its due times, as clauses that must hold."""
    events = _on(duty.arises.at) if duty.arises.at else ""
    conditions = (without_scope(pack, duty.arises.condition), *(case.condition for case in duty.due))
    return "; ".join([events, *(words for condition in conditions for words in asserted(condition))])


def without_scope(pack: Pack, condition: Condition | None) -> Condition | None:
    """The condition without the part that every rule of its pack carries: whom the pack is for."""
    scopes = _scopes(pack)
    if not isinstance(condition, AllOf):
        return None if id(condition) in scopes else condition
    first, *rest = condition.all
    if id(first) not in scopes:
        return condition
    return rest[0] if len(rest) == 1 else AllOf(rest)


def _scopes(pack: Pack) -> set[int]:
    """The pack's own scope, and that of its base, which heads each rule taken over from there."""
    heads: dict[str, list[int]] = {}
    for duty in pack.duties:
        condition = duty.arises.condition
        if condition is not None and duty.origin != pack.key:
            heads.setdefault(duty.origin, []).append(id(_head(condition)))
    shared = {found[0] for found in heads.values() if len(found) > 1 and len(set(found)) == 1}
    return shared | {id(pack.applies)}


def _head(condition: Condition) -> Condition:
    return condition.all[0] if isinstance(condition, AllOf) else condition


def of_short(condition: Condition | None) -> str:
    """A condition in words, without the brackets around the whole and without `is so`."""
    words = _worded(condition).replace(" is so", "")
    return words[1:-1] if re.fullmatch(r"\([^()]*\)", words) else words


def _worded(condition: Condition | None) -> str:
    """As the manual words it, but for what happened, which is told by its event as in the rest of a comparison."""
    if isinstance(condition, Happened) and condition.where == "episode" and condition.unless_later is None:
        return f"there has been {_on(condition.patterns)}"
    if isinstance(condition, Not):
        return f"not ({_worded(condition.all[0])})"
    if isinstance(condition, Group) and condition.word:
        joined = (" and " if condition.word == "all of" else " or ").join(map(_worded, condition.all))
        return joined if len(condition.all) == 1 else f"({joined})"
    return of_condition(condition)
