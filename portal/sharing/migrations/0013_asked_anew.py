"""Who said yes to a text that changed so much that it asks anew hears so; also of what changed before this."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.migrations_tenant import TenantTable


def ask_who_was_not_asked(apps, schema_editor):
    """A duty for each text that a later one outdated."""
    versions, duty = apps.get_model("sharing", "PurposeVersion"), apps.get_model("sharing", "Duty")
    later = versions.objects.filter(
        purpose=OuterRef("purpose"), number__gt=OuterRef("number"), content__substantial=True
    )
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            for version in versions.objects.filter(Exists(later), municipality=municipality):
                now = timezone.now()
                duty.objects.create(
                    municipality=municipality, kind="ask_anew", version=version, due=now, since=now
                )


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0006_closed'),
        ('sharing', '0012_consumers_registered'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='duty',
            name='duty_is_about_something',
        ),
        migrations.AddField(
            model_name='duty',
            name='reached',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.purposeversion'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('grant__isnull', False), ('request__isnull', False), ('version__isnull', False), _connector='OR'), name='duty_is_about_something'),
        ),
        TenantTable("sharing", "Duty"),
        migrations.RunPython(ask_who_was_not_asked, migrations.RunPython.noop),
    ]
