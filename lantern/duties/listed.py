"""Duties that somebody still has to do something about, as lists show them: one statement, whatever their number.

It is sent as it is, so that the server plans it once: what it says of stages stands in it and is no value, or the index
of duties that are still to answer would not be used.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.db.models.base import ModelState

from lantern.access import gate
from lantern.access.models import Person
from lantern.duties.models import CANNOT_TELL, TO_ANSWER, Duty
from lantern.evaluations.models import EpisodeNow
from lantern.plumbing import sql
from lantern.record.models import Child, ChildCard, Episode

Row = TypeVar("Row", bound=Model)
ALL = 2_000_000_000  # more duties than there ever are
_DUTY = (
    *("id", "child_id", "episode_id", "duty", "variant", "owner_role", "owner_agency", "strength", "stage", "due_at"),
    *("met_at", "answered_at", "pack", "says", "in_words", "assumed", "missing_facts", "digest"),
)
_CHILD, _CARD = ("id", "ref"), ("child_id", "given_name", "family_name", "known_as")
_EPISODE, _NOW = ("id", "ref", "opened_at"), ("episode_id", "began_at")
_PARTS = (("duty", _DUTY), ("child", _CHILD), ("card", _CARD), ("episode", _EPISODE), ("now", _NOW))
_ENDS = list(accumulate(len(names) for _, names in _PARTS))
_PLACES = [slice(end - len(names), end) for end, (_, names) in zip(_ENDS, _PARTS, strict=True)]
_COLUMNS = ", ".join(f"{table}.{name}" for table, names in _PARTS for name in names)
_STAGES = ", ".join(f"'{stage}'" for stage in TO_ANSWER)
_FOUND = f"""
SELECT standing.failed_since IS NOT NULL, {_COLUMNS}
FROM duties_duty duty
JOIN record_child child ON child.id = duty.child_id
LEFT JOIN record_childcard card ON card.child_id = child.id
LEFT JOIN record_episode episode ON episode.id = duty.episode_id
LEFT JOIN evaluations_episodenow now ON now.episode_id = episode.id
LEFT JOIN evaluations_standing standing ON standing.child_id = child.id
WHERE duty.stage IN ({_STAGES}) AND {{whose}} AND duty.child_id IN ({{visible}})
  AND NOT (duty.stage = '{CANNOT_TELL}' AND now.state IS NOT DISTINCT FROM 'closed')
ORDER BY duty.due_at ASC NULLS FIRST, duty.duty, duty.key LIMIT %s"""  # noqa: S608  made of the constants above
_OF_OWNERS = "(duty.owner_agency, duty.owner_role) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
_OF_AGENCIES = "duty.owner_agency = ANY(%s::text[])"


def of_owners(person: Person, owners: Collection[tuple[str, str]]) -> list[tuple[Duty, bool]]:
    """What these agencies and roles owe, of children whom `person` may see; and whether each may be out of date."""
    return _found(person, _OF_OWNERS, [[code for code, _ in owners], [role for _, role in owners]], ALL)


def of_agencies(person: Person, codes: Iterable[str], most: int) -> list[tuple[Duty, bool]]:
    """The same of everybody in these agencies; at most so many, the earliest due first."""
    return _found(person, _OF_AGENCIES, [list(codes)], most)


def _found(person: Person, whose: str, owners: list[list[str]], most: int) -> list[tuple[Duty, bool]]:
    visible, values = gate.ids_visible_to(person)
    asked = _FOUND.format(whose=whose, visible=visible)
    (rows,) = sql.together((asked, [*owners, *values, most]))
    known: dict[UUID, Child | Episode] = {}
    return [(_duty(row[1:], known), row[0]) for row in rows]


def _duty(row: tuple[Any, ...], known: dict[UUID, Any]) -> Duty:
    """The duty with its child and episode, each made once. What lists do not show is read when it is asked for."""
    parts = [row[place] for place in _PLACES]
    *stored, assumed, missing, digest = parts[0]
    duty = _made(Duty, _DUTY, [*stored, json.loads(assumed), json.loads(missing), digest])
    child = known.get(duty.child_id) or known.setdefault(duty.child_id, _child(parts[1], parts[2]))
    episode = None
    if duty.episode_id:
        episode = known.get(duty.episode_id) or known.setdefault(duty.episode_id, _episode(parts[3], parts[4]))
    return _with(duty, child=child, episode=episode)


def _child(child: tuple[Any, ...], card: tuple[Any, ...]) -> Child:
    return _with(_made(Child, _CHILD, child), card=_made(ChildCard, _CARD, card) if card[0] else None)


def _episode(episode: tuple[Any, ...], now: tuple[Any, ...]) -> Episode:
    return _with(_made(Episode, _EPISODE, episode), now=_made(EpisodeNow, _NOW, now) if now[0] else None)


def _made(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """The row as `from_db` makes it, without the signals and defaults that it spends most of its time on."""
    made = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, "default"
    vars(made).update(zip(names, values, strict=True), _state=state)
    return made


def _with(made: Row, **others: Any) -> Row:
    """`made`, which now knows those that it refers to."""
    vars(made)["_state"].fields_cache.update(others)
    return made
