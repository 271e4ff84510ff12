"""Agencies that reported a child in whose case they have no part."""

import django.db.models.deletion
import lantern.plumbing.ids
from django.conf import settings
from django.db import migrations, models

from lantern.access import rls


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lantern.plumbing.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("child_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("given", models.BooleanField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("child_id", "agency"),
                        name="access_partrequest_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("given", None)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False), ("given__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="access_partrequest_is_answered_in_full",
                    ),
                ],
            },
        ),
        *rls.protect("access_partrequest"),
        migrations.RunSQL(
            "SELECT lantern_take_from_app('DELETE, TRUNCATE', 'access_partrequest');",
            "SELECT lantern_give_to_app('DELETE', 'access_partrequest');",
        ),
    ]
