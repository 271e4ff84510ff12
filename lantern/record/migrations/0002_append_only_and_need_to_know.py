"""The record only grows, and is seen only by those who need to know; said by the database itself."""

from django.db import migrations

from lantern.access import rls

GROWS_ONLY = (
    "child",
    "episode",
    "loggedevent",
    "personalpayload",
    "idempotency",
    "erasure",
    "suppression",
    "checkpoint",
)
OF_A_CHILD = (
    "episode", "loggedevent", "personalpayload", "childkey", "idempotency", "childcard", "erasure", "suppression",
)  # fmt: skip


def grows_only(table: str) -> migrations.RunSQL:
    """By right and by trigger; a trigger on the statement answers also where no row is in sight, and also the owner."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_grows_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION lantern_refuse_change();
        SELECT lantern_take_from_app('UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER', '{table}');
        """,
        f"""
        DROP TRIGGER {table}_grows_only ON {table};
        SELECT lantern_give_to_app('UPDATE, DELETE', '{table}');
        """,
    )


KEYS_ARE_ONLY_DESTROYED = migrations.RunSQL(
    """
    CREATE FUNCTION record_only_destroys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.child_id <> OLD.child_id OR OLD.wrapped_key IS NULL OR NEW.wrapped_key IS NOT NULL THEN
            RAISE EXCEPTION 'a key can only be destroyed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER record_childkey_only_destroyed BEFORE UPDATE ON record_childkey
        FOR EACH ROW EXECUTE FUNCTION record_only_destroys();
    CREATE TRIGGER record_childkey_never_removed BEFORE DELETE OR TRUNCATE ON record_childkey
        FOR EACH STATEMENT EXECUTE FUNCTION lantern_refuse_change();
    SELECT lantern_take_from_app('DELETE, TRUNCATE', 'record_childkey');
    """,
    """
    DROP TRIGGER record_childkey_never_removed ON record_childkey;
    DROP TRIGGER record_childkey_only_destroyed ON record_childkey;
    DROP FUNCTION record_only_destroys;
    SELECT lantern_give_to_app('DELETE', 'record_childkey');
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial"), ("access", "0002_row_level_security")]

    operations = [
        *rls.protect("record_child", "id"),
        *(operation for name in OF_A_CHILD for operation in rls.protect(f"record_{name}")),
        *(grows_only(f"record_{name}") for name in GROWS_ONLY),
        KEYS_ARE_ONLY_DESTROYED,
    ]
