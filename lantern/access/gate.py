"""The one door to a child.

These functions alone turn an id or a reference into a record for a person. Each writes who looked, at what, why they
could and when, in the transaction that the record is read in: if that cannot be written, nothing is shown. An absent
record and a refused one give the same `NotThere`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lantern.access.errors import NotThere
from lantern.access.may import Decision, may, may_each, memberships_that_allow
from lantern.access.models import Person, ReadAudit
from lantern.access.permissions import Permission
from lantern.access.request import current
from lantern.plumbing import sql
from lantern.plumbing.ids import new_id

# The record stands above access, so its models are named here and never imported.
Child = Any
Episode = Any

_VISIBLE = """
SELECT part.child_id FROM access_caserole part
WHERE part.agency_id = ANY(%s::uuid[]) AND part.until IS NULL AND NOT EXISTS (
    SELECT 1 FROM access_restrictedrecord closed
    WHERE closed.child_id = part.child_id AND closed.until IS NULL AND NOT EXISTS (
        SELECT 1 FROM access_namedreader named
        WHERE named.child_id = part.child_id AND named.person_id = %s::uuid AND named.until IS NULL))"""
# one row for each child, the same but for the child
_NOTE = """
INSERT INTO access_readaudit (person_id, membership_id, agency_code, role, page, purpose, because, outcome, at,
                              request_id, message_id, id, child_id)
SELECT %s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s, %s::timestamptz, %s, %s::uuid, made.id, made.child_id
FROM unnest(%s::uuid[], %s::uuid[]) AS made (id, child_id)"""

__all__ = [
    "NotThere",
    "child_by_id",
    "child_for",
    "children_visible_to",
    "episode_for",
    "ids_visible_to",
    "note_message",
    "note_shown",
]


def child_for(
    person: Person, ref: str, purpose: str, at: datetime, *, permission: Permission = Permission.SEE_CHILD
) -> Child:
    """The child with this reference, for `purpose` (a few plain words of the page). Raises NotThere."""
    child = apps.get_model("record", "Child").objects.filter(ref=ref).first()
    _pass(person, child.id if child else None, purpose, at, permission)
    if child is None:
        raise NotThere
    return child


def child_by_id(
    person: Person, child_id: UUID, purpose: str, at: datetime, *, permission: Permission = Permission.SEE_CHILD
) -> Child:
    """The child with this id; for pages that start from something of the child's, such as a duty. Raises NotThere."""
    child = apps.get_model("record", "Child").objects.filter(id=child_id).first()
    _pass(person, child.id if child else None, purpose, at, permission)
    if child is None:
        raise NotThere
    return child


def episode_for(
    person: Person, ref: str, purpose: str, at: datetime, *, permission: Permission = Permission.SEE_CHILD
) -> Episode:
    """The episode with this reference, its child loaded. Raises NotThere."""
    episode = apps.get_model("record", "Episode").objects.filter(ref=ref).select_related("child").first()
    _pass(person, episode.child_id if episode else None, purpose, at, permission)
    if episode is None:
        raise NotThere
    return episode


def children_visible_to(person: Person) -> QuerySet[Any]:
    """The children whose record `person` may open; nothing is written, because nothing is shown yet."""
    statement, values = ids_visible_to(person)
    children: QuerySet[Any] = apps.get_model("record", "Child").objects.filter(id__in=RawSQL(statement, values))  # noqa: S611  a constant
    return children


def ids_visible_to(person: Person) -> tuple[str, tuple[Any, ...]]:
    """The same as a statement that gives their ids, and its values; for statements that are not the ORM's."""
    open_to = memberships_that_allow(person, Permission.SEE_CHILD) if person.is_active else ()
    return _VISIBLE, ([membership.agency_id for membership in open_to], person.id)


def note_shown(person: Person, child_ids: Iterable[UUID], purpose: str, at: datetime) -> None:
    """Write that a list showed these children; call it before rendering. Raises NotThere if one may not be seen."""
    decisions = may_each(person, Permission.SEE_CHILD, list(dict.fromkeys(child_ids)))
    if not all(decision.allowed for decision in decisions.values()):
        raise NotThere
    _note(person, decisions.items(), purpose, at)


def note_message(person: Person, message_id: UUID, purpose: str, at: datetime) -> None:
    """Write that a report that could not be read is shown, whosever child it names; call it before. Raises NotThere."""
    decision = may(person, Permission.HANDLE_INTAKE)
    if not decision.allowed:
        raise NotThere
    _note(person, [(None, decision)], purpose, at, message_id)


def _pass(person: Person, child_id: UUID | None, purpose: str, at: datetime, permission: Permission) -> None:
    decision = may(person, permission, child_id) if child_id else Decision(False, "there is none")
    _note(person, [(child_id, decision)], purpose, at)
    if not decision.allowed:
        raise NotThere


def _note(
    person: Person,
    decisions: Iterable[tuple[UUID | None, Decision]],
    purpose: str,
    at: datetime,
    message_id: UUID | None = None,
) -> None:
    """Write a row for each child; all that share a reason with one statement, and all statements in one go."""
    children: dict[Decision, list[UUID | None]] = {}
    for child_id, decision in decisions:
        children.setdefault(decision, []).append(child_id)
    sql.together(*((_NOTE, _row(person, decision, ids, purpose, at, message_id)) for decision, ids in children.items()))


def _row(
    person: Person,
    decision: Decision,
    child_ids: Sequence[UUID | None],
    purpose: str,
    at: datetime,
    message_id: UUID | None,
) -> list[Any]:
    membership = decision.membership
    return [
        person.id,
        membership.id if membership else None,
        membership.agency.code if membership else "",
        membership.role if membership else "",
        current.get().page or purpose,
        purpose,
        decision.part,
        (ReadAudit.Outcome.SHOWN if decision.allowed else ReadAudit.Outcome.REFUSED).value,
        at,
        current.get().id,
        message_id,
        [new_id() for _ in child_ids],
        [child_id if decision.allowed else None for child_id in child_ids],
    ]
