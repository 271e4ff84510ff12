"""What a form shows when the record changed since it was opened, and when its words lay blame on the child."""

from dataclasses import dataclass

from lantern.pages.kind_words import Prompt
from lantern.ui.components import Entry


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands above a form besides its errors."""

    changed: tuple[Entry, ...] = ()
    refused: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.changed or self.refused or self.prompts)


NOTHING = Notes()
