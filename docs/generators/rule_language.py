"""docs/generated/rule-language.md: the manual of the rule language, printed by running the examples of tests/spec."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from generators._tables import table

import tests.spec
from tests.spec.telling import Pack, Row, Telling

SPEC = Path(tests.spec.__file__).parent


def pages() -> dict[str, str]:
    """One page: chapters in the order that tests.spec gives, then whatever it does not name."""
    found = sorted(path.parent.name for path in SPEC.glob("*/__init__.py"))
    chapters = [name for name in tests.spec.ORDER if name in found] + [
        name for name in found if name not in tests.spec.ORDER
    ]
    head = (
        "# The rule language\n\nA protocol is a folder of YAML files, read strictly: every problem is said with its"
        " place ([problems](problems.md)). This is what the files can say, shown by examples. Each example has been run"
        " against two evaluators that share no code. Times are London times. What a rule needs besides what is shown"
        " (`says`, `owed_by`, `strength`, `cite`) is left out.\n\n"
    )
    contents = "\n".join(_contents(name) for name in chapters)
    return {"docs/generated/rule-language.md": head + contents + "\n\n" + "\n".join(map(_chapter, chapters))}


def _sections(chapter: str) -> list[ModuleType]:
    names = sorted(path.stem for path in (SPEC / chapter).glob("test_*.py"))
    return [importlib.import_module(f"tests.spec.{chapter}.{name}") for name in names]


def _title(module: ModuleType) -> tuple[str, str]:
    """First line of the docstring, and the rest of it."""
    title, _, text = (module.__doc__ or module.__name__).strip().partition("\n")
    return title, " ".join(text.split())


def _anchor(title: str) -> str:
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _contents(chapter: str) -> str:
    titles = [_title(importlib.import_module(f"tests.spec.{chapter}"))[0], *(_title(m)[0] for m in _sections(chapter))]
    links = [f"[{title}](#{_anchor(title)})" for title in titles]
    return f"- {links[0]}: {', '.join(links[1:])}"


def _chapter(chapter: str) -> str:
    title, text = _title(importlib.import_module(f"tests.spec.{chapter}"))
    return "\n".join([f"## {title}\n\n{text}\n", *map(_section, _sections(chapter))])


def _section(module: ModuleType) -> str:
    title, text = _title(module)
    return "\n".join([f"### {title}\n\n{text}\n", *_examples(module)])


def _examples(module: ModuleType) -> Iterator[str]:
    """Every example of the file, in the order in which they are written."""
    told = [(name, test) for name, test in inspect.getmembers(module, inspect.isfunction) if name.startswith("test_")]
    for name, test in sorted(told, key=lambda item: item[1].__code__.co_firstlineno):
        tell = Telling()
        test(tell)
        caption = name.removeprefix("test_").replace("_", " ")
        yield f"**{caption[0].upper()}{caption[1:]}**\n\n{_example(tell)}"


def _example(tell: Telling) -> str:
    parts = [_pack(pack, number) for number, pack in enumerate(tell.packs)]
    parts.append("```text\n" + "\n".join(tell.lines) + "\n```\n")
    if tell.rows:
        parts.append(_rows(tell.rows))
    parts += [f"> {sentence}\n" for sentence in tell.sentences]
    return "\n".join(parts)


def _pack(pack: Pack, number: int) -> str:
    second = "A second pack:\n\n" if number else ""
    return f"{second}```yaml\n" + "\n\n".join(pack.written) + "\n```\n"


def _rows(rows: list[Row]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row.more))
    return table(
        ("as of", "stands", *columns),
        ((row.at, row.states, *(row.more.get(key, "") for key in columns)) for row in rows),
    )
