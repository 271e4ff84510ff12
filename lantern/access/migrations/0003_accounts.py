"""Accounts that only their owner changes, and the table that counts tries to sign in."""

from django.db import migrations

from lantern.access import rls

# As Django's createcachetable makes it; its own command would need the rights of the owner at run time.
COUNTS = """
CREATE TABLE access_counts (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX access_counts_expires ON access_counts (expires);
"""


def own(table: str, owner: str) -> list[migrations.RunSQL]:
    """Everybody reads; a row is written by whom it is about, by somebody signing in, and by the system."""
    mine = f"""(
        (SELECT lantern_is_system()) OR (SELECT lantern_is_signing_in()) OR {owner} = (SELECT lantern_me())
    )"""
    return [
        *rls.force(table),
        rls.policy(table, "read", "FOR SELECT USING (true)"),
        rls.policy(table, "add", f"FOR INSERT WITH CHECK {mine}"),
        rls.policy(table, "change", f"FOR UPDATE USING {mine} WITH CHECK {mine}"),
        rls.policy(table, "remove", f"FOR DELETE USING {mine}"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_row_level_security"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(COUNTS, "DROP TABLE access_counts;"),
        *own("access_person", "id"),
        *own("mfa_authenticator", "user_id"),
        *own("account_emailaddress", "user_id"),
    ]
