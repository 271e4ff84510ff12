"""Counts what is asked of the database, by whichever cursor; Django's own count sees its own cursor alone.

with questions() as asked:
    client.get("/duties/")
assert len(asked) <= 20
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest

Questions = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    """`with questions() as asked`: every statement sent meanwhile, those that open and end transactions too."""
    execute = psycopg.Cursor.execute

    @contextmanager
    def counted() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            asked.append(str(query))
            return execute(self, query, *args, **kwargs)

        with monkeypatch.context() as patched:
            patched.setattr(psycopg.Cursor, "execute", note)
            yield asked

    return counted
