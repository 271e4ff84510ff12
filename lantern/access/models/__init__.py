"""Who there is, which agency has a part in which child's case, and who has looked."""

from lantern.access.models.agencies import Agency, Membership
from lantern.access.models.cases import CaseRole, NamedReader, PartRequest, RestrictedRecord
from lantern.access.models.people import Person
from lantern.access.models.reads import ReadAudit

__all__ = [
    "Agency",
    "CaseRole",
    "Membership",
    "NamedReader",
    "PartRequest",
    "Person",
    "ReadAudit",
    "RestrictedRecord",
]
