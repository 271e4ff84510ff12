"""Where a page is, found once for each: a list asks for hundreds of addresses, and most of them each time."""

from functools import lru_cache

from django.urls import reverse

MOST = 20_000


@lru_cache(maxsize=MOST)
def address(name: str, *args: object) -> str:
    """The address of the page `name`; it is made of references and ids alone."""
    return reverse(name, args=args)
