"""Made-up packs: every form of condition, due time and repeat, in every mixture."""

from typing import Any

from hypothesis import strategies as st

from lantern.engine.events import REGISTRY
from tests.engine.generative.made_logs import DUTIES, MENU, OFTEN, ROLES, TYPES
from tests.engine.small_packs import duty


def _pattern(draw: st.DrawFn, types: list[str] | None = None) -> Any:
    type_ = draw(st.sampled_from(types or TYPES))
    fields = [name for name, values in MENU[type_].items() if not name.endswith("_at")]
    if not fields or draw(st.integers(0, 2)):
        return draw(st.sampled_from([type_, {"event": type_}]))
    name = draw(st.sampled_from(fields))
    value = draw(st.sampled_from([value for value in MENU[type_][name] if value is not None] or ["x"]))
    test = draw(st.sampled_from([value, {"not": value}, {"present": True}]))
    return {"event": type_, "where": {name: test}}


def _patterns(draw: st.DrawFn, types: list[str] | None = None) -> Any:
    found = [_pattern(draw, types) for _ in range(draw(st.integers(1, 2)))]
    return found[0] if len(found) == 1 else found


_FACT_CONDITIONS: list[dict[str, Any]] = [
    {"fact": "looked_after"}, {"fact": "age", "under": 13}, {"fact": "age", "at_least": 16, "under": 18},
    {"fact": "age", "at_least": 18, "if_unknown": "no"}, {"fact": "disability", "if_unknown": "no"},
    {"fact": "exploitation.level", "is": ["suspected", "known"]}, {"fact": "placement.kind", "is": "residential"},
    {"fact": "host_authority", "differs_from": "responsible_authority"}, {"fact": "placement.kind", "not": "foster"},
]  # fmt: skip
_STANDING_CONDITIONS: list[dict[str, Any]] = [
    {"category": "missing"}, {"category": ["absent", "missing"], "held_by": "police"}, {"treated_as": "missing"},
    {"category": "missing", "held_by": "authority", "if_unknown": "no"}, {"treated_as": "away"}, {"risk": "high"},
    {"risk": ["medium", "low"], "if_unknown": "yes"}, {"state": ["located", "returned", "closed"]},
    {"state": "missing"}, {"state": ["noticed", "away"]}, {"lasted": "24 hours", "of": "missing"},
    {"lasted": "2 hours", "of": "absence"}, {"lasted": "6 hours", "of": "known_missing"},
    {"lasted": "2 days", "from": "last_seen"},
    {"count": "episodes", "of": "missing", "within": "3 days", "at_least": 2},
    {"count": "episodes", "at_least": 3}, {"count": "episodes", "of": "any", "within": "30 days", "exactly": 2},
    {"count": "episodes", "of": "away", "under": 1}, {"count": "episodes", "by": "home", "at_least": 2},
    {"time": "office_hours"}, {"time": "out_of_hours"}, {"time": "between", "from": "23:00", "to": "08:00"},
    {"time": "between", "from": "00:00", "to": "06:00"}, {"classified": "missing"}, {"term": "named"},
]  # fmt: skip
_GROUPS = ["all", "any", "not"]


def _condition(draw: st.DrawFn, depth: int = 2, *, named: bool = True) -> Any:
    kind = draw(st.integers(0, 9))
    if kind < 3 and depth:
        group = draw(st.sampled_from(_GROUPS))
        count = 1 if group == "not" else 2
        parts = [_condition(draw, depth - 1, named=named) for _ in range(count)]
        return {group: parts[0] if group == "not" else parts}
    if kind < 5:
        return draw(st.sampled_from(_FACT_CONDITIONS))
    if kind < 6:
        where = draw(st.sampled_from([{}, {"within": "5 hours"}, {"in": "child"}, {"in": "earlier_episodes"}]))
        undone = {"unless_later": _patterns(draw)} if draw(st.booleans()) else {}
        return {"happened": _patterns(draw), **where, **undone}
    usable = [part for part in _STANDING_CONDITIONS if named or not {"term", "classified"} & set(part)]
    return draw(st.sampled_from(usable))


_CLOCKS: list[dict[str, Any]] = [
    {"within": "2 hours"}, {"within": "72 hours"}, {"within": "30 minutes"}, {"within": "1 day"},
    {"within": "1 day", "exact": True}, {"within": "3 working days"}, {"within": "1 week"}, {"within": "1 month"},
    {"by": "23:00"}, {"by": "01:30"}, {"by": "10:00", "working_day": True}, {"by": "09:00", "working_day": True},
    {"night": {"every": "6 hours", "from": "23:00", "to": "08:00"}},
    {"night": {"every": "2 hours", "from": "00:00", "to": "07:00"}}, {"between": ["1 hour", "5 hours"]},
    {"as_agreed": {"event": "risk_reviewed", "field": "next_review_at"}}, {"immediately": True},
    {"immediately": True, "within": "4 hours"},
    {"before": "panel", "by": {"weekday": "friday", "weeks": -1, "time": "12:00"}}, {"after": "monthly"},
    {"earliest": [{"within": "5 hours"}, {"within": "2 hours", "from": "graded"}]},
]  # fmt: skip
_FROM = [
    "trigger",
    "noticed",
    "reported",
    "graded",
    "located",
    "returned",
    "found",
    "last_seen",
    "known_missing",
    "start",
]
TIMETABLES = [
    {"id": "panel", "every": "2 weeks", "weekday": "wednesday", "anchor": "2026-01-07"},
    {"id": "monthly", "every": "month", "day": "last working day"},
]


