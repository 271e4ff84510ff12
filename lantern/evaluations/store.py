"""Reads what looks at children need, and writes evaluations, standings and what episodes are now: only what changed.

The statements are given to who makes the round trip, as more is asked and written in the same one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from lantern.engine.instants import FAR
from lantern.evaluations.history import History
from lantern.evaluations.judgement import as_json, moment
from lantern.evaluations.which_pack import ADOPTED, Adopted, by_authority
from lantern.plumbing import sql
from lantern.plumbing.round_trip import Question
from lantern.plumbing.sql import NULL, element
from lantern.record import load

FIRST_RETRY = timedelta(seconds=30)  # a failed look is tried again after this, then after twice as long, and so on
LAST_RETRY = timedelta(minutes=30)  # but never rarer, so that a mended pack shows within the half hour


class Stood(NamedTuple):
    """Where a child's evaluation stood before this look."""

    evaluation_id: UUID | None
    fingerprint: bytes
    failed_since: datetime | None
    failures: int


@dataclass(frozen=True, slots=True)
class Read:
    """What a look needs of each of some children: where they stood, the adoptions in force, their logs."""

    stood: Mapping[UUID, Stood]
    adopted: Adopted
    histories: Mapping[UUID, History]


# in one order, so that two who take several never wait for each other
_STOOD = (
    "SELECT child_id, evaluation_id, fingerprint, failed_since, failures FROM evaluations_standing"
    " WHERE child_id = ANY(%s) ORDER BY child_id FOR UPDATE"
)
_NEW_STANDINGS = (
    "INSERT INTO evaluations_standing (child_id, log_seq, fingerprint, failures)"
    " SELECT child_id, 0, '', 0 FROM unnest(%s::uuid[]) given(child_id) ORDER BY child_id ON CONFLICT DO NOTHING"
)
_KEEP = """
WITH given AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(children)s::uuid[], %(packs)s::jsonb[], %(whys)s::text[],
        %(seqs)s::int[], %(results)s::jsonb[], %(nexts)s::timestamptz[], %(marks)s::bytea[])
        AS given(id, child_id, packs, why, seq, result, next, mark)
), kept AS (
    INSERT INTO evaluations_evaluation (id, child_id, packs, why_packs, log_seq, as_of, known_at, result, failed,
        next_change_at, created_at)
    SELECT id, child_id, packs, why, seq, %(at)s, %(at)s, result, false, next, %(at)s FROM given
)
UPDATE evaluations_standing standing SET evaluation_id = given.id, log_seq = given.seq, fingerprint = given.mark,
    as_of = %(at)s, next_look_at = given.next, failed_since = NULL, failures = 0
FROM given WHERE standing.child_id = given.child_id
"""
_LOOKED = """
UPDATE evaluations_standing standing SET as_of = %(at)s, next_look_at = given.next
FROM unnest(%(children)s::uuid[], %(nexts)s::timestamptz[]) AS given(child_id, next)
WHERE standing.child_id = given.child_id
  AND (standing.as_of, standing.next_look_at) IS DISTINCT FROM (%(at)s::timestamptz, given.next)
"""
_EPISODE = {
    "episode_id": "uuid", "child_id": "uuid", "state": "text", "police_category": "jsonb",
    "authority_category": "jsonb", "risk_level": "text", "risk_by": "text", "risk_at": "timestamptz",
    "began_at": "timestamptz", "last_seen_at": "timestamptz",
}  # fmt: skip
_CONTENT = tuple(_EPISODE)[2:]
# episodes that are gone, and then those that are not as they were
_EPISODES = f"""
WITH given AS (
    SELECT * FROM unnest({", ".join(f"%({name})s::{kind}[]" for name, kind in _EPISODE.items())})
        AS given({", ".join(_EPISODE)})
), gone AS (
    DELETE FROM evaluations_episodenow
    WHERE child_id = ANY(%(children)s::uuid[]) AND episode_id NOT IN (SELECT episode_id FROM given)
)
INSERT INTO evaluations_episodenow ({", ".join(_EPISODE)})
SELECT {", ".join(f"given.{name}" for name in _EPISODE)} FROM given
LEFT JOIN evaluations_episodenow held ON held.episode_id = given.episode_id
WHERE held.episode_id IS NULL
   OR ({", ".join(f"held.{name}" for name in _CONTENT)})
      IS DISTINCT FROM ({", ".join(f"given.{name}" for name in _CONTENT)})
ON CONFLICT (episode_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _CONTENT)}
"""  # noqa: S608  constants
_FAILED = (
    "UPDATE evaluations_standing SET fingerprint = %(mark)s, next_look_at = %(again)s, failed_since = %(since)s,"
    " failures = failures + 1, evaluation_id = %(id)s WHERE child_id = %(child)s"
)
_FAILURE = (
    "INSERT INTO evaluations_evaluation (id, child_id, packs, why_packs, log_seq, as_of, known_at, failed, problem,"
    " next_change_at, created_at)"
    " VALUES (%(id)s, %(child)s, '[]', '', %(seen)s, %(at)s, %(at)s, true, %(problem)s, %(again)s, %(at)s)"
)


