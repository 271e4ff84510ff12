"""Writes evaluations, standings and what episodes are now: few statements, only what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from lantern import engine
from lantern.evaluations.judgement import canonical
from lantern.evaluations.lines import instant
from lantern.evaluations.which_pack import ADOPTED, Adopted, by_authority
from lantern.plumbing import sql
from lantern.record import load

FIRST_RETRY = timedelta(seconds=30)  # a failed look is tried again after this, then after twice as long, and so on
LAST_RETRY = timedelta(minutes=30)  # but never rarer, so that a mended pack shows within the half hour


class Stood(NamedTuple):
    """Where a child's evaluation stood before this look."""

    evaluation_id: UUID | None
    log_seq: int
    fingerprint: bytes
    failed_since: datetime | None
    failures: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One evaluation row to be written; `result` or `problem` is given."""

    evaluation_id: UUID | None
    child_id: UUID
    packs: list[dict[str, str]]
    why: str
    seen: int
    at: datetime
    result: dict[str, Any] | None = None
    problem: dict[str, str] | None = None
    next_change_at: datetime | None = None


_STOOD = (
    "SELECT evaluation_id, log_seq, fingerprint, failed_since, failures FROM evaluations_standing"
    " WHERE child_id = %s FOR UPDATE"
)
_NEW_STANDING = (
    "INSERT INTO evaluations_standing (child_id, log_seq, fingerprint, failures)"
    " VALUES (%s, 0, '', 0) ON CONFLICT DO NOTHING RETURNING child_id"
)
_INSERT = (
    "INSERT INTO evaluations_evaluation (id, child_id, packs, why_packs, log_seq, as_of, known_at, result, failed,"
    " problem, next_change_at, created_at)"
    " VALUES (%(id)s, %(child)s, %(packs)s, %(why)s, %(seen)s, %(at)s, %(at)s, %(result)s, %(failed)s,"
    " %(problem)s, %(next)s, %(at)s)"
)
_EPISODE = (
    "episode_id, child_id, state, police_category, authority_category, risk_level, risk_by, risk_at, began_at,"
    " last_seen_at"
)
# one statement: the evaluation, the standing that points to it, episodes that are gone, episodes that changed
_KEEP = f"""
WITH kept AS ({_INSERT} RETURNING id), stands AS (
    UPDATE evaluations_standing SET evaluation_id = kept.id, log_seq = %(seen)s, fingerprint = %(mark)s,
        as_of = %(at)s, next_look_at = %(next)s, failed_since = NULL, failures = 0
    FROM kept WHERE child_id = %(child)s
), given AS (
    SELECT {_EPISODE} FROM jsonb_to_recordset(%(episodes)s::jsonb) AS given(episode_id uuid, child_id uuid, state text,
        police_category jsonb, authority_category jsonb, risk_level text, risk_by text, risk_at timestamptz,
        began_at timestamptz, last_seen_at timestamptz)
), gone AS (
    DELETE FROM evaluations_episodenow
    WHERE child_id = %(child)s AND episode_id NOT IN (SELECT episode_id FROM given)
)
INSERT INTO evaluations_episodenow AS now ({_EPISODE}) SELECT {_EPISODE} FROM given
ON CONFLICT (episode_id) DO UPDATE SET state = excluded.state,
    police_category = excluded.police_category, authority_category = excluded.authority_category,
    risk_level = excluded.risk_level, risk_by = excluded.risk_by, risk_at = excluded.risk_at,
    began_at = excluded.began_at, last_seen_at = excluded.last_seen_at
