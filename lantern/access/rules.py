"""Every address says who may use it; one that says nothing is shut.

A view of ours carries its rule:

    @access_rule(Permission.SEE_CHILD)
    def view(request, ref): ...

The views of the sign-in library cannot carry one: theirs are in `sign_in/urls.py`, by the name of the address.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from lantern.access.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Anyone(Enum):
    """Rules that ask for no permission."""

    PUBLIC = "anybody, signed in or not"
    SIGNING_IN = "somebody who gave a password and has no second factor yet, or has signed in"
    SIGNED_IN = "anybody who has signed in"


PUBLIC, SIGNING_IN, SIGNED_IN = Anyone.PUBLIC, Anyone.SIGNING_IN, Anyone.SIGNED_IN
Rule = Permission | Anyone
_ATTRIBUTE = "lantern_access_rule"


def access_rule(rule: Rule) -> Callable[[View], View]:
    """Say who may use a view. For a permission about one child, the view still takes the child through the gate."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, rule)
        return view

    return mark


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule of a view; None where it has none."""
    rule: Rule | None = getattr(view, _ATTRIBUTE, None)
    return rule
