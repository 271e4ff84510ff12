"""Which pack governs a child, and why.

The responsible authority's pack comes first; where the child is placed in another authority, the host's comes second.
An authority that has adopted none works by the national guidance, `dfe-2014`.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from lantern import engine
from lantern.evaluations.lines import Line, authorities
from lantern.plumbing import sql
from lantern.plumbing.errors import Refused

NATIONAL = "dfe-2014"


class NotAnEdition(Refused):
    """There is no such pack or edition, or it has problems."""

    code = "not_an_edition"


@functools.lru_cache(maxsize=64)
def pack(name: str, edition: str | None = None) -> engine.Pack:
    """A pack, read once per process: a published edition never changes. Raises engine.EngineError."""
    return engine.load_pack(name, edition)


Adopted = Mapping[str, tuple[str, str]]
ADOPTED = (
    "SELECT authority, pack, edition FROM evaluations_adoption WHERE since <= %s AND (until IS NULL OR until > %s)"
)


def packs_for(lines: Sequence[Line], adopted: Adopted) -> tuple[list[engine.Pack], str]:
    """The packs that govern the child of these log lines, and why, in words."""
    responsible, host = authorities(lines)
    chosen = [_chosen(responsible, "is responsible", adopted)]
    if host and host != responsible:
        chosen.append(_chosen(host, "is where the child is placed", adopted))
    packs: dict[tuple[str, str], engine.Pack] = {}
    for name, edition, _ in chosen:
        found = pack(name, edition)
        packs.setdefault((found.name, found.edition), found)
    return list(packs.values()), "; ".join(why for _, _, why in chosen)


def _chosen(authority: str, part: str, adopted: Adopted) -> tuple[str, str | None, str]:
    """Pack, edition and reason for one authority."""
    if not authority:
        return NATIONAL, None, f"no responsible authority is known, so the national guidance ({NATIONAL}) governs"
    if authority in adopted:
        name, edition = adopted[authority]
        return name, edition, f"{authority} {part} and has adopted {name}@{edition}"
    return NATIONAL, None, f"{authority} {part} and has adopted no pack, so the national guidance ({NATIONAL}) governs"


def adoptions_at(at: datetime) -> Adopted:
    """Authority: (pack, edition) in force at `at`."""
    (rows,) = sql.together((ADOPTED, [at, at]))
    return by_authority(rows)


def by_authority(rows: Iterable[tuple[str, str, str]]) -> Adopted:
    """The rows of ADOPTED, by authority."""
    return {authority: (name, edition) for authority, name, edition in rows}
