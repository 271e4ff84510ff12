"""What one look at a child gave, handed from the evaluation to duties and alerts."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

from lantern import engine
from lantern.engine.instants import in_words
from lantern.evaluations.history import History

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Judgement:
    """The engine's answer for one child.

    `result` is None where the evaluation failed: then `problem` says why, and whatever was owed before stays.
    `repeated` says that nothing at all differs from the evaluation before.
    """

    child_id: UUID
    evaluation_id: UUID | None
    at: datetime
    history: History
    packs: list[dict[str, str]]
    result: engine.Evaluation | None
    problem: dict[str, str] | None
    repeated: bool
    first_failure: bool = False


def lean(result: engine.Evaluation, episodes: list[dict[str, Any]]) -> str:
    """The answer without its reasons, as it is kept: they stand with the duties, or can be computed again."""
    duties = [
        f'[{encode_basestring(duty.key)},"{duty.state}",{_quoted(duty.due)},{_quoted(duty.met)}]'
        for duty in result.duties
    ]
    problems = [problem.as_json() for problem in result.problems]
    return f'{{"duties":[{",".join(duties)}],"episodes":{as_json(episodes)},"problems":{as_json(problems)}}}'


def as_json(value: Any) -> str:
    """Plain data as text, the same for the same data."""
    return _encode(value)


@lru_cache(maxsize=16384)
def moment(instant: int) -> str:
    """An instant of the engine as text: ISO 8601 in UTC. The same few stand in many rows."""
    return in_words(instant)


def stamp(instant: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC."""
    return instant.astimezone(UTC).isoformat() if instant else None


def _quoted(instant: int | None) -> str:
    return "null" if instant is None else f'"{moment(instant)}"'
