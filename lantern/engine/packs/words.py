"""Small readers shared by all parts of a pack: text, choices, roles, citations, spans, clocks, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from lantern.engine import vocabulary  # noqa: F401 - importing it fills the registry
from lantern.engine.events import REGISTRY
from lantern.engine.instants import parse_date
from lantern.engine.packs.nodes import Node, Problems, expect_keys
from lantern.engine.roles import ROLES
from lantern.engine.rules import Cite
from lantern.engine.spans import Span, parse_span

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Words:
    """Reads values and says what is wrong with them; a wrong value reads as an empty one."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def text(self, node: Node | None) -> str:
        if node is None or node.value is None:
            return ""
        if isinstance(node.value, (dict, list)):
            self.problems.say("not_text", "this should be text", node, expected="words")
            return ""
        return str(node.value).strip()

    def texts(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self.text(item) for item in node) if node is not None else ()

    def flag(self, node: Node | None) -> bool:
        if node is None:
            return False
        if not isinstance(node.value, bool):
            self.problems.say("not_a_flag", "this is neither true nor false", node, node.value, "true or false")
            return False
        return node.value

    def number(self, node: Node | None, least: int = 0, most: int = 10_000) -> int | None:
        if node is None:
            return None
        if not isinstance(node.value, int) or isinstance(node.value, bool) or not least <= node.value <= most:
            expected = f"a whole number from {least} to {most}"
            self.problems.say("not_a_number", "this is not a number that can be used", node, node.value, expected)
            return None
        return node.value

    def choice(self, node: Node | None, allowed: Iterable[str], what: str, default: str = "") -> str:
        if node is None:
            return default
        said = self.text(node)
        choices = list(allowed)
        if said not in choices:
            near = get_close_matches(said, choices, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            self.problems.say("unknown_value", f"{what} has no such value", node, said, ", ".join(choices)[:200], hint)
            return default
        return said

    def choices(self, node: Node | None, allowed: Iterable[str], what: str) -> frozenset[str]:
        choices = list(allowed)
        return frozenset(self.choice(item, choices, what) for item in node) if node is not None else frozenset()

    def role(self, node: Node | None) -> str:
        if node is None:
            return ""
        said = self.text(node)
        if said not in ROLES:
            near = get_close_matches(said, ROLES, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            self.problems.say("unknown_role", "there is no such role", node, said, "a role of the vocabulary", hint)
        return said

    def fields(self, node: Node | None, types: Iterable[str]) -> None:
        """Say which of the names are fields of none of these events."""
        known = {name: None for type_ in types for name in REGISTRY[type_].fields}
        for item in node or ():
            if self.text(item) not in known:
                self.problems.say("unknown_field", "no such field is recorded", item, item.value, ", ".join(known))

    def roles(self, node: Node | None) -> tuple[str, ...]:
        return tuple(self.role(item) for item in node) if node is not None else ()

    def span(self, node: Node | None, *, exact: bool = False, units: Iterable[str] = ()) -> Span | None:
        """A length of time; `units` are those that can be used there, when not every one can."""
        if node is None:
            return None
        try:
            span = parse_span(self.text(node), exact=exact)
        except ValueError as error:
            self.problems.say("bad_span", "this is not a length of time", node, self.text(node), str(error))
            return None
        if units and span.unit not in units:
            self.problems.say("bad_span", "this cannot be counted here", node, span, f"a number of {', '.join(units)}")
            return None
        return span

    def step(self, node: Node | None) -> Span | None:
        """A length of time after which something comes again: not nothing."""
        span = self.span(node)
        if span is not None and node is not None and span.number == 0:
            self.problems.say("bad_span", "nothing comes again after no time", node, span, "at least 1")
            return None
        return span

    def clock(self, node: Node | None) -> tuple[int, int] | None:
        if node is None:
            return None
        match = _CLOCK.fullmatch(self.text(node))
        if not match:
            self.problems.say("bad_clock", "this is not a time of day", node, self.text(node), 'a time such as "23:00"')
            return None
        return int(match[1]), int(match[2])

    def date(self, node: Node | None) -> date | None:
        if node is None:
            return None
        said = self.text(node)
        try:
            return parse_date(said)
        except ValueError:
            self.problems.say("bad_date", "this is not a date", node, said, "a date such as 2023-12-01")
            return None

    def cites(self, node: Node | None) -> tuple[Cite, ...]:
        """One citation or a list of them."""
        if node is None:
            return ()
        found = []
        for item in node:
            if expect_keys(item, ("source", "at"), (), self.problems, "a citation"):
                found.append(Cite(self.text(item.get("source")), self.text(item.get("at"))))
        return tuple(found)
