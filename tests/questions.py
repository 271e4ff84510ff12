"""Counts what is asked of the database, by whichever way; Django's own count sees its own cursor alone.

with questions() as asked:
    client.get("/duties/")
assert len(asked) <= 20
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest

from lantern.plumbing.round_trip import Conversation

Questions = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    """`with questions() as asked`: every statement sent meanwhile, those that open and end transactions too."""
    execute, send = psycopg.Cursor.execute, Conversation.send

    @contextmanager
    def counted() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            asked.append(str(query))
            return execute(self, query, *args, **kwargs)

        def note_all(self: Conversation, several: Any) -> None:
            asked.extend(statement for statement, _ in several)
            send(self, several)

        with monkeypatch.context() as patched:
            patched.setattr(psycopg.Cursor, "execute", note)
            patched.setattr(Conversation, "send", note_all)
            yield asked

    return counted
