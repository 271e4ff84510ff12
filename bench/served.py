"""Pages as people get them: over HTTP, from the web server as `lantern serve` starts it, two clients at once.

That is gunicorn as in use (`plumbing/gunicorn_conf.py`): two worker processes, threads in each. The yardstick
(`lean_page.py`) is served in the same way, and the two are asked in turn.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.http_clients import Ask, Load, ask_at_once
from bench.timing import Measure, Samples
from bench.workload import NOW
from bench.world import VAR, Known

if TYPE_CHECKING:
    from django.test import Client

    from lantern.access.models import Person

CLIENTS = 2
ROUNDS = 7
PAGES, POSTS = 50, 20  # requests of one client in one round, besides the first
ROWS = 100  # duties of the list
UP_WITHIN = 30  # seconds
LEAN = "a lean Django page"
POSTED = "information_received"
CONFIGURED = ("--config", "python:lantern.plumbing.gunicorn_conf")


def measure(county: Sequence[Known], worker: "Person") -> list[Measure]:
    """The list of a hundred duties beside the lean page; then an event posted to its form, each to its own episode."""
    from django.db import connections

    desk, poster = _client(_desk()), _client(worker)
    desk.get("/duties/")  # from here on its session is not written for a minute
    posts = _posts(county, poster)
    connections.close_all()  # the clients are forked
    with _ours() as port, _lean() as (lean_port, lean):
        pages: list[tuple[Load, Load]] = []
        for _ in range(ROUNDS):
            theirs = ask_at_once(lean_port, lean, [[Ask("/duties/")] * (PAGES + 1)] * CLIENTS)
            pages.append((ask_at_once(port, _cookies(desk), [[Ask("/duties/")] * (PAGES + 1)] * CLIENTS), theirs))
        posted = [ask_at_once(port, _cookies(poster), shares) for shares in posts]
    return [*_beside(pages), *_posted(posted)]


def _beside(pages: Sequence[tuple[Load, Load]]) -> list[Measure]:
    ours, lean = _all(one for one, _ in pages), _all(one for _, one in pages)
    rate, lean_rate = (statistics.median(pair[which].rate for pair in pages) for which in (0, 1))
    times = statistics.median(one.rate / other.rate for one, other in pages)
    slowest = statistics.median(one.answers.p95 / other.answers.p95 for one, other in pages)
    name = f"list of {ROWS} duties"
    return [
        lean.measure(f"{LEAN} of {ROWS} rows, {pages[0][1].bytes / 1024:.0f} KiB"),
        Measure("the same, a second", "pages/s", lean_rate, None, len(pages)),
        ours.measure(f"{name}, {pages[0][0].bytes / 1024:.0f} KiB"),
        Measure("the same, a second", "pages/s", rate, None, len(pages), times, LEAN, "9"),
        Measure("its slowest twentieth", "ms", ours.p95 * 1000, None, len(pages), slowest, LEAN, "9 p95"),
    ]


def _posted(loads: Sequence[Load]) -> list[Measure]:
    taken, rate = _all(loads), statistics.median(one.rate for one in loads)
    return [
        taken.measure("one event posted to its form", answers="10 p95"),
        Measure("the same, a second", "events/s", rate, None, len(loads), answers="10"),
    ]


def _all(loads: Iterable[Load]) -> Samples:
    return Samples([seconds for load in loads for seconds in load.answers.seconds])


def _desk() -> "Person":
    """A social worker of a council to which the hundred duties of social workers that are due first were moved."""
    from lantern.access import context, grants
    from lantern.access.models import Person
    from lantern.duties.models import OPEN, Duty

    with context.system("bench"):
        sutton = grants.add_agency("sutton", "Sutton", "authority", authority="Sutton")
        desk = Person.objects.create_person("desk@sutton.example", "Desk")
        grants.give_role(desk, sutton, "social_worker", NOW)
        # those of the county: the children of `sweep` have no event
        whose = Duty.objects.filter(stage=OPEN, owner_role="social_worker", child__events__seq=1)
        found = list(whose.order_by("due_at", "id")[:ROWS])
        Duty.objects.filter(pk__in=[duty.pk for duty in found]).update(owner_agency=sutton.code)
        for child in {duty.child_id for duty in found}:
            grants.give_case_role(child, sutton, "host_authority", NOW)
    return desk


def _posts(county: Sequence[Known], client: "Client") -> list[list[list[Ask]]]:
    """The shares of the clients for each round: no two requests for one episode, no two clients for one child."""
    asks: list[Ask] = []
    form: dict[str, str] = {}
    for known in county:
        episode = next(iter(known.episodes.values()), None)
        if episode is None:
            continue
        path = f"/episodes/{episode.ref}/record/{POSTED}/"
        form = form or _form(client, path)
        asks.append(Ask(path, urlencode(form | _fresh(known)), expects=302))
    cut = range(0, len(asks) - (POSTS + 1) * CLIENTS + 1, (POSTS + 1) * CLIENTS)
    return [[asks[at + number : at + (POSTS + 1) * CLIENTS : CLIENTS] for number in range(CLIENTS)] for at in cut]


def _form(client: "Client", path: str) -> dict[str, str]:
    from tests.pages.browse import Browse

    return Browse(client).get(path).form(path) | {"whereabouts": "unknown"}


def _fresh(known: Known) -> dict[str, str]:
    """The hidden fields as the form of this child has them."""
    from lantern.access import context
    from lantern.pages.writing import fresh

    with context.system("bench"):
        return {name: str(value) for name, value in fresh(known.child).items()}


def _cookies(client: "Client") -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())}


def _client(person: "Person") -> "Client":
    """A client in whose session `person` gave both factors."""
    from django.test import Client

    from tests.personas import signed_in_client

    return signed_in_client(person, Client(SERVER_NAME="localhost"))


@contextmanager
def _ours() -> Iterator[int]:
    """The port of our server."""
    port = _free_port()
    with _running(["lantern", "serve", "--bind", f"127.0.0.1:{port}"], port, {}):
        yield port


@contextmanager
def _lean() -> Iterator[tuple[int, dict[str, str]]]:
    """The port of the yardstick and the cookie of somebody who is signed in there."""
    from django.db import connections

    place = connections["owner"].settings_dict
    names = {"PGHOST": "HOST", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    database = {name: str(place[key]) for name, key in names.items()}
    made = subprocess.run(
        [sys.executable, "-m", "bench.lean_page"], env=os.environ | database, capture_output=True, text=True, check=True
    )
    port = _free_port()
    arguments = ["gunicorn", *CONFIGURED, "--bind", f"127.0.0.1:{port}", "bench.lean_page:application"]
    with _running(arguments, port, database):
        yield port, {"Cookie": f"sessionid={made.stdout.strip()}"}


@contextmanager
def _running(module: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    """A server, from when it answers; what it writes is in var/bench/<module>.log."""
    with (VAR / f"{module[0]}.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *module], env=os.environ | environment, stderr=log)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait(UP_WITHIN)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + UP_WITHIN
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not come up: see the logs in {VAR}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
