"""What the page of agencies that ask for a part in a case shows, and the receipt of a report."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.identity import Identity
from lantern.ui.components import Link
from lantern.ui.page import Page


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency that reported the child, in words, and where the answer is sent."""

    agency: str
    when: str
    action: str


@dataclass(frozen=True, kw_only=True)
class PartsPage(Page):
    """Agencies that reported the child and have no part in the case."""

    TEMPLATE: ClassVar[str] = "parts/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    back: Annotated[Link, "Back to the child"]
    waiting: Annotated[tuple[Asked, ...], "The agencies that wait for an answer, the first to ask first"]


@dataclass(frozen=True, kw_only=True)
class Receipt(Page):
    """A report was received, and its record stays closed to whoever made it."""

    TEMPLATE: ClassVar[str] = "parts/receipt.html"

    agency: Annotated[
        str, "The agency to ask; empty where nobody answers for the case yet, or the record is restricted"
    ]
    contact: Annotated[str, "How to reach it; empty where that is not written down"]