WHERE (now.*) IS DISTINCT FROM (excluded.*)
"""  # noqa: S608  constants


def lock_standing(child_id: UUID, at: datetime) -> tuple[Stood, Adopted, list[dict[str, Any]]]:
    """The child's standing, made where there is none, locked until the transaction ends; and then the adoptions in
    force and the child's log.
    """
    read = (ADOPTED, [at, at]), load.question([child_id])
    rows, adopted, log = sql.together((_STOOD, [child_id]), *read)
    if not rows:  # whoever makes it first, has it first: read again what they may have done
        _, rows, adopted, log = sql.together((_NEW_STANDING, [child_id]), (_STOOD, [child_id]), *read)
    ((evaluation_id, log_seq, mark, failed_since, failures),) = rows
    stood = Stood(evaluation_id, log_seq, bytes(mark), failed_since, failures)
    return stood, by_authority(adopted), load.lines_of(log)


def keep(kept: Kept, mark: bytes, episodes: list[dict[str, Any]]) -> None:
    """Write an evaluation, let the standing point to it, and bring in line what each of the child's episodes is now."""
    _write(_KEEP, kept, mark=mark, episodes=canonical(episodes).decode())


def looked_again(child_id: UUID, at: datetime, next_change_at: datetime | None) -> None:
    """Nothing changed: note when we looked and when to look next."""
    with sql.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluations_standing SET as_of = %(at)s, next_look_at = %(next)s WHERE child_id = %(child)s"
            " AND (as_of, next_look_at) IS DISTINCT FROM (%(at)s, %(next)s)",
            {"at": at, "next": next_change_at, "child": child_id},
        )


def keep_failure(kept: Kept, mark: bytes, *, since: datetime, new: bool) -> None:
    """Write a failure, once for as long as it stays the same. The number of the last event judged stays behind."""
    update = (
        " UPDATE evaluations_standing SET fingerprint = %(mark)s, next_look_at = %(next)s,"
        " failed_since = %(since)s, failures = failures + 1"
    )
    if new:
        update = f"WITH kept AS ({_INSERT} RETURNING id){update}, evaluation_id = kept.id FROM kept"
    _write(f"{update} WHERE child_id = %(child)s", kept, mark=mark, since=since)


def _write(statement: str, kept: Kept, **more: Any) -> None:
    with sql.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "id": kept.evaluation_id,
                "child": kept.child_id,
                "packs": Jsonb(kept.packs),
                "why": kept.why,
                "seen": kept.seen,
                "at": kept.at,
                "result": Jsonb(kept.result) if kept.result is not None else None,
                "failed": kept.problem is not None,
                "problem": Jsonb(kept.problem) if kept.problem is not None else None,
                "next": kept.next_change_at,
                **more,
            },
        )


def push_forward(children: Sequence[UUID], at: datetime) -> None:
    """Look again later at children for whom something went wrong outside of the rules; their duties count as stale."""
    with sql.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluations_standing SET failed_since = coalesce(failed_since, %(at)s), failures = failures + 1,"
            " next_look_at = %(at)s + least(%(first)s * 2 ^ least(failures, 10), %(last)s)"
            " WHERE child_id = ANY(%(children)s)",
            {"at": at, "first": FIRST_RETRY, "last": LAST_RETRY, "children": list(children)},
        )


def episode_rows(
    child_id: UUID, lines: Sequence[Mapping[str, Any]], states: Iterable[engine.EpisodeState]
) -> list[dict[str, Any]]:
    """What each of the child's episodes is now, as rows."""
    apart: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        apart.setdefault(str(line.get("episode")), []).append(line)
    return [{"child_id": str(child_id), **_episode(each, _began(apart.get(str(each.episode), ())))} for each in states]


def _episode(state: engine.EpisodeState, began: tuple[datetime | None, datetime | None]) -> dict[str, Any]:
    risk = state.risk or {}
    return {
        "episode_id": str(state.episode),
        "state": state.state,
        "police_category": list(state.category.get("police", ())),
        "authority_category": list(state.category.get("authority", ())),
        "risk_level": risk.get("level") or "",
        "risk_by": risk.get("decided_by_role") or "",
        "risk_at": risk.get("at"),
        "began_at": began[0],
        "last_seen_at": began[1],
    }


def _began(lines: Sequence[Mapping[str, Any]]) -> tuple[datetime | None, datetime | None]:
    """When the first event of an episode happened, and when the child had last been seen."""
    seen = [instant(line["last_seen_at"]) for line in lines if line.get("last_seen_at")]
    return min((instant(line["occurred_at"]) for line in lines), default=None), max(seen, default=None)
