"""Questions that pages ask: my duties, this episode's duties, who is missing now; and the worker's: who to look at.

All but the worker's answer only within what the person may see: the gate's rule, and row-level security underneath.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from lantern.access import gate
from lantern.access.may import roles_of
from lantern.access.models import Person
from lantern.duties import listed
from lantern.duties.models import OPEN, Duty
from lantern.engine.roles import answers_for
from lantern.evaluations.models import EpisodeNow, Standing
from lantern.plumbing import sql
from lantern.record.models import Child, ChildCard, Episode

AWAY_STATES = ("noticed", "away", "missing")
GRAVEST_FIRST = ("high", "", "medium", "low", "no_apparent_risk")  # one not yet graded may be high
_DUE = "SELECT child_id FROM duties_duty WHERE next_look_at < %s GROUP BY child_id ORDER BY min(next_look_at) LIMIT %s"


@dataclass(frozen=True, slots=True)
class DutyNow:
    """A duty and how it stands at an instant.

    state: upcoming, due_now, overdue, or the stage of one that is no longer open. stale: the child's last evaluation
    failed, so this is the last good answer and may be out of date.
    """

    duty: Duty
    state: str
    stale: bool


@dataclass(frozen=True, slots=True)
class MissingNow:
    """One child who is away. next_due: the duty that falls due first; overdue, open: numbers of duties."""

    episode: EpisodeNow
    child: Child
    card: ChildCard
    next_due: datetime | None
    open: int
    overdue: int
    stale: bool


def state_of(duty: Duty, at: datetime) -> str:
    """upcoming, due_now (no time given), overdue (from the first instant after the due time), or its stage."""
    if duty.stage != OPEN:
        return duty.stage
    if duty.due_at is None:
        return "due_now"
    return "overdue" if at > duty.due_at else "upcoming"


def my_duties(person: Person, at: datetime) -> list[DutyNow]:
    """Open duties of the roles that the person holds or acts for in their agencies, the earliest due first.

    With them those of absences that are not closed where a fact is missing to tell whether they are owed.
    """
    held = [role for role in roles_of(person) if role.since <= at]
    owners = {(role.agency.code, each) for role in held for each in answers_for(role.role)}
    return _listed(listed.of_owners(person, owners), at)


def of_my_agencies(person: Person, at: datetime, most: int) -> list[DutyNow]:
    """The same of everybody in the agencies in which the person holds a role; at most so many."""
    codes = {role.agency.code for role in roles_of(person)}
    return _listed(listed.of_agencies(person, codes, most), at)


def _listed(found: Iterable[tuple[Duty, bool]], at: datetime) -> list[DutyNow]:
    return [DutyNow(duty, state_of(duty, at), stale) for duty, stale in found]


def of_episode(episode: Episode, at: datetime) -> list[DutyNow]:
    """Every duty of the episode, the open ones first, each kind by due time and name. The caller came by the gate."""
    found = _now(_with_child().filter(episode=episode), at)
    return sorted(found, key=lambda now: (now.duty.stage != OPEN, *_by_due(now.duty)))


def of_child(child: Child, at: datetime) -> list[DutyNow]:
    """Every duty of the child that belongs to no single episode, in the same order."""
    found = _now(_with_child().filter(child=child, episode=None), at)
    return sorted(found, key=lambda now: (now.duty.stage != OPEN, *_by_due(now.duty)))


def one(duty_id: UUID, at: datetime) -> DutyNow | None:
    """One duty by its id; the caller then takes its child through the gate."""
    return next(iter(_now(_with_child().filter(pk=duty_id), at)), None)


def missing_now(person: Person, at: datetime) -> list[MissingNow]:
    """Children who are away and whom the person may see: the gravest risk first, then who has been away longest."""
    away = EpisodeNow.objects.filter(state__in=AWAY_STATES, child_id__in=gate.children_visible_to(person))
    episodes = list(away.select_related("child__card", "episode"))
    counts = _counts([episode.episode_id for episode in episodes], at)
    stale = _stale(episode.child_id for episode in episodes)
    rows = [
        MissingNow(
            episode=episode,
            child=episode.child,
            card=episode.child.card,
            next_due=counts.get(episode.episode_id, (None, 0, 0))[0],
            open=counts.get(episode.episode_id, (None, 0, 0))[1],
            overdue=counts.get(episode.episode_id, (None, 0, 0))[2],
            stale=episode.child_id in stale,
        )
        for episode in episodes
    ]
    return sorted(rows, key=lambda row: (GRAVEST_FIRST.index(row.episode.risk_level), row.episode.began_at))


def find_due(at: datetime, limit: int) -> list[UUID]:
    """Children with a duty whose next look has come, the longest waiting first. Needs a system context.

    `limit` counts children, so that fewer than it means: there are no more.
    """
    (rows,) = sql.together((_DUE, [at, limit]))
    return [child_id for (child_id,) in rows]


def _with_child() -> QuerySet[Duty]:
    return Duty.objects.select_related("child__card", "episode__now")


def _now(duties: Iterable[Duty], at: datetime) -> list[DutyNow]:
    duties = list(duties)
    stale = _stale(duty.child_id for duty in duties)
    return [DutyNow(duty, state_of(duty, at), duty.child_id in stale) for duty in duties]


def _stale(children: Iterable[UUID]) -> set[UUID]:
    failed = Standing.objects.filter(child_id__in=set(children), failed_since__isnull=False)
    return set(failed.values_list("child_id", flat=True))


def _counts(episodes: list[UUID], at: datetime) -> dict[UUID, tuple[datetime | None, int, int]]:
    """Episode: (earliest due time still to come or passed, open duties, overdue duties)."""
    rows = (
        Duty.objects.filter(episode_id__in=episodes, stage=OPEN)
        .values_list("episode_id")
        .annotate(first=Min("due_at"), held=Count("id"), overdue=Count("id", filter=Q(due_at__lt=at)))
    )
    return {episode: (due, held, overdue) for episode, due, held, overdue in rows}


def _by_due(duty: Duty) -> tuple[bool, float, str, str]:
    return duty.due_at is None, duty.due_at.timestamp() if duty.due_at else 0.0, duty.duty, duty.key
