"""What the rules said of a child is seen only by those who need to know."""

from django.db import migrations

from lantern.access import rls


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_initial"), ("access", "0002_row_level_security")]

    operations = [
        *rls.protect("evaluations_evaluation"),
        *rls.protect("evaluations_standing"),
        *rls.protect("evaluations_episodenow"),
    ]
