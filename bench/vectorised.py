"""The twelve rules of the bench pack as group-bys and joins over whole columns, in polars: a yardstick for bulk replay.

All children at once. An owner and a reason are not made here: rule, when it is due, how it stands, and no more. What
happens at one second and what was done before it was owed count as by hand (`plain`). Months and days are 8 bits wide
in polars and are widened before anything is multiplied.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from bench import plain
from bench.workload import Line

MOMENT = pl.Datetime("us", "UTC")
RULE = pl.Enum([f"r{number:02}" for number in range(1, 13)])
STATUS = pl.Enum(["met", "met_late", "open", "overdue"])
EVENTS = {
    "child": pl.UInt32,
    "episode": pl.UInt32,
    "event": pl.Categorical,
    "at": MOMENT,
    "level": pl.Categorical,
    "party": pl.Categorical,
}
CHILDREN = {"child": pl.UInt32, "born": pl.Date, "legal_basis": pl.Categorical, "exploitation": pl.Categorical}
DAYS = {"day": pl.Date, "next": MOMENT, "fifth": MOMENT, "morning": MOMENT, "night": MOMENT, "tomorrow": MOMENT}
EVENT, AT, EPISODE, CHILD = pl.col("event"), pl.col("at"), pl.col("episode"), pl.col("child")
REPORTED, FOUND, GRADED, HELD = pl.col("reported"), pl.col("found"), pl.col("graded"), pl.col("held")
LEVEL, DUE, MET = pl.col("level"), pl.col("due"), pl.col("met")
A_DAY_ON = REPORTED + timedelta(hours=24)


@dataclass(frozen=True)
class Columns:
    """The workload as columns. Making them is not part of what is timed."""

    events: pl.DataFrame
    children: pl.DataFrame
    days: pl.DataFrame
    """London days: the end of the first and the fifth working day after each, and where its night begins and ends."""
    episodes: list[str]


def read(children: Iterable[list[Line]]) -> Columns:
    """Log lines to columns, children and episodes by number."""
    events, profiles, numbers = [], [], dict[str, int]()
    for child, lines in enumerate(children):
        profile = next(line for line in lines if line["event"] == "profile_recorded")
        born = date.fromisoformat(profile["date_of_birth"])
        profiles.append((child, born, profile["looked_after"]["legal_basis"], profile["exploitation"]["level"]))
        for line in lines:
            if "episode" in line:
                episode = numbers.setdefault(line["episode"], len(numbers))
                at = datetime.fromisoformat(line["occurred_at"])
                events.append((child, episode, line["event"], at, line.get("level"), line.get("party")))
    return Columns(
        pl.DataFrame(events, schema=EVENTS, orient="row"),
        pl.DataFrame(profiles, schema=CHILDREN, orient="row"),
        pl.DataFrame(_days(min(one[3] for one in events), max(one[3] for one in events)), schema=DAYS, orient="row"),
        list(numbers),
    )


def _days(first: datetime, last: datetime) -> Iterator[tuple[date | datetime, ...]]:
    """A row for each day on which something happened or may be due to begin."""
    day = first.date()
    while day <= last.date() + timedelta(days=2):
        morning, night = (datetime.combine(day, time(hour), plain.LONDON) for hour in (8, 23))
        tomorrow = datetime.combine(day + timedelta(days=1), time(8), plain.LONDON)
        moments = (plain.working_days(morning, 1), plain.working_days(morning, 5), morning, night, tomorrow)
        yield day, *(one.astimezone(UTC) for one in moments)
        day += timedelta(days=1)


def texts(columns: Columns, duties: pl.DataFrame) -> list[str]:
    """Episode, rule, how it stands and when it is due, of each duty."""
    rows = duties.select("episode", "rule", "status", "due").iter_rows()
    return [f"{columns.episodes[number]} {rule} {status} {due:%Y-%m-%dT%H:%M:%S}" for number, rule, status, due in rows]


def evaluate(columns: Columns, now: datetime) -> pl.DataFrame:
    """Every duty of every child, as things stand at `now`: episode, rule, due, met, status."""
    events, days = columns.events.lazy(), columns.days.lazy()
    answered = _with_answers(events, _episodes(events)).join(columns.children.lazy(), on="child")
    wide = _with_days(answered, days).collect()
    one_each = [
        wide.lazy().filter(arises).select("episode", rule=pl.lit(rule, RULE), due=due, met=pl.col(rule))
        for rule, arises, due in _rules(now)
    ]
    duties = pl.concat(pl.collect_all([*one_each, _reviews(events.join(wide.lazy(), on="episode", how="semi"), days)]))
    in_time = MET.fill_null(now) <= DUE
    met = pl.when(in_time).then(pl.lit("met", STATUS)).otherwise(pl.lit("met_late", STATUS))
    unmet = pl.when(in_time).then(pl.lit("open", STATUS)).otherwise(pl.lit("overdue", STATUS))
    return duties.with_columns(status=pl.when(MET.is_not_null()).then(met).otherwise(unmet))


def _episodes(events: pl.LazyFrame) -> pl.LazyFrame:
    """A row for each reported episode: what duties run from."""

    def first(event: str) -> pl.Expr:
        return pl.when(event == EVENT).then(AT).min()

    return (
        events.group_by("episode")
        .agg(
            CHILD.first(),
            LEVEL.filter(EVENT == "risk_graded").first(),
            reported=first("report_received"),
            found=first("child_located"),
            graded=first("risk_graded"),
            held=first("return_interview_held"),
        )
        .filter(REPORTED.is_not_null())
    )


def _with_answers(events: pl.LazyFrame, episodes: pl.LazyFrame) -> pl.LazyFrame:
    """When each duty was done, null where it was not; the fourth rule's are found apart."""

    def done(since: pl.Expr, which: pl.Expr) -> pl.Expr:
        return pl.when(which & (since <= AT)).then(AT).min()

    def told(party: str) -> pl.Expr:
        return (EVENT == plain.TOLD) & (pl.col("party") == party)

    answers = (
        events.select("episode", "event", "at", "party")
        .join(episodes.drop("child"), on="episode")
        .group_by("episode")
        .agg(
            r01=done(REPORTED, EVENT == "category_set"),
            r02=done(REPORTED, EVENT == "risk_graded"),
            r03=done(GRADED, _reviewed_or_found()),
            r05=done(FOUND, EVENT == "safe_and_well_done"),
            r06=done(FOUND, EVENT == "return_interview_held"),
            r07=done(HELD, EVENT == "return_interview_signed_off"),
            r08=done(REPORTED, EVENT == "meeting_held"),
            r09=done(A_DAY_ON, EVENT == "meeting_held"),
            r10=done(REPORTED, told("responsible_authority")),
            r11=done(GRADED, told("police_superintendent")),
            r12=done(FOUND, EVENT == "referral_made"),
        )
    )
    return episodes.join(answers, on="episode")


