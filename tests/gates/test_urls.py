"""Every address says who may use it: the addresses that are really served are walked."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from lantern.access.permissions import Permission
from lantern.access.rules import Anyone, rule_of
from tests.gates.access_table import TABLE


def walk(resolver: URLResolver | SimpleNamespace, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below `resolver`, with what serves it."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


def without_rule(resolver: URLResolver | SimpleNamespace) -> list[str]:
    """Addresses whose view does not say who may use it."""
    return [route for route, entry in walk(resolver) if not isinstance(rule_of(entry.callback), Permission | Anyone)]


def test_every_address_has_an_access_rule():
    served = list(walk(get_resolver()))
    assert len(served) >= 15
    assert without_rule(get_resolver()) == []


def test_an_address_that_says_nothing_is_found():
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    planted = SimpleNamespace(url_patterns=[path("planted/", forgotten)])
    assert without_rule(planted) == ["planted/"]


def test_every_address_has_a_name_of_its_own_and_a_row_in_the_access_table():
    names = [entry.name for _, entry in walk(get_resolver())]
    assert None not in names
    assert len(names) == len(set(names))
    assert sorted({row.name for row in TABLE}) == sorted(names)
