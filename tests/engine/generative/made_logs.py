"""Made-up logs: late, doubled, corrected and unordered events around the days that break clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

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
DUTIES = ["strategy_meeting", "risk_review", "return_interview"]
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
    "duty_set_aside": {
        "duty": DUTIES,
        "authorised_by_role": ["team_manager", "duty_inspector", "social_worker", None],
        "reason": ["agreed", "agreed", None],
    },
    "episode_closed": {},
}
OFTEN = ["report_received", "category_set", "risk_graded", "risk_reviewed", "meeting_held", "child_located",
         "child_returned", "return_interview_held", "duty_set_aside"]  # fmt: skip
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
