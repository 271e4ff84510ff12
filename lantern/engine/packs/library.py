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
    return _with_earlier(newest, tuple(older)) if older else newest


def load_folder(folder: Path, root: Path = ROOT) -> Pack:
    """A pack by its folder, wherever it lies; its base is looked up in the library."""
    return PackReader(folder, str(folder), _base(folder, str(folder), root, _stamp(folder), ())).read()


_Stamp = tuple[tuple[str, int, int], ...]


def _stamp(folder: Path) -> _Stamp:
    """Changes when a file of the pack does, comes or goes, so that a long-lived process sees edits."""
    files = [(str(path), path.stat()) for path in sorted(folder.rglob("*.yaml"))]
    return tuple((path, about.st_mtime_ns, about.st_size) for path, about in files)


def _edition(root: Path, name: str, edition: str, over: tuple[str, ...] = ()) -> Pack:
    """An edition on its base, each read once as long as its files stay what they are."""
    folder, shown_as = root / name / edition, f"{root.name}/{name}/{edition}"
    stamp = _stamp(folder)
    return _load(folder, shown_as, stamp, _base(folder, shown_as, root, stamp, over))


@lru_cache(maxsize=64)
def _load(folder: Path, shown_as: str, stamp: _Stamp, base: Pack | None) -> Pack:
    return PackReader(folder, shown_as, base).read()


@lru_cache(maxsize=64)
def _with_earlier(newest: Pack, older: tuple[Pack, ...]) -> Pack:
    """The same pack for the same editions, because its plans are kept with it."""
    return replace(newest, earlier=older)


def _base(folder: Path, shown_as: str, root: Path, stamp: _Stamp, over: tuple[str, ...]) -> Pack | None:
    """The pack that another one stands on; `over` are the bases on the way there."""
    node = _base_of(folder, shown_as, stamp)
    if node is None:
        return None
    said = str(node.value)
    name, _, edition = said.partition("@")
    found = editions(name, root) if name in names(root) else []
    if not found or (edition and edition not in found):
        problem = Problem("unknown_base", "there is no such base", node.file, node.line, said, ", ".join(names(root)))
        raise BadPack([problem])
    edition = edition or found[-1]
    key = f"{name}@{edition}"
    if key in over:
        said = " → ".join((*over, key))
        raise BadPack([Problem("base_cycle", "the pack is its own base", node.file, node.line, said)])
    return _edition(root, name, edition, (*over, key))


@lru_cache(maxsize=64)
def _base_of(folder: Path, shown_as: str, stamp: _Stamp) -> Node | None:
    """The base that pack.yaml names, read ahead of the rest; problems are said when the pack itself is read."""
    head = read_file(folder / "pack.yaml", f"{shown_as}/pack.yaml", Problems())
    node = head.get("base") if head is not None else None
    return node if node is not None and node.value else None
