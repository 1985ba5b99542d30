"""Published purpose versions and log entries never change: the database refuses, whoever asks."""

from django.db import migrations

FROZEN = ("sharing_purposeversion", "sharing_ledgerentry", "sharing_actrecord")

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

ONLY_ENDS = """
CREATE FUNCTION a_grant_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a grant stays as the proof of what was shared' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(NEW) - 'withdrawn' - 'values') <> (to_jsonb(OLD) - 'withdrawn' - 'values') THEN
    RAISE EXCEPTION 'a grant only ends' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.withdrawn IS NOT NULL AND NEW.withdrawn IS DISTINCT FROM OLD.withdrawn THEN
    RAISE EXCEPTION 'a grant is withdrawn once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.values IS NOT NULL AND NEW.values IS DISTINCT FROM OLD.values THEN
    RAISE EXCEPTION 'the values of a grant are only erased' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_grant_only_ends BEFORE UPDATE OR DELETE ON sharing_grant
  FOR EACH ROW EXECUTE FUNCTION a_grant_only_ends();
"""


def frozen(table: str) -> str:
    return (
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();"
    )


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION refuse_change() CASCADE"),
        *(
            migrations.RunSQL(frozen(table), f"DROP TRIGGER IF EXISTS never_changes ON {table}")
            for table in FROZEN
        ),
        migrations.RunSQL(ONLY_ENDS, "DROP FUNCTION a_grant_only_ends() CASCADE"),
    ]
