"""The contexts that row-level security rests on, and the policies of the tables of access itself."""

from django.apps.registry import Apps
from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lantern.access import door_keys, rls

DOOR = """
CREATE SCHEMA lantern_door;
REVOKE ALL ON SCHEMA lantern_door FROM PUBLIC;

CREATE TABLE lantern_door.key (kind text PRIMARY KEY, inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
CREATE TABLE lantern_door.role_allows (role text, permission text, PRIMARY KEY (role, permission));

-- A context lives no longer than its transaction, so a crash may empty this table and costs nothing.
CREATE UNLOGGED TABLE lantern_door.context (
    token_hash bytea PRIMARY KEY,
    session integer NOT NULL,
    transaction xid8 NOT NULL,
    kind text NOT NULL,
    person uuid,
    reason text NOT NULL
);
CREATE INDEX context_session ON lantern_door.context (session);
"""

# What is said to the database between the door and the tables. All of it runs as the owner, with a fixed search path,
# and sees only what it names in full.
FUNCTIONS = """
CREATE FUNCTION lantern_open_context(a_kind text, a_person uuid, a_reason text, a_proof bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    pads lantern_door.key%ROWTYPE;
    said bytea;
    token text;
BEGIN
    SELECT * INTO pads FROM lantern_door.key WHERE kind = a_kind;
    said := convert_to(concat_ws(E'\\n', a_kind, coalesce(a_person::text, ''), pg_backend_pid()::text,
                                 pg_current_xact_id()::text, a_reason), 'UTF8');
    IF pads.kind IS NULL OR sha256(pads.outer_pad || sha256(pads.inner_pad || said)) IS DISTINCT FROM a_proof THEN
        RAISE EXCEPTION 'context refused' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    DELETE FROM lantern_door.context WHERE session = pg_backend_pid() AND transaction <> pg_current_xact_id();
    token := gen_random_uuid()::text || gen_random_uuid()::text;
    INSERT INTO lantern_door.context
        VALUES (sha256(convert_to(token, 'UTF8')), pg_backend_pid(), pg_current_xact_id(), a_kind, a_person, a_reason);
    PERFORM set_config('lantern.token', token, true);
END $$;

CREATE FUNCTION lantern_door.now_open() RETURNS lantern_door.context
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.* FROM lantern_door.context c
    WHERE c.token_hash = sha256(convert_to(current_setting('lantern.token', true), 'UTF8'))
      AND c.session = pg_backend_pid() AND c.transaction = pg_current_xact_id_if_assigned()
$$;

CREATE FUNCTION lantern_is_system() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((lantern_door.now_open()).kind = 'system', false)
$$;

CREATE FUNCTION lantern_is_signing_in() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((lantern_door.now_open()).kind = 'sign_in', false)
$$;

CREATE FUNCTION lantern_me() RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id FROM lantern_door.now_open() c JOIN public.access_person p ON p.id = c.person
    WHERE c.kind = 'person' AND p.is_active
$$;

CREATE FUNCTION lantern_door.agencies_where(a_permission text) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.agency_id), '{}') FROM public.access_membership m
    JOIN lantern_door.role_allows r ON r.role = m.role AND r.permission = a_permission
    WHERE m.person_id = public.lantern_me() AND m.until IS NULL
$$;

CREATE FUNCTION lantern_my_agencies() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT lantern_door.agencies_where('SEE_CHILD')
$$;

CREATE FUNCTION lantern_handles_intake() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT cardinality(lantern_door.agencies_where('HANDLE_INTAKE')) > 0
$$;

CREATE FUNCTION lantern_audited_agencies() RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(a.code::text), '{}') FROM public.access_agency a
    WHERE a.id = ANY (lantern_door.agencies_where('AUDIT_READS'))
$$;

-- restricted children on whose record the person is not named
CREATE FUNCTION lantern_barred_children() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(r.child_id), '{}') FROM public.access_restrictedrecord r
    WHERE r.until IS NULL AND NOT EXISTS (
        SELECT 1 FROM public.access_namedreader n
        WHERE n.child_id = r.child_id AND n.person_id = public.lantern_me() AND n.until IS NULL)
$$;

CREATE FUNCTION lantern_may_see(a_child uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.lantern_is_system() OR (
        EXISTS (SELECT 1 FROM public.access_caserole r WHERE r.child_id = a_child AND r.until IS NULL
                AND r.agency_id = ANY (public.lantern_my_agencies()))
        AND a_child <> ALL (public.lantern_barred_children()))
$$;

-- Who may give an agency a part: the system, whoever sees the child, and anybody signed in for a child that is new.
CREATE FUNCTION lantern_may_give_part(a_child uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.lantern_may_see(a_child) OR (
        public.lantern_me() IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM public.access_caserole r WHERE r.child_id = a_child))
$$;

-- Every agency's part in the case, for somebody who sees the child. The table itself shows a person's own agencies only.
CREATE FUNCTION lantern_parts_in_case(a_child uuid) RETURNS SETOF access_caserole
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.* FROM public.access_caserole r WHERE r.child_id = a_child AND public.lantern_may_see(a_child)
$$;

CREATE FUNCTION lantern_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: its rows are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- A part in a case or a role in an agency is ended once; nothing else about it ever changes.
CREATE FUNCTION lantern_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until IS NOT NULL OR NEW.until IS NULL
       OR (to_jsonb(OLD) - 'until') IS DISTINCT FROM (to_jsonb(NEW) - 'until') THEN
        RAISE EXCEPTION '% can only be ended', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION lantern_take_from_app(what text, tables text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('REVOKE %s ON %s FROM {app}', what, tables); END $$;

CREATE FUNCTION lantern_give_to_app(what text, tables text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('GRANT %s ON %s TO {app}', what, tables); END $$;
REVOKE EXECUTE ON FUNCTION lantern_take_from_app(text, text), lantern_give_to_app(text, text) FROM PUBLIC;
"""

