"""Whether the story a log tells can be: births, openings, overlaps, corrections that hit nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lantern.engine.instants import FAR, birthday, parse_date
from lantern.engine.log import Event, Log
from lantern.engine.problems import Problem

OPENERS = frozenset(
    {
        "absence_noticed",
        "report_received",
        "police_recorded",
        "category_set",
        "check_made",
        "information_received",
        "sighting_recorded",
    }
)
_ENDINGS = frozenset({"child_located", "child_returned", "episode_closed"})


def story_problems(log: Log) -> list[Problem]:
    """Everything that cannot be, over all children, in the order of the log."""
    found = [problem for events in log.children.values() for problem in _of_child(log.source, events)]
    return sorted(found, key=lambda problem: problem.line or 0)


def _of_child(source: str, events: list[Event]) -> Iterator[Problem]:
    replaced = {str(event.fields["corrects"]) for event in events if event.type == "corrected"}
    standing = [event for event in events if event.type != "corrected" and event.id not in replaced]
    yield from _corrections(source, events)
    yield from _times(source, standing)
    yield from _openings(source, events, standing)


def _corrections(source: str, events: list[Event]) -> Iterator[Problem]:
    ids = {event.id for event in events}
    for event in events:
        if event.type == "corrected" and str(event.fields["corrects"]) not in ids:
            yield Problem(
                "corrects_nothing", "no event of this child has the id that is corrected", source, event.line,
                str(event.fields["corrects"]), "the id of an event in this log",
            )  # fmt: skip


def _times(source: str, events: list[Event]) -> Iterator[Problem]:
    births = [event.fields["date_of_birth"] for event in events if event.fields.get("date_of_birth")]
    born = birthday(parse_date(str(births[-1])), 0) if births else -FAR
    for event in events:
        if event.at < born:
            yield Problem("before_birth", "the event is before the child was born", source, event.line)
        if event.told < event.at:
            yield Problem(
                "recorded_before_it_happened", "recorded_at is before occurred_at", source, event.line,
                expected="recorded_at at or after occurred_at",
            )  # fmt: skip


def _openings(source: str, events: list[Event], standing: list[Event]) -> Iterator[Problem]:
    opened = {event.episode for event in events if event.type in OPENERS}
    opened |= {_corrected_episode(event) for event in events if event.type == "corrected"}
    spans: dict[str, tuple[int, int, Event]] = {}
    for event in standing:
        if event.episode is None:
            continue
        if event.episode not in opened:
            yield Problem(
                "episode_not_opened", "nothing opened this episode", source, event.line, event.episode,
                "absence_noticed or report_received in the same episode",
            )  # fmt: skip
            opened.add(event.episode)  # said once
        start, end, first = spans.get(event.episode, (FAR, FAR, event))
        if event.type in OPENERS and event.at < start:
            start, first = event.at, event
        if event.type in _ENDINGS:
            end = min(end, event.at)
        spans[event.episode] = (start, end, first)
    yield from _overlaps(source, spans)


def _corrected_episode(event: Event) -> str | None:
    correction = event.fields.get("corrected_event") or {}
    return correction.get("episode", event.episode)


def _overlaps(source: str, spans: dict[str, tuple[int, int, Event]]) -> Iterator[Problem]:
    in_order = sorted((span for span in spans.values() if span[0] < FAR), key=lambda span: span[:2])
    for (_, end, earlier), (start, _, later) in pairwise(in_order):
        if start < end:
            yield Problem(
                "episodes_overlap", f"the child was still away in episode {earlier.episode} when this one starts",
                source, later.line, str(later.episode), "an episode that starts after the one before it ended",
            )  # fmt: skip
