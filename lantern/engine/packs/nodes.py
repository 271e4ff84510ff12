"""Strict YAML: no tags, anchors, aliases, repeated keys or surprises, and every value knows its line.

Dates and times stay text until our own readers look at them, so that `2023-12` and `09:00` mean what they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from lantern.engine.problems import Problem

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
_CORE = "tag:yaml.org,2002:"
_PLAIN = frozenset(_CORE + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))


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
    try:
        tree = _reader().compose(text)
    except _TooDeep as error:
        expected = f"at most {MOST_DEPTH} levels"
        problems.append(Problem("too_deep", "values are nested too deeply", shown_as, error.line, expected=expected))
        return None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problems.append(Problem("not_yaml", f"the file is not YAML: {error.problem or error.context}", shown_as, line))
        return None
    except (YAMLError, ValueError) as error:
        problems.append(Problem("not_yaml", f"the file is not YAML: {str(error).splitlines()[0]}", shown_as))
        return None
    if not isinstance(tree, MappingNode):
        problems.append(Problem("not_a_mapping", "the file is not a mapping of keys to values", shown_as, 1))
        return None
    node = _Converter(shown_as, problems).convert(tree)
    return node if len(problems) == before else None


class _TooDeep(Exception):
    """Nested further than anybody would write."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__()


class _ShallowComposer(Composer):
    """Stops at the first value that is nested too deeply, before reading the rest takes time."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """As the composer does it, one level further down."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _TooDeep(self.parser.peek_event().start_mark.line + 1)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _reader() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _ShallowComposer
    return yaml


class _Converter:
    """YAML nodes to ours; whatever is not plain data is a problem."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def convert(self, node: YamlNode) -> Node:
        ours = Node(None, self.file, node.start_mark.line + 1)
        if node.anchor:
            self.problems.say(
                "anchor", "anchors and aliases are not allowed", ours, node.anchor, "the value written out"
            )
        elif str(node.tag) not in _PLAIN:
            self.problems.say("tag", "tags are not allowed", ours, node.tag, "plain data")
        elif isinstance(node, MappingNode):
            ours.value = self._mapping(node)
        elif isinstance(node, SequenceNode):
            ours.value = [self.convert(item) for item in node.value]
        elif isinstance(node, ScalarNode):
            ours.value = self._scalar(node)
        return ours

    def _mapping(self, node: MappingNode) -> dict[str, Node]:
        result: dict[str, Node] = {}
        for key_node, value_node in node.value:
            place = Node(None, self.file, key_node.start_mark.line + 1)
            key = key_node.value if isinstance(key_node, ScalarNode) else None
            if key is None:
                self.problems.say("bad_key", "a key is not a word", place)
                continue
            if key in result:
                self.problems.say("repeated_key", "the key stands twice", place, key, "each key once")
                continue
            result[key] = self.convert(value_node)
        return result

    def _scalar(self, node: ScalarNode) -> Any:
        kind = str(node.tag).removeprefix(_CORE)
        if kind == "bool":
            return node.value.lower() == "true"
        if kind == "null":
            return None
        if kind == "int" and node.value.lstrip("+-").isdigit() and len(node.value) < 12:
            return int(node.value)
        return str(node.value)


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
