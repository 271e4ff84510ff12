"""What one look at a child gave, handed from the evaluation to duties and alerts."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lantern import engine


@dataclass(frozen=True, slots=True)
class Judgement:
    """The engine's answer for one child.

    `result` is None where the evaluation failed: then `problem` says why, and whatever was owed before stays.
    `repeated` says that nothing at all differs from the evaluation before.
    """

    child_id: UUID
    evaluation_id: UUID | None
    at: datetime
    lines: Sequence[Mapping[str, Any]]
    packs: list[dict[str, str]]
    result: engine.Evaluation | None
    problem: dict[str, str] | None
    repeated: bool
    first_failure: bool = False


def lean(result: engine.Evaluation) -> dict[str, Any]:
    """The answer without its reasons, as it is kept: they stand with the duties, or can be computed again."""
    return {
        "episodes": [episode_row(episode) for episode in result.episodes],
        "duties": [[duty.key, duty.state, stamp(duty.due_at), stamp(duty.met_at)] for duty in result.duties],
        "problems": [problem.as_json() for problem in result.problems],
    }


def episode_row(episode: engine.EpisodeState) -> dict[str, Any]:
    """One episode as plain data."""
    risk = dict(episode.risk) if episode.risk else None
    if risk and isinstance(risk.get("at"), datetime):
        risk["at"] = stamp(risk["at"])
    return {
        "child": str(episode.child),
        "episode": str(episode.episode),
        "category": {side: list(held) for side, held in episode.category.items()},
        "risk": risk,
        "state": episode.state,
    }


def stamp(instant: datetime | None) -> str | None:
    """An instant as ISO 8601 in UTC."""
    return instant.astimezone(UTC).isoformat() if instant else None


def canonical(value: Any) -> bytes:
    """Plain data as bytes, the same for the same data."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain).encode()


def fingerprint(value: Any) -> bytes:
    """Hash of plain data."""
    return hashlib.sha256(canonical(value)).digest()


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple | set | frozenset):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    raise TypeError(f"{type(value).__name__} cannot be kept as data")
