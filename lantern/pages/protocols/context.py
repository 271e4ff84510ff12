"""What the list of protocols shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.ui.components import Table
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class Protocols(Page):
    """Every protocol and edition that Lantern holds."""

    TEMPLATE: ClassVar[str] = "protocols/page.html"

    table: Annotated[Table, "Title, edition, status, number of duties, who works by it"]