def questions(children: Sequence[UUID], at: datetime) -> list[Question]:
    """What `read` reads the answers of. The standings are locked first, until the transaction ends."""
    return [(_STOOD, [list(children)]), (ADOPTED, [at, at]), load.history_question(children)]


def new_standings(children: Sequence[UUID]) -> Question:
    """Make standings where there are none. Whoever makes one first, has it first: ask again what they may have done."""
    return _NEW_STANDINGS, [list(children)]


def read(children: Sequence[UUID], answers: Sequence[Sequence[Any]]) -> Read:
    """The answers to `questions`."""
    standings, adopted, log = answers
    events = load.histories(log)
    return Read(
        {child: Stood(*rest) for child, *rest in standings},
        by_authority(adopted),
        {child: History(events.get(str(child), [])) for child in children},
    )


class Kept:
    """What is to be written of looks at some children as of one instant."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._evaluations: list[tuple[str, ...]] = []
        self._looked: list[tuple[str, str]] = []
        self._with_episodes: list[UUID] = []
        self._episodes: list[tuple[str, ...]] = []
        self._failures: list[Question] = []

    def evaluation(
        self, id_: UUID | None, child: UUID, packs: str, why: str, seen: int, result: str, next_: int, mark: bytes
    ) -> None:
        """An evaluation; the standing shall point to it."""
        self._evaluations.append(
            (str(id_), str(child), element(packs), element(why), str(seen), element(result), _or_never(next_),
             sql.hexed(mark))
        )  # fmt: skip

    def looked_again(self, child: UUID, next_: int) -> None:
        """Nothing changed: when we looked and when to look next."""
        self._looked.append((str(child), _or_never(next_)))

    def episodes(self, child: UUID, episodes: Iterable[Mapping[str, Any]]) -> None:
        """What each of the child's episodes is now; others that stand there are gone."""
        self._with_episodes.append(child)
        self._episodes += [(each["episode"], str(child), *_episode_row(each)) for each in episodes]

    def failure(
        self,
        id_: UUID | None,
        child: UUID,
        seen: int,
        problem: Mapping[str, str],
        mark: bytes,
        *,
        since: datetime,
        again: datetime,
        new: bool,
    ) -> None:
        """A failure, once for as long as it stays the same. The number of the last event judged stays behind."""
        values: dict[str, Any] = {"id": id_, "child": child, "seen": seen, "problem": as_json(problem), "mark": mark}
        values |= {"since": since, "again": again, "at": self._at}
        self._failures += [(_FAILURE, values), (_FAILED, values)] if new else [(_FAILED, values)]

    def statements(self) -> list[Question]:
        """Everything noted, as statements to send."""
        found = list(self._failures)
        if self._evaluations:
            names = ("ids", "children", "packs", "whys", "seqs", "results", "nexts", "marks")
            values = dict(zip(names, sql.columns(self._evaluations), strict=True))
            found.append((_KEEP, values | {"at": self._at}))
        if self._with_episodes:
            columns = sql.columns(self._episodes) or ["{}"] * len(_EPISODE)
            values = dict(zip(_EPISODE, columns, strict=True))
            found.append((_EPISODES, values | {"children": self._with_episodes}))
        if self._looked:
            children, nexts = sql.columns(self._looked)
            found.append((_LOOKED, {"children": children, "nexts": nexts, "at": self._at}))
        return found


def push_forward(children: Sequence[UUID], at: datetime) -> None:
    """Look again later at children for whom something went wrong outside of the rules; their duties count as stale."""
    with sql.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluations_standing SET failed_since = coalesce(failed_since, %(at)s), failures = failures + 1,"
            " next_look_at = %(at)s + least(%(first)s * 2 ^ least(failures, 10), %(last)s)"
            " WHERE child_id = ANY(%(children)s)",
            {"at": at, "first": FIRST_RETRY, "last": LAST_RETRY, "children": list(children)},
        )


def _episode_row(episode: Mapping[str, Any]) -> tuple[str, ...]:
    risk = episode["risk"] or {}
    return (
        element(episode["state"]),
        element(as_json(episode["category"].get("police", []))),
        element(as_json(episode["category"].get("authority", []))),
        element(risk.get("level") or ""),
        element(risk.get("decided_by_role") or ""),
        risk.get("at") or NULL,
        episode["began_at"] or NULL,
        episode["last_seen_at"] or NULL,
    )


def _or_never(instant: int) -> str:
    return NULL if instant >= FAR else moment(instant)
