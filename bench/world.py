"""A scratch database of its own under var/bench, filled from the workload through the record, and thrown
away.
"""

import logging
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.engine_bulk import PACK, RULES
from bench.workload import NOW, SEED, Line, log_lines
from lantern import engine

if TYPE_CHECKING:
    from lantern.access.models import Person
    from lantern.record.models import Child, Episode

VAR = Path(__file__).resolve().parent.parent / "var" / "bench"
HEADER = {"event", "id", "child", "episode", "occurred_at", "recorded_at", "by_role", "agency"}
AGENCY = {"authority": "kingston", "police": "met"}


@dataclass
class Known:
    """One child of the scratch county: the record's child and episodes, and the lines that are still to come."""

    child: "Child"
    episodes: dict[str, "Episode"] = field(default_factory=dict)
    to_come: list[Line] = field(default_factory=list)
    beside: Any = None  # the same child the Django way


@contextmanager
def scratch() -> Iterator[None]:
    """Start a server, make the tables, and remove everything afterwards."""
    os.environ |= {"LANTERN_VAR": str(VAR), "LANTERN_PLAIN_HTTP": "yes", "LANTERN_PROCESS": "bench"}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "lantern.settings", "LANTERN_MAIL_FOLDER": str(VAR / "mail")}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    shutil.rmtree(VAR / "keys", ignore_errors=True)
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings
    from django.db import connections

    from lantern.plumbing import postgres
    from lantern.plumbing.postgres import prepare

    home = postgres.home_for(settings.VAR)
    _remove(home)
    try:
        prepare.start_embedded()
        prepare.migrate(verbosity=0)
        yield
    finally:
        connections.close_all()
        _remove(home)


def _remove(home: Any) -> None:
    from lantern.plumbing import postgres

    if postgres.is_running(home):
        postgres.stop(home)
    shutil.rmtree(home.folder, ignore_errors=True)


def county(children: int) -> tuple[list[Known], "Person"]:
    """Fill the record with the first part of each child's log; the rest is to come. And a front-door worker."""
    from bench import django_way
    from lantern.access import context, grants
    from lantern.access.models import Person
    from lantern.access.roles import DESCRIBED

    django_way.make_tables()
    with context.system("bench"):
        kingston = grants.add_agency("kingston", "Kingston", "authority", authority="Kingston")
        met = grants.add_agency("met", "Metropolitan Police", "police")
        worker = Person.objects.create_person("front.door@kingston.example", "Front Door")
        officer = Person.objects.create_person("officer@met.example", "Officer")
        for person, agency in ((worker, kingston), (officer, met)):
            for name, role in DESCRIBED.items():
                if agency.kind in role.kinds:
                    grants.give_role(person, agency, name, NOW)
    dice = random.Random(SEED)  # noqa: S311  a repeatable workload, not a secret
    logs = list(log_lines(children * 3).values())[:children]
    return [_record(lines, dice.randint(2, len(lines) - 1)) for lines in logs if len(lines) > 2], worker


def _record(lines: list[Line], until: int) -> Known:
    from bench import django_way
    from lantern.access import context
    from lantern.actions.judge import judge
    from lantern.actions.record_event import append_events
    from lantern.record.append import open_child

    lines[0] |= {"responsible_authority": "Kingston", "host_authority": "Kingston"}
    with context.system("bench"):
        known = Known(open_child(by=_actor(), at=NOW), to_come=lines[until:])
        events = [new_event(known, line) for line in lines[:until]]
    append_events(known.child, events, by=_actor(), at=NOW)
    problem = judge(known.child, at=NOW).problem
    if problem:
        raise RuntimeError(f"the rules failed for a child of the workload: {problem}")
    known.beside = django_way.add_child(lines[:until])
    return known


def new_event(known: Known, line: Line) -> Any:
    """A log line of the workload as an event to append; opens its episode where it is the first."""
    from lantern.record.append import NewEvent, open_episode

    key = line.get("episode")
    if key and key not in known.episodes:
        known.episodes[key] = open_episode(known.child, by=_actor(), at=NOW)
    return NewEvent(
        line["event"],
        datetime.fromisoformat(line["occurred_at"]),
        {name: value for name, value in line.items() if name not in HEADER},
        known.episodes.get(key) if key else None,
        by_role=line["by_role"],
        agency=AGENCY[line["agency"]],
    )


@contextmanager
def twelve_rules() -> Iterator[None]:
    """Inside, every child is judged by the pack of twelve rules instead of the national guidance."""
    from lantern.evaluations import which_pack

    twelve, as_in_use = engine.load_folder(PACK), which_pack.pack
    which_pack.pack = lambda name, edition=None: twelve  # type: ignore[assignment]  # the same but for its cache
    try:
        yield
    finally:
        which_pack.pack = as_in_use


def duties_as_text(known: Known) -> list[str]:
    """The duties stored for a child as `engine_bulk.as_text` has them."""
    from lantern.access import context
    from lantern.duties.models import OPEN, Duty

    with context.system("bench"):
        rows = list(Duty.objects.filter(child=known.child).values_list("duty", "stage", "due_at"))
    return [
        f"{RULES[duty]} {'overdue' if stage == OPEN and due < NOW else stage} {due:%Y-%m-%dT%H:%M:%S}"
        for duty, stage, due in rows
    ]


def forget_duties() -> None:
    """Throw away what a rebuild makes again."""
    from django.db import connection

    from lantern.access import context
    from lantern.evaluations.queries import forget_standings

    with context.system("bench"), connection.cursor() as cursor:
        forget_standings()
        cursor.execute("DELETE FROM duties_duty")
        cursor.execute("DELETE FROM evaluations_episodenow")


def rows_written() -> int:
    """Rows that were inserted, changed or removed in our tables so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE schemaname = 'public'"
        )
        return int(cursor.fetchone()[0])


def _actor() -> Any:
    from lantern.record.actor import Actor

    return Actor(None, "front_door", "kingston", source_kind="command", source_ref="bench")
