"""docs/generated/permissions.md: who may do what, and on what lawful basis."""

from generators._tables import code, table

from lantern.access.permissions import NEED_A_CASE, Permission
from lantern.access.roles import DESCRIBED


def pages() -> dict[str, str]:
    """One page."""
    return {"docs/generated/permissions.md": _text()}


def _text() -> str:
    what = table(
        ("permission", "to", "only where the agency has a part in the child's case"),
        ((code(one.name.lower()), one.value, "yes" if one in NEED_A_CASE else "") for one in Permission),
    )
    who = table(
        ("role", "in words", "in agencies of kind", "may", "lawful basis"),
        (
            (
                code(name),
                role.says,
                ", ".join(sorted(role.kinds)),
                ", ".join(code(one.name.lower()) for one in Permission if one in role.permissions),
                role.lawful_basis,
            )
            for name, role in DESCRIBED.items()
        ),
    )
    return f"# Who may do what\n\nA role not listed here may do nothing.\n\n{what}\n{who}"
