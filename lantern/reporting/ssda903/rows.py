"""Rows of the `Missing` table from the log, as known at an instant. A pure function."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lantern.reporting.known import Known, as_known
from lantern.reporting.ssda903.absence import Absence, Category, Moment
from lantern.reporting.ssda903.child import Child, Events
from lantern.reporting.ssda903.looked_after import Care, care_ended_between, on_the_day_of
from lantern.reporting.ssda903.model import LeftOut, Problem, Row, Rows
from lantern.reporting.ssda903.problems import PROBLEMS
from lantern.reporting.ssda903.year import CollectionYear, london_date

ADULT_AT = 18
"""The collection follows a child until this birthday, counted in years; from the law, not from a protocol."""


@dataclass(frozen=True)
class Question:
    """What is asked: the year, for which authority (None: any), and how far the answer may look ahead."""

    year: CollectionYear
    authority: str | None
    told_until: date


@dataclass(frozen=True)
class Ending:
    """The last day of a row before the year cuts it (None: open), its events, and why where it is not the
    plain end.
    """

    day: date | None
    events: Events = ()
    note: str = ""


@dataclass(frozen=True)
class Findings:
    """What the log says of one episode."""

    child: Child
    absence: Absence
    start: Moment
    category: Category
    care: Care
    ending: Ending


def rows(
    log_lines: Iterable[Mapping[str, Any]],
    year: CollectionYear,
    *,
    known_at: datetime | None = None,
    authority: str | None = None,
    refs: Mapping[str, str] | None = None,
) -> Rows:
    """The report of a collection year.

    `log_lines` in the shape of `record.load.log_of`, of any number of children; `known_at`: only what was
    recorded by then (None: all). `authority` keeps the children whose responsible authority it was on the day
    the episode started. `refs` maps the log's key of a child to the reference used where the authority's own
    id is not known. Every episode that touches the year gives a row, a problem, or a reason for being left
    out. Raises ValueError for an instant without offset.
    """
    question = Question(year, authority, min(year.last_day, london_date(known_at)) if known_at else year.last_day)
    by_child: dict[str, list[Known]] = defaultdict(list)
    for event in as_known(log_lines, known_at):
        by_child[event.child].append(event)
    found: list[Row | Problem | LeftOut | None] = []
    for key, events in by_child.items():
        child = Child(key, (refs or {}).get(key, key), events)
        found += [_report(child, absence, question) for absence in child.absences()]
    return Rows(
        year,
        known_at,
        tuple(
            sorted(
                (one for one in found if isinstance(one, Row)),
                key=lambda row: (row.child, row.started, row.episode),
            )
        ),
        tuple(one for one in found if isinstance(one, Problem)),
        tuple(one for one in found if isinstance(one, LeftOut)),
    )


def _report(child: Child, absence: Absence, question: Question) -> Row | Problem | LeftOut | None:
    """A row, what stands in its way, or why there is none; None for an episode wholly outside the year."""
    year = question.year
    start = absence.start()
    if start is None:
        in_year = year.first_day <= london_date(absence.events[0].occurred_at) <= year.last_day
        return _problem("no_start", child, absence, absence.events[0].ids) if in_year else None
    category = absence.category()
    end = absence.end(category.letter)
    care = on_the_day_of(child.care, start.at, end.at if end else None)
    ending = _ending(child, start, end, question.told_until)
    if london_date(start.at) > year.last_day or (ending.day is not None and ending.day < year.first_day):
        return None
    found = Findings(child, absence, start, category, care, ending)
    return _left_out(found, question) or _missing_fact(found, question) or _row(found, year)


def _ending(child: Child, start: Moment, end: Moment | None, told_until: date) -> Ending:
    """The earliest of: found or back, no longer looked after, the 18th birthday; the last only once it has
    come.
    """
    ends = [] if end is None else [Ending(london_date(end.at), end.events)]
    stopped = care_ended_between(child.care, start.at, end.at if end else None)
    if stopped is not None:
        note = "The child stopped being looked after while away; the row ends that day."
        ends.append(Ending(london_date(stopped.holds_from), stopped.event.ids, note))
    if child.born is not None and london_date(start.at) < (adult := birthday(child.born[0], ADULT_AT)) <= told_until:
        note = "The child was still away on the 18th birthday; the row ends that day."
        ends.append(Ending(adult, child.born[1], note))
    return min(ends, key=lambda one: one.day or date.max, default=Ending(None))


def _left_out(found: Findings, question: Question) -> LeftOut | None:
    child, day = found.child, london_date(found.start.at)
    if found.care.answer == "no":
        message = "The child was not looked after on the day the episode started."
        return LeftOut("not_looked_after", child.key, found.absence.episode, message, found.care.events)
    responsible = child.authority_on(found.start.at)
    if question.authority is not None and responsible is not None and responsible[0] != question.authority:
        message = "Another authority was responsible on the day the episode started, and reports it."
        return LeftOut("other_authority", child.key, found.absence.episode, message, responsible[1])
    if child.born is not None and day >= birthday(child.born[0], ADULT_AT):
        message = "The episode started on or after the 18th birthday."
        return LeftOut("adult", child.key, found.absence.episode, message, child.born[1])
    return None


def _missing_fact(found: Findings, question: Question) -> Problem | None:
    """The first thing that stands in the way of a row."""
    child, absence, start, ending = found.child, found.absence, found.start, found.ending
    day, closed = london_date(start.at), absence.closed()
    born, born_events = child.born or (None, ())
    category = "category_undecided" if found.category.events else "no_category"
    no_authority = question.authority is not None and child.authority_on(start.at) is None
    checks: list[tuple[bool, str, Events]] = [
        (found.care.answer == "cannot_tell", "looked_after_unknown", (*start.events, *found.care.events)),
        (no_authority, "authority_unknown", start.events),
        (born is None, "no_date_of_birth", start.events),
        (born is not None and born >= day, "born_after_start", (*born_events, *start.events)),
        (found.category.letter is None, category, found.category.events or start.events),
        (ending.day is None and closed is not None, "closed_without_end", closed.ids if closed else ()),
        (ending.day is not None and ending.day < day, "ends_before_start", (*start.events, *ending.events)),
    ]
    return next((_problem(code, child, absence, events) for wrong, code, events in checks if wrong), None)


def _problem(code: str, child: Child, absence: Absence, events: Events) -> Problem:
    message, needs = PROBLEMS[code]
    return Problem(code, child.key, absence.episode, message, needs, events)


def _row(found: Findings, year: CollectionYear) -> Row | None:
    child, letter, ending = found.child, found.category.letter, found.ending
    if child.born is None or letter is None:
        return None
    open_at_year_end = ending.day is None or ending.day > year.last_day
    local_id, local_events = child.local_id or (child.ref, ())
    return Row(
        child=local_id,
        date_of_birth=child.born[0],
        missing=letter,
        started=london_date(found.start.at),
        ended=None if open_at_year_end else ending.day,
        child_key=child.key,
        episode=found.absence.episode,
        events={
            "CHILD": local_events,
            "DOB": child.born[1],
            "MISSING": found.category.events,
            "MIS_START": found.start.events,
            "MIS_END": () if open_at_year_end else ending.events,
            "looked_after": found.care.events,
        },
        notes=_notes(found, open_at_year_end=open_at_year_end),
    )


def _notes(found: Findings, *, open_at_year_end: bool) -> tuple[str, ...]:
    said = [
        (
            found.child.local_id is None,
            "The authority's own id is not recorded; Lantern's reference stands in its place.",
        ),
        (
            found.care.while_away,
            "That the child is looked after was first said while the child was away; say since when.",
        ),
        (
            found.category.disputed,
            "The agencies hold different categories; missing is reported where either held it.",
        ),
        (bool(found.ending.note) and not open_at_year_end, found.ending.note),
    ]
    return tuple(note for holds, note in said if holds)


def birthday(born: date, years: int) -> date:
    """The day a person reaches an age; for one born on 29 February, 1 March in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
