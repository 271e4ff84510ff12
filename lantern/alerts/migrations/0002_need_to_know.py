"""Messages are seen only by those who need to know of the child."""

from django.db import migrations

from lantern.access import rls


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("access", "0002_row_level_security")]

    operations = [
        *rls.protect("alerts_message"),
        *rls.protect("alerts_attempt"),
    ]
