"""Erasing the messages of a child whose record is erased."""

from uuid import UUID

from lantern.intake.models import InboundMessage


def forget(child_id: UUID) -> int:
    """Destroy the keys of every message about this child; how many. Their hashes stay: none is taken in again."""
    mine = InboundMessage.objects.filter(child_id=child_id, wrapped_key__isnull=False)
    return mine.update(wrapped_key=None)
