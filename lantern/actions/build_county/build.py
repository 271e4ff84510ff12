"""Builds the county child by child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lantern.access import context
from lantern.actions.adopt_pack import adopt_pack
from lantern.actions.build_county.absences import Beat, Present, past, present
from lantern.actions.build_county.cast import Cast, gather
from lantern.actions.build_county.children import facts_of
from lantern.actions.build_county.partners import answers
from lantern.actions.judge import judge
from lantern.actions.look_again import look_again
from lantern.actions.record_event import append_events
from lantern.actions.report_missing import Reported, identity_of, report_missing
from lantern.record import match
from lantern.record.append import NewEvent
from lantern.record.models import Child, Episode

PACK = "kingston-richmond-2023"
ADOPTED_FOR = timedelta(days=800)
FIRST_ABSENCE_DAYS, LAST_ABSENCE_DAYS = 400, 12  # past absences lie between so many days ago
PRESENT_OF = 2  # every second of the first children is away now, while there are kinds of absence left
SEEN_BEFORE = timedelta(minutes=50)  # the child was last seen so long before somebody noticed
REPORTED_AFTER = timedelta(minutes=20)  # people look around first
PAST_DILIGENCE = 0.97  # how often a partner did what was owed, in absences that are over
RECORDED_AFTER = timedelta(minutes=4)  # people write down what happened a little later


@dataclass(frozen=True, slots=True)
class _Case:
    """One child of the county: who acts for which part, and the dice of this child."""

    child: Child
    cast: Cast
    authority: str
    carer: tuple[str, str]
    dice: Random


def build(*, size: int, at: datetime) -> list[dict[str, str]]:
    """A county of `size` children as of `at`; who can sign in: e-mail, password, who. Children who are there stay."""
    cast = gather(at)
    for authority in ("Kingston", "Richmond"):
        by = cast.actor(authority.lower(), "strategic_lead")
        adopt_pack(authority=authority, pack=PACK, edition=None, since=at - ADOPTED_FOR, by=by, at=at)
    kinds = present()
    for number in range(size):
        kind = kinds[number // PRESENT_OF] if number % PRESENT_OF == 0 and number // PRESENT_OF < len(kinds) else None
        _child(number, kind, cast, at)
    return cast.sign_ins


def _child(number: int, going_on: Present | None, cast: Cast, at: datetime) -> None:
    facts = facts_of(number, at)
    with context.system("build county"):
        if match.find(identity_of(facts)).kind != "new":
            return
    dice = Random(f"absences {number}")  # noqa: S311  the same county every time, no secret
    starts = sorted(dice.uniform(LAST_ABSENCE_DAYS, FIRST_ABSENCE_DAYS) for _ in range(number % 4))
    child: Child | None = None
    for days in reversed(starts):
        began = at - timedelta(days=days)
        child = _absence(child, facts, began, past(dice), cast, dice, until=at).child
    if going_on:
        began = at - timedelta(hours=going_on.began_hours_ago)
        child = _absence(child, facts, began, going_on.beats, cast, dice, until=at, kind=going_on).child
    if child is None:
        began = at - timedelta(days=LAST_ABSENCE_DAYS + number % FIRST_ABSENCE_DAYS)
        child = _absence(None, facts, began, past(dice), cast, dice, until=at).child
    look_again(child, at=at)


def _absence(
    child: Child | None,
    facts: dict[str, Any],
    began: datetime,
    beats: list[Beat],
    cast: Cast,
    dice: Random,
    *,
    until: datetime,
    kind: Present | None = None,
) -> Reported:
    """One absence from noticing to its last beat; partners answer what is owed after each beat."""
    authority = str(facts["responsible_authority"]).lower()
    carer = _carer(facts, authority)
    reported = report_missing(
        child=child,
        facts=facts if child is None else {},
        occurred_at=began + REPORTED_AFTER,
        absence={"last_seen_at": (began - SEEN_BEFORE).isoformat(), "missing_from": "placement",
                 "whereabouts": "unknown", "circumstances": "Did not come back from the park."},
        report={"received_by": "police", "reported_by_role": carer[1]} if kind is None or kind.reported else None,
        by=cast.actor(*carer),
        at=began + REPORTED_AFTER + RECORDED_AFTER,
    )  # fmt: skip
    case = _Case(reported.child, cast, authority, carer, dice)
    diligence = kind.diligence if kind else PAST_DILIGENCE
    ends = [began + timedelta(hours=beat.hours) for beat in beats[1:]] + [until]
    for beat, end in zip(beats, ends, strict=True):
        when = began + timedelta(hours=beat.hours)
        _record(case, reported.episode, [(when, *_who(case, beat), _event(beat, when, reported.episode))])
        _answer(case, reported.episode, when + RECORDED_AFTER, min(end, until), diligence)
    return reported


def _answer(case: _Case, episode: Episode, now: datetime, until: datetime, diligence: float) -> None:
    judged = judge(case.child, at=now)
    with context.system("build county"):
        found = answers(judged, episode, now, until - RECORDED_AFTER, case.dice, diligence)
    _record(
        case,
        episode,
        [
            (answer.at, answer.agency or case.authority, answer.role, answer.event)
            for answer in found
            if answer.at < until
        ],
    )


def _record(case: _Case, episode: Episode, told: Iterable[tuple[datetime, str, str, NewEvent]]) -> None:
    for when, agency, role, event in told:
        append_events(case.child, [event], by=case.cast.actor(agency, role), at=when + RECORDED_AFTER)


def _event(beat: Beat, when: datetime, episode: Episode) -> NewEvent:
    return NewEvent(beat.type, when, beat.fields, episode)


def _who(case: _Case, beat: Beat) -> tuple[str, str]:
    """Agency and role of whoever records a beat."""
    part, role = beat.who
    if part == "carer":
        return case.carer
    return ("police" if part == "police" else case.authority), role


def _carer(facts: dict[str, Any], authority: str) -> tuple[str, str]:
    provider = (facts.get("placement") or {}).get("provider")
    known = {"Elm House": ("elm-house", "residential_manager"), "Towpath Fostering": ("towpath", "foster_carer")}
    return known.get(str(provider), (authority, "social_worker"))
