"""Need-to-know, said once more by PostgreSQL underneath the application.

Every table with child data has row-level security enabled and forced. Its one policy lets a statement see and write

- every row, inside a context that the worker, intake or an operator opened for a stated reason (`context.system`);
- the rows of children in whose case an agency of the signed-in person has a part (`context.acting`);
- nothing, without a context.

The context is a random token in the setting `lantern.token`, local to the transaction. The database keeps its hash
with the session and transaction it was made in, in a schema that the application's role cannot enter. Only a proof
made with a key of the application server opens a context, and the proof holds for one session and one transaction:
an injected statement can neither make one nor use one that it saw.
"""

from django.db import migrations

_NEED_TO_KNOW = """(
    (SELECT lantern_is_system())
    OR (
        EXISTS (
            SELECT 1 FROM access_caserole part
            WHERE part.child_id = {table}.{column} AND part.until IS NULL
              AND part.agency_id = ANY ((SELECT lantern_my_agencies())::uuid[])
        )
        AND {table}.{column} <> ALL ((SELECT lantern_barred_children())::uuid[])
    ){unlinked}
)"""
_UNLINKED = """
    OR ({table}.{column} IS NULL AND (SELECT lantern_handles_intake()))"""


def protect(table: str, child_column: str = "child_id", *, unlinked_to_intake: bool = False) -> list[migrations.RunSQL]:
    """Operations for the migration that creates `table`: nobody reads or writes a row without a need to know.

    `child_column` holds the child's id. With `unlinked_to_intake` a row that has no child yet is also open to people
    who handle intake. The migration must depend on ("access", "0002_row_level_security").
    """
    rule = _rule(table, child_column, unlinked_to_intake)
    return [
        *force(table),
        policy(table, "need_to_know", f"USING {rule} WITH CHECK {rule}"),
    ]


def force(table: str) -> list[migrations.RunSQL]:
    """Operations that enable and force row-level security: without a policy, nobody sees a row."""
    return [
        migrations.RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
    ]


def policy(table: str, name: str, body: str) -> migrations.RunSQL:
    """Operation that creates the policy `{table}_{name}`."""
    full = f"{table}_{name}"
    return migrations.RunSQL(f"CREATE POLICY {full} ON {table} {body};", f"DROP POLICY {full} ON {table};")


def need_to_know(table: str, child_column: str = "child_id") -> str:
    """The rule as an SQL expression, for a table whose policies differ by verb."""
    return _rule(table, child_column, unlinked_to_intake=False)


def _rule(table: str, column: str, unlinked_to_intake: bool) -> str:
    unlinked = _UNLINKED.format(table=table, column=column) if unlinked_to_intake else ""
    return _NEED_TO_KNOW.format(table=table, column=column, unlinked=unlinked)


def append_only(table: str) -> list[migrations.RunSQL]:
    """Operations that let rows of `table` be added and never changed or removed, by rights and by trigger."""
    return [
        migrations.RunSQL(
            f"""
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION lantern_refuse_change();
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION lantern_refuse_change();
            SELECT lantern_take_from_app('UPDATE, DELETE, TRUNCATE', '{table}');
            """,
            f"""
            DROP TRIGGER {table}_append_only ON {table};
            DROP TRIGGER {table}_no_truncate ON {table};
            SELECT lantern_give_to_app('UPDATE, DELETE', '{table}');
            """,
        )
    ]
