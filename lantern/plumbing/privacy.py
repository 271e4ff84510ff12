"""The privacy class of every model field.

Each model carries a nested `class Privacy` that maps every one of its fields to one of these; a gate walks them all.
"""

from enum import Enum


class PrivacyClass(Enum):
    """How careful one must be with a field, from least to most."""

    PUBLIC = "public"
    OPERATIONAL = "operational"
    PERSONAL = "personal"
    SPECIAL = "special"
    SECRET = "secret"  # noqa: S105  the name of a class, not a password


PUBLIC = PrivacyClass.PUBLIC
"""May be read by anyone: names of agencies, texts of protocols."""

OPERATIONAL = PrivacyClass.OPERATIONAL
"""Says how the work runs and names nobody: ids, states, instants."""

PERSONAL = PrivacyClass.PERSONAL
"""Says something about a person who can be found by it: names, places, dates of birth, e-mail addresses."""

SPECIAL = PrivacyClass.SPECIAL
"""Special category or criminal-offence data, or a child's own words: health, ethnicity, exploitation, narrative."""

SECRET = PrivacyClass.SECRET
"""Keys, password hashes, tokens: shown to nobody."""
