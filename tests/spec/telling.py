"""Telling an example: a rule, a story, and how things stand at some moments. What is told is also what is printed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lantern import engine
from lantern.engine.instants import LONDON
from lantern.engine.oracle import owed
from lantern.engine.packs.nodes import Problems, read_text
from lantern.engine.scenarios import _london, _story_line
from tests.engine.generative.compare import rows
from tests.engine.small_packs import duty, pack_of

States = str | list[str] | dict[str, Any] | None


@dataclass
class Row:
    """One line of the table: when, how things stood, and what else was looked at."""

    at: str
    states: str
    more: dict[str, str]


@dataclass
class Pack:
    """The parts of one pack of the example, as written and as data."""

    written: list[str] = field(default_factory=list)
    duties: list[dict[str, Any]] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)
    sides: dict[str, Any] = field(default_factory=dict)

    def read(self) -> engine.Pack:
        return pack_of(*self.duties, head=self.head, **self.sides)


class Telling:
    """One example. Times are London times; a story line reads `2026-03-02 16:00 report_received by=foster_carer`."""

    def __init__(self) -> None:
        self.packs = [Pack()]
        self.lines: list[str] = []
        self.rows: list[Row] = []
        self.sentences: list[str] = []

    def rule(self, text: str) -> None:
        """A duty; what every duty must say and no reader of the example needs is filled in."""
        said = self._written(text)
        self.packs[-1].duties.append(duty(**{"name": said.pop("duty", "initial_risk_grading"), **said}))

    def beside(self, text: str) -> None:
        """Another file of the pack: terms, authority, classification or timetables."""
        self.packs[-1].sides |= self._written(text)

    def head(self, text: str) -> None:
        """Keys of pack.yaml."""
        self.packs[-1].head |= self._written(text)

    def second_pack(self) -> None:
        """What follows belongs to a second pack."""
        self.packs.append(Pack(head={"pack": "second"}))

    def _written(self, text: str) -> dict[str, Any]:
        lines = text.strip("\n").splitlines()
        margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        plain = "\n".join(line[margin:] for line in lines).strip()
        self.packs[-1].written.append(plain)
        problems = Problems()
        root = read_text(plain, "example", problems)
        assert root is not None, problems
        return dict(root.plain())

    def story(self, text: str) -> None:
        """Lines of the story, in any order."""
        self.lines += [line.strip() for line in text.splitlines() if line.strip()]

    def at(self, when: str, states: States, known_at: str | None = None, **more: str | None) -> None:
        """How things stand: a state, the states of every instance, or by episode or duty; None: nothing has arisen.

        `more`: due, arose or met of the last instance, as London times (none: that there is none).
        """
        evaluation = self.answer(when, known_at)
        self._oracle_agrees(when, known_at, evaluation)
        given = _shape(evaluation, states)
        assert given == states, f"{when}: {given}"
        for key, wanted in more.items():
            shown = _time(getattr(_in_order(evaluation)[-1], f"{key}_at"))
            assert shown == wanted, f"{when}: {key} {shown}"
        looked_at = {key: value or "none" for key, value in more.items()}
        self.rows.append(Row(when, _in_words(states), ({"known at": known_at} if known_at else {}) | looked_at))

    def answer(self, when: str, known_at: str | None = None) -> engine.Evaluation:
        """The evaluation itself, for what `at` does not look at."""
        log = engine.Log.of([{"id": f"e{n}", **_story_line(line)} for n, line in enumerate(self.lines, 1)])
        packs = [pack.read() for pack in self.packs]
        return engine.evaluate(packs, log, _london(when), _london(known_at) if known_at else None)

    def _oracle_agrees(self, when: str, known_at: str | None, evaluation: engine.Evaluation) -> None:
        if len(self.packs) > 1:
            return
        log = engine.Log.of([{"id": f"e{n}", **_story_line(line)} for n, line in enumerate(self.lines, 1)])
        slow = owed(self.packs[0].read(), log, _london(when), _london(known_at) if known_at else None)
        assert sorted(slow, key=repr) == rows(evaluation)

    def says(self, when: str, sentence: str) -> None:
        """The sentence in which the answer is given."""
        words = [duty_.in_words for duty_ in self.answer(when).duties]
        assert sentence in words, words
        self.sentences.append(sentence)

    def problems(self, when: str, *codes: str) -> None:
        """What is listed as a problem of the story."""
        assert [problem.code for problem in self.answer(when).problems] == list(codes)
        self.rows.append(Row(when, f"problems: {', '.join(codes) or 'none'}", {}))

    def episode(self, when: str, **wanted: Any) -> None:
        """How the last episode stands: state, risk, police, authority."""
        episode = self.answer(when).episodes[-1]
        given = {"state": episode.state, "risk": episode.risk and episode.risk["level"], **episode.category}
        assert {key: given[key] for key in wanted} == wanted, given
        self.rows.append(Row(when, "; ".join(f"{key} {value}" for key, value in wanted.items()), {}))


def _shape(evaluation: engine.Evaluation, like: States) -> States:
    """The states given, in the shape of those expected."""
    if isinstance(like, dict):
        names = {duty_.duty for duty_ in evaluation.duties} | {rule.duty for rule in evaluation.not_due}
        by_duty = not set(like) - names
        return {key: _states(evaluation, key, by_duty=by_duty) for key in like}
    found = [duty_.state for duty_ in _in_order(evaluation)]
    return found if isinstance(like, list) else found[0] if len(found) == 1 else (found or None)


def _in_order(evaluation: engine.Evaluation) -> list[engine.DutyResult]:
    """By child, episode and number, however soon each is due."""
    return sorted(evaluation.duties, key=lambda duty_: (duty_.child, duty_.episode or "", duty_.instance))


def _states(evaluation: engine.Evaluation, key: str, *, by_duty: bool) -> Any:
    child, _, episode = key.rpartition("/")
    found = [
        duty_.state
        for duty_ in _in_order(evaluation)
        if (duty_.duty == key if by_duty else duty_.episode == episode and child in ("", duty_.child))
    ]
    return found[0] if len(found) == 1 else (found or None)


def _in_words(states: States) -> str:
    if isinstance(states, dict):
        return "; ".join(f"{key}: {_in_words(value)}" for key, value in states.items())
    if isinstance(states, list):
        return ", ".join(states) or "nothing has arisen"
    return states or "nothing has arisen"


def _time(at: datetime | None) -> str | None:
    if at is None:
        return None
    local = at.astimezone(LONDON)
    seconds = f":{local:%S}" if local.second else ""
    return f"{local:%Y-%m-%d %H:%M}{seconds}"
