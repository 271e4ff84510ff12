"""Whose record a page is about, shown in the bar above it and never in its title or address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lantern.record.models import ChildCard
from lantern.ui.times import say_age, say_date

UNNAMED = "Name not known"


class Card(Protocol):
    """What of a child's card the bar shows."""

    given_name: str
    family_name: str
    known_as: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A child's name and the facts that tell one child from another at a glance."""

    name: str
    facts: tuple[str, ...]


def name_of(card: Card | None) -> str:
    """Given and family name, and what the child is called where that differs."""
    if card is None:
        return UNNAMED
    name = " ".join(part for part in (card.given_name, card.family_name) if part)
    if card.known_as and card.known_as != card.given_name:
        return f"{name} (known as {card.known_as})" if name else card.known_as
    return name or UNNAMED


def identity_of(card: ChildCard | None, at: datetime) -> Identity:
    """The bar for this child."""
    if card is None:
        return Identity(UNNAMED, ())
    facts = [age_of(card, at)]
    if card.date_of_birth:
        facts.append(f"Born {say_date(card.date_of_birth)}")
    facts.append(looked_after_words(card))
    facts.append(authority_words(card))
    return Identity(name_of(card), tuple(fact for fact in facts if fact))


def age_of(card: ChildCard, at: datetime) -> str:
    """Like "14 years old", or that the age is not known."""
    if not card.date_of_birth:
        return "Age not known"
    return f"{say_age(card.date_of_birth, at)} years old"


def looked_after_words(card: ChildCard) -> str:
    """Whether the child is looked after; unknown is not no."""
    if card.looked_after is None:
        return "Looked after: not known"
    return "Looked after" if card.looked_after else "Not looked after"


def authority_words(card: ChildCard) -> str:
    """The authority that is responsible and, where it is another one, the host."""
    if not card.responsible_authority:
        return "Responsible authority not known"
    if card.host_authority and card.host_authority != card.responsible_authority:
        return f"{card.responsible_authority}, placed in {card.host_authority}"
    return card.responsible_authority
