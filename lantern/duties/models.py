"""The table of duties: one row for each duty that ever arose for a child, as the latest good evaluation has it."""

from typing import ClassVar

from django.db import models

from lantern.plumbing.privacy import OPERATIONAL, PUBLIC, SPECIAL

OPEN = "open"
CANNOT_TELL = "cannot_tell"
TO_ANSWER = (OPEN, CANNOT_TELL)  # somebody still has to do something: the duty, or supply the missing fact
STAGES = (OPEN, "met", "met_late", "set_aside", "lapsed", "missed", "cannot_tell")


class Duty(models.Model):
    """Something a named role of an agency owes.

    Whether an open duty is upcoming, due now or overdue follows from `due_at` and the present instant; it is never
    kept. `next_look_at` is the instant after which somebody may have to be told something (see `attention`).
    The id follows from child and key, so that a duty keeps its address when the table is made again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    child = models.ForeignKey("record.Child", on_delete=models.PROTECT, related_name="+", db_index=False)
    episode = models.ForeignKey("record.Episode", on_delete=models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=300, help_text="stable within the child")
    duty = models.CharField(max_length=120)
    variant = models.CharField(max_length=120, blank=True)
    instance = models.PositiveIntegerField(default=1)
    owner_role = models.CharField(max_length=60)
    owner_agency = models.CharField(max_length=80, blank=True, help_text="short code; empty where no agency is known")
    strength = models.CharField(max_length=10, help_text="must, should, may")
    stage = models.CharField(max_length=12, help_text="open, met, met_late, set_aside, lapsed, missed, cannot_tell")
    arose_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="last instant at which it is in time; none: as soon as possible")
    met_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="when somebody of the owner's agency acknowledged it")
    needs_answer = models.BooleanField(default=False, help_text="it climbs while nobody acknowledges it")
    serious = models.BooleanField(default=False)
    pack = models.CharField(max_length=300, blank=True, help_text="name@edition")
    says = models.TextField(help_text="what is to be done")
    in_words = models.TextField(help_text="why it is owed, and its state")
    because = models.JSONField()
    cites = models.JSONField()
    assumed = models.JSONField()
    missing_facts = models.JSONField()
    contents = models.JSONField()
    digest = models.BinaryField(help_text="hash of all of the above, to notice what changed")
    mark = models.BinaryField(default=b"", help_text="hash of what it all follows from, so that most need not be made")
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "key"], name="one_duty_for_each_key"),
            models.CheckConstraint(condition=models.Q(stage__in=STAGES), name="duty_stage_is_known"),
            models.CheckConstraint(
                condition=models.Q(stage=OPEN) | models.Q(next_look_at__isnull=True),
                name="only_open_duties_are_looked_at",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_look_at"], name="duty_next_look", condition=models.Q(next_look_at__isnull=False)
            ),
            models.Index(
                fields=["owner_agency", "owner_role", "due_at"],
                name="duty_still_to_answer",
                condition=models.Q(stage__in=TO_ANSWER),
            ),
        ]

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        episode = OPERATIONAL
        key = OPERATIONAL
        duty = PUBLIC
        variant = PUBLIC
        instance = OPERATIONAL
        owner_role = OPERATIONAL
        owner_agency = OPERATIONAL
        strength = PUBLIC
        stage = OPERATIONAL
        arose_at = OPERATIONAL
        due_at = OPERATIONAL
        met_at = OPERATIONAL
        answered_at = OPERATIONAL
        needs_answer = PUBLIC
        serious = PUBLIC
        pack = PUBLIC
        says = PUBLIC
        in_words = SPECIAL
        because = SPECIAL
        cites = PUBLIC
        assumed = PUBLIC
        missing_facts = SPECIAL
        contents = PUBLIC
        digest = OPERATIONAL
        mark = OPERATIONAL
        next_look_at = OPERATIONAL

    def __str__(self) -> str:
        return self.key
