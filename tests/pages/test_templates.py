"""A page's template and its context say the same."""

import importlib
import pkgutil
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest
from django.template.loader import render_to_string

import lantern.pages
from lantern.ui.page import Page
from tests.pages.contract import names_used


def _contexts() -> list[type[Page]]:
    found: list[type[Page]] = []
    for module in pkgutil.walk_packages(lantern.pages.__path__, "lantern.pages."):
        if module.name.endswith(".context"):
            loaded = importlib.import_module(module.name)
            found += [
                each
                for each in vars(loaded).values()
                if isinstance(each, type) and issubclass(each, Page) and each.__module__ == module.name
            ]
    return found


CONTEXTS = _contexts()


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
def test_a_template_uses_exactly_what_its_context_declares(context: type[Page]) -> None:
    assert names_used(context.TEMPLATE) == {field.name for field in fields(context)}


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
def test_every_field_of_a_context_has_its_help(context: type[Page]) -> None:
    hints = get_type_hints(context, include_extras=True)
    without = [field.name for field in fields(context) if not getattr(hints[field.name], "__metadata__", ())]
    assert without == []


def test_the_walk_finds_what_a_template_uses() -> None:
    """The walk itself is judged on a page whose names are known."""
    assert names_used("errors/page.html") == {"heading", "lines"}


def test_no_template_of_ours_carries_script_or_style() -> None:
    """The content security policy would refuse them."""
    root = Path(lantern.pages.__path__[0]).parent
    for template in [*root.glob("pages/**/*.html"), *root.glob("ui/templates/**/*.html")]:
        text = template.read_text()
        for token in (" style=", "<style", " onclick=", " onchange=", "javascript:"):
            assert token not in text, f"{template} has {token}"
        assert "<script>" not in text
        assert "|safe" not in text


def test_links_and_buttons_escape_what_they_are_given() -> None:
    shown = render_to_string("ui/components/tag.html", {"tag": {"words": "<b>", "colour": "red"}})
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
