"""A patient person whose browser knows no JavaScript: fills in forms, and sends one again when its answer is lost."""

import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any

import html5lib

from lantern.plumbing import clock

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.2
LOST = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


@dataclass
class Page:
    """What came back: its address after redirects, and its tree."""

    url: str
    tree: Any

    @property
    def text(self) -> str:
        """The words of the page."""
        return re.sub(r"\s+", " ", " ".join(self.tree.itertext()))

    @property
    def problem(self) -> str:
        """What the error summary says, and a little after it."""
        return self.text.partition("There is a problem")[2][:300] or self.text[:300]

    def form(self, action: str = "") -> "Form":
        """The form whose action ends with `action`, with what is filled in already."""
        for form in self.tree.iter("form"):
            address = urllib.parse.urljoin(self.url, form.get("action") or self.url)
            if form.get("method", "").lower() == "post" and urllib.parse.urlsplit(address).path.endswith(action):
                return Form(address, dict(_filled(form)))
        raise AssertionError(f"no form {action} on {self.url}: {self.text[:500]}")


@dataclass
class Form:
    """Where a form goes, and its answers."""

    address: str
    values: dict[str, str]


def _filled(form: Any) -> Any:
    for field in form.iter():
        if field.tag not in ("input", "textarea", "select"):
            continue
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in ("submit", "button", "file"):
            continue
        if field.tag == "select":
            chosen = [option.get("value", "") for option in field.iter("option") if option.get("selected") is not None]
            yield name, chosen[0] if chosen else ""
        elif field.tag == "textarea":
            yield name, field.text or ""
        elif kind not in ("radio", "checkbox") or field.get("checked") is not None:
            yield name, field.get("value", "on" if kind == "checkbox" else "")


class Visitor:
    """Keeps cookies, waits for a server that is being started again."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        """The page at `path`, sooner or later."""
        return self._fetch(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def send(self, form: Form, **answers: str) -> Page:
        """Send the form with these answers, again and again with the same key, until there is an answer."""
        body = urllib.parse.urlencode(form.values | answers).encode()
        return self._fetch(urllib.request.Request(form.address, body, {"Referer": form.address}))

    def _fetch(self, request: urllib.request.Request) -> Page:
        deadline = clock.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with self._opener.open(request, timeout=10) as answer:
                    tree = html5lib.parse(answer.read(), namespaceHTMLElements=False)
                    return Page(answer.url, tree)
            except LOST as problem:
                status = getattr(problem, "code", None)
                if status is not None and status < http.client.INTERNAL_SERVER_ERROR:
                    raise AssertionError(f"{request.full_url} answered {status}") from problem
                if clock.monotonic() > deadline:
                    raise
                clock.sleep(PAUSE_SECONDS)
