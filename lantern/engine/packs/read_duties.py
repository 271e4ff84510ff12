"""Duties from YAML: when they arise, when they are due, what closes them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from lantern.engine.clocks import WEEKDAYS, ByTimetable, DueCase, Night, Repeat
from lantern.engine.conditions import AllOf, Condition
from lantern.engine.events import REGISTRY
from lantern.engine.packs.duty_names import PLAIN, is_duty_name
from lantern.engine.packs.nodes import Node, Problems, expect_keys
from lantern.engine.packs.read_conditions import MOMENTS, ConditionReader
from lantern.engine.packs.words import Words
from lantern.engine.patterns import Pattern, Patterns
from lantern.engine.rules import Arises, Duty, Lapses, SetAside
from lantern.engine.spans import Span

_REQUIRED = ("duty", "says", "owed_by", "strength")
_OPTIONAL_WORDS = """
variant arises with consider due met_by counts_from serves_episodes lapses set_aside repeats acknowledge serious
contains cite assumed conflicts covers departs_from scope timetable note
"""
_CASE_WORDS = """
if within exact from taken cite assumed immediately by working_day night between before after as_agreed earliest
"""
_OPTIONAL = tuple(_OPTIONAL_WORDS.split())
_CASE_KEYS = tuple(_CASE_WORDS.split())
_CLOCKS = ("within", "between", "by", "night", "before", "after", "as_agreed", "earliest")
_ENDINGS = {
    "found": ("child_located", "child_returned", "episode_closed"),
    "ended": ("child_returned", "episode_closed"),
    "closed": ("episode_closed",),
    "returned": ("child_returned",),
}


class DutyReader:
    """Reads one duty at a time; problems go to the common list."""

    def __init__(self, problems: Problems, words: Words, conditions: ConditionReader) -> None:
        self.problems = problems
        self.words = words
        self.conditions = conditions
        self.applies: Condition | None = None

    def read(self, node: Node, phase: str, origin: str) -> Duty | None:
        """The duty, or None when something made it unusable."""
        before = len(self.problems)
        if not expect_keys(node, _REQUIRED, _OPTIONAL, self.problems, "a duty"):
            return None
        words, get = self.words, node.get
        scope = words.choice(get("scope"), ("episode", "child", "home", "none"), "scope", "episode")
        duty = Duty(
            duty=self._name(node.value["duty"]),
            says=words.text(get("says")),
            owed_by=words.role(get("owed_by")),
            strength=words.choice(get("strength"), ("must", "should", "may"), "strength", "should"),
            arises=self._arises(get("arises"), node, scope),
            cites=words.cites(get("cite")),
            variant=words.text(get("variant")),
            scope=scope,
            phase=phase,
            due=self._due(get("due")),
            met_by=self.conditions.patterns(get("met_by")),
            counts_from=words.choice(
                get("counts_from"), ("start", "trigger", "episode", "any_episode", "child"), "counts_from", "start"
            ),
            lapses=self._lapses(get("lapses")),
            set_aside=tuple(rule for item in get("set_aside") or () if (rule := self._set_aside(item))),
            repeats=self._repeats(get("repeats")),
            others=words.roles(get("with")),
            consider=words.flag(get("consider")),
            acknowledge=words.flag(get("acknowledge")),
            serious=words.flag(get("serious")),
            serves_episodes=words.flag(get("serves_episodes")),
            contains=self._contains(get("contains")),
            assumed=words.text(get("assumed")),
            conflicts=words.texts(get("conflicts")),
            covers=words.texts(get("covers")),
            departs_from=get("departs_from").plain() if get("departs_from") else None,  # type: ignore[union-attr]  # asked just before
            timetable=words.text(get("timetable")),
            origin=origin,
            file=node.file,
            line=node.line,
        )
        self._cited(duty, node)
        return duty if len(self.problems) == before else None

    def _name(self, node: Node) -> str:
        name = self.words.text(node)
        if not is_duty_name(name):
            near = get_close_matches(name, PLAIN, n=1)
            hint = f"Did you mean {near[0]}?" if near else ""
            self.problems.say(
                "unknown_duty", "there is no duty of that name", node, name, "a name of the vocabulary", hint
            )
        return name

    def _cited(self, duty: Duty, node: Node) -> None:
        if not duty.cites and not duty.assumed:
            self.problems.say(
                "missing_citation", f"{duty.name} cites nothing", node, expected="cite, or assumed with the reason",
            )  # fmt: skip
        for case in duty.due:
            if not (case.cites or case.assumed or duty.cites or duty.assumed):
                self.problems.say("missing_citation", f"a due time of {duty.name} cites nothing", node)

    def _arises(self, node: Node | None, duty: Node, scope: str) -> Arises:
        if node is None:
            if scope not in ("none", "home"):
                self.problems.say("missing_key", "a duty needs arises", duty, expected="a key `arises`")
            return Arises(None, None)
        if not expect_keys(node, (), ("at", "when", "each", "if"), self.problems, "`arises`"):
            return Arises(None, None)
        at, when = self.conditions.patterns(node.get("at")), self.conditions.condition(node.get("when"))
        if (node.get("at") is None) == (node.get("when") is None):
            self.problems.say(
                "bad_arises", "a duty arises at events or when a condition holds", node, expected="`at` or `when`"
            )
        condition = self.conditions.condition(node.get("if")) if at is not None else when
        if self.applies is not None:
            condition = self.applies if condition is None else AllOf((self.applies, condition))
        each = node.get("each")
        after_lapse = each is not None and each.value == "after_lapse"
        if after_lapse and duty.get("repeats"):
            said = "a duty that repeats is owed again anyway"
            self.problems.say("bad_arises", said, node, "each: after_lapse", "either `repeats` or `each: after_lapse`")
        return Arises(at, condition, not after_lapse and self.words.flag(each), after_lapse)

    # due times

    def _due(self, node: Node | None) -> tuple[DueCase, ...]:
        if node is None:
            return ()
        return tuple(case for item in node if (case := self._case(item)))

    def _case(self, node: Node) -> DueCase | None:
        if not expect_keys(node, (), _CASE_KEYS, self.problems, "`due`"):
            return None
        words, get = self.words, node.get
        within, not_before = words.span(get("within"), exact=words.flag(get("exact"))), None
        if between := get("between"):
            not_before, within = self._between(between)
        by, night, agreed = get("by"), self._night(get("night")), self._agreed(get("as_agreed"), "event", "field")
        before = self._before(node)
        self._one_clock(node, [key for key in _CLOCKS if get(key) and not (key == "by" and before)])
        return DueCase(
            condition=self.conditions.condition(get("if")),
            within=within,
            not_before=not_before,
            by=words.clock(by) if by is not None and before is None else None,
            working_day=words.flag(get("working_day")),
            night=night,
            agreed=agreed,
            before=before,
            immediately=words.flag(get("immediately")),
            from_=self._from(get("from")),
            told=words.choice(get("taken"), ("occurred", "told"), "taken", "occurred") == "told",
            earliest=self._due(get("earliest")),
            cites=words.cites(get("cite")),
            assumed=words.text(get("assumed")),
        )

    def _one_clock(self, node: Node, clocks: list[str]) -> None:
        if len(clocks) > 1:
            expected = "one of them, or a list of cases or `earliest`"
            self.problems.say("two_clocks", "a due time is given in two ways", node, ", ".join(clocks), expected)

    def _between(self, node: Node) -> tuple[Span | None, Span | None]:
        items = list(node)
        if len(items) != 2:
            self.problems.say("bad_span", "`between` needs two lengths of time", node, expected="[2 hours, 6 hours]")
            return None, None
        return self.words.span(items[0]), self.words.span(items[1])

    def _night(self, node: Node | None) -> Night | None:
        if node is None or not expect_keys(node, ("every", "from", "to"), (), self.problems, "`night`"):
            return None
        every, start, end = (
            self.words.step(node.get("every")),
            self.words.clock(node.get("from")),
            self.words.clock(node.get("to")),
        )
        return Night(every, start, end) if every and start and end else None

    def _agreed(self, node: Node | None, event: str, field: str) -> tuple[Patterns, str] | None:
        if node is None or not expect_keys(node, (event, field), ("where",), self.problems, "an agreed time"):
            return None
        inner = Node(
            {key: value for key, value in node.value.items() if key in ("event", "where")}, node.file, node.line
        )
        patterns = self.conditions.patterns(inner if node.get("where") else node.value[event])
        name = self.words.text(node.value[field])
        for type_ in patterns.types() if patterns else ():
            if name not in (fields := REGISTRY[type_].fields) or fields[name].kind != "instant":
                times = ", ".join(key for key, known in fields.items() if known.kind == "instant")
                self.problems.say("unknown_field", f"{type_} sets no such time", node.value[field], name, times)
        return (patterns, name) if patterns else None

    def _before(self, node: Node) -> ByTimetable | None:
        before, by = node.get("before") or node.get("after"), node.get("by")
        if before is None:
            return None
        if by is None or not expect_keys(by, (), ("weekday", "weeks", "time"), self.problems, "`by`"):
            return ByTimetable(self.words.text(before), "", 0, None)
        weekday = self.words.choice(by.get("weekday"), WEEKDAYS, "weekday")
        return ByTimetable(
            self.words.text(before),
            weekday,
            self.words.number(by.get("weeks"), -52, 52) or 0,
            self.words.clock(by.get("time")),
        )

    def _from(self, node: Node | None) -> str | Patterns:
        if node is None:
            return "trigger"
        if isinstance(node.value, str) and node.value in ("trigger", *MOMENTS):
            return node.value
        return self.conditions.patterns(node) or "trigger"

    # what closes it

    def _endings(self, node: Node) -> Patterns | None:
        if isinstance(node.value, str) and node.value in _ENDINGS:
            return Patterns(tuple(Pattern(type_) for type_ in _ENDINGS[node.value]))
        return self.conditions.patterns(node)

    def _lapses(self, node: Node | None) -> Lapses | None:
        if node is None or not expect_keys(node, (), ("on", "if"), self.problems, "`lapses`"):
            return None
        on = node.get("on")
        shorthand = on is not None and on.value in _ENDINGS if isinstance(on and on.value, str) else False
        return Lapses(
            self._endings(on) if on is not None else None, self.conditions.condition(node.get("if")), shorthand
        )

    def _set_aside(self, node: Node) -> SetAside | None:
        if not expect_keys(node, ("by",), ("event", "requires", "if", "cite"), self.problems, "`set_aside`"):
            return None
        event = self.conditions.patterns(node.get("event"))
        self.words.fields(node.get("requires"), event.types() if event else ("duty_set_aside",))
        return SetAside(
            frozenset(self.words.roles(node.get("by"))),
            event,
            self.words.texts(node.get("requires")),
            self.conditions.condition(node.get("if")),
            self.words.cites(node.get("cite")),
        )

    def _repeats(self, node: Node | None) -> Repeat | None:
        if node is None or not expect_keys(
            node, (), ("every", "night", "from", "until", "may_be_set_by"), self.problems, "`repeats`"
        ):
            return None
        until = node.get("until")
        shorthand = until is not None and isinstance(until.value, str) and until.value in _ENDINGS
        return Repeat(
            self.words.step(node.get("every")),
            self.words.choice(node.get("from"), ("met", "due"), "from", "met"),
            self._endings(until) if until is not None else None,
            self._agreed(node.get("may_be_set_by"), "event", "field"),
            shorthand,
        )

    def _contains(self, node: Node | None) -> dict[str, Any]:
        if node is None:
            return {}
        if not node.is_map:
            self.problems.say("not_a_mapping", "`contains` is not a mapping", node, expected="agenda, questions, …")
            return {}
        return dict(node.plain())
