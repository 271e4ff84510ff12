"""A folder of YAML to a Pack: all problems gathered and raised together."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from lantern.engine.conditions import AnyOf, Condition, Named
from lantern.engine.events import CATEGORIES
from lantern.engine.instants import OfficeHours
from lantern.engine.packs.citations import check_citations, check_covered
from lantern.engine.packs.cross_check import cross_check
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.packs.nodes import Node, Problems, expect_keys, read_file
from lantern.engine.packs.overlay import laid_over
from lantern.engine.packs.read_conditions import ConditionReader
from lantern.engine.packs.read_duties import DutyReader
from lantern.engine.packs.read_registers import RegisterReader
from lantern.engine.packs.words import Words
from lantern.engine.problems import BadPack, Problem
from lantern.engine.roles import ROLES
from lantern.engine.rules import Authority, Classification, Duty, Pack
from lantern.engine.values import near_miss

_PACK_KEYS = (
    "until", "base", "authorities", "roles", "records", "withdraws", "agreed_by", "office_hours", "applies", "note",
)  # fmt: skip
SIDE_FILES = (
    "sources", "terms", "authority", "classification", "timetables", "conflicts", "register", "definitions",
)  # fmt: skip


class PackReader:
    """Reads one edition; call `read` once."""

    def __init__(self, folder: Path, shown_as: str, base: Pack | None) -> None:
        self.folder = folder
        self.shown_as = shown_as
        self.base = base
        self.problems = Problems()
        self.words = Words(self.problems)
        self.conditions = ConditionReader(self.problems, self.words)
        self.registers = RegisterReader(self.problems, self.words)
        self.duty_reader = DutyReader(self.problems, self.words, self.conditions)
        self.files: dict[str, Node] = {}
        self.all_files: list[Node] = []

    def read(self) -> Pack:
        """The pack. Raises BadPack with every problem found."""
        head = self._file("pack")
        if head is None or not expect_keys(
            head, ("pack", "edition", "title", "in_force", "status"), _PACK_KEYS, self.problems, "pack.yaml"
        ):
            raise BadPack(self.problems)
        for name in SIDE_FILES:
            if (self.folder / f"{name}.yaml").exists() and (node := self._file(name)):
                self.files[name] = node
        pack = self._assemble(head)
        self._cross_check(pack, head)
        if self.problems:
            raise BadPack(sorted(dict.fromkeys(self.problems), key=lambda problem: (problem.file, problem.line or 0)))
        return laid_over(pack, self.base) if self.base else pack

    def _cross_check(self, pack: Pack, head: Node) -> None:
        if not any(problem.file.endswith("/sources.yaml") for problem in self.problems):
            check_citations(self.all_files, {*pack.sources, *(self.base.sources if self.base else ())}, self.problems)
        if pack.register:
            check_covered(self.all_files, pack.register, self.problems)
        cross_check(pack, self.problems)
        if pack.status == "agreed" and (pack.assumptions() or not pack.agreed_by):
            said = "a pack with assumptions, or agreed by nobody, is not agreed"
            expected = "assumed, or agreed_by and no assumption"
            self.problems.say("agreed_with_assumptions", said, head.value["status"], "agreed", expected)

    def _file(self, name: str) -> Node | None:
        node = read_file(self.folder / f"{name}.yaml", f"{self.shown_as}/{name}.yaml", self.problems)
        self.all_files += [node] if node is not None else []
        return node

    def _listed(self, file: str, key: str) -> list[Node]:
        node = self.files.get(file)
        if node is None or not expect_keys(node, (key,), (), self.problems, f"{file}.yaml"):
            return []
        if not isinstance(node.value[key].value, list):
            self.problems.say("not_a_list", f"{file}.yaml does not hold a list", node.value[key], expected="a list")
            return []
        return list(node.value[key])

    def _assemble(self, head: Node) -> Pack:
        words = self.words
        name, edition = words.text(head.get("pack")), words.text(head.get("edition"))
        start, end = self._in_force(head)
        self._terms()
        classification = self._classification()
        applies = self.conditions.condition(head.get("applies"))
        self.duty_reader.applies = applies
        duties = self._duties(f"{name}@{edition}")
        return Pack(
            name=name,
            edition=edition,
            title=words.text(head.get("title")),
            content_hash=content_hash(self.folder, self.base),
            in_force_from=start,
            in_force_until=end,
            status=words.choice(head.get("status"), ("agreed", "assumed"), "status", "assumed"),
            agreed_by=words.text(head.get("agreed_by")),
            base=words.text(head.get("base")),
            authorities=words.texts(head.get("authorities")),
            roles=self._role_names(head.get("roles")),
            records=self._named_texts(head.get("records"), "`records`"),
            office_hours=self._office_hours(head.get("office_hours")),
            applies=applies,
            duties=duties,
            authority=self._authority(),
            classification=classification,
            sources=self.registers.sources(self._listed("sources", "sources")),
            terms={name: term for name, term in self.conditions.terms.items() if term is not None},
            timetables=self.registers.timetables(self._listed("timetables", "timetables")),
            conflicts=self.registers.conflicts(self._listed("conflicts", "conflicts")),
            register=self.registers.rules(self.files.get("register")),
            definitions=self._plain("definitions"),
            withdraws=self._withdraws(head.get("withdraws")),
            folder=self.shown_as,
            episode_duties=tuple(duty for duty in duties if duty.scope == "episode"),
            child_duties=tuple(duty for duty in duties if duty.scope == "child"),
        )

    def _in_force(self, head: Node) -> tuple[date, date | None]:
        node = head.value["in_force"]
        if not expect_keys(node, ("from",), ("until", "cite"), self.problems, "`in_force`"):
            return date.min, None
        return self.words.date(node.get("from")) or date.min, self.words.date(node.get("until"))

    def _role_names(self, node: Node | None) -> dict[str, str]:
        names = self._named_texts(node, "`roles`")
        for role in names:
            if node is not None and role not in ROLES:
                place = node.value[role]
                self.problems.say("unknown_role", "there is no such role", place, role, "a role of the vocabulary")
        return names

    def _named_texts(self, node: Node | None, what: str) -> dict[str, str]:
        if node is None:
            return {}
        if not node.is_map:
            self.problems.say("not_a_mapping", f"{what} is not a mapping", node, node.value, "name: words")
            return {}
        return {name: self.words.text(value) for name, value in node.value.items()}

    def _withdraws(self, node: Node | None) -> tuple[dict[str, Any], ...]:
        """Duties of the base that do not apply here, each with what allows that."""
        found = []
        for item in node or ():
            if expect_keys(item, ("duty", "departs_from"), (), self.problems, "a withdrawal"):
                found.append(item.plain())
        return tuple(found)

    def _office_hours(self, node: Node | None) -> OfficeHours:
        if node is None or not expect_keys(node, ("from", "to"), ("cite", "assumed"), self.problems, "`office_hours`"):
            return OfficeHours()
        return OfficeHours(self.words.clock(node.get("from")) or (9, 0), self.words.clock(node.get("to")) or (17, 0))

    def _terms(self) -> None:
        node = self.files.get("terms")
        if node is None or not expect_keys(node, ("terms",), (), self.problems, "terms.yaml"):
            return
        if not node.value["terms"].is_map:
            said = "terms.yaml does not hold a mapping"
            self.problems.say("not_a_mapping", said, node.value["terms"], expected="name: {says, if, cite}")
            return
        bodies: dict[str, Node] = node.value["terms"].value
        usable = {}
        for name, body in bodies.items():
            if expect_keys(
                body, ("says", "if"), ("cite", "assumed", "covers", "conflicts"), self.problems, f"the term {name}"
            ):
                usable[name] = body
        self.conditions.term_nodes = usable
        for body in usable.values():
            self.conditions.condition(
                Node({"term": Node(_name_of(usable, body), body.file, body.line)}, body.file, body.line)
            )

    def _classification(self) -> tuple[Classification, ...]:
        rules = []
        for node in self._listed("classification", "classification"):
            optional = ("cite", "assumed", "covers", "conflicts")
            if not expect_keys(
                node, ("id", "category", "says", "if"), optional, self.problems, "a classification rule"
            ):
                continue
            condition = self.conditions.condition(node.get("if"))
            if condition is None:
                continue
            says = self.words.text(node.get("says"))
            rules.append(
                Classification(
                    self.words.text(node.get("id")),
                    self.words.choice(node.get("category"), CATEGORIES, "category"),
                    says,
                    Named(says, condition),
                    self.words.cites(node.get("cite")),
                    self.words.text(node.get("assumed")),
                    self.words.texts(node.get("covers")),
                )
            )
        by_category: dict[str, list[Condition]] = {}
        for rule in rules:
            by_category.setdefault(rule.category, []).append(rule.condition)
        self.conditions.classified = {name: AnyOf(found) for name, found in by_category.items()}
        return tuple(rules)

    def _authority(self) -> tuple[Authority, ...]:
        rules = []
        for node in self._listed("authority", "authority"):
            optional = ("if", "requires", "strict", "cite", "assumed", "covers", "conflicts")
            if not expect_keys(node, ("id", "says", "decision", "by"), optional, self.problems, "an authority rule"):
                continue
            decision = self.conditions.patterns(node.get("decision"))
            if decision is None:
                continue
            self.words.fields(node.get("requires"), decision.types())
            rules.append(
                Authority(
                    self.words.text(node.get("id")),
                    self.words.text(node.get("says")),
                    decision,
                    frozenset(self.words.roles(node.get("by"))),
                    self.words.cites(node.get("cite")),
                    self.conditions.condition(node.get("if")),
                    self.words.texts(node.get("requires")),
                    self.words.flag(node.get("strict")),
                    self.words.text(node.get("assumed")),
                    self.words.texts(node.get("covers")),
                )
            )
        return tuple(rules)

    def _duties(self, origin: str) -> tuple[Duty, ...]:
        found = []
        for phase in PHASES:
            if not (self.folder / "duties" / f"{phase}.yaml").exists():
                continue
            node = self._file(f"duties/{phase}")
            if node is None or not expect_keys(node, ("duties",), (), self.problems, f"{phase}.yaml"):
                continue
            found += [duty for item in node.value["duties"] if (duty := self.duty_reader.read(item, phase, origin))]
        self._strays()
        return tuple(found)

    def _strays(self) -> None:
        """A file that is misspelt would otherwise be silently left out."""
        known = {f"{name}.yaml" for name in ("pack", *SIDE_FILES)}
        for path in sorted((*self.folder.glob("*.yaml"), *self.folder.glob("*.yml"))):
            if path.name not in known:
                hint = near_miss(path.name, known)
                problem = Problem("unknown_file", "no part of a pack has that name", f"{self.shown_as}/{path.name}",
                                  expected=", ".join(sorted(known)), hint=hint)  # fmt: skip
                self.problems.append(problem)
        for path in sorted((self.folder / "duties").glob("*")) if (self.folder / "duties").exists() else ():
            if path.stem not in PHASES or path.suffix != ".yaml":
                shown = f"{self.shown_as}/duties/{path.name}"
                expected = ", ".join(f"{phase}.yaml" for phase in PHASES)
                problem = Problem("unknown_file", "no phase of the journey has that name", shown, expected=expected)
                self.problems.append(problem)

    def _plain(self, file: str) -> tuple[dict[str, Any], ...]:
        return tuple(node.plain() for node in self._listed(file, file))


def _name_of(bodies: dict[str, Node], body: Node) -> str:
    return next(name for name, node in bodies.items() if node is body)


def content_hash(folder: Path, base: Pack | None) -> str:
    """SHA-256 over every YAML file that rules come from, and over the base's own hash."""
    digest = hashlib.sha256(base.content_hash.encode() if base else b"")
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("scenarios/"):
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
