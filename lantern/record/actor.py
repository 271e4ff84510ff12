"""Who acts."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or machine that appends, as the log will say for ever.

    person_id: None for a machine. role: a role of the vocabulary. agency: its short code. on_behalf_of: the code of
    the agency for which another acts. source_kind: page, api, feed, command. source_ref: the page's name, or the id
    of the kept message.
    """

    person_id: UUID | None
    role: str
    agency: str
    on_behalf_of: str | None = None
    source_kind: str = "page"
    source_ref: str = ""
