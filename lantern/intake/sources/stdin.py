"""One message on standard input, as a mail server's pipe delivers it; the exit status says whether it was kept."""

import sys
from collections.abc import Callable
from typing import BinaryIO

from lantern.intake.keep import LARGEST
from lantern.plumbing.errors import Malformed


def take(handle: Callable[[bytes], None], stream: BinaryIO | None = None) -> None:
    """Hand on the whole input. Raises what `handle` raises, and Malformed for nothing at all or too much."""
    raw = (stream or sys.stdin.buffer).read(LARGEST + 1)
    if not raw:
        raise Malformed("There was nothing on standard input.")
    if len(raw) > LARGEST:
        raise Malformed("The message is too large to be kept.")
    handle(raw)
