"""The twelve rules of the bench pack, written by hand in plain Python: the yardstick for the declarative
engine.

Dataclasses and aware datetimes, no cleverness; makes the owner and a reason for every duty, as the engine
does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from bench.workload import Line

LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", categories=("public",))
REVIEW_HOURS = {"high": 1, "medium": 4, "low": 12}
TOLD = "party_notified"
REVIEWED_OR_FOUND = ("risk_reviewed", "child_located")
POLICE, INSPECTOR, SOCIAL_WORKER = "police", "duty_inspector", "social_worker"


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    name: str
    at: datetime
    line: Line


@dataclass(frozen=True)
class Duty:
    """What is owed, by whom, by when, how it stands, and why."""

    rule: str
    owner: str
    due: datetime
    status: str
    because: str


class Episode:
    """One absence's events, in the order they happened."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.reported = self.first("report_received")
        self.found = self.first("child_located")

    def first(self, *names: str, since: datetime | None = None, **fields: str) -> Event | None:
        """The first event of these names at or after `since` whose fields match."""
        for event in self.events:
            late_enough = since is None or event.at >= since
            if event.name in names and late_enough and all(event.line.get(k) == v for k, v in fields.items()):
                return event
        return None

    def next_after(self, event: Event) -> Event | None:
        """The first other review, or the return, that is not before it; one at the same second counts."""
        for one in self.events:
            if one.name in REVIEWED_OR_FOUND and one.at >= event.at and one is not event:
                return one
        return None


def read(lines: Iterable[Line]) -> list[Event]:
    """Log lines to events; not part of what is timed."""
    return [Event(line["event"], datetime.fromisoformat(line["occurred_at"]), line) for line in lines]


def evaluate(events: list[Event], now: datetime) -> list[Duty]:
    """Every duty of one child, as things stand at `now`."""
    return [duty for _, duties in by_episode(events, now) for duty in duties]


def by_episode(events: list[Event], now: datetime) -> Iterator[tuple[str, list[Duty]]]:
    """The duties of each of the child's episodes."""
    profile = next(event.line for event in events if event.name == "profile_recorded")
    apart: dict[str, list[Event]] = {}
    for event in events:
        if "episode" in event.line:
            apart.setdefault(event.line["episode"], []).append(event)
    episodes = {key: Episode(one) for key, one in apart.items()}
    starts = [episode.reported.at for episode in episodes.values() if episode.reported]
    for key, episode in episodes.items():
        if episode.reported is None:
            continue
        duties = list(_from_the_report(episode, episode.reported, profile, starts, now))
        duties += _from_the_grading(episode, now)
        duties += _from_the_reviews(episode, now)
        duties += _from_the_return(episode, profile, now)
        yield key, duties


def _from_the_report(
    episode: Episode, reported: Event, profile: Line, starts: list[datetime], now: datetime
) -> Iterator[Duty]:
    at = reported.at
    yield _duty("r01", POLICE, at + timedelta(hours=2), episode.first("category_set", since=at), now, "reported")
    yield _duty("r02", INSPECTOR, at + timedelta(hours=4), episode.first("risk_graded", since=at), now, "reported")
    met = episode.first("meeting_held", since=at)
    last_days = [one for one in starts if one <= at and (_london(at) - _london(one)).days < 90]
    if len(last_days) >= 3:
        yield _duty("r08", SOCIAL_WORKER, working_days(at, 5), met, now, "third episode in 90 days")
    missing_a_day = at + timedelta(hours=24)
    if missing_a_day <= now and (episode.found is None or episode.found.at > missing_a_day):
        met = episode.first("meeting_held", since=missing_a_day)
        yield _duty("r09", SOCIAL_WORKER, working_days(missing_a_day, 1), met, now, "missing for 24 hours")
    if profile["looked_after"]["legal_basis"] != "none":
        told = episode.first(TOLD, since=at, party="responsible_authority")
        yield _duty("r10", POLICE, at + timedelta(hours=1), told, now, "looked after")


def _from_the_grading(episode: Episode, now: datetime) -> Iterator[Duty]:
    graded = episode.first("risk_graded")
    if graded is None:
        return
    level = graded.line["level"]
    due = graded.at + timedelta(hours=REVIEW_HOURS[level])
    yield _duty("r03", INSPECTOR, due, episode.first(*REVIEWED_OR_FOUND, since=graded.at), now, f"graded {level}")
    if level == "high":
        told = episode.first(TOLD, since=graded.at, party="police_superintendent")
        yield _duty("r11", INSPECTOR, graded.at + timedelta(hours=2), told, now, "graded high")


def _from_the_reviews(episode: Episode, now: datetime) -> Iterator[Duty]:
    for event in episode.events:
        if event.name == "risk_reviewed":
            due = _next_review(event.at)
            yield _duty("r04", INSPECTOR, due, episode.next_after(event), now, "reviewed and still missing")


def _from_the_return(episode: Episode, profile: Line, now: datetime) -> Iterator[Duty]:
    found, held = episode.found, episode.first("return_interview_held")
    if found is not None:
        checked = episode.first("safe_and_well_done", since=found.at)
        yield _duty("r05", POLICE, found.at + timedelta(hours=24), checked, now, "found")
        met = episode.first("return_interview_held", since=found.at)
        yield _duty("r06", SOCIAL_WORKER, found.at + timedelta(hours=72), met, now, "found")
        if _under(profile["date_of_birth"], found.at, 13) or profile["exploitation"]["level"] != "none":
            met = episode.first("referral_made", since=found.at)
            yield _duty("r12", SOCIAL_WORKER, working_days(found.at, 1), met, now, "under 13 or exploited")
    if held is not None:
        signed = episode.first("return_interview_signed_off", since=held.at)
        yield _duty("r07", "return_interview_manager", working_days(held.at, 5), signed, now, "interview held")


def _duty(rule: str, owner: str, due: datetime, met: Event | None, now: datetime, because: str) -> Duty:
    in_time = due >= (met.at if met else now)
    status = ("met" if in_time else "met_late") if met else ("open" if in_time else "overdue")
    return Duty(rule, owner, due, status, f"{because}; due {due:%d %B at %H:%M}")


def _london(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def working_days(at: datetime, count: int) -> datetime:
    """The last second of the `count`th working day after the day of `at`."""
    day = _london(at)
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in BANK_HOLIDAYS:
            count -= 1
    return datetime.combine(day, time(23, 59, 59), LONDON)


def _next_review(at: datetime) -> datetime:
    """Six hours on, but no later than 23:00; for a review between 23:00 and 08:00 in London, at 08:00."""
    local = at.astimezone(LONDON)
    if local.time() >= time(23):
        return datetime.combine(local.date() + timedelta(days=1), time(8), LONDON)
    if local.time() < time(8):
        return datetime.combine(local.date(), time(8), LONDON)
    return min(at + timedelta(hours=6), datetime.combine(local.date(), time(23), LONDON))


def _under(born: str, at: datetime, years: int) -> bool:
    birth, day = date.fromisoformat(born), _london(at)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)) < years
