"""docs/generated/who-can-see-what.md: each address and what each of eight people gets, as the tests hold it."""

from generators._tables import code, table

from tests.gates.access_table import PERSONAS, TABLE


def pages() -> dict[str, str]:
    """One page."""
    return {"docs/generated/who-can-see-what.md": _text()}


def _text() -> str:
    rows = ((code(row.name), row.is_for, *(row.expected[persona] for persona in PERSONAS)) for row in TABLE)
    found = table(("address", "what it is", *PERSONAS.values()), rows)
    return (
        "# Who can see what\n\n"
        "One child's case, and eight people. **sees**: the page opens and shows the child. **opens**: the page\n"
        "opens and shows nothing of the child. **refused**: answered exactly like an address that is not there.\n"
        "Somebody who has not signed in gets the pages of sign-in and nothing else. A test asks every address as\n"
        "every one of them.\n\n"
        f"{found}"
    )
