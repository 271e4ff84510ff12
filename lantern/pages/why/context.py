"""What the page *Why can I see this?* shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.pages.identity import Identity
from lantern.ui.components import Link, Row
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class WhyPage(Page):
    """The reasons for which a person may open a record."""

    TEMPLATE: ClassVar[str] = "why/page.html"

    identity: Annotated[Identity, "The bar that says whose record this is"]
    child: Annotated[Link, "Back to the child"]
    answer: Annotated[str, "Why, in a sentence"]
    rows: Annotated[tuple[Row, ...], "The person's roles, the agency's part in the case, the lawful basis"]
    may: Annotated[tuple[str, ...], "What the person may do with the record"]
    may_not: Annotated[tuple[str, ...], "What the person may not do"]
