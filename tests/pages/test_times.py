"""How pages say instants, in London time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lantern.ui.times import say_age, say_ago, say_length, say_limit, say_moment

NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 3, 5, 16, 10, tzinfo=UTC), "4:10pm today"),
        (datetime(2026, 3, 6, 9, 5, tzinfo=UTC), "9:05am tomorrow"),
        (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), "11:00pm yesterday"),
        (datetime(2026, 3, 9, 12, 0, tzinfo=UTC), "midday Monday"),
        (datetime(2026, 3, 20, 0, 0, tzinfo=UTC), "midnight on Friday 20 March"),
        (datetime(2024, 7, 1, 8, 30, tzinfo=UTC), "9:30am on Monday 1 July 2024"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: datetime, words: str) -> None:
    assert say_moment(at, NOW) == words


def test_the_last_second_of_a_day_is_its_end() -> None:
    assert say_limit(datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC), NOW) == "by the end of Monday"
    assert say_limit(datetime(2026, 3, 5, 16, 10, tzinfo=UTC), NOW) == "by 4:10pm today"


def test_days_are_counted_by_london_dates_in_summer() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # already 2 July in London
    assert say_moment(late, datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "12:30am tomorrow"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2, minutes=25), "2 hours 25 minutes"),
        (timedelta(hours=7, minutes=25), "7 hours"),
        (timedelta(days=3, hours=2), "3 days"),
    ],
)
def test_a_length_is_rounded_down_to_what_helps(length: timedelta, words: str) -> None:
    assert say_length(length.total_seconds()) == words


def test_ago_and_ahead() -> None:
    assert say_ago(NOW - timedelta(hours=3), NOW) == "3 hours ago"
    assert say_ago(NOW + timedelta(days=2), NOW) == "in 2 days"


def test_a_birthday_counts_from_its_london_day() -> None:
    assert say_age(date(2011, 3, 5), NOW) == 15
    assert say_age(date(2011, 3, 6), NOW) == 14
