"""Agencies and the people who work for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, PUBLIC


class Agency(models.Model):
    """An organisation that takes part: a council, a police force, a provider of homes …"""

    class Kind(models.TextChoices):
        """What sort of organisation; a role belongs to some kinds only."""

        AUTHORITY = "authority", "local authority"
        POLICE = "police", "police force"
        PROVIDER = "provider", "provider of care"
        SCHOOL = "school", "school"
        HEALTH = "health", "health service"
        CHARITY = "charity", "charity"

    class Privacy:
        id = PUBLIC
        code = PUBLIC
        name = PUBLIC
        kind = PUBLIC
        authority = PUBLIC
        contact = PUBLIC

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True, help_text="Short name that events carry, such as kingston.")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    authority = models.CharField(
        max_length=80,
        blank=True,
        help_text="For a local authority: its short name, such as North Lincolnshire.",
    )

    contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="How other agencies reach its front door: a telephone number, an e-mail address, in one line.",
    )

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="authority", authority__gt="") | (~Q(kind="authority") & Q(authority="")),
                name="access_agency_authorities_have_a_short_name",
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=Q(authority__gt=""), name="access_agency_one_per_authority"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one agency; in force until it is ended."""

    class Privacy:
        id = OPERATIONAL
        person = PERSONAL
        agency = OPERATIONAL
        role = OPERATIONAL
        since = OPERATIONAL
        until = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="When it was ended; empty while in force.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(until=None),
                name="access_membership_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="access_membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.agency_id}"
