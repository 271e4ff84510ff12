"""What arrived, byte for byte."""

from django.db import models

from lantern.plumbing.encryption import decrypt, unwrap
from lantern.plumbing.errors import Refused
from lantern.plumbing.ids import new_id
from lantern.plumbing.privacy import OPERATIONAL, PERSONAL, SECRET, SPECIAL

HASH = 64  # a SHA-256 in hex
CODE = 80
LONGEST_MESSAGE_ID = 300


class InboundMessage(models.Model):
    """One message as it arrived. Its bytes are encrypted under a key of their own and never change.

    deliveries: how often the same bytes came. same_id_other_content: an earlier message of this feed had the same
    Message-ID and other bytes. problems: what kept it from being translated, without a word of the message.
    """

    class State(models.TextChoices):
        """What became of it."""

        KEPT = "kept", "kept, not looked at yet"
        TRANSLATED = "translated", "translated into events"
        QUARANTINED = "quarantined", "waits for a person"
        SET_ASIDE = "set_aside", "a person decided that it holds no report"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feed = models.CharField(max_length=CODE)
    message_id = models.CharField(max_length=LONGEST_MESSAGE_ID, blank=True)
    content_hash = models.CharField(max_length=HASH)
    size = models.PositiveIntegerField()
    wrapped_key = models.BinaryField(null=True)
    nonce = models.BinaryField()
    ciphertext = models.BinaryField()
    received_at = models.DateTimeField()
    deliveries = models.PositiveIntegerField(default=1)
    last_delivered_at = models.DateTimeField()
    same_id_other_content = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.KEPT)
    problems = models.JSONField(default=list)
    child_id = models.UUIDField(null=True)
    events = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "message_id", "content_hash"], name="one_intake_for_each_message"),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(state="quarantined"), name="intake_waiting"),
            models.Index(fields=["received_at"], condition=models.Q(state="kept"), name="intake_unfinished"),
            models.Index(fields=["child_id"], name="intake_child"),
        ]

    class Privacy:
        id = OPERATIONAL
        feed = OPERATIONAL
        message_id = PERSONAL
        content_hash = OPERATIONAL
        size = OPERATIONAL
        wrapped_key = SECRET
        nonce = OPERATIONAL
        ciphertext = SPECIAL
        received_at = OPERATIONAL
        deliveries = OPERATIONAL
        last_delivered_at = OPERATIONAL
        same_id_other_content = OPERATIONAL
        state = OPERATIONAL
        problems = OPERATIONAL
        child_id = OPERATIONAL
        events = OPERATIONAL
        candidates = OPERATIONAL
        decided_at = OPERATIONAL
        decided_by = OPERATIONAL

    def __str__(self) -> str:
        return f"{self.feed} {self.id}"

    @property
    def raw(self) -> bytes:
        """The message as it arrived. Raises Refused when it was erased with its child."""
        if self.wrapped_key is None:
            raise Refused("This message was erased with the record of its child.")
        key = unwrap(bytes(self.wrapped_key), self.id.bytes)
        return decrypt(key, bytes(self.nonce), bytes(self.ciphertext), self.id.bytes)
