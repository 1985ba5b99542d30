from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("usage", "0002_grounds_requests_recall")]

    operations = [
        migrations.AddIndex(
            model_name="use",
            index=models.Index(fields=["municipality", "at"], name="uses_by_day"),
        ),
    ]
