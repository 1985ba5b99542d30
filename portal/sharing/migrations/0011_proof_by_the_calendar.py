"""The term of a proof counts in years of the calendar, as it is promised: five years are not 1825 days."""

from django.db import migrations

# When what is known of a grant may be forgotten: it is over, and so is its purpose's term since then and since
# the last act that was recorded. The one place where this rule stands; the worker and the triggers ask it.
ACCOUNTABILITY = """
CREATE OR REPLACE FUNCTION accountability_is_over(of_grant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE((
    SELECT g.values IS NULL
       AND LEAST(g.withdrawn, g.consumed, g.until) + term <= now()
       AND NOT EXISTS (
         SELECT FROM sharing_actrecord r
           JOIN sharing_ledgerentry e ON e.municipality_id = r.municipality_id AND e.id = r.entry_id
          WHERE r.municipality_id = g.municipality_id AND r.grant_id = g.id AND e.at + term > now())
      FROM sharing_grant g
      JOIN sharing_purposeversion v ON v.municipality_id = g.municipality_id AND v.id = g.version_id,
           LATERAL make_interval(years => COALESCE((v.content ->> 'proof_years')::int, 5)) AS term
     WHERE g.id = of_grant), false)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0010_what_is_looked_for")]
    operations = [migrations.RunSQL(ACCOUNTABILITY, migrations.RunSQL.noop)]
