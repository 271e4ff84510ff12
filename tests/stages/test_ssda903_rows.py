"""Which episodes become rows of the SSDA903 `Missing` table, and with which dates."""

from datetime import UTC, date

import pytest

from lantern.reporting.known import instant
from lantern.reporting.ssda903 import CollectionYear, Row, Rows, rows
from tests.stages.ssda903_story import Story, at

YEAR = CollectionYear.parse("2025-26")


def report(story: Story, year: CollectionYear = YEAR, **options) -> Rows:
    return rows(story.lines, year, **options)


def only(found: Rows) -> Row:
    assert not found.problems
    assert len(found.rows) == 1
    return found.rows[0]


def nothing_but(found: Rows, code: str) -> None:
    """No row; exactly one problem or reason for leaving out, with this code."""
    assert found.rows == ()
    assert [one.code for one in (*found.problems, *found.left_out)] == [code]


@pytest.fixture
def story() -> Story:
    """A child looked after since 2024 with a date of birth and a local id."""
    made = Story()
    made.looked_after("2024-09-01", since="2024-09-01")
    return made


def test_a_looked_after_child_who_was_missing_has_one_row_that_names_its_events(story):
    story.away("E1", "2025-06-01 22:30", "2025-06-03 01:15")
    row = only(report(story))
    assert (row.child, row.date_of_birth, row.missing) == ("LC1", date(2010, 5, 4), "M")
    assert (row.started, row.ended) == (date(2025, 6, 1), date(2025, 6, 3))
    assert row.events == {
        "CHILD": ("C1-1",),
        "DOB": ("C1-1",),
        "MISSING": ("C1-3",),
        "MIS_START": ("C1-2",),
        "MIS_END": ("C1-4",),
        "looked_after": ("C1-1",),
    }


def test_dates_are_london_dates():
    story = Story()
    story.looked_after("2024-09-01")
    story.away("E1", "2025-06-30 23:30", "2025-07-01 00:10")
    for line in story.lines:
        line["occurred_at"] = instant(line["occurred_at"]).astimezone(UTC).isoformat()
    row = only(report(story))
    assert (row.started, row.ended) == (date(2025, 6, 30), date(2025, 7, 1))


def test_the_start_is_when_the_child_was_last_seen_not_when_somebody_noticed(story):
    story.add("absence_noticed", "2025-06-02 07:00", episode="E1", last_seen_at=at("2025-06-01 21:00"))
    story.add("category_set", "2025-06-02 08:00", episode="E1", category="missing")
    assert only(report(story)).started == date(2025, 6, 1)


def test_a_report_without_a_notice_starts_the_episode(story):
    story.add("report_received", "2025-06-02 07:00", episode="E1", received_by="police")
    story.add("category_set", "2025-06-02 08:00", episode="E1", category="missing")
    assert only(report(story)).started == date(2025, 6, 2)


def test_children_missing_from_home_have_no_row_and_it_is_said_why():
    story = Story()
    story.looked_after("2024-09-01", basis="none")
    story.away("E1", "2025-06-01", "2025-06-02")
    nothing_but(report(story), "not_looked_after")


@pytest.mark.parametrize(
    ("start", "reported"),
    [
        ("2025-04-30 23:00", False),
        ("2025-05-01 00:30", True),
        ("2025-05-09 12:00", True),
        ("2025-05-11 12:00", False),
    ],
)
def test_looked_after_is_asked_of_the_day_the_episode_started(start, reported):
    story = Story()
    story.looked_after("2025-01-01", basis="none")
    story.looked_after("2025-05-03", basis="s31", since="2025-05-01")
    story.looked_after("2025-05-10", basis="none")
    story.away("E1", start, start)
    found = report(story)
    assert len(found.rows) == reported
    assert [one.code for one in found.left_out] == ([] if reported else ["not_looked_after"])


def test_a_child_accommodated_later_on_the_day_they_went_missing_is_reported():
    story = Story()
    story.looked_after("2025-01-01", basis="none")
    story.looked_after("2025-06-01 18:00", basis="s20")
    story.away("E1", "2025-06-01 09:00", "2025-06-02")
    assert only(report(story)).started == date(2025, 6, 1)


def test_a_first_word_of_care_during_the_absence_counts_and_is_noted():
    story = Story()
    story.add("absence_noticed", "2025-06-01 23:00", episode="E1")
    story.add("category_set", "2025-06-02 01:00", episode="E1", category="missing")
    story.looked_after("2025-06-02 02:00")
    row = only(report(story))
    assert [note for note in row.notes if "while the child was away" in note]


def test_nothing_known_of_care_is_a_problem_that_says_who_can_help_not_a_silent_no(story):
    unknown = Story()
    unknown.add("profile_recorded", "2024-01-01", date_of_birth="2010-05-04")
    unknown.away("E1", "2025-06-01", "2025-06-02")
    found = report(unknown)
    nothing_but(found, "looked_after_unknown")
    assert "social worker" in found.problems[0].needs
    story.away("E1", "2025-06-01", "2025-06-02")
    assert only(report(story))


