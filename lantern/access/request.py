"""The request that is being answered, as the read audit names it: made by the server, never read from the request."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """`id`: random, for this request alone. `page`: name of the address that was matched, empty before that.

    `found`: what was read for this request and need not be read again; None where no request is being answered.
    """

    id: str = ""
    page: str = ""
    found: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)


current: ContextVar[Request] = ContextVar("lantern_request", default=Request())  # noqa: B039  frozen


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives: read once for a request, and outside of one every time."""
    found = current.get().found
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    kept: T = found[key]
    return kept
