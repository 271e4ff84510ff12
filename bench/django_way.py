"""The yardstick for what is stored: the same events and the same twelve rules by hand, kept the usual Django way.

Plain tables, models, `bulk_create` and `bulk_update`; no encryption, no row-level security, no hash chain, no
citations. Import it once Django is set up.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import connections, models, transaction

from bench import plain
from bench.workload import NOW, Line

HEADER = ("event", "occurred_at", "episode")
BATCH = 100  # children read at once by a rebuild, as many as ours
ROWS = 2000  # of one statement of a rebuild
USUAL = "usual"  # the connection


class _ByTheUsualWay(models.Manager):
    """Over a connection with Django's own settings: ours lets the server bind values and prepare statements."""

    def get_queryset(self):
        return super().get_queryset().using(USUAL)


class BenchChild(models.Model):
    """A child."""

    key = models.CharField(max_length=40)

    objects = _ByTheUsualWay()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.key


class BenchEvent(models.Model):
    """What happened to a child."""

    child = models.ForeignKey(BenchChild, models.CASCADE)
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    episode = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    fields = models.JSONField()

    objects = _ByTheUsualWay()

    class Meta:
        app_label = "bench"
        indexes: ClassVar = [models.Index(fields=["child", "seq"], name="bench_event_seq")]

    def __str__(self) -> str:
        return f"{self.name} of {self.child_id}"


class BenchDuty(models.Model):
    """What is owed."""

    child = models.ForeignKey(BenchChild, models.CASCADE)
    episode = models.CharField(max_length=40)
    rule = models.CharField(max_length=8)
    instance = models.PositiveIntegerField()
    owner = models.CharField(max_length=40)
    due = models.DateTimeField()
    status = models.CharField(max_length=10)
    because = models.CharField(max_length=120)

    objects = _ByTheUsualWay()

    class Meta:
        app_label = "bench"
        indexes: ClassVar = [models.Index(fields=["due"], name="bench_open", condition=models.Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.rule} of {self.child_id}"


TABLES = (BenchChild, BenchEvent, BenchDuty)
_COMPARED = ("owner", "due", "status", "because")


def make_tables() -> None:
    """As the owner, as migrations do; and the connection that they are used over."""
    connections.databases[USUAL] = connections.databases["default"] | {"OPTIONS": {}}
    with connections["owner"].schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)


def add_child(lines: list[Line]) -> BenchChild:
    """A child with the first part of a log, and the duties of that moment."""
    child = BenchChild.objects.create(key=lines[0]["child"])
    BenchEvent.objects.bulk_create(_event(child, seq, line) for seq, line in enumerate(lines, 1))
    BenchDuty.objects.bulk_create(_duties(child, _log(child)))
    return child


def append(child: BenchChild, line: Line) -> None:
    """One event; the child's duties judged anew; what changed stored; one transaction."""
    with transaction.atomic(using=USUAL):
        BenchChild.objects.select_for_update().get(pk=child.pk)
        last = BenchEvent.objects.filter(child=child).aggregate(last=models.Max("seq"))["last"]
        _event(child, last + 1, line).save(force_insert=True, using=USUAL)
        held = {_key(duty): duty for duty in BenchDuty.objects.filter(child=child)}
        new, changed = [], []
        for duty in _duties(child, _log(child)):
            before = held.pop(_key(duty), None)
            if before is None:
                new.append(duty)
            elif any(getattr(before, name) != getattr(duty, name) for name in _COMPARED):
                duty.pk = before.pk
                changed.append(duty)
        BenchDuty.objects.bulk_create(new)
        if changed:
            BenchDuty.objects.bulk_update(changed, _COMPARED)
        if held:
            BenchDuty.objects.filter(pk__in=[duty.pk for duty in held.values()]).delete()


def rebuild() -> None:
    """Every duty thrown away and made again from the events."""
    with transaction.atomic(using=USUAL):
        BenchDuty.objects.all().delete()
        children = list(BenchChild.objects.order_by("pk"))
        for start in range(0, len(children), BATCH):
            some = children[start : start + BATCH]
            logs: dict[int, list[plain.Event]] = {child.pk: [] for child in some}
            for event in BenchEvent.objects.filter(child__in=some).order_by("child", "seq"):
                logs[event.child_id].append(_as_happened(event))
            made = [duty for child in some for duty in _duties(child, logs[child.pk])]
            BenchDuty.objects.bulk_create(made, batch_size=ROWS)


def stored(child: BenchChild) -> list[str]:
    """The duties of a child as text, to compare."""
    rows = BenchDuty.objects.filter(child=child)
    return [f"{row.rule} {row.status} {row.due.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" for row in rows]


def _event(child: BenchChild, seq: int, line: Line) -> BenchEvent:
    fields = {name: value for name, value in line.items() if name not in HEADER}
    at = datetime.fromisoformat(line["occurred_at"])
    return BenchEvent(child=child, seq=seq, name=line["event"], episode=line.get("episode", ""), at=at, fields=fields)


def _log(child: BenchChild) -> list[plain.Event]:
    return [_as_happened(event) for event in BenchEvent.objects.filter(child=child).order_by("seq")]


def _as_happened(event: BenchEvent) -> plain.Event:
    line: dict[str, Any] = {**event.fields, **({"episode": event.episode} if event.episode else {})}
    return plain.Event(event.name, event.at, line)


def _duties(child: BenchChild, events: list[plain.Event]) -> Iterator[BenchDuty]:
    for episode, duties in plain.by_episode(events, NOW):
        yield from _numbered(child, episode, duties)


def _numbered(child: BenchChild, episode: str, duties: Iterable[plain.Duty]) -> Iterator[BenchDuty]:
    count: dict[str, int] = {}
    for one in duties:
        count[one.rule] = number = count.get(one.rule, 0) + 1
        yield BenchDuty(
            child=child,
            episode=episode,
            rule=one.rule,
            instance=number,
            owner=one.owner,
            due=one.due,
            status=one.status,
            because=one.because,
        )


def _key(duty: BenchDuty) -> tuple[str, str, int]:
    return duty.episode, duty.rule, duty.instance
