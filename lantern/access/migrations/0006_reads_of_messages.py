"""Which report that could not be read somebody opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_agency_contact"),
    ]

    operations = [
        migrations.AddField(
            model_name="readaudit",
            name="message_id",
            field=models.UUIDField(help_text="The report that could not be read, where one was opened.", null=True),
        ),
    ]
