"""The children of the county. Names are put together from two lists of our own; nobody real is meant."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

GIVEN = (
    "Ash", "Bryony", "Caleb", "Dina", "Ellis", "Farah", "Gwen", "Hari", "Imran", "Jude", "Kezia", "Lowri", "Micah",
    "Nadia", "Orla", "Perran", "Quinn", "Rowan", "Safiya", "Tobi", "Una", "Vikram", "Wren", "Xanthe", "Yara", "Zane",
)  # fmt: skip
FAMILY = (
    "Abernethy", "Birdwhistle", "Candlemas", "Dovecote", "Everglade", "Fennimore", "Gallowglass", "Hollybush", "Inkpen",
    "Juniper", "Kettlewell", "Larkspur", "Meadowsweet", "Nightjar", "Oxlip", "Pennyroyal", "Quillfeather", "Rushlight",
    "Saltmarsh", "Thistlewood", "Underhill", "Vetchling", "Whitethorn", "Yarrow",
)  # fmt: skip
YOUNGEST_DAYS, OLDEST_DAYS = 4100, 6400  # between eleven and seventeen and a half years
FIRST_NUMBER = 204_100
SCHOOLS = ("Riverside Academy", "St Anselm's School", "Hawker High School")


def facts_of(number: int, at: datetime) -> dict[str, Any]:
    """The profile of child `number`; the same number gives the same child."""
    dice = Random(f"child {number}")  # noqa: S311  the same child every time, no secret
    authority = "Kingston" if number % 3 != 2 else "Richmond"  # two of three
    looked_after = number % 5 != 4  # four of five
    placed_away = looked_after and number % 6 == 5  # one of six
    born = at.date() - timedelta(days=dice.randint(YOUNGEST_DAYS, OLDEST_DAYS))
    facts: dict[str, Any] = {
        "given_name": GIVEN[number % len(GIVEN)],
        "family_name": FAMILY[(number * 7 + number // len(GIVEN)) % len(FAMILY)],
        "date_of_birth": born.isoformat(),
        "responsible_authority": authority,
        "host_authority": "Surrey" if placed_away else authority,
        "gender": dice.choice(("female", "male")),
        "school": dice.choice(SCHOOLS),
        "open_to_social_care": True,
        "essential_medication": {"needed": False},
        # the number that the authority's own system gives the child, and the statutory rows carry
        "identifiers": {"local": f"{authority[0]}{FIRST_NUMBER + number}"},
    }
    if looked_after:
        facts |= _in_care(number, dice, at.date())
    if number % 4 == 1:
        facts["exploitation"] = {"kinds": ["criminal"], "level": "suspected"}
    return facts


def _in_care(number: int, dice: Random, today: date) -> dict[str, Any]:
    residential = number % 2 == 0
    since = (today - timedelta(days=dice.randint(500, 900))).isoformat()
    return {
        "looked_after": {"legal_basis": dice.choice(("s20", "s31")), "since": since},
        "placement": {
            "kind": "residential" if residential else "foster",
            "provider": "Elm House" if residential else "Towpath Fostering",
            "independent": True,
            "since": since,
        },
        "allocated": {"social_worker": "Priya Raman"},
    }
