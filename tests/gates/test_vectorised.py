"""The vectorised yardstick answers as the rules by hand do, where evaluators first part ways too. Nothing is timed."""

import random
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec

import pytest

from bench import plain, race
from bench.engine_bulk import BY_HAND, AnswersDiffer, plain_text
from bench.workload import NOW, Line

pytestmark = pytest.mark.skipif(find_spec("polars") is None, reason="needs polars (scripts/polars)")

EVENTS = (
    *("report_received", "category_set", "risk_graded", "risk_reviewed", "risk_reviewed", "child_located"),
    *("safe_and_well_done", "return_interview_held", "return_interview_signed_off", "meeting_held"),
    *("party_notified", "party_notified", "referral_made", "information_received"),
)
FIELDS = {
    "risk_graded": ("level", ["low", "medium", "high"]),
    "party_notified": ("party", ["responsible_authority", "police_superintendent", "parent"]),
}
MOMENTS = [
    datetime(2025, 3, 30, 0, 59, 59, tzinfo=UTC),  # the clocks go forward
    datetime(2025, 10, 25, 22, 30, tzinfo=UTC),  # and back
    datetime(2025, 12, 24, 23, tzinfo=UTC),  # before bank holidays and a weekend
    datetime(2026, 4, 2, 21, 59, 59, tzinfo=UTC),  # before Easter, a second before the night
    datetime(2026, 6, 29, 12, tzinfo=UTC),  # a day before the end
]
SECONDS = (0, 0, 0, 1, 3600, 6 * 3600, 9 * 3600, 86_400, 86_401, 40 * 86_400)


def crowd(children: int) -> list[list[Line]]:
    """Logs in which much happens at one second, in any order, more than once or without a report."""
    dice = random.Random(7)
    return [_child(f"C{number}", dice) for number in range(children)]


def _child(child: str, dice: random.Random) -> list[Line]:
    born = date(2012, 12, 24) + timedelta(days=dice.randrange(500))
    profile: Line = {"event": "profile_recorded", "date_of_birth": born.isoformat(), "child": child}
    profile |= {"looked_after": {"legal_basis": dice.choice(["none", "s20"])}, "exploitation": {"level": "none"}}
    profile["occurred_at"] = datetime(2025, 1, 1, tzinfo=UTC).isoformat()
    start, lines = dice.choice(MOMENTS), []
    for number in range(dice.randint(1, 6)):
        for name in ["report_received", *dice.choices(EVENTS, k=dice.randint(2, 14))]:
            line: Line = {"event": name, "child": child, "episode": f"{child}E{number}"}
            line["occurred_at"] = min(start + timedelta(seconds=dice.choice(SECONDS)), NOW).isoformat()
            if name in FIELDS:
                line[FIELDS[name][0]] = dice.choice(FIELDS[name][1])
            lines.append(line)
    lines = lines[dice.randint(0, 1) :]
    return [profile, *sorted(lines, key=lambda line: line["occurred_at"])]


def by_columns(children: list[list[Line]]) -> list[str]:
    from bench import vectorised

    columns = vectorised.read(children)
    return vectorised.texts(columns, vectorised.evaluate(columns, NOW))


def by_hand(children: list[list[Line]]) -> list[str]:
    read = [plain.by_episode(plain.read(lines), NOW) for lines in children]
    return [f"{episode} {plain_text(duty)}" for child in read for episode, duties in child for duty in duties]


def test_columns_give_what_the_rules_give_by_hand_when_all_happens_at_once():
    children = crowd(600)
    expected = by_hand(children)
    assert {text.split()[1] for text in expected} == {f"r{number:02}" for number in range(1, 13)}
    race.compare({BY_HAND: expected, "columns": by_columns(children)})


def test_a_single_duty_that_differs_stops_the_race():
    expected = by_hand(crowd(3))
    with pytest.raises(AnswersDiffer, match="columns"):
        race.compare({BY_HAND: expected, "columns": [*expected[:-1], "C2E0 r12 met 2026-01-01T00:00:00"]})


def test_every_contender_answers_alike_before_it_is_timed():
    measures = race.run(episodes=30, rounds=1)
    assert {one.answers for one in measures} == {"", "2", "2 two"}
    assert [one.runs for one in measures] == [1] * 5
