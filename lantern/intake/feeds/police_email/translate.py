"""A police report to events: every field that is understood, and every problem, all at once.

Nothing is guessed. A value that cannot be read is a problem with its place; then a person reads the message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.conf import settings

from lantern.intake.feeds.police_email import trust, values
from lantern.intake.feeds.police_email.events import events_of
from lantern.intake.feeds.police_email.labels import LABELS
from lantern.intake.feeds.police_email.read import read
from lantern.intake.feeds.police_email.said import Said, gather
from lantern.intake.translation import Problem, ReportedChild, Translation

Kind = Literal["report", "update", "located"]
# The clocks of two machines may differ by this much; later than that, a report tells of the future.
CLOCKS_DIFFER = timedelta(minutes=5)
NEEDED: dict[Kind, tuple[str, ...]] = {
    "report": ("reference", "family_name", "given_name", "date_of_birth", "reported_at"),
    "update": ("reference",),
    "located": ("reference", "located_at"),
}
INSTANTS = frozenset(name for name in LABELS if name.endswith("_at"))
MEANINGS: dict[str, Mapping[str, Any]] = {
    "message_type": values.KINDS,
    "legal_status": values.LEGAL,
    "missing_from": values.PLACES,
    "whereabouts": values.WHEREABOUTS,
    "reporter": values.REPORTERS,
    "category": values.CATEGORIES,
    "category_by": values.OFFICERS,
    "risk": values.RISKS,
    "risk_by": values.OFFICERS,
    "harm": values.YES_OR_NO,
    "returned_to": values.RETURNS,
    "check_method": values.METHODS,
}
CODES = frozenset({"reference", "system", "force", "responsible_authority", "host_authority", "found_by"})
LONGEST_CODE = 100


@dataclass
class Reader:
    """Turns what was said into values, and gathers what cannot be."""

    said: dict[str, Said]
    received_at: datetime
    problems: list[Problem] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """The value of a field; None when it was not said or cannot be read."""
        said = self.said.get(name)
        if said is None:
            return None
        if name in INSTANTS:
            return self._instant(said)
        if name == "date_of_birth":
            return self._birth(said)
        if name in MEANINGS:
            return self._meant(said, MEANINGS[name])
        if name in CODES:
            return self._code(said)
        return said.value

    def problem(self, code: str, said: Said, message: str, expected: str = "") -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(code, said.place, message, expected))

    def _instant(self, said: Said) -> datetime | None:
        try:
            moment = values.instant(said.value)
        except values.Ambiguous:
            self.problem("ambiguous_time", said, "the clocks changed at this time", "a time with BST or GMT beside it")
            return None
        if moment is None:
            self.problem("bad_time", said, "this is not a date and time", "such as 14/11/2026 21:40")
        elif moment > self.received_at + CLOCKS_DIFFER:
            self.problem("in_the_future", said, "this is later than the message itself")
        return moment

    def _birth(self, said: Said) -> date | None:
        born = values.day(said.value)
        if born is None:
            self.problem("bad_date", said, "this is not a date", "such as 09/05/2011")
        elif born > self.received_at.date():
            self.problem("in_the_future", said, "this is later than the message itself")
        return born

    def _meant(self, said: Said, meanings: Mapping[str, Any]) -> Any:
        titles = meanings in (values.OFFICERS, values.REPORTERS)
        found = values.first_of(said.value, meanings) if titles else values.one_of(said.value, meanings)
        if found is None:
            self.problem("unknown_value", said, "this is not one of the words that are known", ", ".join(meanings))
        return found

    def _code(self, said: Said) -> str | None:
        if len(said.value) > LONGEST_CODE or not said.value.isprintable():
            self.problem("bad_value", said, "too long to be meant", f"at most {LONGEST_CODE} characters on one line")
            return None
        return said.value


def translate(raw: bytes, received_at: datetime) -> Translation:
    """What the mail says. Never raises: what is wrong with it is in `problems`, and then a person must look."""
    mail = read(raw)
    problems = [
        *mail.problems,
        *trust.check(mail.senders, mail.results, settings.POLICE_SENDERS, settings.MAIL_GATEWAY),
    ]
    said, contradictions = gather(mail.texts)
    _split_name(said)
    reader = Reader(said, received_at)
    facts = {name: reader.value(name) for name in said if name != "name"}
    kind: Kind = facts.get("message_type") or "report"
    problems += contradictions + reader.problems + _missing(kind, said)
    identity = ReportedChild(
        given_name=facts.get("given_name") or "",
        family_name=facts.get("family_name") or "",
        date_of_birth=facts.get("date_of_birth"),
        police_reference=facts.get("reference") or "",
    )
    events = () if problems else tuple(events_of(kind, facts, received_at))
    return Translation(kind, identity, events, tuple(problems), facts.get("force") or "")


def _split_name(said: dict[str, Said]) -> None:
    """A whole name, FAMILY, Given or Given Family, where the two were not given apart."""
    whole = said.get("name")
    if whole is None or {"family_name", "given_name"} & said.keys():
        return
    family, comma, given = (part.strip() for part in whole.value.partition(","))
    if not comma:
        given, _, family = (part.strip() for part in whole.value.rpartition(" "))
    if family and given:
        said["family_name"], said["given_name"] = Said(family, whole.place), Said(given, whole.place)


def _missing(kind: Kind, said: Mapping[str, Said]) -> list[Problem]:
    if not said:
        return [Problem("no_report", "message", "no field of a missing-person report is in it")]
    return [
        Problem("missing_field", "message", f"the {kind} does not say it", LABELS[name][0])
        for name in NEEDED[kind]
        if name not in said
    ]
