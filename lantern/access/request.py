"""The request that is being answered, as the read audit names it: made by the server, never read from the request."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """`id`: random, for this request alone. `page`: name of the address that was matched, empty before that."""

    id: str = ""
    page: str = ""


current: ContextVar[Request] = ContextVar("lantern_request", default=Request())  # noqa: B039  frozen
