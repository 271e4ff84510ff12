"""The boxes for days and moments: what may be typed, and what is said when it cannot be."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lantern.ui.form_fields import MomentField, read_time
from lantern.ui.forms import GovForm

NOW = datetime(2026, 6, 5, 10, 0, tzinfo=UTC)


class AskMoment(GovForm):
    """One question."""

    seen = MomentField(label="When was the child last seen?")


def answer(day: str, month: str, year: str, clock: str) -> AskMoment:
    data: dict[str, Any] = {"seen-day": day, "seen-month": month, "seen-year": year, "seen-time": clock}
    return AskMoment(data, at=NOW)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4pm", time(16)),
        ("4:10pm", time(16, 10)),
        ("4.10 p.m.", time(16, 10)),
        ("16:10", time(16, 10)),
        ("1610", time(16, 10)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("midnight", time(0)),
    ],
)
def test_times_may_be_typed_as_people_write_them(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "4", "25:00", "14pm", "soon", "4:70"])
def test_a_time_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_time(typed)


def test_london_time_is_cleaned_to_utc() -> None:
    form = answer("5", "6", "2026", "9:30am")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["seen"] == datetime(2026, 6, 5, 8, 30, tzinfo=UTC)
    assert answer("5", "June", "2026", "9:30am").is_valid()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("", "", "", ""), "Enter an answer: When was the child last seen?"),
        (("5", "", "2026", "9am"), "The date must include a month"),
        (("31", "2", "2026", "9am"), "Enter a real date"),
        (("5", "6", "26", "9am"), "The year must have four figures"),
        (("5", "6", "2026", ""), "Enter the time, for example 4:10pm or 16:10"),
        (("6", "6", "2026", "9am"), "The time must be now or earlier"),
        (("29", "3", "2026", "1:30am"), "That time did not happen: the clocks went forward over it"),
    ],
)
def test_what_is_wrong_is_said_in_words(given: tuple[str, str, str, str], said: str) -> None:
    form = answer(*given)
    assert not form.is_valid()
    assert form.errors["seen"] == [said]


def test_the_hour_that_happens_twice_means_the_first() -> None:
    form = AskMoment(
        {"seen-day": "25", "seen-month": "10", "seen-year": "2026", "seen-time": "1:30am"},
        at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["seen"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
