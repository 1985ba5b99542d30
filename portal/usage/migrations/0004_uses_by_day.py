from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("usage", "0003_what_follows_a_use")]

    operations = [
        migrations.AddIndex(
            model_name="use",
            index=models.Index(fields=["municipality", "at"], name="uses_by_day"),
        ),
    ]
