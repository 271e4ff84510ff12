"""Writes everything that the code knows better than a writer: docs/generated/ and the tables of GLOSSARY.md.

    python docs/generate.py            write
    python docs/generate.py --check    write nothing; exit status 1 and the names of the files that would change

Each module of docs/generators/ has `pages()`, which gives paths from the repository root and their text. A new kind of
generated page is a new module there.
"""

import importlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by make docs from the code; changes made here are lost. -->\n\n"


def pages() -> dict[Path, str]:
    """Every generated file and its text."""
    names = sorted(path.stem for path in (ROOT / "docs" / "generators").glob("[a-z]*.py"))
    found: dict[Path, str] = {}
    for name in names:
        for path, text in importlib.import_module(f"generators.{name}").pages().items():
            found[ROOT / path] = NOTE + text if path.startswith("docs/generated/") else text
    return found


def drift(wanted: dict[Path, str]) -> list[Path]:
    """Files whose text is not what the code says, and generated files that nothing writes any more."""
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    left_over = [path for path in (ROOT / "docs" / "generated").rglob("*.md") if path not in wanted]
    return sorted(changed + left_over)


def write(wanted: dict[Path, str], paths: list[Path]) -> None:
    """Bring the given files up to date."""
    for path in paths:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path])
        else:
            path.unlink()


def main() -> int:
    """Write, or with --check only look. The exit status."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantern.settings")
    import django

    django.setup()
    wanted = pages()
    changed = drift(wanted)
    if "--check" in sys.argv[1:]:
        for path in changed:
            print(f"{path.relative_to(ROOT)} is not what the code says: run make docs")
        return 1 if changed else 0
    write(wanted, changed)
    print(f"{len(wanted)} files, {len(changed)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
