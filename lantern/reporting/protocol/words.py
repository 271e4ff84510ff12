"""Rules in the words of people who sign them: what happened, if what holds, by when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lantern.engine.conditions import AllOf, AnyOf, Condition, Named, Not
from lantern.engine.events import REGISTRY
from lantern.engine.facts import Fact
from lantern.engine.happenings import Happened
from lantern.engine.patterns import Pattern, Patterns
from lantern.engine.protocols.phrases import of_clock, of_timetable, without_scope
from lantern.engine.roles import ROLES
from lantern.engine.rules import Duty, Pack
from lantern.engine.standings import Category, Lasted
from lantern.engine.values import as_list
from lantern.engine.wording import of_clause

# Events that are said by one of their fields: its name, and the sentence around it.
_BY_FIELD = {
    "party_notified": ("party", "notice was given to {}"),
    "return_notified": ("to", "notice of the return was given to {}"),
    "report_received": ("received_by", "the child was reported missing to {}"),
    "risk_graded": ("level", "the risk was graded {}"),
    "meeting_held": ("kind", "a meeting was held ({})"),
    "plan_updated": ("plan", "a plan was updated ({})"),
    "referral_made": ("kind", "a referral was made ({})"),
    "legal_step_taken": ("step", "a legal step was taken ({})"),
    "absence_noticed": ("missing_from", "someone noticed that the child was away from {}"),
    "extract_shared": ("with", "an extract of the return interview was shared with {}"),
    "check_made": ("check", "a first step to find the child was taken ({})"),
}
_WHO = ("by_role", "decided_by_role", "offered_by_role", "interviewer_role", "chair_role")
_ROLE_FIELDS = frozenset({*_WHO, "party", "to", "received_by", "reported_by_role", "with", "present", "agreed_with"})
_POLICE = frozenset({
    "police", "police_call_handler", "police_officer", "police_sergeant", "duty_inspector", "police_superintendent",
    "force_incident_manager", "missing_person_coordinator",
})  # fmt: skip
_FACTS = {
    "looked_after": "the child is looked after",
    "care_leaver": "the child is a care leaver",
    "open_to_social_care": "the child has an open case with social care",
    "section_47_open": "a section 47 enquiry is open",
    "report_at_once": "the care plan asks for a report at once",
    "unaccompanied_asylum_seeking": "the child is an unaccompanied asylum seeker",
    "trafficking_concern": "there is concern about trafficking",
    "subject_to_restriction": "the child is subject to immigration restriction",
    "wanted": "the child is wanted",
}
_SINCE = {
    "noticed": "the absence was noticed",
    "reported": "the child was reported",
    "known_missing": "the child was held missing",
    "last_seen": "the child was last seen",
}


def of_arising(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """What makes it arise, a line for each event that may; what all of them also ask for in a line of its own."""
    arises = duty.arises
    condition = of_condition(pack, without_scope(pack, arises.condition))
    if arises.at is not None:
        first = "Each time that" if arises.each else "When"
        lines = [f"{first} {words}" for words in _events(pack, arises.at)]
        return (*lines, f"if {condition}") if condition else tuple(lines)
    if condition:
        return (f"{'Each time that' if arises.each else 'Once'} {condition}",)
    return ((of_timetable(pack, duty) or "at all times").capitalize(),)


def of_due(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """Each of its due times."""
    lines = []
    for case in duty.due:
        when = f", if {of_condition(pack, case.condition)}" if case.condition else ""
        lines.append(f"{of_clock(duty, case, bare=True) or 'as soon as possible'}{when}")
    return tuple(lines) or ("as soon as possible",)


def of_events(pack: Pack, patterns: Patterns | None) -> tuple[str, ...]:
    """What may have happened, a line for each."""
    return tuple(_events(pack, patterns)) if patterns else ()


def _events(pack: Pack, patterns: Iterable[Pattern]) -> list[str]:
    return list(dict.fromkeys(_event(pack, pattern) for pattern in patterns))


def _event(pack: Pack, pattern: Pattern) -> str:
    where = {name: said for name, said, _ in pattern.where}
    words = REGISTRY[pattern.type].says if pattern.type in REGISTRY else of_clause(pattern.type)
    if pattern.type == "category_set":
        words = _category(pack, where)
    elif pattern.type == "duty_acknowledged":
        where.pop("duty", None)
        words = "it was recorded as done"
    elif pattern.type in _BY_FIELD and _BY_FIELD[pattern.type][0] in where:
        name, sentence = _BY_FIELD[pattern.type]
        words = sentence.format(_values(pack, name, where.pop(name)))
    who = {_values(pack, name, where[name]) for name in _WHO if name in where and not _absent(where[name])}
    by = f", by {' or '.join(sorted(who))}" if who else ""
    rest = [_field(pack, name, said) for name, said in where.items() if name not in _WHO]
    return f"{words}{by}" + (f" ({', '.join(rest)})" if rest else "")


def _category(pack: Pack, where: dict[str, Any]) -> str:
    agency, category = where.pop("agency", None), where.pop("category", None)
    who = "an agency" if agency is None or _absent(agency) else f"the {_values(pack, 'agency', agency)}"
    return f"{who} set the category" + (f" {_values(pack, 'category', category)}" if category else "")


def _absent(said: object) -> bool:
    return isinstance(said, dict) and said.get("present") is False


def _field(pack: Pack, name: str, said: object) -> str:
    words = of_clause(name)
    if said is True:
        return words
    if isinstance(said, dict) and "present" in said:
        return f"{words} recorded" if said["present"] else f"no {words}"
    return f"{words}: {_values(pack, name, said)}"


def _values(pack: Pack, name: str, said: object) -> str:
    """`police or social worker`; `anyone but a parent`."""
    if isinstance(said, dict):
        ((how, value),) = said.items()
        shown = _values(pack, name, value)
        other = f"anyone but {shown}" if name in _ROLE_FIELDS else f"not {shown}"
        return {"not": other, "at_least": f"{shown} or more"}.get(how, "anyone")
    if name not in _ROLE_FIELDS:
        return " or ".join(dict.fromkeys(map(_value, as_list(said))))
    return " or ".join(_roles(pack, as_list(said)))


def _roles(pack: Pack, roles: list[Any]) -> list[str]:
    """By their local names; most of the police are the police."""
    whole = len(_POLICE.intersection(roles)) > len(_POLICE) // 2
    left = [role for role in roles if role is not None and not (whole and role in _POLICE)]
    named = [pack.role_name(role) if role in ROLES else of_clause(str(role)) for role in left]
    return list(dict.fromkeys([*(["anyone in the police"] if whole else []), *named]))


def _value(item: object) -> str:
    if item is None:
        return "not recorded"
    if isinstance(item, bool):
        return "yes" if item else "no"
    return of_clause(str(item))


def of_condition(pack: Pack, condition: Condition | None, *, inner: bool = False) -> str:
    """The condition; `inner` puts brackets around several parts that belong together."""
    match condition:
        case None:
            return ""
        case Named(says=says):
            return says
        case AllOf(all=parts) | AnyOf(all=parts):
            word = " and " if isinstance(condition, AllOf) else " or "
            joined = word.join(of_condition(pack, part, inner=True) for part in parts)
            return f"({joined})" if inner and len(parts) > 1 else joined
        case Not(all=(part,)):
            return _negative(pack, part)
    return _leaf(pack, condition)


def _negative(pack: Pack, part: Condition) -> str:
    if isinstance(part, Happened) and part.unless_later is None:
        return f"it has not happened that {_happened(pack, part)}"
    return f"it is not so that {of_condition(pack, part, inner=True)}"


def _leaf(pack: Pack, condition: Condition) -> str:
    match condition:
        case Happened():
            return _happened(pack, condition)
        case Fact(path=path, said="is so"):
            return _FACTS.get(path, f"it is recorded: {_path(path)}")
        case Fact(path=path, said=said):
            return f"{_path(path)} {of_clause(said)}"
        case Lasted(span=span, moments=(moment, *_)):
            return f"{span} are over since {_SINCE.get(moment, of_clause(moment))}, and the child is not found"
        case Category(held_by=None):
            return of_clause(condition.clause()).replace("an agency holds", "police or authority hold")
    return of_clause(condition.clause())


def _happened(pack: Pack, condition: Happened) -> str:
    place = {"episode": "", "child": " (at any time)", "earlier_episodes": " (in an earlier episode)"}
    later = condition.unless_later
    since = f", and it has not happened since that {' or '.join(_events(pack, later))}" if later else ""
    return f"{' or '.join(_events(pack, condition.patterns))}{place[condition.where]}{since}"


def _path(path: str) -> str:
    return of_clause(path).replace(".", ", ")
