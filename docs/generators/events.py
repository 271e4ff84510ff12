"""docs/generated/events.md: every event with its fields, and docs/generated/roles.md."""

from generators._tables import code, table

from lantern.engine import vocabulary  # noqa: F401  importing it fills the registry
from lantern.engine.events import REGISTRY, EventType, Field
from lantern.engine.roles import POLICE_ROLES, ROLES


def pages() -> dict[str, str]:
    """The two pages of the engine's vocabulary."""
    return {"docs/generated/events.md": _events(), "docs/generated/roles.md": _roles()}


def _events() -> str:
    head = (
        "# Events\n\nEvery kind of thing that can be recorded. Each also carries `id`, `child`, `episode` (unless said"
        " otherwise), `occurred_at`, `recorded_at`, `by_role` and `agency`. Personal fields are kept apart and"
        " encrypted.\n\n"
    )
    return head + "\n".join(_event(event) for event in REGISTRY.values())


def _event(event: EventType) -> str:
    where = "" if event.in_episode else " About the child, in no episode."
    head = f"## `{event.name}`\n\n{event.says[0].upper()}{event.says[1:]}.{where}\n"
    if not event.fields:
        return head
    return f"{head}\n" + table(("field", "kind", "personal", "notes"), map(_field, event.fields.values()))


def _field(field: Field) -> tuple[str, str, str, str]:
    notes = [
        "required" if field.required else "",
        ("one of " if field.closed else "usually ") + ", ".join(field.choices) if field.choices else "",
        field.help,
    ]
    return code(field.name), field.kind, "yes" if field.personal else "", "; ".join(filter(None, notes))


def _roles() -> str:
    rows = ((code(name), says, "police" if name in POLICE_ROLES else "") for name, says in ROLES.items())
    return "# Roles\n\nThe neutral names; a pack gives the local one.\n\n" + table(("role", "in words", "side"), rows)
