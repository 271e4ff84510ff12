"""Values of events as one says them: roles, choices, moments, dates, yes and no."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from lantern.engine.roles import ROLES
from lantern.ui.times import say_date, say_moment

FAR_AWAY = datetime(1900, 1, 1, tzinfo=UTC)  # said from here, a moment gets its day and year
A_DAY = len("2011-05-09")


def words_of(value: Any, options: Mapping[str, str] | None = None) -> str:
    """`value` in words; `options` puts words to the values of a closed list."""
    if isinstance(value, list | tuple):
        return ", ".join(words_of(each, options) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{label(str(key)).lower()}: {words_of(each)}" for key, each in value.items())
    if isinstance(value, datetime):
        return say_moment(value, FAR_AWAY)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _text(str(value), options or {})


def label(name: str) -> str:
    """A name of the vocabulary as the label of its value."""
    return capital(name.replace("_", " "))


def plain(name: str) -> str:
    """A name of the vocabulary as words: `looked_after.since` is "looked after since"."""
    return name.replace("_", " ").replace(".", " ")


def capital(words: str) -> str:
    """`words` with a capital at the start."""
    return words[:1].upper() + words[1:]


def _text(text: str, options: Mapping[str, str]) -> str:
    if text in options:
        return options[text]
    if text in ROLES:
        return ROLES[text]
    return _date_words(text) or (text.replace("_", " ") if text.islower() and " " not in text else text)


def _date_words(text: str) -> str:
    try:
        if len(text) == A_DAY:
            return say_date(date.fromisoformat(text))
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return say_moment(found, FAR_AWAY) if found.tzinfo else ""
