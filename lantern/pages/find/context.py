"""What the page that finds a child shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.actions.ask_who_knows import Knows
from lantern.ui.components import Link
from lantern.ui.forms import GovForm
from lantern.ui.page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """One child that the person may open."""

    open: Link
    detail: str
    report: Link | None


@dataclass(frozen=True, kw_only=True)
class FindChild(Page):
    """A search that travels in the body of the request, so that no name is ever in an address."""

    TEMPLATE: ClassVar[str] = "find/page.html"

    form: Annotated[GovForm, "The search"]
    action: Annotated[str, "Where the search is sent"]
    searched: Annotated[bool, "Whether a search was made"]
    found: Annotated[tuple[Found, ...], "The children found, or those most recently missing"]
    list_heading: Annotated[str, "What the list holds"]
    known_to: Annotated[tuple[Knows, ...], "Agencies that know a child whom the person may not see; nothing else of it"]
    too_often: Annotated[bool, "Whether the person has asked too much lately about children outside their scope"]
    more: Annotated[bool, "Whether there were more than are listed"]
    new_href: Annotated[str, "Where a child who is not listed is reported; empty where the person may not report"]
