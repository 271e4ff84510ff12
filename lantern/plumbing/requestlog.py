"""One log line for each request: the page's name, never its address, because an address may carry words typed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lantern.plumbing import clock, logs

log = logs.get("request")


class RequestLog:
    """Middleware: note what was asked for and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write the line."""
        began = clock.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            url_name=(match.view_name if match else "") or "unnamed",
            status=response.status_code,
            duration_ms=round((clock.monotonic() - began) * 1000),
        )
        return response
