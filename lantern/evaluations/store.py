"""Writes evaluations, standings and what episodes are now: few statements, only what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from lantern import engine
from lantern.evaluations.lines import instant
from lantern.evaluations.judgement import canonical


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


_STOOD = "SELECT evaluation_id, log_seq, fingerprint, failed_since, failures FROM evaluations_standing"
_INSERT = (
    "INSERT INTO evaluations_evaluation (id, child_id, packs, why_packs, log_seq, as_of, known_at, result, failed,"
    " problem, next_change_at, created_at)"
    " VALUES (%(id)s, %(child)s, %(packs)s, %(why)s, %(seen)s, %(at)s, %(at)s, %(result)s, %(failed)s,"
    " %(problem)s, %(next)s, %(at)s)"
)


def lock_standing(child_id: UUID) -> Stood:
    """The child's standing, made where there is none, locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_STOOD} WHERE child_id = %s FOR UPDATE", [child_id])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "INSERT INTO evaluations_standing (child_id, log_seq, fingerprint, failures)"
                " VALUES (%s, 0, '', 0) ON CONFLICT DO NOTHING",
                [child_id],
            )
            cursor.execute(f"{_STOOD} WHERE child_id = %s FOR UPDATE", [child_id])
            row = cursor.fetchone()
    evaluation_id, log_seq, mark, failed_since, failures = row
    return Stood(evaluation_id, log_seq, bytes(mark), failed_since, failures)


def keep(kept: Kept, mark: bytes) -> None:
    """Write an evaluation and let the standing point to it."""
    _write(
        f"WITH kept AS ({_INSERT} RETURNING id)"
        " UPDATE evaluations_standing SET evaluation_id = kept.id, log_seq = %(seen)s, fingerprint = %(mark)s,"
        " as_of = %(at)s, next_look_at = %(next)s, failed_since = NULL, failures = 0"
        " FROM kept WHERE child_id = %(child)s",
        kept,
        mark=mark,
    )


def looked_again(child_id: UUID, at: datetime, next_change_at: datetime | None) -> None:
    """Nothing changed: note when we looked and when to look next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluations_standing SET as_of = %s, next_look_at = %s WHERE child_id = %s",
            [at, next_change_at, child_id],
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
    with connection.cursor() as cursor:
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
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluations_standing SET next_look_at = %(at)s + least(%(first)s * 2 ^ least(failures, 10), %(last)s),"
            " failed_since = coalesce(failed_since, %(at)s), failures = failures + 1 WHERE child_id = ANY(%(children)s)",
            {"at": at, "first": FIRST_RETRY, "last": LAST_RETRY, "children": list(children)},
        )


def keep_episodes(child_id: UUID, lines: Sequence[Mapping[str, Any]], states: Iterable[engine.EpisodeState]) -> None:
    """Write what each of the child's episodes is now; rows that would not change are not touched."""
    rows = [_episode(state, _began(lines, str(state.episode))) for state in states]
    columns = (
        "episode_id, child_id, state, police_category, authority_category, risk_level, risk_by, risk_at, began_at,"
        " last_seen_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO evaluations_episodenow AS now ({columns})"
            f" SELECT {columns} FROM jsonb_to_recordset(%s::jsonb) AS given(episode_id uuid, child_id uuid, state text,"
            " police_category jsonb, authority_category jsonb, risk_level text, risk_by text, risk_at timestamptz,"
            " began_at timestamptz, last_seen_at timestamptz)"
            " ON CONFLICT (episode_id) DO UPDATE SET state = excluded.state,"
            " police_category = excluded.police_category, authority_category = excluded.authority_category,"
            " risk_level = excluded.risk_level, risk_by = excluded.risk_by, risk_at = excluded.risk_at,"
            " began_at = excluded.began_at, last_seen_at = excluded.last_seen_at"
            " WHERE (now.*) IS DISTINCT FROM (excluded.*)",
            [canonical([{**row, "child_id": child_id} for row in rows]).decode()],
        )


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


def _began(lines: Sequence[Mapping[str, Any]], episode: str) -> tuple[datetime | None, datetime | None]:
    """When the episode's first event happened, and when the child had last been seen."""
    mine = [line for line in lines if str(line.get("episode")) == episode]
    seen = [instant(line["last_seen_at"]) for line in mine if line.get("last_seen_at")]
    return min((instant(line["occurred_at"]) for line in mine), default=None), max(seen, default=None)
