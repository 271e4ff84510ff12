"""What the files of a pack can hold: words, whole numbers, yes and no in one way only, each with its line."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantern.engine.packs.nodes import MOST_DEPTH, Node, Problems, read_text, read_value
from tests.engine.generative.compare import examples

WORDS = (
    "yes", "No", "on", "OFF", "y", "tRUE", "nULL", "2026-01-02", "2026-01-02T10:00:00Z", "2023-12", "09:00", "1:30:00",
    "1.5", "1e3", ".inf", ".nan", "0o17", "0x1F", "0b1", "1_000", "123456789012", "+", "--1", "http://a.uk/b", "a#b",
)  # fmt: skip
MEANT = {
    "": None, "~": None, "null": None, "NULL": None, "true": True, "False": False, "1": 1, "+5": 5, "-03": -3,
    "010": 10, "12345678901": 12345678901, "'1'": "1", '"null"': "null", "''": "", '"\\u00e9\\n"': "é\n",
    "'it''s'": "it's", "two words  # said": "two words", "[]": [], "{}": {}, "[a, 1]": ["a", 1],
    "{a: {b: }}": {"a": {"b": None}},
    "|\n  one\n  two\n": "one\ntwo\n", ">-\n  one\n  two\n": "one two",
}  # fmt: skip


def read(text: str) -> tuple[Any, list[tuple[str, int | None]]]:
    """What the text holds, and the problems with their lines."""
    problems = Problems()
    root = read_text(text, "file", problems)
    assert (root is None) == bool(problems)
    return root and root.plain(), [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize("words", WORDS)
def test_whatever_is_not_said_in_yaml_1_2_stays_text(words: str) -> None:
    assert read(f"key: {words}\n") == ({"key": words}, [])


@pytest.mark.parametrize(("words", "value"), MEANT.items())
def test_what_a_value_means(words: str, value: Any) -> None:
    found, problems = read(f"key: {words}\n")
    assert problems == []
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert read("\ufeffa: 1\n") == ({"a": 1}, [])


def test_keys_are_words_whatever_they_look_like() -> None:
    assert read("1: a\ntrue: b\n2026-01-02: c\n'': d\n") == ({"1": "a", "true": "b", "2026-01-02": "c", "": "d"}, [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: &x 2\n", "anchor", 2),
        ("a: 1\n&x b: 2\n", "anchor", 2),
        ("a: 1\nb: *x\n", "anchor", 2),
        ("a: 1\nb: !!str 2\n", "tag", 2),
        ("a: 1\nb: ! 2\n", "tag", 2),
        ("a: 1\n!x b: 2\n", "tag", 2),
        ("a: 1\nb: [=]\n", "tag", 2),
        ("a: 1\n<<: {b: 2}\n", "tag", 2),
        ("a: 1\n'a': 2\n", "repeated_key", 2),
        ("a: 1\n? [b]\n: 2\n", "bad_key", 2),
        ("- a\n", "not_a_mapping", 1),
        ("# nothing\n", "not_a_mapping", 1),
        ("a: 1\n---\nb: 2\n", "not_yaml", 2),
        ("a: 1\nb: [2\n", "not_yaml", 3),
        ("a: 1\n\tb: 2\n", "not_yaml", 2),
        ('a: "\\ud800"\n', "not_yaml", 1),
        ("a: 1\nb: \x07\n", "not_yaml", None),
        ("a: 1\nb: two\u2028lines\n", "not_yaml", 2),
        ("a: 1\nb: two\x85lines\n", "not_yaml", 2),
        ("a: 1\n\ufeffb: 2\n", "not_yaml", 2),
    ],
)
def test_what_is_refused_and_where(text: str, code: str, line: int | None) -> None:
    assert read(text) == (None, [(code, line)])
    assert read("a: 1\nb: two\nc: '=, <<, !!str, &x, *x'\nd: \"\\u2028\"\n")[1] == []


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
def test_values_may_be_nested_as_deeply_as_we_say_and_no_deeper(opening: str, closing: str) -> None:
    def nested(levels: int) -> str:
        return "a:\n  " + opening * levels + "x" + closing * levels + "\n"

    assert "too_deep" not in {code for code, _ in read(nested(MOST_DEPTH - 2))[1]}
    assert read(nested(MOST_DEPTH - 1)) == (None, [("too_deep", 2)])
    assert read(nested(200_000)) == (None, [("too_deep", 2)])


def test_every_value_knows_its_line() -> None:
    text = "a: 1\nb:\n  - x\n  -\n    y: |\n      two\n      lines\n    z:\nc:\nd: {e: 1,\n  f: 2}\n"
    root = read_text(text, "file", Problems())
    assert root is not None
    lines = {key: node.line for key, node in root.value.items()}
    assert lines == {"a": 1, "b": 3, "c": 9, "d": 10}
    assert [item.line for item in root.value["b"]] == [3, 5]
    assert {key: node.line for key, node in root.value["b"].value[1].value.items()} == {"y": 5, "z": 8}
    assert {key: node.line for key, node in root.value["d"].value.items()} == {"e": 10, "f": 11}


def test_a_value_alone_is_read_like_one_in_a_file() -> None:
    problems = Problems()
    found = [read_value(words, "line", problems) for words in ("yes", "[a, 5]", "{a: true}", "")]
    assert [node and node.plain() for node in found] == ["yes", ["a", 5], {"a": True}, None]
    assert problems == []
    assert read_value("[a", "line", problems) is None
    assert [problem.code for problem in problems] == ["not_yaml"]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab:#-?*&!|>'\"{}[],%@` 0\n\té\\", max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc: #'", max_size=4), inner, max_size=4),
    max_leaves=12,
)


def written(value: Any, depth: int = 0) -> str:
    """Plain data as YAML: mappings and lists in blocks, words without quotation marks where they need none."""
    pad = "\n" + "  " * depth
    if isinstance(value, dict) and value:
        return "".join(f"{pad}{written(key)}: {written(inner, depth + 1)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{pad}- {written(inner, depth + 1)}" for inner in value)
    bare = isinstance(value, str) and re.fullmatch(r"[abé]+", value)
    return str(value) if bare else json.dumps(value)


@examples(200)
@given(st.dictionaries(st.text("abc: #'", max_size=4), PLAIN, max_size=4))
def test_what_is_written_is_read(value: dict[str, Any]) -> None:
    assert read(written(value) if value else "{}") == (value, [])


@examples(300)
@given(st.text("ab1~:-?,[]{}'\"|>#&*!%\\\n \té\u2028\x85\ufeff", max_size=40))
def test_any_text_is_read_or_refused_with_a_line_that_it_has(text: str) -> None:
    problems = Problems()
    root = read_text(text, "file", problems)
    assert isinstance(root, Node) or problems
    assert all(problem.line is None or 1 <= problem.line <= text.count("\n") + 2 for problem in problems)
