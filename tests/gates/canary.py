"""Finds a surname where none may stand: in tables, logs, e-mails, the database server's log, pages."""

import base64
import io
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.apps import apps
from django.core import mail
from django.db import connection
from django.http import HttpResponseBase

from lantern.plumbing.logs import OneLine
from lantern.plumbing.privacy import OPERATIONAL, PUBLIC

SURNAME = "Zzyzxquartermane"
"""Nobody is called so, and no other word contains it."""

MAY_HOLD_IT = {
    "record_childcard": "the projection that people read and search; made again from the record",
    "intake_inboundmessage": "what arrived, kept byte for byte",
}
"""The only tables in which a name may stand in plain text, each with its reason."""


def forms(word: str) -> list[bytes]:
    """The ways in which the word could be written down."""
    texts = {word, word.lower(), word.upper(), word[::-1], quote(word)}
    found = [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")]
    # base64 writes a word in three ways, by where it stands among the bytes before it
    for pad in range(3):
        whole = base64.b64encode(b"\0" * pad + word.encode())
        found.append(whole[4:-4])
    return found


FORMS = forms(SURNAME)


def holds(text: str | bytes) -> bool:
    """Whether the surname stands in `text`, in any form."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return any(form in data for form in FORMS)


def tables_that_hold_it() -> set[str]:
    """Tables where the surname stands in some row as plain text. Needs a system context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        return {name for name in names if _any(cursor, f'SELECT t::text FROM "{name}" t')}


def fields_that_must_not_hold_it() -> set[str]:
    """Fields classed as public or operational in which the surname stands. Needs a system context."""
    found = set()
    for model in apps.get_models():
        classes = vars(model.Privacy) if hasattr(model, "Privacy") else {}
        for name in (name for name, value in classes.items() if value in (PUBLIC, OPERATIONAL)):
            if any(holds(str(value)) for value in model._base_manager.values_list(name, flat=True)):
                found.add(f"{model._meta.label}.{name}")
    return found


def mails_that_hold_it() -> list[str]:
    """Subjects of the e-mails that were sent and hold the surname anywhere."""
    return [
        message.subject for message in mail.outbox if holds(message.message().as_bytes()) or holds(str(message.body))
    ]


def leaks_of_a_page(answer: HttpResponseBase) -> list[str]:
    """Title, addresses and headers of an answer that hold the surname; its text may, where the person may see it."""
    page = getattr(answer, "content", b"").decode(errors="replace")  # a PDF is no text, but may hold some
    places = re.findall(r"<title>.*?</title>|\b(?:href|src|action)=(?:\"[^\"]*\"|'[^']*')", page, re.DOTALL)
    places += [f"{name}: {value}" for name, value in answer.headers.items()]
    return [place for place in places if holds(place)]


@contextmanager
def log_lines() -> Iterator[io.StringIO]:
    """Everything that is logged inside, at every level, as the log prints it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def lines_that_hold_it(lines: Iterable[str]) -> list[str]:
    """The lines with the surname in them."""
    return [line for line in lines if holds(line)]


def _any(cursor: object, statement: str) -> bool:
    cursor.execute(statement)  # type: ignore[attr-defined]  # a cursor of Django
    return any(holds(row) for (row,) in cursor.fetchall())  # type: ignore[attr-defined]  # a cursor of Django
