"""What the page of the SSDA903 Missing table shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lantern.ui.components import Table
from lantern.ui.forms import GovForm
from lantern.ui.page import Page


@dataclass(frozen=True, kw_only=True)
class Ssda903(Page):
    """The rows of a collection year, before they are downloaded."""

    TEMPLATE: ClassVar[str] = "ssda903/page.html"

    form: Annotated[GovForm, "Which year and which authority"]
    action: Annotated[str, "Where the choice is sent"]
    summary: Annotated[str, "How many rows, problems and absences left out, in a sentence"]
    rows: Annotated[Table | None, "The rows of the file, each with its episode"]
    problems: Annotated[Table | None, "Absences that cannot be reported until a fact is recorded"]
    left_out: Annotated[Table | None, "Absences that do not belong in the table, and why"]
    download_href: Annotated[str, "Where the file is; empty where there are no rows"]