def test_an_episode_open_at_the_year_end_has_no_end_and_comes_back_next_year(story):
    story.away("E1", "2026-03-30 20:00", "2026-04-02 09:00")
    this_year, next_year = only(report(story)), only(report(story, CollectionYear(2026)))
    assert (this_year.started, this_year.ended) == (date(2026, 3, 30), None)
    assert (next_year.started, next_year.ended) == (date(2026, 3, 30), date(2026, 4, 2))
    assert this_year.events["MIS_END"] == ()


def test_an_episode_that_ends_on_31_march_belongs_to_that_year_alone(story):
    story.away("E1", "2026-03-30", "2026-03-31 23:30")
    assert only(report(story)).ended == date(2026, 3, 31)
    assert report(story, CollectionYear(2026)).rows == ()


def test_an_episode_outside_the_year_is_neither_row_nor_problem(story):
    story.away("E1", "2024-11-01", "2024-11-02")
    found = report(story)
    assert (found.rows, found.problems, found.left_out) == ((), (), ())


@pytest.mark.parametrize(
    ("category", "letter"), [("missing", "M"), ("unauthorised_absence", "A"), (["absconder", "missing"], "M")]
)
def test_the_category_gives_the_letter(story, category, letter):
    story.away("E1", "2025-06-01", "2025-06-02", category=category)
    assert only(report(story)).missing == letter


def test_an_episode_whose_category_changes_is_one_row_and_missing_wins(story):
    story.add("absence_noticed", "2025-06-01", episode="E1")
    story.add("category_set", "2025-06-01 13:00", episode="E1", category="unauthorised_absence")
    story.add("category_set", "2025-06-01 19:00", episode="E1", category="missing")
    story.add("category_set", "2025-06-02 09:00", episode="E1", category="unauthorised_absence")
    story.add("child_located", "2025-06-02 10:00", episode="E1")
    row = only(report(story))
    assert (row.missing, row.ended) == ("M", date(2025, 6, 2))
    assert row.events["MISSING"] == ("C1-3", "C1-4", "C1-5")


def test_agencies_that_disagree_are_noted(story):
    story.away("E1", "2025-06-01", "2025-06-02", category="unauthorised_absence")
    story.add("category_set", "2025-06-01 15:00", episode="E1", category="missing", agency="police")
    row = only(report(story))
    assert row.missing == "M"
    assert [note for note in row.notes if "different categories" in note]


@pytest.mark.parametrize(("whereabouts", "letter"), [("unknown", "M"), ("claimed", "A"), ("confirmed", "A")])
def test_an_absence_of_no_apparent_risk_is_parted_by_whether_the_whereabouts_were_known(story, whereabouts, letter):
    story.away("E1", "2025-06-01", "2025-06-02", category="no_apparent_risk")
    story.add("whereabouts_updated", "2025-06-01 14:00", episode="E1", whereabouts=whereabouts)
    assert only(report(story)).missing == letter


def test_an_undecided_category_is_a_problem(story):
    story.away("E1", "2025-06-01", "2025-06-02", category="absent")
    nothing_but(report(story), "category_undecided")


def test_an_episode_without_a_category_is_a_problem(story):
    story.add("absence_noticed", "2025-06-01", episode="E1")
    nothing_but(report(story), "no_category")


def test_missing_ends_when_found_and_away_ends_when_back(story):
    for episode, start, category in (
        ("E1", "2025-06-01", "missing"),
        ("E2", "2025-07-01", "unauthorised_absence"),
    ):
        story.away(episode, start, category=category)
        story.add("child_located", start[:8] + "03", episode=episode)
        story.add("child_returned", start[:8] + "05", episode=episode, to="placement")
    first, second = report(story).rows
    assert (first.missing, first.ended) == ("M", date(2025, 6, 3))
    assert (second.missing, second.ended) == ("A", date(2025, 7, 5))


def test_a_closed_episode_without_an_end_is_a_problem(story):
    story.away("E1", "2025-06-01")
    story.add("episode_closed", "2025-06-09", episode="E1")
    nothing_but(report(story), "closed_without_end")


def test_a_child_who_leaves_care_while_away_has_an_end_on_that_day(story):
    story.away("E1", "2025-06-01", "2025-06-20")
    story.looked_after("2025-06-10", basis="none")
    row = only(report(story))
    assert row.ended == date(2025, 6, 10)
    assert row.events["MIS_END"] == ("C1-6",)


def test_an_open_episode_ends_on_the_18th_birthday_and_not_before_it():
    story = Story()
    story.looked_after("2024-09-01", date_of_birth="2008-02-29")
    story.away("E1", "2025-06-01")
    story.away("E2", "2026-03-02", "2026-03-03")
    found = report(story)
    assert [row.ended for row in found.rows] == [date(2026, 3, 1)]
    assert [one.code for one in found.left_out] == ["adult"]
    before = report(story, known_at=instant(at("2026-02-01")))
    assert [row.ended for row in before.rows] == [None]


