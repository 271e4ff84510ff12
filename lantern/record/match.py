"""Whether a child who is reported is one we know. Exact only; it never merges, and in doubt it says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q

from lantern.plumbing.encryption import keyed_hash
from lantern.record import wire
from lantern.record.models import ChildCard, Suppression
from lantern.record.project import name_key, reference_key


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says of who the child is; what it does not say is empty."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    police_reference: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer. `children`: the one known child, or those among whom a person must choose.

    new: nobody we know. known: exactly one. ambiguous: several, or the report contradicts what we know.
    suppressed: the record was erased, and the report must not bring it back.
    """

    kind: Literal["new", "known", "ambiguous", "suppressed"]
    children: tuple[UUID, ...] = ()
    because: str = ""


def find(identity: Identity) -> Match:
    """Look among all children. Needs a context that sees every child (`access.context.system`).

    Holds on to the identity until the transaction ends: of two who report the same child at once, the second waits and
    finds the child that the first opened.
    """
    known_as = digests(identity)
    _one_at_a_time(known_as)
    if Suppression.objects.filter(digest__in=known_as).exists():
        return Match("suppressed", because="a record with this identity was erased")
    reference, name = (
        reference_key(identity.police_reference),
        name_key(identity.family_name, identity.given_name),
    )
    by_reference = _cards(Q(police_references__contains=[reference])) if reference else {}
    whole = bool(name and identity.date_of_birth)
    by_name = _cards(Q(name_key=name, date_of_birth=identity.date_of_birth)) if whole else {}
    found = by_reference | by_name
    if not found:
        return Match("new")
    if len(found) > 1:
        return Match(
            "ambiguous",
            tuple(sorted(found)),
            "more than one child has this reference, or this name and birth",
        )
    ((child, card),) = found.items()
    if _contradicts(card, name, identity.date_of_birth):
        return Match("ambiguous", (child,), "the reference is of a child with another name or date of birth")
    return Match("known", (child,), "police reference" if by_reference else "name and date of birth")


def with_whole_name(words: str, born: date) -> set[UUID]:
    """Children born on that day whose given and family name, in either order, are all of `words` and nothing less.

    Needs a context that sees every child.
    """
    parts = words.split()
    splits = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts))]
    keys = {name_key(*names) for one, other in splits for names in ((one, other), (other, one))} - {""}
    return set(ChildCard.objects.filter(name_key__in=keys, date_of_birth=born).values_list("child_id", flat=True))


def is_whole_name(words: str) -> bool:
    """Whether `words` can be a given and a family name."""
    return len(words.split()) > 1


def digests(identity: Identity) -> list[str]:
    """The keyed hashes under which an erased child with this identity would be remembered."""
    found = []
    name, reference = (
        name_key(identity.family_name, identity.given_name),
        reference_key(identity.police_reference),
    )
    if name and identity.date_of_birth:
        found.append(keyed_hash("suppression", "name and birth", name, identity.date_of_birth.isoformat()))
    if reference:
        found.append(keyed_hash("suppression", "police reference", reference))
    return found


def _one_at_a_time(known_as: list[str]) -> None:
    cursor = wire.cursor()
    for digest in sorted(known_as):  # in one order, so that two never wait for each other
        cursor.execute(wire.LOCK, [int(digest[:16], 16) - 2**63])


def _cards(condition: Q) -> dict[UUID, ChildCard]:
    cards: Iterable[ChildCard] = ChildCard.objects.filter(condition).order_by("child_id")
    return {card.child_id: card for card in cards}


def _contradicts(card: ChildCard, name: str, born: date | None) -> bool:
    other_name = bool(name and card.name_key and name != card.name_key)
    return other_name or bool(born and card.date_of_birth and born != card.date_of_birth)
