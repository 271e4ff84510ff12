"""What a list of packs shows of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lantern.engine.packs.library import ROOT, editions, load_pack, names


@dataclass(frozen=True, slots=True)
class PackHeader:
    """One edition of a pack. `assumed` counts the duties that rest on a reading of ours."""

    name: str
    edition: str
    title: str
    status: str
    base: str
    duties: int
    assumed: int
    conflicts: int


def list_packs(root: Path = ROOT) -> list[PackHeader]:
    """Every edition of every pack. Raises BadPack for one that cannot be read."""
    headers = []
    for name in names(root):
        for edition in editions(name, root):
            pack = load_pack(name, edition, root)
            headers.append(
                PackHeader(
                    name,
                    edition,
                    pack.title,
                    pack.status,
                    pack.base,
                    len(pack.duties),
                    len(pack.assumptions()),
                    len(pack.conflicts),
                )
            )
    return headers
