"""How an agency is reached, and the outcome of being told only which agency knows a child."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_part_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="contact",
            field=models.CharField(
                blank=True,
                help_text="How other agencies reach its front door: a telephone number, an e-mail address, in one line.",
                max_length=200,
            ),
        ),
        migrations.AlterField(
            model_name="readaudit",
            name="outcome",
            field=models.CharField(
                choices=[("shown", "Shown"), ("told", "Told"), ("refused", "Refused")], max_length=10
            ),
        ),
    ]
