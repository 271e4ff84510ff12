"""Adoptions of packs, evaluations kept, and where each child's evaluation stands."""

from typing import ClassVar

from django.db import models

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PUBLIC, SPECIAL


class Adoption(models.Model):
    """An authority works by this edition of this pack, from one instant until another (or until further notice)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.CharField(max_length=80, help_text="short name of the authority, such as Kingston")
    pack = models.CharField(max_length=80)
    edition = models.CharField(max_length=40)
    since = models.DateTimeField(help_text="first instant of the adoption, UTC")
    until = models.DateTimeField(null=True, blank=True, help_text="first instant after it, UTC")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(until__isnull=True), name="one_pack_in_force_per_authority"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="adoption_ends_after_it_begins",
            ),
        ]

    class Privacy:
        id = PUBLIC
        authority = PUBLIC
        pack = PUBLIC
        edition = PUBLIC
        since = PUBLIC
        until = PUBLIC

    def __str__(self) -> str:
        return f"{self.authority}: {self.pack}@{self.edition}"


class Evaluation(models.Model):
    """What the engine said about one child at one instant, or that it could not say.

    The reasons of the duties as they stand now are kept with the duties. Older ones are not kept twice: the engine is
    a pure function of packs (by hash), log (by last number) and instants, all kept here, so they can be had again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey("record.Child", on_delete=models.PROTECT, related_name="+", db_index=False)
    packs = models.JSONField(help_text="name, edition and content hash of each pack, the responsible authority's first")
    why_packs = models.TextField(help_text="why these packs govern, in words")
    log_seq = models.PositiveIntegerField(help_text="number of the child's last event that was seen")
    as_of = models.DateTimeField()
    known_at = models.DateTimeField()
    result = models.JSONField(help_text="episodes, duties (key, state, due), problems; null where it failed", null=True)
    failed = models.BooleanField(default=False)
    problem = models.JSONField(
        null=True, help_text="what failed: code, kind of error and place; no words of the record"
    )
    next_change_at = models.DateTimeField(null=True, help_text="when something changes without a new event")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["child", "-created_at"], name="evaluation_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(failed=True, problem__isnull=False) | models.Q(failed=False, result__isnull=False),
                name="an_evaluation_has_a_result_or_a_problem",
            )
        ]

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        packs = PUBLIC
        why_packs = OPERATIONAL
        log_seq = OPERATIONAL
        as_of = OPERATIONAL
        known_at = OPERATIONAL
        result = SPECIAL
        failed = OPERATIONAL
        problem = OPERATIONAL
        next_change_at = OPERATIONAL
        created_at = OPERATIONAL

    def __str__(self) -> str:
        return f"evaluation {self.id}"


class Standing(models.Model):
    """Where a child's evaluation stands: the row that judges of the same child queue for, and that the worker asks.

    `next_look_at` is the instant after which somebody must look again; `failed_since` says that the duties on the
    screen are the last good ones and may be out of date.
    """

    child = models.OneToOneField("record.Child", on_delete=models.PROTECT, primary_key=True, related_name="+")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    log_seq = models.PositiveIntegerField(default=0)
    fingerprint = models.BinaryField(default=b"", help_text="hash of packs and result, to notice that nothing changed")
    as_of = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(null=True)
    failed_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_look_at"], name="standing_next_look", condition=models.Q(next_look_at__isnull=False)
            ),
        ]

    class Privacy:
        child = OPERATIONAL
        evaluation = OPERATIONAL
        log_seq = OPERATIONAL
        fingerprint = OPERATIONAL
        as_of = OPERATIONAL
        next_look_at = OPERATIONAL
        failed_since = OPERATIONAL
        failures = OPERATIONAL

    def __str__(self) -> str:
        return f"standing of child {self.child_id}"


class EpisodeNow(models.Model):
    """What an episode is at present, by the latest evaluation: the row that lists of episodes are made from."""

    episode = models.OneToOneField("record.Episode", on_delete=models.PROTECT, primary_key=True, related_name="now")
    child = models.ForeignKey("record.Child", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, help_text="noticed, away, missing, located, returned, closed")
    police_category = models.JSONField(default=list)
    authority_category = models.JSONField(default=list)
    risk_level = models.CharField(max_length=20, blank=True, default="")
    risk_by = models.CharField(max_length=60, blank=True, default="", help_text="role that graded")
    risk_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(help_text="when the first event of the episode happened")
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["began_at"],
                name="episode_child_is_away",
                condition=models.Q(state__in=["noticed", "away", "missing"]),
            )
        ]

    class Privacy:
        episode = OPERATIONAL
        child = OPERATIONAL
        state = SPECIAL
        police_category = SPECIAL
        authority_category = SPECIAL
        risk_level = SPECIAL
        risk_by = OPERATIONAL
        risk_at = OPERATIONAL
        began_at = OPERATIONAL
        last_seen_at = OPERATIONAL

    def __str__(self) -> str:
        return f"episode {self.episode_id}: {self.state}"
