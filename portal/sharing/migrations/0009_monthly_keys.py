"""The key of a grant names the month and the master key it is wrapped under."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_purposes_made")]

    operations = [
        migrations.AlterField("GrantKey", "master", models.CharField(max_length=40)),
        migrations.AddIndex(
            "GrantKey",
            models.Index(fields=["municipality", "master"], name="grant_keys_by_month"),
        ),
    ]
