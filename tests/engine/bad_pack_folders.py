"""The broken packs: folders laid over a pack with one duty, each marking the place of its problem with `# here`."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "bad_packs"
MARK = "# here"


@dataclass(frozen=True)
class BadPack:
    """One broken pack: the code it must give, what that means, and the places."""

    name: str
    about: str
    folder: Path

    @property
    def code(self) -> str:
        return self.name.partition("-")[0]

    def files(self) -> Iterator[Path]:
        return (path for path in sorted(self.folder.rglob("*.yaml")))

    def places(self) -> set[tuple[str, int | None]]:
        """File and line of every mark; where nothing is marked, the file that should not be there."""
        marked = {
            (path.relative_to(self.folder).as_posix(), number)
            for path in self.files()
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if MARK in line
        }
        return marked or {(path.relative_to(self.folder).as_posix(), None) for path in self.files()}

    def lay(self, into: Path) -> Path:
        """The whole pack in a folder of its own."""
        shutil.copytree(FOLDER / "_least", into, dirs_exist_ok=True)
        return Path(shutil.copytree(self.folder, into, dirs_exist_ok=True, ignore=shutil.ignore_patterns("about.txt")))


def bad_packs() -> list[BadPack]:
    folders = [path for path in sorted(FOLDER.iterdir()) if path.name != "_least"]
    return [BadPack(path.name, (path / "about.txt").read_text().strip(), path) for path in folders]