def _case(draw: st.DrawFn) -> dict[str, Any]:
    case = dict(draw(st.sampled_from(_CLOCKS)))
    if "within" in case or ("by" in case and "before" not in case):
        start = draw(st.sampled_from(_FROM))
        case["from"] = (
            {"event": draw(st.sampled_from(["police_recorded", "risk_graded"]))} if start == "start" else start
        )
        case["taken"] = draw(st.sampled_from(["occurred", "told"]))
    return case


def _due(draw: st.DrawFn) -> Any:
    if not draw(st.integers(0, 4)):
        return None
    cases = [_case(draw) for _ in range(draw(st.integers(1, 2)))]
    if len(cases) == 2:
        cases[0]["if"] = _condition(draw, 1)
    return cases if len(cases) == 2 else cases[0]


_ENDINGS = ["found", "ended", "closed", "returned", ["child_returned"], [{"event": "category_set"}]]


def _lapses(draw: st.DrawFn) -> Any:
    choice = draw(st.integers(0, 3))
    if not choice:
        return None
    on = {"on": draw(st.sampled_from(_ENDINGS))} if choice != 2 else {}
    return {**on, **({"if": _condition(draw, 1)} if choice > 1 else {})}


def _set_aside(draw: st.DrawFn) -> Any:
    if draw(st.booleans()):
        return None
    rule: dict[str, Any] = {"by": draw(st.lists(st.sampled_from(ROLES), min_size=5, max_size=8, unique=True))}
    if draw(st.booleans()):
        rule["event"] = _pattern(draw, ["safe_and_well_not_done", "return_interview_held"])
    if not draw(st.integers(0, 2)):
        rule["requires"] = ["reason"]
    if not draw(st.integers(0, 3)):
        rule["if"] = _condition(draw, 0)
    return [rule]


def _repeats(draw: st.DrawFn) -> Any:
    if draw(st.integers(0, 2)):
        return None
    rule: dict[str, Any] = {"from": draw(st.sampled_from(["met", "due"]))}
    if draw(st.booleans()):
        rule["every"] = draw(st.sampled_from(["5 hours", "1 day", "2 days"]))
    if draw(st.booleans()):
        rule["until"] = draw(st.sampled_from(_ENDINGS))
    if draw(st.booleans()):
        rule["may_be_set_by"] = {"event": "meeting_held", "field": "next_meeting_at"}
    return rule


@st.composite
def duties(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """One duty put together from every part of the language."""
    if draw(st.integers(0, 3)):
        arises: dict[str, Any] = {"at": _patterns(draw)}
        if not draw(st.integers(0, 2)):
            arises["if"] = _condition(draw)
    else:
        arises = {"when": _condition(draw)}
    repeats = _repeats(draw)
    arises["each"] = draw(st.sampled_from([False, True] if repeats else [False, True, "after_lapse"]))
    return duty(
        draw(st.sampled_from(DUTIES)),
        variant=f"v{number}",
        scope=draw(st.sampled_from(["episode", "episode", "episode", "child"])),
        arises=arises,
        due=_due(draw),
        met_by=_patterns(draw, OFTEN) if draw(st.integers(0, 3)) else None,
        counts_from=draw(st.sampled_from(["start", "trigger", "episode", "any_episode", "child"])),
        serves_episodes=draw(st.booleans()),
        lapses=_lapses(draw),
        set_aside=_set_aside(draw),
        repeats=repeats,
    )


def _authority(draw: st.DrawFn) -> list[dict[str, Any]]:
    rules = []
    for number in range(draw(st.integers(0, 2))):
        decision = _pattern(draw, ["risk_graded", "category_set", "episode_closed", "meeting_held"])
        kind = REGISTRY[decision if isinstance(decision, str) else decision["event"]]
        rule: dict[str, Any] = {
            "id": f"a{number}",
            "says": "who may decide",
            "decision": decision,
            "by": draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True)),
        }
        if draw(st.booleans()):
            rule["if"] = draw(st.sampled_from([{"risk": "high"}, {"treated_as": "missing"}, {"fact": "looked_after"}]))
        if "rationale" in kind.fields and draw(st.booleans()):
            rule |= {"requires": ["rationale"], "strict": draw(st.booleans())}
        rules.append(rule)
    return rules


@st.composite
def packs(draw: st.DrawFn, most: int = 6) -> dict[str, Any]:
    """The content of a small pack: arguments of `small_packs.pack_of`."""
    term = {"says": "a named condition", "if": _condition(draw, 1, named=False)}
    rule = {"id": "c1", "category": "missing", "says": "facts make it so", "if": _condition(draw, 1, named=False)}
    return {
        "duties": [draw(duties(number)) for number in range(draw(st.integers(3, most)))],
        "authority": _authority(draw),
        "terms": {"named": term},
        "classification": [rule],
        "timetables": TIMETABLES,
    }
