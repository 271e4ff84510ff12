"""What the page *Who has seen this record* shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.identity import Identity
from lantern.ui.components import Link, Table
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class WhoHasSeen(Page):
    """Every look at a child's record."""

    TEMPLATE: ClassVar[str] = "who_has_seen/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    child: Annotated[Link, "Back to the child"]
    table: Annotated[Table | None, "When, who, role and agency, what, and why they could"]
    more: Annotated[bool, "Whether there are older looks than those listed"]
