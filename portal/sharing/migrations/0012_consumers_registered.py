"""What officers want of a consumer, and who agreed."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from portal.municipalities.migrations_tenant import TenantTable


# What was asked stays as it was asked, and what is decided stays decided.
STAYS = """
CREATE TRIGGER stays BEFORE DELETE ON sharing_consumerchange
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER is_decided_once BEFORE UPDATE ON sharing_consumerchange
  FOR EACH ROW WHEN (OLD.decided IS NOT NULL OR NEW.decided IS NULL
    OR NEW.slug <> OLD.slug OR NEW.before IS DISTINCT FROM OLD.before OR NEW.wanted <> OLD.wanted
    OR NEW.widens <> OLD.widens OR NEW.by <> OLD.by OR NEW.by_name <> OLD.by_name OR NEW.at <> OLD.at)
  EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0006_closed'),
        ('sharing', '0011_proof_by_the_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsumerChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(db_index=False, max_length=60)),
                ('before', models.JSONField(null=True)),
                ('wanted', models.JSONField()),
                ('widens', models.BooleanField()),
                ('by', models.PositiveBigIntegerField()),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('agreed', models.BooleanField(null=True)),
                ('decided', models.DateTimeField(null=True)),
                ('decided_by', models.PositiveBigIntegerField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=150)),
                ('municipality', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality', 'slug', '-at'], name='changes_of_a_consumer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided', None)), fields=('municipality', 'slug'), name='one_open_change_a_consumer'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('decided', None), ('decided_by', None)), models.Q(('agreed__isnull', False), ('decided__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_change_is_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('agreed', True), ('decided_by', models.F('by')), ('widens', True), _negated=True), name='two_people_let_a_consumer_do_more')],
            },
        ),
        TenantTable("sharing", "ConsumerChange"),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
