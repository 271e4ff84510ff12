"""From words in a report to values of the vocabulary. Each function returns None for what cannot be meant."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lantern.engine.instants import FIRST_YEAR, LAST_YEAR

LONDON = ZoneInfo("Europe/London")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(?P<month>\d{1,2}|[a-z]{3,9})[\s/.,-]+(?P<year>\d{4})\b", re.I
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_TIME = re.compile(r"(?:at|@|,|t)?\s*(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:hours|hrs|h)?\s*"
                   r"(?P<zone>bst|gmt|utc|z|[+-]\d{2}:\d{2})?\.?\Z", re.I)  # fmt: skip
_WEEKDAY = re.compile(r"\A(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I)
_WORD = re.compile(r"[a-z0-9]+")
ZONES = {"bst": "+01:00", "gmt": "+00:00", "utc": "+00:00", "z": "+00:00"}


class Ambiguous(Exception):
    """A time that the clocks went through twice, without a word on which; or never."""


def day(said: str) -> date | None:
    """A date, and nothing beside it."""
    found = _day_at_start(said.strip())
    return found[0] if found and not found[1].strip() else None


def instant(said: str) -> datetime | None:
    """A moment in UTC; without an offset or a zone, in London's civil time. Raises Ambiguous."""
    found = _day_at_start(said.strip())
    time = found and _TIME.match(found[1].strip())
    if not found or not time:
        return None
    hour, minute, zone = int(time["hour"]), int(time["minute"]), (time["zone"] or "").casefold()
    if hour > 23 or minute > 59:
        return None
    local = datetime(found[0].year, found[0].month, found[0].day, hour, minute, tzinfo=LONDON)
    if zone:
        offset = datetime.fromisoformat(f"2000-01-01T00:00{ZONES.get(zone, zone)}").utcoffset() or timedelta()
        return (local.replace(tzinfo=UTC) - offset).astimezone(UTC)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Ambiguous
    return local.astimezone(UTC)


def _day_at_start(said: str) -> tuple[date, str] | None:
    said = _WEEKDAY.sub("", said)
    found = _ISO_DAY.match(said) or _DAY.match(said)
    if not found:
        return None
    month = _month(found["month"])
    try:
        meant = date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
    return (meant, said[found.end() :]) if FIRST_YEAR < meant.year <= LAST_YEAR else None


def _month(said: str) -> int:
    if said.isdecimal():
        return int(said)
    starts = [number for number, month in enumerate(MONTHS, start=1) if month.startswith(said.casefold())]
    return starts[0] if len(starts) == 1 else 0


# what a report says, in letters, figures and blanks alone, to the value of the vocabulary
CATEGORIES = {
    "no apparent risk": "no_apparent_risk",
    "absent": "absent",
    "missing": "missing",
    "absconder": "absconder",
    "unauthorised absence": "unauthorised_absence",
    "wanted": "wanted",
}
RISKS = {
    "no apparent risk": "no_apparent_risk",
    "very high": "high",
    "high": "high",
    "medium": "medium",
    "standard": "medium",
    "low": "low",
}
OFFICERS = {
    "superintendent": "police_superintendent",
    "force incident manager": "force_incident_manager",
    "fim": "force_incident_manager",
    "coordinator": "missing_person_coordinator",
    "inspector": "duty_inspector",
    "insp": "duty_inspector",
    "sergeant": "police_sergeant",
    "sgt": "police_sergeant",
    "ps": "police_sergeant",
    "call handler": "police_call_handler",
    "control room": "police_call_handler",
    "constable": "police_officer",
    "pc": "police_officer",
    "officer": "police_officer",
}
REPORTERS = {
    "foster": "foster_carer",
    "home manager": "residential_manager",
    "registered manager": "residential_manager",
    "residential manager": "residential_manager",
    "residential": "carer",
    "care home": "carer",
    "childrens home": "carer",
    "night staff": "carer",
    "staff": "carer",
    "carer": "carer",
    "social worker": "social_worker",
    "school": "school",
    "teacher": "school",
    "mother": "parent",
    "father": "parent",
    "parent": "parent",
    "guardian": "parent",
    "out of hours": "out_of_hours",
    "edt": "out_of_hours",
    "child": "child",
    "police": "police_officer",
}
PLACES = {
    "childrens home": "placement",
    "care home": "placement",
    "placement": "placement",
    "foster": "placement",
    "residential": "placement",
    "home": "home",
    "school": "school",
    "hospital": "hospital",
    "activity": "activity",
}
LEGAL = {
    "section 20": "s20",
    "s20": "s20",
    "section 21": "s21",
    "s21": "s21",
    "section 31": "s31",
    "s31": "s31",
    "full care order": "s31",
    "section 38": "s38",
    "s38": "s38",
    "interim care order": "s38",
    "emergency protection": "epo",
    "epo": "epo",
    "remand": "remand",
    "secure": "secure_order",
    "not looked after": "none",
    "not in care": "none",
    "no": "none",
    "none": "none",
    "accommodated": "s20",
    "care order": "s31",
}
WHEREABOUTS = {"confirmed": "confirmed", "claimed": "claimed", "unknown": "unknown"}
RETURNS = {
    "other placement": "other_placement",
    "new placement": "other_placement",
    "placement": "placement",
    "childrens home": "placement",
    "home": "home",
    "hospital": "hospital",
    "custody": "custody",
    "abroad": "abroad",
}
METHODS = {
    "in person": "in_person",
    "face to face": "in_person",
    "video": "video_child",
    "carer": "phone_carer",
    "telephone": "phone_child",
    "phone": "phone_child",
}
KINDS = {
    "located": "located",
    "found": "located",
    "cancel": "located",
    "update": "update",
    "new": "report",
    "initial": "report",
    "report": "report",
}
YES_OR_NO: dict[str, Any] = {"yes": True, "true": True, "no": False, "false": False}


def one_of(said: str, meanings: Mapping[str, Any]) -> Any | None:
    """The one value whose words stand in `said`; None when there is none, or when they mean different things."""
    found = _found(said, meanings)
    values = {meanings[key] for key in found if not any(key != other and key in other for other in found)}
    return values.pop() if len(values) == 1 else None


def first_of(said: str, meanings: Mapping[str, Any]) -> Any | None:
    """The value of the first of `meanings` whose words stand in `said`; for titles, of which people bear several."""
    return next((meanings[key] for key in _found(said, meanings)), None)


def _found(said: str, meanings: Mapping[str, Any]) -> list[str]:
    words = " ".join(_WORD.findall(said.casefold().replace("'", "").replace("\u2019", "")))
    return [key for key in meanings if f" {key} " in f" {words} "]
