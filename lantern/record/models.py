"""The tables of the record. Only `append`, `project`, `erase` and `seal` write them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, SECRET, SPECIAL

HASH = 64  # a SHA-256 in hex
NAME = 200
CODE = 80


class Child(models.Model):
    """A child, as an identity alone; what is known of the child is in the log."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ref = models.CharField(max_length=12, unique=True)
    created_at = models.DateTimeField()

    class Privacy:
        id = OPERATIONAL
        ref = OPERATIONAL
        created_at = OPERATIONAL

    def __str__(self) -> str:
        return self.ref


class Episode(models.Model):
    """One absence of one child, as an identity alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="episodes")
    ref = models.CharField(max_length=12, unique=True)
    opened_at = models.DateTimeField()

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        ref = OPERATIONAL
        opened_at = OPERATIONAL

    def __str__(self) -> str:
        return self.ref


class LoggedEvent(models.Model):
    """One event; never changed, never removed. `seq` counts 1..n for each child."""

    id = models.UUIDField(primary_key=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="events", db_index=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="events", null=True, db_index=False)
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=CODE)
    version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=CODE)
    agency = models.CharField(max_length=CODE)
    on_behalf_of = models.CharField(max_length=CODE, null=True)  # noqa: DJ001  none and empty hash differently
    source_kind = models.CharField(max_length=CODE)
    source_ref = models.CharField(max_length=NAME)
    payload = models.JSONField()
    personal_digest = models.CharField(max_length=HASH, blank=True)
    prev_hash = models.CharField(max_length=HASH, blank=True)
    hash = models.CharField(max_length=HASH)
    mac = models.CharField(max_length=HASH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "seq"], name="one_event_for_each_seq")]

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        episode = OPERATIONAL
        seq = OPERATIONAL
        type = SPECIAL
        version = OPERATIONAL
        occurred_at = OPERATIONAL
        recorded_at = OPERATIONAL
        by_person = OPERATIONAL
        by_role = OPERATIONAL
        agency = OPERATIONAL
        on_behalf_of = OPERATIONAL
        source_kind = OPERATIONAL
        source_ref = OPERATIONAL
        payload = SPECIAL
        personal_digest = OPERATIONAL
        prev_hash = OPERATIONAL
        hash = OPERATIONAL
        mac = OPERATIONAL

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"


class PersonalPayload(models.Model):
    """The personal fields of one event, encrypted under the child's key."""

    event = models.OneToOneField(LoggedEvent, models.PROTECT, primary_key=True, related_name="personal")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    nonce = models.BinaryField()
    ciphertext = models.BinaryField()

    class Privacy:
        event = OPERATIONAL
        child = OPERATIONAL
        nonce = OPERATIONAL
        ciphertext = SPECIAL

    def __str__(self) -> str:
        return f"personal fields of {self.event_id}"


class ChildKey(models.Model):
    """The child's key under the master key; erasing a child destroys it."""

    child = models.OneToOneField(Child, models.PROTECT, primary_key=True, related_name="+")
    wrapped_key = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped_key__isnull=True) ^ models.Q(destroyed_at__isnull=True),
                name="a_key_is_there_or_destroyed",
            )
        ]

    class Privacy:
        child = OPERATIONAL
        wrapped_key = SECRET
        destroyed_at = OPERATIONAL

    def __str__(self) -> str:
        return f"key of {self.child_id}"


class Idempotency(models.Model):
    """What an idempotency key was used for, so that a repeat gets the same answer. `result`: ids of the events."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=NAME)
    request_mac = models.CharField(max_length=HASH)
    result = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "key"], name="one_answer_for_each_key")]

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        key = OPERATIONAL
        request_mac = OPERATIONAL
        result = OPERATIONAL

    def __str__(self) -> str:
        return self.key


class ChildCard(models.Model):
    """What is known of the child now, folded from the log; the only plain names. It can be rebuilt at any time.

    folded: how many events of the log shaped it. name_key and police_references: as they are compared.
    """

    child = models.OneToOneField(Child, models.PROTECT, primary_key=True, related_name="card")
    folded = models.PositiveIntegerField()
    given_name = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    name_key = models.CharField(max_length=NAME, blank=True)
    date_of_birth = models.DateField(null=True)
    gender = models.TextField(blank=True)
    ethnicity = models.TextField(blank=True)
    address = models.TextField(blank=True)
    looked_after = models.BooleanField(null=True)
    legal_basis = models.TextField(blank=True)
    responsible_authority = models.TextField(blank=True)
    host_authority = models.TextField(blank=True)
    police_references = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["name_key", "date_of_birth"], name="card_name_and_birth"),
            GinIndex(fields=["police_references"], opclasses=["jsonb_path_ops"], name="card_police_references"),
        ]

    class Privacy:
        child = OPERATIONAL
        folded = OPERATIONAL
        given_name = PERSONAL
        family_name = PERSONAL
        known_as = PERSONAL
        name_key = PERSONAL
        date_of_birth = PERSONAL
        gender = PERSONAL
        ethnicity = SPECIAL
        address = PERSONAL
        looked_after = SPECIAL
        legal_basis = SPECIAL
        responsible_authority = OPERATIONAL
        host_authority = OPERATIONAL
        police_references = PERSONAL

    def __str__(self) -> str:
        return f"card of {self.child_id}"


class Erasure(models.Model):
    """That a child's personal payload was made unreadable, by whom and why; never removed."""

    child = models.OneToOneField(Child, models.PROTECT, primary_key=True, related_name="+")
    erased_at = models.DateTimeField()
    by_person = models.UUIDField(null=True)
    by_role = models.CharField(max_length=CODE)
    agency = models.CharField(max_length=CODE)
    reason = models.CharField(max_length=CODE)

    class Privacy:
        child = OPERATIONAL
        erased_at = OPERATIONAL
        by_person = OPERATIONAL
        by_role = OPERATIONAL
        agency = OPERATIONAL
        reason = OPERATIONAL

    def __str__(self) -> str:
        return f"erasure of {self.child_id}"


class Suppression(models.Model):
    """A keyed hash of who was erased (name and birth, or a police reference), so that no import brings them back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=HASH, db_index=True)

    class Privacy:
        id = OPERATIONAL
        child = OPERATIONAL
        digest = SECRET

    def __str__(self) -> str:
        return f"suppression of {self.child_id}"


class Checkpoint(models.Model):
    """The database's own copy of each checkpoint's hash; the checkpoints themselves are in var/checkpoints."""

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=HASH)

    class Privacy:
        number = OPERATIONAL
        sealed_at = OPERATIONAL
        hash = OPERATIONAL

    def __str__(self) -> str:
        return f"checkpoint {self.number}"
