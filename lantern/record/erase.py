"""Erasing a child: the key is destroyed, the log stays whole, and no import brings the child back.

Encrypted payloads stay where they are, unreadable. Copies of the key in older backups die with those backups; a backup
that is restored must have the erasures after it repeated (docs/adr on encryption and erasure).
"""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from lantern.record import load, wire
from lantern.record.actor import Actor
from lantern.record.errors import Erased
from lantern.record.match import Identity, digests
from lantern.record.models import Child, ChildCard, ChildKey, Erasure, Suppression
from lantern.record.project import SHAPES_THE_CARD


def erase(child: Child, *, by: Actor, at: datetime, reason: str) -> Erasure:
    """Make the child's personal payload unreadable for ever. `reason`: a short code, no narrative. Raises Erased."""
    with transaction.atomic(), connection.wrap_database_errors:
        wire.cursor().execute(wire.LOCK, [wire.lock_number(child.id)])
        remembered = _digests_of(child)
        destroyed = ChildKey.objects.filter(child=child, destroyed_at=None).update(wrapped_key=None, destroyed_at=at)
        if not destroyed:
            raise Erased("The record of this child was erased before.")
        Suppression.objects.bulk_create([Suppression(child=child, digest=digest) for digest in remembered])
        ChildCard.objects.filter(child=child).delete()
        erasure = Erasure(
            child=child,
            erased_at=at,
            by_person=by.person_id,
            by_role=by.role,
            agency=by.agency,
            reason=reason,
        )
        erasure.save(force_insert=True)
    return erasure


def _digests_of(child: Child) -> list[str]:
    # under every name, birth and reference that the child was ever known by, corrected ones too
    names: set[tuple[str, str]] = set()
    births: set[date] = set()
    references: set[str] = set()
    for line in load.log_of([child.id], types=SHAPES_THE_CARD):
        for said in (line, line.get("corrected_event") or {}):
            names.add((str(said.get("given_name") or ""), str(said.get("family_name") or "")))
            births |= _date_in(said)
            references.add(str(said.get("reference") or ""))
    given, family = {name for name, _ in names}, {name for _, name in names}
    found = {
        digest
        for given_name in given
        for family_name in family
        for born in births
        for digest in digests(Identity(given_name, family_name, born))
    }
    return sorted(
        found | {digest for reference in references for digest in digests(Identity(police_reference=reference))}
    )


def _date_in(said: Any) -> set[date]:
    value = said.get("date_of_birth")
    return {date.fromisoformat(str(value))} if value else set()
