"""Event patterns from YAML: which events a rule means, and what their fields must say."""

from __future__ import annotations

from lantern.engine import vocabulary  # noqa: F401 - importing it fills the registry
from lantern.engine.events import REGISTRY, EventType, Field
from lantern.engine.packs.nodes import Node, Problems, expect_keys
from lantern.engine.packs.words import Words
from lantern.engine.patterns import WHERE_FORMS, Pattern, Patterns, make_test
from lantern.engine.roles import ROLES
from lantern.engine.values import near_miss

LINE_FIELDS = frozenset({"by_role", "agency", "decided_by_role"})
_A_ROLE = Field("role", "role")


class PatternReader:
    """Reads patterns; problems go to the common list."""

    def __init__(self, problems: Problems, words: Words) -> None:
        self.problems = problems
        self.words = words
        self._seen: dict[str, Patterns] = {}

    def patterns(self, node: Node | None) -> Patterns | None:
        """One pattern or a list of them; None with the problem said when none can be used."""
        if node is None:
            return None
        if node.value == []:
            self.problems.say("empty_group", "no event is named", node, expected="at least one event")
        before = len(self.problems)
        found = [pattern for item in node if (pattern := self._pattern(item))]
        if not found or len(self.problems) > before:
            return Patterns(tuple(found)) if found else None
        # rules that mean the same events share one object, so that a view looks for them once
        return self._seen.setdefault(repr(node.plain()), Patterns(tuple(found)))

    def _pattern(self, node: Node) -> Pattern | None:
        if not node.is_map:
            return self._typed(node, {})
        if not expect_keys(node, ("event",), ("where",), self.problems, "an event pattern"):
            return None
        where = node.get("where")
        if where is not None and not where.is_map:
            self.problems.say("not_a_mapping", "`where` is not a mapping", where, expected="field: value")
            return None
        return self._typed(node.value["event"], where.value if where is not None else {})

    def _typed(self, node: Node, where: dict[str, Node]) -> Pattern | None:
        name = self.words.text(node)
        kind = REGISTRY.get(name)
        if kind is None:
            hint = near_miss(name, REGISTRY)
            self.problems.say("unknown_event", "there is no such event", node, name, "an event of the vocabulary", hint)
            return None
        tests = []
        for field, said in where.items():
            if field not in kind.fields and field not in LINE_FIELDS:
                self.problems.say("unknown_field", f"{name} has no such field", said, field, ", ".join(kind.fields))
            elif self._usable(kind, field, said):
                tests.append((field, said.plain(), make_test(said.plain())))
        return Pattern(name, tuple(tests))

    def _usable(self, kind: EventType, field: str, said: Node) -> bool:
        how, inner = next(iter(said.value.items())) if said.is_map and said.value else ("", said)
        if not usable_test(said, self.problems) or how in ("present", "at_least"):
            return not said.is_map or how in ("present", "at_least")
        known = kind.fields.get(field, _A_ROLE if field != "agency" else None)
        allowed = _allowed(known) if known is not None else ()
        for item in inner if allowed else ():
            if item.value is not None and item.value not in allowed:
                expected = " or ".join(map(str, allowed))[:200]
                hint = near_miss(item.value, [str(word) for word in allowed])
                self.problems.say("unknown_value", f"{field} has no such value", item, item.value, expected, hint)
        return True


def _allowed(field: Field) -> tuple[object, ...]:
    """The values that the field can have; nothing when any word will do."""
    if field.kind == "bool":
        return (True, False)
    if field.kind == "role":
        return tuple(ROLES)
    return field.choices if field.closed else ()


def usable_test(said: Node, problems: Problems) -> bool:
    """Whether a field can be held against this: a value, a list of values, or one of the other ways to test."""
    value = said.value
    if isinstance(value, dict):
        how, inner = next(iter(value.items())) if len(value) == 1 else ("", said)
        fits = {"present": isinstance(inner.value, bool), "at_least": type(inner.value) is int, "not": _plain(inner)}
        if how not in WHERE_FORMS or not fits[how]:
            expected = "a value, {not: value}, {at_least: number} or {present: true}"
            problems.say("bad_test", "no such way to test a field", said, said.plain(), expected)
            return False
    elif not _plain(said):
        problems.say("bad_test", "no such way to test a field", said, said.plain(), "a value or a list of values")
        return False
    return True


def _plain(node: Node) -> bool:
    """A word, number or truth value, or a list of such; in a list nothing stands for: not recorded."""
    kinds = (str, bool, int, type(None)) if isinstance(node.value, list) else (str, bool, int)
    return bool(node.value != []) and all(isinstance(item.value, kinds) for item in node)
