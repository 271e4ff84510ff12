"""Packs are read once, and again as soon as one of their files, or of their base's, is another."""

import os
from pathlib import Path

from lantern import engine
from lantern.engine.packs import read
from lantern.engine.packs.library import editions, names
from tests.engine.small_packs import duty, write


def library(root: Path) -> Path:
    """A base, two packs that stand on it, one of them in two editions."""
    write(root / "base" / "2026-01", [duty(says="First")], {"pack": "base"})
    write(root / "one" / "2026-01", [], {"pack": "one", "base": "base"})
    write(root / "two" / "2025-01", [], {"pack": "two", "edition": "2025-01", "base": "base@2026-01"})
    later = {"pack": "two", "base": "base", "in_force": {"from": "2026-01-01"}}
    write(root / "two" / "2026-01", [], later)
    return root


def says(name: str, root: Path) -> str:
    return engine.load_pack(name, root=root).duties[0].says


def test_the_same_pack_is_had_until_a_file_changes(tmp_path: Path) -> None:
    root = library(tmp_path)
    for name in ("base", "one", "two", "two@2025-01"):
        assert engine.load_pack(name, root=root) is engine.load_pack(name, root=root)
    assert [pack.edition for pack in engine.load_pack("two", root=root).earlier] == ["2025-01"]
    before = engine.load_pack("one", root=root)
    folder = root / "base" / "2026-01"
    write(folder, [duty(says="Again")], {"pack": "base"})
    assert {says(name, root) for name in ("base", "one", "two", "two@2025-01")} == {"Again"}
    assert engine.load_pack("one", root=root).content_hash != before.content_hash


def test_a_file_that_is_older_or_gone_is_seen_too(tmp_path: Path) -> None:
    root = library(tmp_path)
    duties = root / "base" / "2026-01" / "duties" / "reported.yaml"
    assert len(engine.load_pack("one", root=root).duties) == 1
    duties.write_text(duties.read_text().replace("First", "Earlier"))
    os.utime(duties, (0, 0))
    assert says("one", root) == "Earlier"
    duties.unlink()
    assert engine.load_pack("one", root=root).duties == ()


def test_every_folder_is_read_once_however_many_stand_on_it(tmp_path: Path, monkeypatch) -> None:
    root = library(tmp_path)
    read_files: list[str] = []
    real = read.read_file
    monkeypatch.setattr(read, "read_file", lambda path, *rest: read_files.append(str(path)) or real(path, *rest))
    for name in names(root):
        for edition in (None, *editions(name, root)):
            engine.load_pack(name, edition, root)
    engine.load_folder(root / "base" / "2026-01", root)
    assert len(read_files) == len(list(root.rglob("*.yaml"))) + len(list((root / "base").rglob("*.yaml")))
    assert [header.name for header in engine.list_packs(root)] == ["base", "one", "two", "two"]
