"""Whether the system acts is asked by every statement about a child, once for each table it names: keep its plan.

A function in SQL is planned anew in each statement that calls it; one in PL/pgSQL once in a session.
"""

from django.db import migrations

KEPT = """
CREATE OR REPLACE FUNCTION lantern_is_system() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM lantern_door.context c
        WHERE c.token_hash = sha256(convert_to(current_setting('lantern.token', true), 'UTF8'))
          AND c.session = pg_backend_pid() AND c.transaction = pg_current_xact_id_if_assigned() AND c.kind = 'system');
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION lantern_is_system() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((lantern_door.now_open()).kind = 'system', false)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_reads_of_messages")]

    operations = [migrations.RunSQL(KEPT, BEFORE)]
