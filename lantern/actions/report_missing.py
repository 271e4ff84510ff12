"""A person reports a child missing, or away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lantern.access import context
from lantern.actions import case_parts
from lantern.actions.judge import judge_what_was_recorded
from lantern.plumbing import sql
from lantern.plumbing.errors import Refused
from lantern.record import load, match
from lantern.record.actor import Actor
from lantern.record.append import NewEvent, append, open_child, open_episode
from lantern.record.models import Child, Episode, Idempotency
from lantern.record.settle import settled

ENDS_AN_ABSENCE = frozenset({"child_located", "child_returned", "episode_closed"})


class WasErased(Refused):
    """The record of this child was erased and must not come back by itself."""

    code = "was_erased"


@dataclass(frozen=True, slots=True)
class Reported:
    """Where a report went. joined: it was added to an absence that was already known and still open.

    outside: the reporter's agency has no part in the child's case, and gets none by this: what they said is recorded,
    and the record stays closed to them. contact: code of the agency that they may ask; empty where there is none, and
    where the record is restricted.
    """

    child: Child
    episode: Episode
    joined: bool
    repeated: bool
    events: tuple[UUID, ...] = ()
    outside: bool = False
    contact: str = ""


def report_missing(
    *,
    child: Child | None,
    facts: Mapping[str, Any],
    occurred_at: datetime,
    absence: Mapping[str, Any] | None,
    report: Mapping[str, Any] | None,
    by: Actor,
    at: datetime,
    idempotency_key: str | None = None,
) -> Reported:
    """find or open the child → join or open the absence → append → evaluate → differ → plan alerts.

    child: one whose record the reporter may open; None for one whom the facts describe: exact matches only are joined
    to a known record, and nothing is merged. Whoever reports a known child without a part in the case adds what
    happened, and nothing about who the child is. facts: fields of `profile_recorded`. absence: fields of
    `absence_noticed`. report: fields of `report_received`. At least one of absence and report is given. Raises
    WasErased, BadEvent, Conflict.
    """
    events = [("absence_noticed", absence), ("report_received", report)]
    if absence is None and report is None:
        raise Refused("Nothing was reported.")
    with context.system("report missing"):
        if done := _already(idempotency_key, by, at):
            return done
        known, child = child, child or _known_or_new(facts, by=by, at=at)
        # the door let through whoever named the child; whoever described one that is known must have to do with them
        inside = known is not None or case_parts.is_new(child.id) or case_parts.has_part(child.id, by.agency)
        episode = open_absence(child)
        joined = episode is not None
        episode = episode or open_episode(child, by=by, at=at)
        new = [NewEvent("profile_recorded", at, dict(facts))] if facts and inside else []
        new += [NewEvent(name, occurred_at, fields, episode) for name, fields in events if fields is not None]
        appended = append(child, new, by=by, at=at, idempotency_key=idempotency_key)
        if inside:
            case_parts.keep_in_step(child.id, new, by=by, at=at)
        outside = not inside and not case_parts.come_with_report(child.id, report, by=by, at=at)
        contact = case_parts.tell_contact(child.id, by.person_id, at) if outside else ""
    judge_what_was_recorded(child, at=at)
    ids = tuple(event.id for event in appended.events)
    return Reported(child, episode, joined, appended.repeated, ids, outside, contact)


def open_absence(child: Child) -> Episode | None:
    """The child's latest episode, if it is still going on: nobody has located, returned or closed it."""
    lines = settled(load.log_of([child.id]))
    latest = next((line["episode"] for line in reversed(lines) if line.get("episode")), None)
    ended = any(line["event"] in ENDS_AN_ABSENCE for line in lines if line.get("episode") == latest)
    return Episode.objects.get(pk=latest) if latest and not ended else None


def _already(key: str | None, by: Actor, at: datetime) -> Reported | None:
    """What the same form, sent twice, did the first time. Holds back a second one until the first is done."""
    if not key:
        return None
    with sql.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    known = Idempotency.objects.filter(key=key).select_related("child").first()
    if known is None:
        return None
    lines = load.log_of([known.child_id])
    ids = tuple(UUID(event[0]) for event in known.result)
    episode = next(line["episode"] for line in lines if UUID(line["id"]) in ids and line.get("episode"))
    outside = not case_parts.has_part(known.child_id, by.agency)
    contact = case_parts.tell_contact(known.child_id, by.person_id, at) if outside else ""
    return Reported(known.child, Episode.objects.get(pk=episode), False, True, ids, outside, contact)


def _known_or_new(facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Child:
    found = match.find(identity_of(facts))
    if found.kind == "suppressed":
        raise WasErased("The record of this child was erased. Ask the record's owner before recording again.")
    if found.kind == "known":
        return Child.objects.get(pk=found.children[0])
    return open_child(by=by, at=at)


def identity_of(facts: Mapping[str, Any], police_reference: str = "") -> match.Identity:
    """What facts say of who a child is."""
    born = facts.get("date_of_birth")
    return match.Identity(
        given_name=str(facts.get("given_name") or ""),
        family_name=str(facts.get("family_name") or ""),
        date_of_birth=date.fromisoformat(str(born)) if born else None,
        police_reference=police_reference,
    )
