"""Each letter is printed by who took it; what was taken before is free to take again."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality


def take_again(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    letters = apps.get_model("notices", "Letter")
    for municipality in Municipality.objects.all():
        with acting_for(municipality):
            letters.objects.filter(state="handed_over").update(state="queued", handed_over=None)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_one_queue_of_letters")]
    operations = [
        migrations.AddField(
            model_name="letter",
            name="taken_by",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(take_again, migrations.RunPython.noop),
    ]
