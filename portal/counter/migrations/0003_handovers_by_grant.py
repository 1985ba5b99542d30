"""A grant that is forgotten at the end of its term is looked for among the handovers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("counter", "0002_letters_in_one_queue")]

    operations = [
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                fields=["municipality", "grant"],
                condition=models.Q(("grant__isnull", False)),
                name="handovers_by_grant",
            ),
        )
    ]
