"""Conditions from YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, ClassVar

from lantern.engine.because import CANNOT_TELL, NO, YES
from lantern.engine.conditions import AllOf, Always, AnyOf, Condition, Named, Not
from lantern.engine.events import CATEGORIES, REGISTRY, RISK_LEVELS
from lantern.engine.facts import Age, Differs, Fact, describe
from lantern.engine.happenings import Happened, TriggerField
from lantern.engine.instants import FAR
from lantern.engine.packs.nodes import Node, Problems, expect_keys
from lantern.engine.packs.read_patterns import LINE_FIELDS, PatternReader, usable_test
from lantern.engine.packs.words import Words
from lantern.engine.patterns import make_test
from lantern.engine.standings import Category, Count, Lasted, Risk, State, TimeOfDay, TreatedAs
from lantern.engine.values import near_miss

MOMENTS = (
    "start",
    "noticed",
    "reported",
    "recorded",
    "graded",
    "located",
    "returned",
    "found",
    "closed",
    "last_seen",
    "known_missing",
)
STATES = ("noticed", "away", "missing", "located", "returned", "closed")
_LASTED_OF = {"missing": ("reported", "noticed"), "absence": ("noticed",), "known_missing": ("known_missing",)}
_UNKNOWN = {"yes": YES, "no": NO, "True": YES, "False": NO}
_MOST = 10**9
_OLDEST = 150


class ConditionReader(PatternReader):
    """Reads conditions; `terms` and `classified` are looked up when a condition names them."""

    def __init__(self, problems: Problems, words: Words) -> None:
        super().__init__(problems, words)
        self.term_nodes: Mapping[str, Node] = {}
        self.terms: dict[str, Condition | None] = {}  # None: there, but not usable
        self.classified: dict[str, Condition] = {}
        self._reading: list[str] = []

    def condition(self, node: Node | None) -> Condition | None:
        """The condition, or None with the problem said."""
        if node is None:
            return None
        if node.value == "always":
            return Always()
        if not node.is_map or not node.value:
            self.problems.say("bad_condition", "this is not a condition", node, node.value, "a mapping, or always")
            return None
        for name, reader in self._READERS.items():
            if name in node.value:
                return reader(self, node)
        said = ", ".join(node.value)
        near = get_close_matches(said, self._READERS, n=1)
        hint = f"Did you mean {near[0]}?" if near else ""
        self.problems.say("unknown_condition", "there is no such condition", node, said, ", ".join(self._READERS), hint)
        return None

    def _keys(self, node: Node, required: tuple[str, ...], *optional: str) -> bool:
        return expect_keys(node, required, optional, self.problems, f"the condition `{required[0]}`")

    def _group(self, node: Node) -> Condition | None:
        name = next(key for key in ("all", "any", "not") if key in node.value)
        if not self._keys(node, (name,)):
            return None
        parts = [part for item in node.value[name] if (part := self.condition(item))]
        if not parts:
            self.problems.say("empty_group", f"`{name}` holds no condition", node, expected="at least one condition")
            return None
        if name == "not":
            return Not((parts[0] if len(parts) == 1 else AllOf(parts),))
        return AllOf(parts) if name == "all" else AnyOf(parts)

    def _term(self, node: Node) -> Condition | None:
        if not self._keys(node, ("term",)):
            return None
        name = self.words.text(node.value["term"])
        if name in self._reading:
            self.problems.say("cycle", "the term depends on itself", node, " → ".join([*self._reading, name]))
        elif name not in self.term_nodes:
            hint = near_miss(name, self.term_nodes)
            self.problems.say("unknown_term", "there is no such term", node, name, "a key of terms.yaml", hint)
        elif name not in self.terms:
            self.terms[name] = self._read_term(name)
        return self.terms.get(name)

    def _read_term(self, name: str) -> Condition | None:
        """Read once, whether it can be used or not: what is wrong with it is said once."""
        self._reading.append(name)
        body = self.term_nodes[name]
        inner = self.condition(body.get("if"))
        self._reading.pop()
        return Named(self.words.text(body.get("says")) or name, inner) if inner is not None else None

    def _classified(self, node: Node) -> Condition | None:
        if not self._keys(node, ("classified",)):
            return None
        category = self.words.choice(node.value["classified"], CATEGORIES, "category")
        if category and category not in self.classified:
            self.problems.say("unknown_classification", "no classification rule gives it", node, category)
        return self.classified.get(category)

    def _fact(self, node: Node) -> Condition | None:
        path = self.words.text(node.value["fact"])
        tests = ("at_least", "under") if path == "age" else ("is", "not", "at_least", "differs_from")
        if not self._keys(node, ("fact",), *tests, "if_unknown", "assumed"):
            return None
        if_unknown = self._if_unknown(node)
        if path == "age":
            least, under = (self.words.number(node.get(key), 0, _OLDEST) for key in ("at_least", "under"))
            if not (node.get("at_least") or node.get("under")):
                self.problems.say("missing_key", "an age is compared", node, expected="`at_least` or `under`")
            return Age(least or 0, 200 if under is None else under, if_unknown)
        self._known_fact(path, node)
        if other := node.get("differs_from"):
            self._known_fact(self.words.text(other), other)
            return Differs(path, self.words.text(other), if_unknown)
        test, said = self._fact_test(node)
        return Fact(path, test, said, if_unknown)

    def _if_unknown(self, node: Node) -> int:
        """What an unrecorded fact counts as: cannot tell, unless the pack decides."""
        said = node.get("if_unknown")
        if said is None:
            return CANNOT_TELL
        if str(said.value) not in _UNKNOWN:
            self.problems.say("unknown_value", "if_unknown has no such value", said, said.value, "yes or no")
        return _UNKNOWN.get(str(said.value), CANNOT_TELL)

    def _known_fact(self, path: str, node: Node) -> None:
        name = path.partition(".")[0]
        facts = REGISTRY["profile_recorded"].fields
        if name not in facts:
            near = get_close_matches(name, facts, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            self.problems.say("unknown_fact", "there is no such fact", node, path, "a field of profile_recorded", hint)

    def _fact_test(self, node: Node) -> tuple[Callable[[Any], bool], str]:
        if (is_ := node.get("is")) and usable_test(is_, self.problems):
            return make_test(is_.plain()), f"is {describe(_said(is_.plain()))}"
        if (not_ := node.get("not")) and usable_test(not_, self.problems):
            return make_test({"not": not_.plain()}), f"is not {describe(_said(not_.plain()))}"
        if least := node.get("at_least"):
            number = self.words.number(least) or 0
            return make_test({"at_least": number}), f"is at least {number}"
        return _truthy, "is so"

    def _category(self, node: Node) -> Condition | None:
        if not self._keys(node, ("category",), "held_by", "if_unknown", "assumed"):
            return None
        wanted = self.words.choices(node.value["category"], CATEGORIES, "category")
        holder = self.words.choice(node.get("held_by"), ("police", "authority"), "held_by")
        return Category(wanted, holder or None, self._if_unknown(node))

    def _treated(self, node: Node) -> Condition | None:
        if not self._keys(node, ("treated_as",)):
            return None
        return TreatedAs(self.words.choice(node.value["treated_as"], ("missing", "away"), "treated_as"))

    def _risk(self, node: Node) -> Condition | None:
        if not self._keys(node, ("risk",), "if_unknown", "assumed"):
            return None
        return Risk(self.words.choices(node.value["risk"], RISK_LEVELS, "risk"), self._if_unknown(node))

    def _state(self, node: Node) -> Condition | None:
        if not self._keys(node, ("state",)):
            return None
        return State(self.words.choices(node.value["state"], STATES, "state"))

    def _happened(self, node: Node) -> Condition | None:
        if not self._keys(node, ("happened",), "within", "in", "unless_later"):
            return None
        patterns = self.patterns(node.value["happened"])
        within = self.words.span(node.get("within"), exact=True, units=("minutes", "hours", "days", "weeks"))
        where = self.words.choice(node.get("in"), ("episode", "child", "earlier_episodes"), "in", "episode")
        undone = self.patterns(node.get("unless_later"))
        return Happened(patterns, within.elapsed() if within else FAR, where, undone) if patterns else None

    def _lasted(self, node: Node) -> Condition | None:
        if not self._keys(node, ("lasted",), "of", "from"):
            return None
        span = self.words.span(node.value["lasted"], exact=True)
        if start := node.get("from"):
            moments: tuple[str, ...] = (self.words.choice(start, MOMENTS, "from", "reported"),)
        else:
            moments = _LASTED_OF[self.words.choice(node.get("of"), _LASTED_OF, "of", "missing")]
        return Lasted(span, moments) if span else None

    def _count(self, node: Node) -> Condition | None:
        if not self._keys(node, ("count",), "of", "within", "at_least", "exactly", "under", "by"):
            return None
        self.words.choice(node.value["count"], ("episodes",), "count")
        span = self.words.span(node.get("within"), units=("days", "weeks", "months", "years"))
        exactly, least = self.words.number(node.get("exactly")), self.words.number(node.get("at_least"))
        under = self.words.number(node.get("under"))
        if not (node.get("exactly") or node.get("at_least") or node.get("under")):
            self.problems.say("missing_key", "a count needs a number", node, expected="at_least, exactly or under")
        return Count(
            exactly if exactly is not None else (least or 0),
            exactly if exactly is not None else (_MOST if under is None else under - 1),
            span.days() if span else None,
            self.words.choice(node.get("of"), ("missing", "away", "any"), "of", "any"),
            self.words.choice(node.get("by"), ("child", "home"), "by", "child"),
        )

    def _time(self, node: Node) -> Condition | None:
        if not self._keys(node, ("time",), "from", "to"):
            return None
        kind = self.words.choice(
            node.value["time"], ("office_hours", "out_of_hours", "between"), "time", "office_hours"
        )
        return TimeOfDay(kind, self.words.clock(node.get("from")) or (0, 0), self.words.clock(node.get("to")) or (0, 0))

    def _trigger(self, node: Node) -> Condition | None:
        inner = node.value["trigger"]
        if not self._keys(node, ("trigger",)) or not expect_keys(
            inner, ("field",), ("is", "not", "at_least"), self.problems, "`trigger`"
        ):
            return None
        test, said = self._fact_test(inner)
        name = self.words.text(inner.value["field"])
        if not any(name in kind.fields for kind in REGISTRY.values()) and name not in LINE_FIELDS:
            self.problems.say("unknown_field", "no event has such a field", inner.value["field"], name)
        return TriggerField(name, test, said)

    # one reader for the key that names each kind; a fact may be tested with `not`, so it is asked for first
    _READERS: ClassVar[dict[str, Callable[[ConditionReader, Node], Condition | None]]] = {
        "fact": _fact,
        "all": _group,
        "any": _group,
        "not": _group,
        "term": _term,
        "classified": _classified,
        "category": _category,
        "treated_as": _treated,
        "risk": _risk,
        "state": _state,
        "happened": _happened,
        "lasted": _lasted,
        "count": _count,
        "time": _time,
        "trigger": _trigger,
    }


def _truthy(value: Any) -> bool:
    """A yes/no fact may be given as a mapping: it holds unless it says no, none or not needed."""
    if isinstance(value, dict):
        kind = value.get("needed", value.get("level", value.get("kind", value.get("legal_basis", True))))
        return kind not in (False, None, "none", "no")
    return value not in (False, "none", "no", "", None)


def _said(value: Any) -> Any:
    return " or ".join(describe(item) for item in value) if isinstance(value, list) else value
