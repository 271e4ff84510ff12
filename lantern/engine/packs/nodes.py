"""Strict YAML: no tags, anchors, aliases, repeated keys or surprises, and every value knows its line.

Dates and times stay text until our own readers look at them, so that `2023-12` and `09:00` mean what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from lantern.engine.problems import Problem

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
# what plain text means in YAML 1.2, where `yes`, `no`, `on` and `off` are words; numbers are whole or they are text
_MEANS = {"": None, "~": None, **dict.fromkeys(("null", "Null", "NULL"))}
_MEANS |= {**dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False)}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_MOST_DIGITS = 11
_MERGED = ("<<", "=")  # other readers take them for more than text
_DISPUTED = re.compile("[\x85\u2028\u2029]|(?!\\A)\ufeff")  # line ends of old; a byte order mark inside the text


class Problems(list[Problem]):
    """The common list to which every reader adds."""

    def say(self, code: str, message: str, node: Node, said: object = "", expected: str = "", hint: str = "") -> None:
        self.append(Problem(code, message, node.file, node.line, str(said)[:80], expected, hint))


class Node:
    """A value with its place: a mapping of nodes, a list of nodes, or a scalar (text, bool, int or None)."""

    __slots__ = ("file", "line", "value")

    def __init__(self, value: Any, file: str, line: int) -> None:
        self.value = value
        self.file = file
        self.line = line

    def __iter__(self) -> Iterator[Node]:
        return iter(self.value if isinstance(self.value, list) else [self])

    @property
    def is_map(self) -> bool:
        return isinstance(self.value, dict)

    def get(self, key: str) -> Node | None:
        """The node under a key of a mapping."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read_file(path: Path, shown_as: str, problems: Problems) -> Node | None:
    """The root mapping of a file, or None with the problems said."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        problems.append(Problem("unreadable_file", f"the file cannot be read: {error.strerror}", shown_as))
        return None
    except UnicodeDecodeError:
        problems.append(Problem("not_text", "the file is not UTF-8 text", shown_as, expected="UTF-8"))
        return None
    if len(raw) > MOST_BYTES:
        problems.append(Problem("file_too_big", f"the file has {len(raw)} bytes", shown_as, expected="at most 1 MB"))
        return None
    return read_text(text, shown_as, problems)


def read_text(text: str, shown_as: str, problems: Problems) -> Node | None:
    """The root mapping of YAML text, or None with the problems said."""
    before = len(problems)
    root = read_value(text, shown_as, problems)
    if len(problems) == before and (root is None or not root.is_map):
        problems.append(Problem("not_a_mapping", "the file is not a mapping of keys to values", shown_as, 1))
    return root if len(problems) == before else None


def read_value(text: str, shown_as: str, problems: Problems) -> Node | None:
    """Whatever YAML text holds; None where that is nothing, or with the problems said."""
    found, root = Problems(), None
    try:
        root = _Reader(text, shown_as, found).document()
    except _Refused as error:
        found = Problems([error.problem])
    except yaml.MarkedYAMLError as error:
        said = ", ".join(filter(None, (error.context, error.problem)))
        line = error.problem_mark.line + 1 if error.problem_mark else None
        found = Problems([Problem("not_yaml", f"the file is not YAML: {said}", shown_as, line)])
    except (yaml.YAMLError, ValueError) as error:
        said = str(error).splitlines()[0]
        found = Problems([Problem("not_yaml", f"the file is not YAML: {said}", shown_as)])
    problems += found
    return None if found else root


class _Refused(Exception):
    """What the parser would read and we do not."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__()


class _Reader:
    """What the parser meets, one after the other, to nodes; whatever is not plain data is a problem.

    Only the parser is in C. It keeps its place on the heap, so that no nesting harms it, and we stop it in time.
    """

    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CBaseLoader)

    def document(self) -> Node | None:
        """The only document of the text; None where there is none."""
        disputed = _DISPUTED.search(self.text)
        if disputed:
            said = f"the file is not YAML: U+{ord(disputed[0]):04X} means something else to other readers"
            line = self.text.count("\n", 0, disputed.start()) + 1
            raise _Refused(Problem("not_yaml", said, self.file, line, expected="an escape in quotation marks"))
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        root = self._node(next(self.events), 1)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            line = after.start_mark.line + 1
            raise _Refused(Problem("not_yaml", "the file is not YAML: another document follows", self.file, line))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MOST_DEPTH:
            said, expected = "values are nested too deeply", f"at most {MOST_DEPTH} levels"
            line = event.start_mark.line + 1
            raise _Refused(Problem("too_deep", said, self.file, line, expected=expected))
        node = Node(None, self.file, event.start_mark.line + 1)
        if event.anchor is not None:
            said = "anchors and aliases are not allowed"
            self.problems.say("anchor", said, node, event.anchor, "the value written out")
        if isinstance(event, yaml.AliasEvent):
            return node
        if event.tag is not None:
            self.problems.say("tag", "tags are not allowed", node, event.tag, "plain data")
        if isinstance(event, yaml.ScalarEvent):
            node.value = self._scalar(event, node)
        elif isinstance(event, yaml.MappingStartEvent):
            node.value = self._mapping(depth + 1)
        else:
            node.value = self._list(depth + 1)
        return node

    def _mapping(self, depth: int) -> dict[str, Node]:
        result: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, value = self._node(event, depth), self._node(next(self.events), depth)
            if not isinstance(event, yaml.ScalarEvent):
                self.problems.say("bad_key", "a key is not a word", key)
            elif event.value in result:
                self.problems.say("repeated_key", "the key stands twice", key, event.value, "each key once")
            else:
                result[event.value] = value
        return result

    def _list(self, depth: int) -> list[Node]:
        result: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._node(event, depth))
        return result

    def _scalar(self, event: yaml.ScalarEvent, place: Node) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # it stands between quotation marks, or in a block
            return text
        if text in _MERGED:
            self.problems.say("tag", "tags are not allowed", place, text, "plain data")
        if len(text) <= _MOST_DIGITS and _WHOLE.fullmatch(text):
            return int(text)
        return _MEANS.get(text, text)


def expect_keys(
    node: Node, required: tuple[str, ...], optional: tuple[str, ...], problems: Problems, what: str
) -> bool:
    """Whether a node is a mapping with the required keys and no unknown ones; says what is wrong."""
    if not node.is_map:
        problems.say("not_a_mapping", f"{what} is not a mapping", node, node.value, f"keys {', '.join(required)}")
        return False
    before = len(problems)
    allowed = (*required, *optional)
    for key, value in node.value.items():
        if key not in allowed:
            near = get_close_matches(key, allowed, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            problems.say("unknown_key", f"{what} has no such key", value, key, ", ".join(allowed), hint)
    for key in required:
        if key not in node.value or node.value[key].value in (None, ""):
            problems.say("missing_key", f"{what} needs {key}", node, expected=f"a key `{key}` with a value")
    return len(problems) == before
