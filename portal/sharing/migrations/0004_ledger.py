"""The act log becomes a tree: kept hashes, record keys, sealed days, signed heads, and what guards them."""

import uuid
from itertools import islice
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from portal.municipalities.acting import acting_for
from portal.municipalities.migrations_tenant import TenantTable
from portal.sharing.ledger.tree import Growing

A_PART = 5000
FROZEN = ("sharing_ledgernode", "sharing_logrecord", "sharing_signedhead")

# When what is known of a grant may be forgotten: it is over, and so is its purpose's term since then and since
# the last act that was recorded. The one place where this rule stands; the worker and the triggers ask it.
ACCOUNTABILITY = """
CREATE FUNCTION accountability_is_over(of_grant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE((
    SELECT g.values IS NULL
       AND LEAST(g.withdrawn, g.consumed, g.until) + term <= now()
       AND NOT EXISTS (
         SELECT FROM sharing_actrecord r
           JOIN sharing_ledgerentry e ON e.municipality_id = r.municipality_id AND e.id = r.entry_id
          WHERE r.municipality_id = g.municipality_id AND r.grant_id = g.id AND e.at + term > now())
      FROM sharing_grant g
      JOIN sharing_purposeversion v ON v.municipality_id = g.municipality_id AND v.id = g.version_id,
           LATERAL make_interval(days => 365 * COALESCE((v.content ->> 'proof_years')::int, 5)) AS term
     WHERE g.id = of_grant), false)
$$;
"""

STAYS_FOR_ITS_TERM = """
CREATE FUNCTION a_record_stays_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND accountability_is_over(OLD.grant_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER never_changes ON sharing_actrecord;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON sharing_actrecord
  FOR EACH ROW EXECUTE FUNCTION a_record_stays_for_its_term();
CREATE TRIGGER stays_for_its_term BEFORE DELETE ON sharing_recordkey
  FOR EACH ROW EXECUTE FUNCTION a_record_stays_for_its_term();
"""


def never_changes(table: str) -> str:
    return (
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();"
    )


def grow_trees(apps: Any, _editor: Any) -> None:
    """Entries that were there before get the hashes above them."""
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            _grow(apps)


def _grow(apps: Any) -> None:
    head = apps.get_model("sharing", "LedgerHead").objects.first()
    if head is None:
        return
    tree, node = Growing(), apps.get_model("sharing", "LedgerNode")
    entries = apps.get_model("sharing", "LedgerEntry").objects.order_by("position")
    leaves = entries.values_list("leaf", flat=True).iterator(A_PART)
    while some := list(islice(leaves, A_PART)):  # of ten million, all would not fit in memory
        node.objects.bulk_create(
            node(municipality_id=head.municipality_id, last=one.last, level=one.level, hash=made)
            for leaf in some
            for one, made in tree.add(bytes(leaf))
        )
    head.hashes = b"".join(tree.hashes)
    head.save(update_fields=["hashes"])


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_grounds_requests_recall")]

    operations = [
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('to', models.CharField(max_length=8)),
                ('due', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('done', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerNode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('last', models.PositiveBigIntegerField()),
                ('level', models.PositiveSmallIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LogRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('day', models.CharField(blank=True, max_length=10)),
                ('payload', models.JSONField()),
                ('salt', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='RecordKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('created', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Restore',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('found', models.DateTimeField()),
                ('why', models.CharField(max_length=300)),
                ('lifted', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignedHead',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('size', models.PositiveBigIntegerField()),
                ('root', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=40)),
                ('signature', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='ledgerhead',
            name='hashes',
            field=models.BinaryField(default=b''),
        ),
        migrations.AlterField(
            model_name='actrecord',
            name='salt',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['municipality', 'leaf'], name='entries_by_leaf'),
        ),
        migrations.AddField(
            model_name='deposit',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='ledgernode',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='logrecord',
            name='entry',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.ledgerentry'),
        ),
        migrations.AddField(
            model_name='logrecord',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='recordkey',
            name='grant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.grant'),
        ),
        migrations.AddField(
            model_name='recordkey',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='restore',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='signedhead',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality'),
        ),
        migrations.AddField(
            model_name='deposit',
            name='head',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.signedhead'),
        ),
        migrations.AddConstraint(
            model_name='ledgernode',
            constraint=models.UniqueConstraint(fields=('municipality', 'last', 'level'), name='one_hash_a_subtree'),
        ),
        migrations.AddConstraint(
            model_name='logrecord',
            constraint=models.UniqueConstraint(fields=('municipality', 'entry'), name='one_log_record_an_entry'),
        ),
        migrations.AddConstraint(
            model_name='logrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('day', ''), _negated=True), fields=('municipality', 'day'), name='a_day_is_sealed_once'),
        ),
        migrations.AddIndex(
            model_name='recordkey',
            index=models.Index(fields=['municipality', 'created'], name='record_keys_by_age'),
        ),
        migrations.AddConstraint(
            model_name='recordkey',
            constraint=models.UniqueConstraint(fields=('municipality', 'grant'), name='one_record_key_a_grant'),
        ),
        migrations.AddConstraint(
            model_name='restore',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted', None)), fields=('municipality',), name='one_open_restore'),
        ),
        migrations.AddIndex(
            model_name='signedhead',
            index=models.Index(fields=['municipality', '-at'], name='heads_by_time'),
        ),
        migrations.AddConstraint(
            model_name='signedhead',
            constraint=models.UniqueConstraint(fields=('municipality', 'size', 'at'), name='one_head_a_size_and_time'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(condition=models.Q(('done', None)), fields=['municipality', 'due'], name='deposits_due'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.UniqueConstraint(fields=('municipality', 'head', 'to'), name='deposited_once'),
        ),
        *(
            TenantTable("sharing", model)
            for model in (
                "LedgerNode", "RecordKey", "LogRecord", "SignedHead", "Deposit", "Restore",
            )
        ),
        *(
            migrations.RunSQL(never_changes(table), f"DROP TRIGGER IF EXISTS never_changes ON {table}")
            for table in FROZEN
        ),
        migrations.RunSQL(ACCOUNTABILITY, "DROP FUNCTION accountability_is_over(uuid)"),
        migrations.RunSQL(STAYS_FOR_ITS_TERM, migrations.RunSQL.noop),
        migrations.RunPython(grow_trees, migrations.RunPython.noop),
    ]
