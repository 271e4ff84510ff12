"""A page client that checks on every fetch what a reviewer would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

HTML = "{http://www.w3.org/1999/xhtml}"
LABELLED = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
MACHINE_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
MACHINE_WORDS = re.compile(r"\b(None|True|False|datetime\.|UUID\()|\{\{|\{%|<class")
SUFFIX = " \N{EN DASH} Lantern"


@dataclass
class Shown:
    """A page that was fetched and found in order."""

    status: int
    html: str
    tree: Element
    address: str
    names: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        return text_of(self.find_all("h1")[0])

    @property
    def text(self) -> str:
        """Every word of the main part."""
        return text_of(next(each for each in self.tree.iter(f"{HTML}main")))

    def find_all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with this tag and these attributes (`class_` looks for one class)."""
        found = self.tree.iter(f"{HTML}{tag}")
        return [each for each in found if all(_has(each, name, value) for name, value in attributes.items())]

    def links(self) -> dict[str, str]:
        """Words of each link and where it leads."""
        return {text_of(each): each.get("href", "") for each in self.find_all("a")}

    def form(self, action: str) -> dict[str, Any]:
        """What a browser would send of the form with this action if nothing were typed."""
        (found,) = [each for each in self.find_all("form") if each.get("action") == action]
        return dict(sent(found))

    def errors(self) -> list[str]:
        """What the error summary says."""
        return [
            text_of(item)
            for box in self.find_all("div", class_="govuk-error-summary")
            for item in box.iter(f"{HTML}li")
        ]


@dataclass
class Browse:
    """`browse(person)` gives one of these; `get` and `post` follow redirects and check the page they end at."""

    client: Client
    names: tuple[str, ...] = field(default=())

    def get(self, address: str, status: int = 200) -> Shown:
        """The page at `address`."""
        return self._checked(self.client.get(address, follow=True), status)

    def post(self, address: str, data: Mapping[str, Any], status: int = 200) -> Shown:
        """What answers when `data` is sent."""
        return self._checked(self.client.post(address, data, follow=True), status)

    def _checked(self, response: Any, status: int) -> Shown:
        assert response.status_code == status, f"{response.status_code} at {response.request['PATH_INFO']}"
        html = response.content.decode()
        tree = html5lib.HTMLParser(strict=True).parse(html)
        shown = Shown(response.status_code, html, tree, response.request["PATH_INFO"], self.names)
        for redirect, _ in response.redirect_chain:
            _no_name(redirect, self.names)
        check(shown)
        return shown


def check(shown: Shown) -> None:
    """Everything that holds of every page."""
    _title_and_heading(shown)
    _ids(shown)
    _labels(shown)
    _forms(shown)
    _error_summary(shown)
    _plain_words(shown)


def _title_and_heading(shown: Shown) -> None:
    assert len(shown.find_all("h1")) == 1, "one h1"
    (title,) = shown.find_all("title")
    words = text_of(title)
    assert words.removeprefix("Error: ") == shown.heading + SUFFIX, f"{words!r} for {shown.heading!r}"
    assert words.startswith("Error: ") == bool(shown.errors()), "a page with errors says so in its title"
    _no_name(words, shown.names)
    _no_name(shown.address, shown.names)


def _no_name(words: str, names: tuple[str, ...]) -> None:
    assert not any(name.lower() in words.lower() for name in names), f"a name stands in {words!r}"


def _ids(shown: Shown) -> None:
    ids = [each.get("id") for each in shown.tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({each for each in ids if ids.count(each) > 1})}"
    for each in shown.tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for target in (each.get(name) or "").split():
                assert target in ids, f"{name}={target} leads nowhere"
        href = each.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids, f"{href} leads nowhere"


def _labels(shown: Shown) -> None:
    labelled = {each.get("for") for each in shown.find_all("label")}
    for tag in LABELLED:
        for each in shown.find_all(tag):
            if each.get("type") not in UNLABELLED:
                assert each.get("id") in labelled or each.get("aria-label"), f"{each.get('name')} has no label"
    for group in shown.find_all("fieldset"):
        assert group.find(f"{HTML}legend") is not None, "a fieldset without a legend"
    for tag in ("a", "button"):
        for each in shown.find_all(tag):
            assert text_of(each) or each.get("aria-label"), f"a {tag} without words: {each.attrib}"
    for each in shown.find_all("img"):
        assert "alt" in each.attrib


def _forms(shown: Shown) -> None:
    for form in shown.find_all("form"):
        assert form.get("method") in ("get", "post"), "a form says its method"
        assert form.get("action"), "a form says where it goes"
        names = [each.get("name") for each in form.iter(f"{HTML}input")]
        if form.get("method") == "post":
            assert "csrfmiddlewaretoken" in names, f"no token in the form to {form.get('action')}"


def _error_summary(shown: Shown) -> None:
    for box in shown.find_all("div", class_="govuk-error-summary"):
        for link in box.iter(f"{HTML}a"):
            target = (link.get("href") or "").removeprefix("#")
            assert any(each.get("id") == target for tag in LABELLED for each in shown.find_all(tag)), target


def _plain_words(shown: Shown) -> None:
    said = re.sub(r"\s+", " ", text_of(shown.tree, skip=("script", "code", "head")))
    for pattern in (MACHINE_DATE, MACHINE_WORDS):
        found = pattern.search(said)
        assert not found, f"not plain: …{said[max(0, found.start() - 40) : found.end() + 40]}…"


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in (element.get("class") or "").split()
    return element.get(name) == value


def sent(form: Element) -> Any:
    """Name and value of everything that a browser would send of this form."""
    for each in form.iter():
        name, tag = each.get("name"), str(each.tag).removeprefix(HTML)
        if not name or tag == "button":
            continue
        if tag == "select":
            options = list(each.iter(f"{HTML}option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            yield name, chosen[0].get("value", "")
        elif tag == "textarea":
            yield name, (each.text or "").removeprefix("\n")
        elif each.get("type") not in ("radio", "checkbox"):
            yield name, each.get("value", "")
        elif "checked" in each.attrib:
            yield name, each.get("value", "on")


def text_of(element: Element, skip: tuple[str, ...] = ("script",)) -> str:
    """The words inside, with single blanks."""
    return re.sub(r"\s+", " ", "".join(_words(element, skip))).strip()


def _words(element: Element, skip: tuple[str, ...]) -> Any:
    if str(element.tag).removeprefix(HTML) in skip:
        return
    yield element.text or ""
    for child in element:
        yield from _words(child, skip)
        yield child.tail or ""