UNDO = """
DROP FUNCTION lantern_give_to_app, lantern_take_from_app, lantern_only_ends, lantern_refuse_change,
    lantern_parts_in_case, lantern_may_give_part, lantern_may_see, lantern_barred_children, lantern_audited_agencies,
    lantern_handles_intake, lantern_my_agencies, lantern_me, lantern_is_signing_in, lantern_is_system,
    lantern_open_context;
DROP SCHEMA lantern_door CASCADE;
"""

SYSTEM = "(SELECT lantern_is_system())"
# the functions above run as the owner, whom forced row security binds too
OWNER_READS = "FOR SELECT TO CURRENT_USER USING (true)"
OWN_PARTS = f"""FOR SELECT USING (
    {SYSTEM} OR (agency_id = ANY ((SELECT lantern_my_agencies())::uuid[])
                 AND child_id <> ALL ((SELECT lantern_barred_children())::uuid[])))"""
READS = f"""FOR SELECT USING (
    {rls.need_to_know("access_readaudit")}
    OR agency_code = ANY ((SELECT lantern_audited_agencies())::text[]))"""


def make_functions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The functions name the application's role, which is known only where they are made."""
    app = schema_editor.quote_name(connections["default"].settings_dict["USER"])
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FUNCTIONS.replace("{app}", app))
    door_keys.install(schema_editor.connection)


def drop_functions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take functions and door away."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(UNDO)


def only_ends(table: str) -> migrations.RunSQL:
    """Rows of `table` are added and ended, never changed otherwise, never removed."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_only_ends BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION lantern_only_ends();"
        f" SELECT lantern_take_from_app('DELETE, TRUNCATE', '{table}');",
        f"DROP TRIGGER {table}_only_ends ON {table}; SELECT lantern_give_to_app('DELETE', '{table}');",
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(DOOR, migrations.RunSQL.noop),
        migrations.RunPython(make_functions, drop_functions),
        # who works where: read by everybody, written by the system alone
        *rls.force("access_agency"),
        rls.policy("access_agency", "read", "FOR SELECT USING (true)"),
        rls.policy("access_agency", "add", f"FOR INSERT WITH CHECK ({SYSTEM})"),
        rls.policy("access_agency", "change", f"FOR UPDATE USING ({SYSTEM})"),
        *rls.force("access_membership"),
        rls.policy("access_membership", "read", "FOR SELECT USING (true)"),
        rls.policy("access_membership", "add", f"FOR INSERT WITH CHECK ({SYSTEM})"),
        rls.policy("access_membership", "end", f"FOR UPDATE USING ({SYSTEM})"),
        only_ends("access_membership"),
        # parts in a case
        *rls.force("access_caserole"),
        rls.policy("access_caserole", "functions", OWNER_READS),
        rls.policy("access_caserole", "own", OWN_PARTS),
        rls.policy("access_caserole", "give", "FOR INSERT WITH CHECK (lantern_may_give_part(child_id))"),
        rls.policy("access_caserole", "end", "FOR UPDATE USING (lantern_may_see(child_id))"),
        only_ends("access_caserole"),
        # restricted records
        *rls.force("access_restrictedrecord"),
        rls.policy("access_restrictedrecord", "functions", OWNER_READS),
        rls.policy(
            "access_restrictedrecord",
            "read",
            f"FOR SELECT USING {rls.need_to_know('access_restrictedrecord')}",
        ),
        rls.policy("access_restrictedrecord", "add", f"FOR INSERT WITH CHECK ({SYSTEM})"),
        rls.policy("access_restrictedrecord", "end", f"FOR UPDATE USING ({SYSTEM})"),
        only_ends("access_restrictedrecord"),
        *rls.force("access_namedreader"),
        rls.policy("access_namedreader", "functions", OWNER_READS),
        rls.policy("access_namedreader", "read", f"FOR SELECT USING {rls.need_to_know('access_namedreader')}"),
        rls.policy("access_namedreader", "add", f"FOR INSERT WITH CHECK ({SYSTEM})"),
        rls.policy("access_namedreader", "end", f"FOR UPDATE USING ({SYSTEM})"),
        only_ends("access_namedreader"),
        # who has looked
        *rls.force("access_readaudit"),
        rls.policy("access_readaudit", "read", READS),
        rls.policy(
            "access_readaudit",
            "add",
            f"FOR INSERT WITH CHECK ({SYSTEM} OR person_id = (SELECT lantern_me()))",
        ),
        *rls.append_only("access_readaudit"),
    ]