def _reviewed_or_found() -> pl.Expr:
    return pl.any_horizontal(*(name == EVENT for name in plain.REVIEWED_OR_FOUND))


def _with_days(wide: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """With the London days that matter and the ends of working days after them."""
    wide = wide.with_columns(
        day=_london(REPORTED), day_on=_london(A_DAY_ON), day_found=_london(FOUND), day_held=_london(HELD)
    )
    ends = (("day", "fifth", "due_08"), ("day_held", "fifth", "due_07"))
    ends += (("day_on", "next", "due_09"), ("day_found", "next", "due_12"))
    for day, end, due in ends:
        wide = wide.join(days.select(pl.col("day").alias(day), pl.col(end).alias(due)), on=day, how="left")
    return wide.sort("child", "reported").with_columns(third=_third_in_90_days())


def _third_in_90_days() -> pl.Expr:
    """Of rows by child and report: whether the last but one before it is less than 90 days back. Of reports at one
    second the last, which has all the others behind it, speaks for each.
    """
    day = pl.col("day")
    third = _same(CHILD, 2) & (day - day.shift(2) < timedelta(days=90))
    tied = _same(CHILD, -1) & _same(REPORTED, -1)
    return pl.when(~tied).then(third).backward_fill()


def _same(column: pl.Expr, steps: int) -> pl.Expr:
    """Whether the row so many steps before holds the same; there is none before the first or after the last."""
    return (column == column.shift(steps)).fill_null(value=False)


def _rules(now: datetime) -> Iterator[tuple[str, pl.Expr, pl.Expr]]:
    """Rule, when it arises, when it is due; all but the fourth, which may arise more than once an episode."""
    always, found, graded_high = pl.lit(value=True), FOUND.is_not_null(), LEVEL == "high"
    first_review = LEVEL.replace_strict(
        {level: timedelta(hours=hours) for level, hours in plain.REVIEW_HOURS.items()}, return_dtype=pl.Duration("us")
    )
    away_a_day = (now >= A_DAY_ON) & (FOUND.is_null() | (FOUND > A_DAY_ON))
    young = (_as_number(pl.col("day_found")) - _as_number(pl.col("born"))) // 10_000 < 13
    yield "r01", always, REPORTED + timedelta(hours=2)
    yield "r02", always, REPORTED + timedelta(hours=4)
    yield "r03", GRADED.is_not_null(), GRADED + first_review
    yield "r05", found, FOUND + timedelta(hours=24)
    yield "r06", found, FOUND + timedelta(hours=72)
    yield "r07", HELD.is_not_null(), pl.col("due_07")
    yield "r08", pl.col("third"), pl.col("due_08")
    yield "r09", away_a_day, pl.col("due_09")
    yield "r10", pl.col("legal_basis") != "none", REPORTED + timedelta(hours=1)
    yield "r11", graded_high, GRADED + timedelta(hours=2)
    yield "r12", found & (young | (pl.col("exploitation") != "none")), pl.col("due_12")


def _as_number(day: pl.Expr) -> pl.Expr:
    """20260630 for 30 June 2026: whole years between two days are their difference in ten thousands."""
    return day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def _london(at: pl.Expr) -> pl.Expr:
    return at.dt.convert_time_zone("Europe/London").dt.date()


def _reviews(events: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """The fourth rule: a review asks for another, or the child, not before it; one at the same second counts."""
    tied = (_same(EPISODE, 1) & _same(AT, 1)) | (_same(EPISODE, -1) & _same(AT, -1))
    met = pl.when(tied).then(AT).when(_same(EPISODE, -1)).then(AT.shift(-1))
    hour = AT.dt.convert_time_zone("Europe/London").dt.hour()
    by_day = pl.min_horizontal(AT + timedelta(hours=6), pl.col("night"))
    due = pl.when(hour >= 23).then(pl.col("tomorrow")).when(hour < 8).then(pl.col("morning")).otherwise(by_day)
    return (
        events.select("episode", "event", "at")
        .filter(_reviewed_or_found())
        .sort("episode", "at")
        .with_columns(met=met)
        .filter(EVENT == "risk_reviewed")
        .with_columns(day=_london(AT))
        .join(days, on="day", how="left")
        .select("episode", rule=pl.lit("r04", RULE), due=due, met=MET)
    )
