"""Purposes in the making: drafts, revisions, reviews, and what a privacy officer did."""

import django.db.models.deletion
import portal.sharing.states
import uuid
from django.db import migrations, models

from portal.municipalities.migrations_tenant import TenantTable
from portal.sharing.migrations_making import guard, never_changes


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("municipalities", "0001_initial"),
        ("sharing", "0006_consumers_api"),
    ]

    operations = [
        migrations.CreateModel(
            name='PurposeDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(db_index=False, max_length=60)),
                ('state', models.CharField(default=portal.sharing.states.Making['DRAFT'], max_length=9)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('written_before', models.JSONField(default=list)),
                ('begun', models.DateTimeField()),
                ('library_issue', models.PositiveIntegerField(null=True)),
                ('municipality', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.purposeversion')),
            ],
        ),
        migrations.CreateModel(
            name='PurposeReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField()),
                ('reviewer', models.PositiveBigIntegerField()),
                ('reviewer_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('approved', models.BooleanField()),
                ('free', models.BooleanField()),
                ('why', models.TextField(blank=True)),
                ('draft', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.purposedraft')),
                ('municipality', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='PurposeRevision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('editor', models.PositiveBigIntegerField()),
                ('editor_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('draft', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.purposedraft')),
                ('municipality', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='OfficerAct',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('block', 'Block'), ('unblock', 'Unblock'), ('export', 'Export'), ('nothing', 'Nothing To Export')], max_length=8)),
                ('at', models.DateTimeField()),
                ('officer', models.PositiveBigIntegerField()),
                ('officer_name', models.CharField(max_length=150)),
                ('why', models.TextField(blank=True)),
                ('consumer', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.consumer')),
                ('municipality', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('subject', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.resident')),
            ],
            options={
                'indexes': [models.Index(fields=['municipality', '-at'], name='officer_acts_by_time'), models.Index(fields=['municipality', 'subject', '-at'], name='officer_acts_of_a_resident')],
            },
        ),
        migrations.AddIndex(
            model_name='purposedraft',
            index=models.Index(fields=['municipality', 'version'], name='draft_of_a_version'),
        ),
        migrations.AddConstraint(
            model_name='purposedraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [portal.sharing.states.Making['DRAFT'], portal.sharing.states.Making['REVIEW'], portal.sharing.states.Making['APPROVED'], portal.sharing.states.Making['PUBLISHED'], portal.sharing.states.Making['RETIRED'], portal.sharing.states.Making['DROPPED']])), name='purpose_draft_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='purposedraft',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', (portal.sharing.states.Making['DRAFT'], portal.sharing.states.Making['REVIEW'], portal.sharing.states.Making['APPROVED']))), fields=('municipality', 'slug'), name='one_open_draft_a_purpose'),
        ),
        migrations.AddIndex(
            model_name='purposereview',
            index=models.Index(fields=['municipality', 'draft'], name='reviews_of_a_draft'),
        ),
        migrations.AddConstraint(
            model_name='purposerevision',
            constraint=models.UniqueConstraint(fields=('municipality', 'draft', 'number'), name='one_revision_a_number'),
        ),
            TenantTable("sharing", "PurposeDraft"),
        TenantTable("sharing", "PurposeRevision"),
        TenantTable("sharing", "PurposeReview"),
        TenantTable("sharing", "OfficerAct"),
        *guard("sharing_purposedraft", "sharing_purposerevision", "sharing_purposereview"),
        never_changes("sharing_officeract"),
    ]
