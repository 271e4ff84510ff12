"""A report arrived by a feed: police e-mail, for one.

Three commits: keep what arrived; append what it says; judge. Whatever fails later, what was sent and what happened are
safe already, and the worker takes up what a crash left between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.access import context
from lantern.access.models import Agency
from lantern.actions import case_parts
from lantern.actions.judge import judge_what_was_recorded
from lantern.actions.report_missing import open_absence
from lantern.alerts import plan
from lantern.alerts.people import everybody_with
from lantern.intake import keep, quarantine, receive
from lantern.intake.models import InboundMessage
from lantern.intake.translation import Draft, Problem, Translation
from lantern.plumbing import doorbell, logs
from lantern.plumbing.errors import Refused
from lantern.record import match
from lantern.record.actor import Actor
from lantern.record.append import NewEvent, append, open_child, open_episode
from lantern.record.models import Child, Episode

READERS = ("front_door", "out_of_hours")  # the roles that are told of a report that could not be read
log = logs.get("intake")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message. repeated: the same bytes had come before. child: None while it waits for a person."""

    message: InboundMessage
    repeated: bool
    child: Child | None


@dataclass(eq=False)
class _Stopped(Exception):
    """The message needs a person."""

    problem: Problem
    candidates: Sequence[UUID] = ()


def receive_report(feed: str, raw: bytes, *, by: Actor, at: datetime) -> Receipt:
    """keep → translate → append → evaluate → differ → plan alerts.

    The caller answers for the message (marks a mail as read, moves a file) after this returns, and not before.
    """
    with context.system("keep message"):
        message, repeated = keep.keep(feed, raw, at)
    log.info("message.kept", message=message.id, feed=feed, repeated=repeated)
    if message.state != InboundMessage.State.KEPT:
        return Receipt(message, repeated, None)
    return Receipt(message, repeated, take_up(message, by=by, at=at))


def take_up(message: InboundMessage, *, by: Actor, at: datetime) -> Child | None:
    """The second and third commit, for a message that is kept: also for one that a crash left lying.

    None when it waits for a person now, or when somebody else took it up.
    """
    translation = receive.translate(message)
    with context.system("append report"):
        if not _mine(message):
            return None
        try:
            # a savepoint: what a refused message began to write goes, the note of it in quarantine stays
            with context.system("append report"):
                child = _append(message, translation, by=by, at=at)
        except _Stopped as stopped:
            set_before_a_person(message, [*translation.problems, stopped.problem], at, stopped.candidates)
            return None
        except Refused as refused:
            set_before_a_person(message, [Problem(refused.code, "message", "the record refused it")], at)
            return None
    judge_what_was_recorded(child, at=at)
    return child


def _mine(message: InboundMessage) -> bool:
    """Take the message until the transaction ends, if it is still to be taken up."""
    waiting = InboundMessage.objects.filter(pk=message.pk, state=InboundMessage.State.KEPT)
    return waiting.select_for_update(skip_locked=True).exists()


def _append(message: InboundMessage, said: Translation, *, by: Actor, at: datetime) -> Child:
    if said.problems:
        raise _Stopped(Problem("not_read", "message", "it could not be read in full"))
    actor = Actor(None, by.role, _force(said.force, by), by.on_behalf_of, "feed", str(message.id))
    child, episode = _place(said, by=actor, at=at)
    events = [_event(draft, episode) for draft in said.events]
    appended = append(child, events, by=actor, at=at, idempotency_key=str(message.id))
    case_parts.keep_in_step(child.id, events, by=actor, at=at)
    keep.translated(message, child.id, [event.id for event in appended.events], at)
    return child


def _event(draft: Draft, episode: Episode) -> NewEvent:
    return NewEvent(draft.type, draft.occurred_at, draft.fields, episode if draft.in_episode else None)


def _force(name: str, by: Actor) -> str:
    """Short code of the force that sent it: as it calls itself, as the feed is set up, or the only one there is."""
    forces = list(Agency.objects.filter(kind=Agency.Kind.POLICE))
    named = [force.code for force in forces if name and name.lower() in (force.code.lower(), force.name.lower())]
    if named or by.agency:
        return named[0] if named else by.agency
    if len(forces) == 1:
        return forces[0].code
    raise _Stopped(
        Problem("unknown_force", "sender", "no police force of this name takes part", "a force that takes part")
    )


def _place(said: Translation, *, by: Actor, at: datetime) -> tuple[Child, Episode]:
    """The child and the absence that the message speaks of; a new one only for a report."""
    identity = match.Identity(
        said.identity.given_name,
        said.identity.family_name,
        said.identity.date_of_birth,
        said.identity.police_reference,
    )
    found = match.find(identity)
    if found.kind in ("ambiguous", "suppressed"):
        raise _Stopped(Problem(found.kind, "identity", found.because), found.children)
    if found.kind == "new":
        if said.kind != "report":
            raise _Stopped(Problem("no_such_child", "identity", "it goes on with a report that never came here"))
        child = open_child(by=by, at=at)
        return child, open_episode(child, by=by, at=at)
    child = Child.objects.get(pk=found.children[0])
    episode = open_absence(child)
    if episode is None and said.kind != "report":
        episode = Episode.objects.filter(child=child).order_by("opened_at").last()
    return child, episode or open_episode(child, by=by, at=at)


def set_before_a_person(
    message: InboundMessage, problems: Sequence[Problem], at: datetime, candidates: Sequence[UUID] = ()
) -> None:
    """Nothing is lost: the message waits on the page of reports, and those who receive reports are told."""
    quarantine.put(message, list(dict.fromkeys(problems)), at, candidates=candidates)
    plan.plan_quarantine(message.id, everybody_with(READERS, at), at)
    doorbell.ring()
    log.warning("message.quarantined", message=message.id, feed=message.feed, code=problems[0].code)
