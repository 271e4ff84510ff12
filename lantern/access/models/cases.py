"""Which agency has a part in which child's case, and which records only named people may open.

A child is known here by id alone: the record stands above access and is never imported.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lantern.access.models.agencies import Agency
from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, SPECIAL


class CaseRole(models.Model):
    """An agency's part in a child's case; the reason that its people may need to know."""

    class Part(models.TextChoices):
        """What the agency is to the child."""

        RESPONSIBLE_AUTHORITY = "responsible_authority", "responsible authority"
        HOST_AUTHORITY = "host_authority", "host authority"
        POLICE = "police", "police"
        PROVIDER = "provider", "provider of care"
        RETURN_SERVICE = "return_service", "return interview service"
        SCHOOL = "school", "school"

    class Privacy:
        id = OPERATIONAL
        child_id = OPERATIONAL
        agency = PERSONAL
        part = PERSONAL
        since = OPERATIONAL
        until = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="case_roles")
    part = models.CharField(max_length=30, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="When it was ended; empty while in force.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id", "agency", "part"],
                condition=Q(until=None),
                name="access_caserole_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="access_caserole_ends_after_it_begins",
            ),
        ]
        indexes = [
            # both ways through the need-to-know rule: from a child, and from an agency's list
            models.Index(
                fields=["child_id"], include=["agency"], condition=Q(until=None), name="access_caserole_child"
            ),
            models.Index(
                fields=["agency"],
                include=["child_id"],
                condition=Q(until=None),
                name="access_caserole_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.child_id}"


class RestrictedRecord(models.Model):
    """A child whose record only named people may open, even within the agencies of the case."""

    class Privacy:
        id = OPERATIONAL
        child_id = OPERATIONAL
        reason = SPECIAL
        since = OPERATIONAL
        until = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child_id = models.UUIDField()
    reason = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id"], condition=Q(until=None), name="access_restrictedrecord_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"restricted: {self.child_id}"


class NamedReader(models.Model):
    """A person who may open a restricted record."""

    class Privacy:
        id = OPERATIONAL
        child_id = OPERATIONAL
        person = PERSONAL
        since = OPERATIONAL
        until = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child_id = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id", "person"], condition=Q(until=None), name="access_namedreader_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} may read {self.child_id}"


class PartRequest(models.Model):
    """An agency without a part in a child's case reported the child; the responsible authority gives a part or not."""

    class Privacy:
        id = OPERATIONAL
        child_id = OPERATIONAL
        agency = PERSONAL
        asked_by = PERSONAL
        asked_at = OPERATIONAL
        answered_by = PERSONAL
        answered_at = OPERATIONAL
        given = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    given = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id", "agency"], condition=Q(answered_at=None), name="access_partrequest_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, given=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, given__isnull=False),
                name="access_partrequest_is_answered_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} asks for a part in {self.child_id}"
