"""Finding packs by name: `packs/<name>/<edition>/`, the newest edition unless one is asked for."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from lantern.engine.packs.nodes import Node, Problems, read_file
from lantern.engine.packs.read import PackReader
from lantern.engine.problems import BadPack, Problem, UnknownName
from lantern.engine.rules import Pack

ROOT = Path(__file__).resolve().parents[3] / "packs"


def editions(name: str, root: Path = ROOT) -> list[str]:
    """Editions of a pack, oldest first."""
    return sorted(path.parent.name for path in (root / name).glob("*/pack.yaml"))


def names(root: Path = ROOT) -> list[str]:
    return sorted({path.parent.parent.name for path in root.glob("*/*/pack.yaml")})


def load_pack(name: str, edition: str | None = None, root: Path = ROOT) -> Pack:
    """A pack by `name@edition`, or by `name`: then every edition judges the duties that arose while it was in force.

    Raises UnknownName, or BadPack with every problem.
    """
    name, _, said = name.partition("@")
    edition = edition or said or None
    known = names(root)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else ""
        raise UnknownName(
            [Problem("unknown_pack", "there is no such pack", said=name, expected=", ".join(known), hint=hint)]
        )
    listed = editions(name, root)
    if edition is not None and edition not in listed:
        problem = Problem("unknown_edition", f"{name} has no such edition", said=edition, expected=", ".join(listed))
        raise UnknownName([problem])
    if edition is not None:
        return _edition(root, name, edition)
    *older, newest = [_edition(root, name, each) for each in listed]
    return replace(newest, earlier=tuple(older)) if older else newest


def _edition(root: Path, name: str, edition: str) -> Pack:
    return _load(root, name, edition, _stamp(root / name / edition))


def load_folder(folder: Path, root: Path = ROOT) -> Pack:
    """A pack by its folder, wherever it lies; its base is looked up in the library."""
    return _read(folder, str(folder), root, ())


def _stamp(folder: Path) -> float:
    """Changes when a file of the pack does, so that a long-lived process sees edits."""
    return max(path.stat().st_mtime for path in folder.rglob("*.yaml"))


@lru_cache(maxsize=64)
def _load(root: Path, name: str, edition: str, stamp: float) -> Pack:
    return _read(root / name / edition, f"{root.name}/{name}/{edition}", root, ())


def _read(folder: Path, shown_as: str, root: Path, over: tuple[str, ...]) -> Pack:
    node = _base_of(folder, shown_as)
    return PackReader(folder, shown_as, _base(node, root, over) if node is not None else None).read()


def _base(node: Node, root: Path, over: tuple[str, ...]) -> Pack:
    """The pack that another one stands on; `over` are the bases on the way there."""
    said = str(node.value)
    name, _, edition = said.partition("@")
    found = editions(name, root) if name in names(root) else []
    if not found or (edition and edition not in found):
        problem = Problem("unknown_base", "there is no such base", node.file, node.line, said, ", ".join(names(root)))
        raise BadPack([problem])
    key = f"{name}@{edition or found[-1]}"
    if key in over:
        said = " → ".join((*over, key))
        raise BadPack([Problem("base_cycle", "the pack is its own base", node.file, node.line, said)])
    path = root / name / (edition or found[-1])
    return _read(path, f"{root.name}/{name}/{path.name}", root, (*over, key))


def _base_of(folder: Path, shown_as: str) -> Node | None:
    """The base that pack.yaml names, read ahead of the rest; problems are said when the pack itself is read."""
    head = read_file(folder / "pack.yaml", f"{shown_as}/pack.yaml", Problems())
    node = head.get("base") if head is not None else None
    return node if node is not None and node.value else None
