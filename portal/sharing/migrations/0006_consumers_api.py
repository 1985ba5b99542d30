"""What the consumers' API keeps: keys as JWKS, access tokens, and a feed of what consumers must know."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from jwt.algorithms import OKPAlgorithm

import portal.sharing.states
from portal.municipalities.acting import acting_for
from portal.municipalities.migrations_tenant import TenantTable


def keys_as_jwks(apps, schema_editor):
    """Each consumer's one key as a set of keys."""
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            for consumer in apps.get_model("sharing", "Consumer").objects.filter(municipality=municipality):
                try:
                    key = load_pem_public_key(consumer.public_key.encode())
                except ValueError:
                    continue  # no key of anybody's: it could not call before either
                if isinstance(key, Ed25519PublicKey):
                    jwk = OKPAlgorithm.to_jwk(key, as_dict=True)
                    consumer.jwks = {"keys": [{**jwk, "kid": "1", "alg": "EdDSA", "use": "sig"}]}
                    consumer.save(update_fields=["jwks"])


def duties_name_their_consumer(apps, schema_editor):
    """Whoever must be told stands on the duty itself."""
    grants = apps.get_model("sharing", "Grant").objects.filter(id=OuterRef("grant_id"))
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            told = apps.get_model("sharing", "Duty").objects.filter(municipality=municipality)
            told.filter(kind="tell_consumer", consumer=None).update(
                consumer_id=Subquery(grants.values("consumer_id")[:1])
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("municipalities", "0001_initial"),
        ("sharing", "0005_receipts"),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hashed', models.CharField(max_length=64)),
                ('scopes', models.JSONField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='consumer',
            name='blocked_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='consumer',
            name='daily_limit',
            field=models.PositiveIntegerField(default=200),
        ),
        migrations.AddField(
            model_name='consumer',
            name='jwks',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='duty',
            name='consumer',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.consumer'),
        ),
        migrations.AddField(
            model_name='duty',
            name='failed',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='number',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='request',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.request'),
        ),
        migrations.AddField(
            model_name='duty',
            name='since',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='request',
            name='told_over',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='request',
            name='wanted_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='consumer',
            name='events_url',
            field=models.URLField(blank=True),
        ),
        migrations.AlterField(
            model_name='duty',
            name='grant',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.grant'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('consumer__isnull', False), ('number', None)), fields=['municipality', 'consumer'], name='events_without_a_number'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['municipality', 'consumer', '-created'], name='requests_of_a_consumer'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('state__in', [portal.sharing.states.RequestState.CREATED, portal.sharing.states.RequestState.PRESENTED]), ('told_over', False)), fields=['municipality', 'expires'], name='open_requests_by_end'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('municipality', 'consumer', 'number'), name='one_event_a_number'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('grant__isnull', False), ('request__isnull', False), _connector='OR'), name='duty_is_about_something'),
        ),
        migrations.AddField(
            model_name='accesstoken',
            name='consumer',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.consumer'),
        ),
        migrations.AddField(
            model_name='accesstoken',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddIndex(
            model_name='accesstoken',
            index=models.Index(fields=['municipality', 'until'], name='tokens_by_end'),
        ),
        migrations.AddConstraint(
            model_name='accesstoken',
            constraint=models.UniqueConstraint(fields=('municipality', 'hashed'), name='one_row_a_token'),
        ),
        TenantTable("sharing", "AccessToken"),
        TenantTable("sharing", "Duty"),
        migrations.RunPython(keys_as_jwks, migrations.RunPython.noop),
        migrations.RemoveField(model_name="consumer", name="public_key"),
        migrations.RunPython(duties_name_their_consumer, migrations.RunPython.noop),
    ]
