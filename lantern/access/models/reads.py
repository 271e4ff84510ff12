"""Who has looked at what."""

from django.db import models

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL


class ReadAudit(models.Model):
    """One look, or one refused try, at a child's record or at a report that could not be read.

    It is written before anything is shown and never changed.

    People, agencies, children and messages stand here by id or code and by no foreign key, so that a row outlives
    what it speaks of. It holds no name and no text that a person typed.
    """

    class Outcome(models.TextChoices):
        """Whether anything was shown; told: only which agency knows the child."""

        SHOWN = "shown"
        TOLD = "told"
        REFUSED = "refused"

    class Privacy:
        id = OPERATIONAL
        person_id = PERSONAL
        membership_id = OPERATIONAL
        agency_code = OPERATIONAL
        role = OPERATIONAL
        child_id = OPERATIONAL
        message_id = OPERATIONAL
        page = OPERATIONAL
        purpose = OPERATIONAL
        because = OPERATIONAL
        outcome = OPERATIONAL
        at = OPERATIONAL
        request_id = OPERATIONAL

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    membership_id = models.UUIDField(null=True, help_text="The membership that the right came from; none if refused.")
    agency_code = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=60, blank=True)
    child_id = models.UUIDField(null=True, help_text="None when the address led to no child that the person may see.")
    message_id = models.UUIDField(null=True, help_text="The report that could not be read, where one was opened.")
    page = models.CharField(max_length=80, help_text="Name of the address, never the address itself.")
    purpose = models.CharField(max_length=80)
    because = models.CharField(max_length=60, blank=True, help_text="The agency's part in the case.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    at = models.DateTimeField()
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "-at"], name="access_readaudit_child"),
            models.Index(fields=["agency_code", "-at"], name="access_readaudit_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.page} at {self.at:%Y-%m-%d %H:%M}"
