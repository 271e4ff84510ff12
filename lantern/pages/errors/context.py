"""What the pages of errors show."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What went wrong and what to do."""

    TEMPLATE: ClassVar[str] = "errors/page.html"

    lines: Annotated[tuple[str, ...], "What happened and what the person can do, a paragraph each"]
