"""Everything that a role may allow; nothing else is ever asked of `may`."""

from enum import Enum


class Permission(Enum):
    """A thing that one may be allowed to do; the value is how a refusal or the printed table words it."""

    SEE_CHILD = "open the record of a child whose case their agency has a part in"
    REPORT_MISSING = "report a child missing"
    RECORD_EVENT = "record what happened to a child"
    GRADE_RISK = "grade and review the risk"
    CORRECT_EVENT = "correct what was recorded"
    SEE_DUTIES = "see what is owed and by when"
    ACKNOWLEDGE_DUTY = "accept a duty that was handed over"
    HANDLE_INTAKE = "handle reports that could not be read"
    SEE_WHO_HAS_SEEN = "see who has opened a child's record and why they could"
    GIVE_PART = "give an agency that reported a child a part in the case, or refuse it"
    ERASE_CHILD = "erase a child's record"
    SEE_PROTOCOLS = "read the protocols"
    ADOPT_PROTOCOL = "adopt an edition of a protocol"
    SEE_FIGURES = "make the statutory reports of their authority"
    AUDIT_READS = "examine who of their agency opened records"
    MANAGE_PEOPLE = "add people and give them roles"


NEED_A_CASE = frozenset(
    {
        Permission.SEE_CHILD,
        Permission.RECORD_EVENT,
        Permission.GRADE_RISK,
        Permission.CORRECT_EVENT,
        Permission.ACKNOWLEDGE_DUTY,
        Permission.SEE_WHO_HAS_SEEN,
        Permission.GIVE_PART,
        Permission.ERASE_CHILD,
    }
)
"""Permissions about one child: they come to something only where the agency has a part in that child's case."""