@pytest.mark.parametrize(
    ("facts", "code"), [({}, "no_date_of_birth"), ({"date_of_birth": "2025-06-01"}, "born_after_start")]
)
def test_a_row_needs_a_sensible_date_of_birth(facts, code):
    story = Story()
    story.add("profile_recorded", "2024-09-01", looked_after={"legal_basis": "s20"}, **facts)
    story.away("E1", "2025-06-01", "2025-06-02")
    nothing_but(report(story), code)


def test_an_end_before_the_start_is_a_problem(story):
    story.away("E1", "2025-06-05", "2025-06-02")
    nothing_but(report(story), "ends_before_start")


def test_an_episode_that_nothing_starts_is_a_problem_of_its_year(story):
    story.add("category_set", "2025-06-05", episode="E1", category="missing")
    nothing_but(report(story), "no_start")
    assert report(story, CollectionYear(2026)).problems == ()


def test_without_the_authoritys_own_id_the_reference_stands_in_and_is_noted():
    story = Story()
    story.looked_after("2024-09-01", identifiers={})
    story.away("E1", "2025-06-01", "2025-06-02")
    row = only(report(story, refs={"C1": "K7Q2M9XD"}))
    assert row.child == "K7Q2M9XD"
    assert [note for note in row.notes if "own id" in note]


def test_an_authority_reports_the_children_it_was_responsible_for_on_the_day():
    story = Story()
    story.looked_after("2025-01-01", responsible_authority="Richmond")
    story.add("profile_recorded", "2025-07-01", responsible_authority="Kingston")
    story.away("E1", "2025-06-01", "2025-06-02")
    story.away("E2", "2025-08-01", "2025-08-02")
    richmond, kingston = report(story, authority="Richmond"), report(story, authority="Kingston")
    assert [row.episode for row in richmond.rows] == ["E1"]
    assert [row.episode for row in kingston.rows] == ["E2"]
    assert [one.code for one in (*richmond.left_out, *kingston.left_out)] == ["other_authority"] * 2


def test_an_unknown_authority_is_a_problem_where_it_is_asked_for(story):
    story.away("E1", "2025-06-01", "2025-06-02")
    assert only(report(story))
    nothing_but(report(story, authority="Kingston"), "authority_unknown")


def test_the_report_is_as_known_at_an_instant(story):
    story.away("E1", "2025-06-01")
    story.add("child_located", "2025-06-02", episode="E1", recorded="2025-06-20")
    assert only(report(story, known_at=instant(at("2025-06-10")))).ended is None
    assert only(report(story, known_at=instant(at("2025-06-20")))).ended == date(2025, 6, 2)


def test_a_corrected_event_counts_from_when_the_correction_was_known(story):
    story.away("E1", "2025-06-01")
    found = story.add("child_located", "2025-06-05", episode="E1")
    story.correct(found, "2025-06-30", occurred_at=at("2025-06-03"))
    assert only(report(story, known_at=instant(at("2025-06-29")))).ended == date(2025, 6, 5)
    row = only(report(story))
    assert (row.ended, row.events["MIS_END"]) == (date(2025, 6, 3), ("C1-4", "C1-5"))


def test_an_event_recorded_in_error_does_not_count_until_that_is_itself_withdrawn(story):
    story.away("E1", "2025-06-01")
    found = story.add("child_located", "2025-06-05", episode="E1")
    withdrawn = story.correct(found, "2025-06-06")
    assert only(report(story)).ended is None
    story.correct(withdrawn, "2025-06-07")
    assert only(report(story)).ended == date(2025, 6, 5)


def test_the_last_correction_of_an_event_wins(story):
    story.away("E1", "2025-06-01")
    found = story.add("child_located", "2025-06-05", episode="E1")
    first = story.correct(found, "2025-06-06", occurred_at=at("2025-06-04"))
    assert only(report(story)).ended == date(2025, 6, 4)
    story.correct(first, "2025-06-07", event="child_located", occurred_at=at("2025-06-03"))
    assert only(report(story)).ended == date(2025, 6, 3)


def test_the_order_of_the_lines_changes_nothing(story):
    story.away("E1", "2025-06-01", "2025-06-02")
    story.away("E2", "2025-07-01")
    assert rows(list(reversed(story.lines)), YEAR).rows == report(story).rows


def test_two_children_away_together_have_a_row_each(story):
    other = Story("C2")
    other.looked_after("2024-01-01")
    for one in (story, other):
        one.away("E1" if one is story else "E2", "2025-06-01", "2025-06-02")
    assert [row.child for row in rows(story.lines + other.lines, YEAR).rows] == ["LC1", "LC2"]
