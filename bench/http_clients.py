"""Clients of a web server: processes that each ask for one thing after another, and clock it.

Each request has a connection of its own, as most reverse proxies ask by default: of two that are kept, both may have
met the same worker process, and the other idles.
"""

import multiprocessing
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from typing import Any

from bench.timing import Samples

APART = multiprocessing.get_context("fork")
PATIENCE = 60  # seconds for one answer, and until all clients are ready


@dataclass(frozen=True)
class Ask:
    """A page to get, or a form to post; a status other than `expects` is an error."""

    path: str
    body: str = ""
    expects: int = 200


@dataclass
class Load:
    """What the clients saw: the time of each answer, and for how long they asked."""

    answers: Samples = field(default_factory=Samples)
    seconds: float = 0
    bytes: int = 0

    @property
    def rate(self) -> float:
        """Answers a second, all clients together."""
        return len(self.answers.seconds) / self.seconds


def ask_at_once(port: int, headers: Mapping[str, str], shares: Sequence[Sequence[Ask]]) -> Load:
    """Each share by a process of its own, all at once; the first request of each is not counted."""
    ready = APART.Barrier(len(shares))
    ends = [APART.Pipe(duplex=False) for _ in shares]
    for share, (_, send) in zip(shares, ends, strict=True):
        APART.Process(target=_client, args=(port, headers, share, ready, send)).start()
        send.close()
    told = [receive.recv() for receive, _ in ends]
    failed = [each for each in told if isinstance(each, str)]
    if failed:
        raise RuntimeError(failed[0])
    load = Load()
    for _, _, taken, _ in told:
        load.answers.seconds += taken
    load.seconds = max(end for _, end, _, _ in told) - min(began for began, _, _, _ in told)
    load.bytes = told[0][3]
    return load


def _client(port: int, headers: Mapping[str, str], share: Sequence[Ask], ready: Any, send: Connection) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    taken, length = Samples(), 0
    try:
        _one(connection, headers, share[0])
        ready.wait(PATIENCE)
        began = time.perf_counter()
        for ask in share[1:]:
            length = taken.run(lambda ask=ask: _one(connection, headers, ask))
        send.send((began, time.perf_counter(), taken.seconds, length))
    except Exception as problem:  # noqa: BLE001  whatever it is, the parent says it
        ready.abort()
        send.send(f"a client failed: {problem!r}")
    finally:
        connection.close()


def _one(connection: HTTPConnection, headers: Mapping[str, str], ask: Ask) -> int:
    sent = {**headers, "Connection": "close"}
    if ask.body:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if ask.body else "GET", ask.path, ask.body or None, sent)
    response = connection.getresponse()
    length = len(response.read())
    if response.status != ask.expects:
        raise RuntimeError(f"{ask.path} answered {response.status}")
    return length
