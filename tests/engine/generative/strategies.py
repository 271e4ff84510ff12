"""Made-up logs and made-up packs: late, doubled, corrected and unordered events around the days that break clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.engine.small_packs import duty

HOUR, DAY, TICK = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
ANCHORS = [
    datetime(2026, 3, 28, 12, tzinfo=UTC),  # the night on which an hour is lost
    datetime(2026, 10, 24, 12, tzinfo=UTC),  # the night on which one comes twice
    datetime(2026, 4, 2, 15, tzinfo=UTC),  # before Good Friday
    datetime(2026, 12, 24, 22, tzinfo=UTC),
    datetime(2028, 2, 28, 20, tzinfo=UTC),  # before a leap day
    datetime(2026, 6, 10, 9, tzinfo=UTC),
]
GAPS = [
    timedelta(0), TICK, timedelta(minutes=1), timedelta(minutes=30), HOUR, 2 * HOUR, 2 * HOUR + TICK, 5 * HOUR,
    8 * HOUR, 11 * HOUR, DAY, DAY + TICK, 2 * DAY, 3 * DAY, 7 * DAY, 30 * DAY,
]  # fmt: skip
SHORT_GAPS = GAPS[:10]
LATE = [timedelta(0)] * 6 + [timedelta(minutes=5), 3 * HOUR, 2 * DAY]

ROLES = ["duty_inspector", "police_sergeant", "police_superintendent", "social_worker", "team_manager", "foster_carer",
         "return_interviewer", "return_interview_manager"]  # fmt: skip
DUTIES = ["initial_risk_grading", "strategy_meeting", "risk_review", "return_interview", "safe_and_well_check"]
PARTIES = ["parent", "social_worker", "independent_reviewing_officer", "police"]
KINDS = ["strategy", "strategy_review", "planning", "panel"]
INTERVIEW = {
    "reason": ["child did not want it", None],
    "harm": [True, False, None],
    "episodes": [None, None, ["E1", "E2"]],
}
MENU: dict[str, dict[str, list[Any]]] = {
    "report_received": {"received_by": ["police", "front_door", None], "last_seen_at": ["-2h", None]},
    "absence_noticed": {"whereabouts": ["unknown", "confirmed", None], "last_seen_at": ["-2h", None]},
    "police_recorded": {},
    "category_set": {
        "agency": ["police", "authority", None],
        "category": ["missing", "absent", "unauthorised_absence", ["absconder", "missing"], "absconder"],
        "decided_by_role": [*ROLES, None],
    },
    "risk_graded": {"level": ["high", "medium", "low"], "decided_by_role": [*ROLES, None], "rationale": ["x", None]},
    "risk_reviewed": {"next_review_at": ["+4h", "+3d", "-2h", None], "decided_by_role": [*ROLES, None]},
    "absence_reviewed": {"next_review_at": ["+4h", "+3d", None]},
    "whereabouts_updated": {"whereabouts": ["unknown", "confirmed", None]},
    "information_received": {"raises_risk": [True, False, None]},
    "party_notified": {"party": PARTIES},
    "meeting_held": {"kind": KINDS, "next_meeting_at": ["+4h", "+3d", None]},
    "child_located": {},
    "child_returned": {},
    "safe_and_well_done": {"harm_indicated": [True, False, None]},
    "safe_and_well_not_done": {"reason": ["agreed", None], "agreed_with": ["social_worker", None]},
    "return_interview_offered": INTERVIEW,
    "return_interview_held": INTERVIEW,
    "return_interview_declined": INTERVIEW,
    "return_interview_signed_off": {},
    "extract_shared": {"with": ["police", "panel"]},
    "plan_updated": {"plan": ["care", "trigger"]},
    "duty_set_aside": {"duty": DUTIES, "authorised_by_role": [*ROLES, None], "reason": ["agreed", None]},
    "episode_closed": {},
}
OFTEN = ["report_received", "category_set", "risk_graded", "risk_reviewed", "meeting_held", "child_located",
         "child_returned", "return_interview_held"]  # fmt: skip
TYPES = sorted(MENU) + OFTEN * 3
FACTS: dict[str, list[Any]] = {
    "looked_after": [{"legal_basis": "s20"}, {"legal_basis": "none"}, {"since": "2026-03-01"}, None],
    "responsible_authority": ["Kingston", None],
    "host_authority": ["Kingston", "Richmond", None],
    "placement": [{"kind": "foster", "address": "1 High Street"}, {"kind": "residential", "since": "2026-03-29"}, None],
    "exploitation": [{"level": "suspected"}, {"kinds": ["criminal"]}, {"level": "none"}, None],
    "disability": [True, False, None],
}
OPENERS = ["report_received", "absence_noticed", "category_set", "report_received"]
BIRTHDAY_AGES = [13, 16, 18]


def _filled(draw: st.DrawFn, menu: dict[str, list[Any]], at: datetime) -> dict[str, Any]:
    moments = {"+4h": at + 4 * HOUR, "+3d": at + 3 * DAY, "-2h": at - 2 * HOUR}
    chosen = {name: draw(st.sampled_from(values)) for name, values in menu.items()}
    return {
        name: moments[value].isoformat() if isinstance(value, str) and value in moments else value
        for name, value in chosen.items()
        if value is not None
    }


def _line(
    draw: st.DrawFn, type_: str, fields: dict[str, Any], at: datetime, told: datetime, number: int, **where: Any
) -> dict[str, Any]:
    line = {"event": type_, "id": f"e{number}", **where, **fields}
    role = draw(st.sampled_from([*ROLES, None]))
    if role:
        line["by_role"] = role
    return {**line, "occurred_at": at, "recorded_at": told}


def _profile(
    draw: st.DrawFn, at: datetime, child: str, number: int, *, plain: bool, first: bool = False
) -> dict[str, Any]:
    fields = _filled(draw, FACTS, at)
    if plain:
        fields = {
            name: {k: v for k, v in value.items() if k != "since"} if isinstance(value, dict) else value
            for name, value in fields.items()
        }
    if (first or not plain) and draw(st.booleans()):
        age, days = draw(st.sampled_from(BIRTHDAY_AGES)), draw(st.integers(-2, 3))
        day = at.date() + days * DAY
        born = date(day.year - age, day.month, min(day.day, 28)) if draw(st.booleans()) else date(2012, 2, 29)
        fields["date_of_birth"] = born.isoformat()
    return _line(draw, "profile_recorded", fields, at, at, number, child=child)


@st.composite
def lines(draw: st.DrawFn, *, plain: bool = False, most: int = 14) -> list[dict[str, Any]]:
    """Lines of a log. `plain`: told as they happened, nothing corrected, no fact backdated, one line an instant."""
    anchor = draw(st.sampled_from(ANCHORS))
    children = draw(st.sampled_from([["C1"], ["C1"], ["C1", "C2"]]))
    found: list[dict[str, Any]] = []
    for child in children:
        at = anchor - draw(st.sampled_from([30 * DAY, 2 * HOUR]))
        if draw(st.integers(0, 4)):
            found.append(_profile(draw, at, child, len(found), plain=plain, first=True))
        at = anchor
        for episode in range(1, draw(st.integers(1, 3)) + 1):
            for step in range(draw(st.integers(3, 4 + most // len(children) // 2))):
                type_ = draw(
                    st.sampled_from(OPENERS if step == 0 else [*TYPES, "profile_recorded", "corrected", "corrected"])
                )
                told = at if plain else at + draw(st.sampled_from(LATE))
                where = {"child": child, "episode": f"E{episode}"}
                if type_ == "profile_recorded":
                    found.append(_profile(draw, at, child, len(found), plain=plain))
                elif type_ == "corrected":
                    if not plain and found:
                        found.append(_correction(draw, found, child, at, told))
                else:
                    found.append(_line(draw, type_, _filled(draw, MENU[type_], at), at, told, len(found), **where))
                at += draw(st.sampled_from(SHORT_GAPS)) + (TICK * len(found) if plain else timedelta(0))
            at += draw(st.sampled_from(GAPS))
    if not plain and draw(st.booleans()):
        found = draw(st.permutations(found))
    return found


def _correction(
    draw: st.DrawFn, found: list[dict[str, Any]], child: str, at: datetime, told: datetime
) -> dict[str, Any]:
    mine = [line for line in found if line["child"] == child]
    line = {"event": "corrected", "id": f"e{len(found)}", "child": child, "occurred_at": at, "recorded_at": told}
    if not mine:
        return {**line, "event": "profile_recorded"}
    target = draw(st.sampled_from(mine))
    line |= {"corrects": target["id"], "episode": target.get("episode")}
    if draw(st.booleans()):
        return line
    if target["event"] == "corrected":
        return {**line, "corrected_event": {"event": "child_returned"}}
    when = target["occurred_at"] + draw(st.sampled_from([timedelta(0), HOUR, -HOUR]))
    fields = _filled(draw, MENU.get(target["event"], {}), when)
    header = draw(st.sampled_from([{}, {"occurred_at": when.isoformat()}, {"by_role": "duty_inspector"}]))
    return {**line, "corrected_event": {"event": target["event"], **header, **fields}}


@st.composite
def moments(draw: st.DrawFn, log: list[dict[str, Any]]) -> datetime:
    """A moment at, just beside, or some time after something in the log, more often near its end."""
    times = sorted({line["occurred_at"] for line in log})
    base = draw(st.sampled_from(times + times[-3:] * 2))
    return base + draw(st.sampled_from([timedelta(0), TICK, -TICK, HOUR, 2 * HOUR, 5 * HOUR, DAY, 4 * DAY, 40 * DAY]))


# packs


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
    rule: dict[str, Any] = {"by": draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True))}
    if draw(st.booleans()):
        rule["event"] = _pattern(draw, ["safe_and_well_not_done", "return_interview_declined"])
    if draw(st.booleans()):
        rule["requires"] = ["reason"]
    if draw(st.booleans()):
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
    arises["each"] = draw(st.booleans())
    return duty(
        draw(st.sampled_from(DUTIES)),
        variant=f"v{number}",
        scope=draw(st.sampled_from(["episode", "episode", "episode", "child"])),
        arises=arises,
        due=_due(draw),
        met_by=_patterns(draw) if draw(st.integers(0, 3)) else None,
        counts_from=draw(st.sampled_from(["start", "trigger", "episode", "child"])),
        serves_episodes=draw(st.booleans()),
        lapses=_lapses(draw),
        set_aside=_set_aside(draw),
        repeats=_repeats(draw),
    )


def _authority(draw: st.DrawFn) -> list[dict[str, Any]]:
    rules = []
    for number in range(draw(st.integers(0, 2))):
        rule: dict[str, Any] = {
            "id": f"a{number}",
            "says": "who may decide",
            "decision": _pattern(draw, ["risk_graded", "category_set", "episode_closed", "meeting_held"]),
            "by": draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True)),
        }
        if draw(st.booleans()):
            rule["if"] = draw(st.sampled_from([{"risk": "high"}, {"treated_as": "missing"}, {"fact": "looked_after"}]))
        if draw(st.booleans()):
            rule |= {"requires": ["rationale"], "strict": draw(st.booleans())}
        rules.append(rule)
    return rules


@st.composite
def packs(draw: st.DrawFn, most: int = 3) -> dict[str, Any]:
    """The content of a small pack: arguments of `small_packs.pack_of`."""
    term = {"says": "a named condition", "if": _condition(draw, 1, named=False)}
    rule = {"id": "c1", "category": "missing", "says": "facts make it so", "if": _condition(draw, 1, named=False)}
    return {
        "duties": [draw(duties(number)) for number in range(draw(st.integers(1, most)))],
        "authority": _authority(draw),
        "terms": {"named": term},
        "classification": [rule],
        "timetables": TIMETABLES,
    }
