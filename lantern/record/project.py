"""The child's card: what is known now, folded from the log. Thrown away and made again at any time, byte for byte."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lantern.engine.instants import from_datetime, parse_instant
from lantern.plumbing import sql
from lantern.record import load, wire
from lantern.record.models import NAME, Child
from lantern.record.settle import settled

# Other events change nothing on the card.
SHAPES_THE_CARD = frozenset({"profile_recorded", "police_recorded", "report_received", "corrected"})
_TEXTS = (
    "given_name",
    "family_name",
    "known_as",
    "gender",
    "ethnicity",
    "address",
    "responsible_authority",
    "host_authority",
)
COLUMNS = (
    "child_id", "folded", "given_name", "family_name", "known_as", "name_key", "date_of_birth", "gender", "ethnicity",
    "address", "looked_after", "legal_basis", "responsible_authority", "host_authority", "police_references",
)  # fmt: skip
_UPSERT = (
    f"INSERT INTO record_childcard AS held ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608  constants
    f" ON CONFLICT (child_id) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in COLUMNS[1:])}"
    " WHERE (held.*) IS DISTINCT FROM (EXCLUDED.*)"
)
BATCH = 500  # children read at once by a rebuild


def refresh_card(child: Child) -> None:
    """Bring one card up to date, in the caller's transaction."""
    _store([child.id])


def rebuild() -> int:
    """Make every card again from the log, in one transaction; only what differs is written. How many were made.

    Needs a context that sees every child.
    """
    with transaction.atomic(), connection.wrap_database_errors:
        cursor = wire.cursor()
        cursor.execute("SELECT child_id FROM record_childkey WHERE wrapped_key IS NOT NULL ORDER BY child_id")
        children = [row[0] for row in cursor.fetchall()]
        made = [child for start in range(0, len(children), BATCH) for child in _store(children[start : start + BATCH])]
        cursor.execute("DELETE FROM record_childcard WHERE child_id <> ALL(%s)", [made])
        return len(made)


def _store(children: list[UUID]) -> list[UUID]:
    """Write the cards of those among the children that have one; whose they are."""
    by_child: dict[str, list[Mapping[str, Any]]] = {}
    for line in load.log_of(children, types=SHAPES_THE_CARD):
        by_child.setdefault(line["child"], []).append(line)
    rows = [[UUID(child), *card_of(lines).values()] for child, lines in by_child.items()]
    sql.together(*((_UPSERT, row) for row in rows))
    return [row[0] for row in rows]


def card_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a card after `child_id`, in order, of log lines in seq order (one child, only SHAPES_THE_CARD)."""
    lines = list(lines)
    now = settled(lines)
    # facts are dated: the one that was true last wins, whenever it was recorded
    told = sorted((line for line in now if line["event"] == "profile_recorded"), key=_moment)
    facts: dict[str, Any] = {}
    for line in told:
        facts |= line
    looked_after = facts.get("looked_after") or {}
    basis = str(looked_after.get("legal_basis", "")) if isinstance(looked_after, Mapping) else ""
    card = {name: str(facts.get(name) or "") for name in _TEXTS}
    return {
        "folded": len(lines),
        "given_name": card["given_name"],
        "family_name": card["family_name"],
        "known_as": card["known_as"],
        "name_key": name_key(card["family_name"], card["given_name"]),
        "date_of_birth": _date(facts.get("date_of_birth")),
        "gender": card["gender"],
        "ethnicity": card["ethnicity"],
        "address": card["address"],
        "looked_after": basis != "none" if basis else None,
        "legal_basis": basis,
        "responsible_authority": card["responsible_authority"],
        "host_authority": card["host_authority"],
        "police_references": json.dumps(_references(now)),
    }


def name_key(family_name: str, given_name: str) -> str:
    """Both names as they are compared: without case, accents, blanks and marks; empty when either is."""
    parts = [_letters(family_name), _letters(given_name)]
    return "|".join(parts)[:NAME] if all(parts) else ""


def reference_key(reference: str) -> str:
    """A police reference as it is compared: letters and figures alone, in capitals."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", reference).upper() if letter.isalnum())


def _letters(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def _references(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    given = {
        reference_key(str(line.get("reference") or ""))
        for line in lines
        if line["event"] == "police_recorded"
        or (line["event"] == "report_received" and line.get("received_by") == "police")
    }
    return sorted(given - {""})


def _moment(line: Mapping[str, Any]) -> int:
    moment = line["occurred_at"]
    return parse_instant(moment) if isinstance(moment, str) else from_datetime(moment)


def _date(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
