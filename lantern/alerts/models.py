"""Messages to people, each try to deliver them, and the heartbeat of the worker."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL

WAITING, SENDING, SENT, GIVEN_UP, NOT_NEEDED, NOBODY = "waiting", "sending", "sent", "given_up", "not_needed", "nobody"
STATES = (WAITING, SENDING, SENT, GIVEN_UP, NOT_NEEDED, NOBODY)


class Message(models.Model):
    """That one person is to be told one thing by one channel, once.

    `about` is what the link leads to: a duty, a child whose evaluation failed, an agency that asks for a part in a
    case, or a report in quarantine. `occasion` tells two occasions of the same level apart (a duty may fall due again
    at a later time). There is no text here: a message is a level and a link, worded when it is sent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey("record.Child", on_delete=models.PROTECT, related_name="+", null=True)
    about = models.CharField(max_length=12, help_text="duty, child, parts, intake")
    duty = models.UUIDField(help_text="id of what it is about; a duty can be made again, so this is no foreign key")
    level = models.CharField(
        max_length=20, help_text="arisen, due_soon, overdue, climb_1, failed, quarantined, part_asked"
    )
    occasion = models.DateTimeField(help_text="the instant that the level belongs to: the due time, the arising …")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="none: nobody to tell",
    )
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default=WAITING)
    planned_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, help_text="when to try, or, while sending, when to take it over")
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    repeated = models.BooleanField(default=False, help_text="it may have reached the person before, and says so")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["duty", "level", "occasion", "recipient", "channel"],
                nulls_distinct=False,
                name="a_person_is_told_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="message_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=(WAITING, SENDING), next_try_at__isnull=False)
                | (~models.Q(state__in=(WAITING, SENDING)) & models.Q(next_try_at__isnull=True)),
                name="only_unsent_messages_are_tried",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], name="message_next_try", condition=models.Q(next_try_at__isnull=False)
            ),
        ]

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        about = OPERATIONAL
        duty = OPERATIONAL
        level = OPERATIONAL
        occasion = OPERATIONAL
        recipient = PERSONAL
        channel = OPERATIONAL
        state = OPERATIONAL
        planned_at = OPERATIONAL
        next_try_at = OPERATIONAL
        tries = OPERATIONAL
        sent_at = OPERATIONAL
        repeated = OPERATIONAL

    def __str__(self) -> str:
        return f"{self.level} about {self.about} {self.duty}"


class Attempt(models.Model):
    """One try to deliver a message. Without an outcome it is under way, or whoever tried was killed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    child = models.ForeignKey("record.Child", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    began_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True, help_text="sent, passing, permanent; unknown; or empty")
    code = models.CharField(max_length=60, blank=True, help_text="what the other side answered, as a code")

    class Privacy:
        id = OPERATIONAL
        message = OPERATIONAL
        child = OPERATIONAL
        began_at = OPERATIONAL
        outcome = OPERATIONAL
        code = OPERATIONAL

    def __str__(self) -> str:
        return f"{self.outcome or 'under way'}: {self.message_id}"


class Heartbeat(models.Model):
    """The last round of each worker process; when the latest is old, alerting itself has stopped."""

    worker = models.CharField(max_length=80, primary_key=True, help_text="host and process id")
    beat_at = models.DateTimeField()
    healed = models.PositiveIntegerField(default=0, help_text="logs that had run ahead of their evaluation, this round")
    looked = models.PositiveIntegerField(default=0, help_text="children looked at again, this round")
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0, help_text="children that could not be looked at, this round")
    late_seconds = models.FloatField(default=0, help_text="how long the most overdue look had waited, this round")

    class Privacy:
        worker = OPERATIONAL
        beat_at = OPERATIONAL
        healed = OPERATIONAL
        looked = OPERATIONAL
        sent = OPERATIONAL
        failed = OPERATIONAL
        late_seconds = OPERATIONAL

    def __str__(self) -> str:
        return f"{self.worker} at {self.beat_at:%H:%M:%S}"
