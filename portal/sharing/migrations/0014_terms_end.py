"""At the end of its term all of a grant goes but the leaves; the database lets exactly that through.

An entry keeps the day it was added and no moment, also those of before: the moment is in its commitment.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Max
from django.db.models.functions import Coalesce, Least

from portal.municipalities.acting import acting_for
from portal.municipalities.migrations_tenant import TenantTable

# The rules of when something may be forgotten, and the only place where they stand: the worker and the triggers
# ask them. What the database cannot tell, such as a version that is not there, means that it stays.
# Of a grant: it is over, and so is its purpose's term since then and since the last act that was recorded.
RULES = """
CREATE OR REPLACE FUNCTION accountability_is_over(of_grant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE((
    SELECT g.values IS NULL
       AND LEAST(g.withdrawn, g.consumed, g.until) + term <= now()
       AND NOT EXISTS (
         SELECT FROM sharing_actrecord r
           JOIN sharing_ledgerentry e ON e.municipality_id = r.municipality_id AND e.id = r.entry_id
          WHERE r.municipality_id = g.municipality_id AND r.grant_id = g.id
            AND COALESCE((r.payload ->> 'at')::timestamptz,
                         (e.day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') + term > now())
      FROM sharing_grant g
      JOIN sharing_purposeversion v ON v.municipality_id = g.municipality_id AND v.id = g.version_id,
           LATERAL make_interval(years => COALESCE((v.content ->> 'proof_years')::int, 5)) AS term
     WHERE g.id = of_grant), false)
$$;
-- The term is over, and what opens its entries is destroyed: from then on the rest may go.
CREATE FUNCTION grant_is_forgotten(of_grant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT accountability_is_over(of_grant)
     AND NOT EXISTS (SELECT FROM sharing_recordkey WHERE grant_id = of_grant)
     AND NOT EXISTS (SELECT FROM sharing_actrecord WHERE grant_id = of_grant)
$$;
-- A consumer's question: the term since its answer, or since it went by without; and no yes to it is there.
CREATE FUNCTION question_is_over(of_request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE((
    SELECT COALESCE(q.answered, q.expires) + term <= now()
       AND NOT EXISTS (
         SELECT FROM sharing_grant g WHERE g.municipality_id = q.municipality_id AND g.request_id = q.id)
      FROM sharing_request q
      JOIN sharing_purposeversion v ON v.municipality_id = q.municipality_id AND v.id = q.version_id,
           LATERAL make_interval(years => COALESCE((v.content ->> 'proof_years')::int, 5)) AS term
     WHERE q.id = of_request), false)
$$;
"""

TRIGGERS = """
CREATE FUNCTION a_receipt_stays_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND grant_is_forgotten(OLD.grant_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER never_changes ON sharing_receipt;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON sharing_receipt
  FOR EACH ROW EXECUTE FUNCTION a_receipt_stays_for_its_term();

-- Its leaf must be in its place, or the day that it was sealed in could never be checked again.
CREATE FUNCTION a_use_stays_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.grant_id IS NOT NULL AND grant_is_forgotten(OLD.grant_id)
     AND EXISTS (SELECT FROM sharing_forgottenuse WHERE id = OLD.id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a use stays as long as the proof of its grant' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays_for_its_term BEFORE DELETE ON usage_use
  FOR EACH ROW EXECUTE FUNCTION a_use_stays_for_its_term();

CREATE FUNCTION a_duty_stays_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.done IS NOT NULL OR OLD.failed IS NOT NULL) AND (
       grant_is_forgotten(OLD.grant_id)
       OR (OLD.grant_id IS NULL AND question_is_over(OLD.request_id))) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a duty stays as long as the proof of what it is about' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays_for_its_term BEFORE DELETE ON sharing_duty
  FOR EACH ROW EXECUTE FUNCTION a_duty_stays_for_its_term();

CREATE FUNCTION a_question_stays_for_its_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF question_is_over(OLD.id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a question stays as long as the proof of its answer' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays_for_its_term BEFORE DELETE ON sharing_request
  FOR EACH ROW EXECUTE FUNCTION a_question_stays_for_its_term();

CREATE OR REPLACE FUNCTION a_grant_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- Uses have no key to it; all else that hangs on it has.
    IF grant_is_forgotten(OLD.id) AND NOT EXISTS (
         SELECT FROM usage_use WHERE municipality_id = OLD.municipality_id AND grant_id = OLD.id) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a grant stays as the proof of what was shared' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(NEW) - 'withdrawn' - 'values' - 'consumed') <>
     (to_jsonb(OLD) - 'withdrawn' - 'values' - 'consumed') THEN
    RAISE EXCEPTION 'a grant only ends' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.withdrawn IS NOT NULL AND NEW.withdrawn IS DISTINCT FROM OLD.withdrawn THEN
    RAISE EXCEPTION 'a grant is withdrawn once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.consumed IS NOT NULL AND NEW.consumed IS DISTINCT FROM OLD.consumed THEN
    RAISE EXCEPTION 'a grant is read its one time once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.values IS NOT NULL AND NEW.values IS DISTINCT FROM OLD.values THEN
    RAISE EXCEPTION 'the values of a grant are only erased' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

# Rewriting the table asks no trigger: rows of before lose their moment too.
ONLY_THE_DAY = """
ALTER TABLE sharing_ledgerentry RENAME COLUMN at TO day;
ALTER TABLE sharing_ledgerentry
  ALTER COLUMN day TYPE date USING (day AT TIME ZONE 'Europe/Amsterdam')::date;
"""

NEVER_CHANGES = (
    "CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON sharing_forgottenuse"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change();"
)


def feeds_go_on(apps, _editor):
    """The next number of each consumer's feed follows on what it gave out."""
    consumers, duties = apps.get_model("sharing", "Consumer"), apps.get_model("sharing", "Duty")
    for municipality in apps.get_model("municipalities", "Municipality").objects.all():
        with acting_for(municipality):
            told = duties.objects.filter(number__isnull=False, municipality=municipality).order_by()
            for consumer, last in told.values_list("consumer").annotate(Max("number")):
                consumers.objects.filter(id=consumer).update(last_event=last)


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0006_closed"),
        ("sharing", "0013_asked_anew"),
        ("usage", "0004_uses_by_day"),
    ]

    operations = [
        migrations.RunSQL(
            ONLY_THE_DAY,
            state_operations=[
                migrations.RenameField("ledgerentry", "at", "day"),
                migrations.AlterField("ledgerentry", "day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="ForgottenUse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("municipality", models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipalities.municipality")),
                ("day", models.DateField()),
                ("leaf", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["municipality", "day", "id"], name="forgotten_uses_by_day")]},
        ),
        migrations.CreateModel(
            name="ToNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("municipality", models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="municipalities.municipality")),
                ("term", models.CharField(max_length=8)),
                ("positions", models.JSONField()),
                ("uses", models.JSONField()),
            ],
        ),
        TenantTable("sharing", "ForgottenUse"),
        TenantTable("sharing", "ToNote"),
        migrations.RunSQL(NEVER_CHANGES, "DROP TRIGGER IF EXISTS never_changes ON sharing_forgottenuse"),
        migrations.AddField("consumer", "last_event", models.PositiveBigIntegerField(default=0)),
        migrations.AddIndex(
            "duty",
            models.Index(
                fields=["municipality", "request"],
                condition=models.Q(("request__isnull", False)),
                name="duties_of_a_request",
            ),
        ),
        migrations.AddIndex(
            "sharing",
            models.Index(
                fields=["municipality", "request"],
                condition=models.Q(("request__isnull", False)),
                name="sharings_by_request",
            ),
        ),
        migrations.AddIndex(
            "grant",
            models.Index(
                F("municipality"),
                F("version"),
                Least("withdrawn", "consumed", "until"),
                condition=models.Q(("values__isnull", True)),
                name="ended_grants_of_a_version",
            ),
        ),
        migrations.AddIndex(
            "request",
            models.Index(
                F("municipality"),
                F("version"),
                Coalesce("answered", "expires"),
                condition=models.Q(("state", "approved"), _negated=True),
                name="requests_without_a_yes",
            ),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(feeds_go_on, migrations.RunPython.noop),
    ]
