"""A question that led to a yes goes with its yes, also where the text it was asked under has a longer term."""

from django.db import migrations

# Of one without a yes: the term since its answer, or since it went by without.
RULE = """
CREATE OR REPLACE FUNCTION question_is_over(of_request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE((
    SELECT (q.state = 'approved' OR COALESCE(q.answered, q.expires) + term <= now())
       AND NOT EXISTS (
         SELECT FROM sharing_grant g WHERE g.municipality_id = q.municipality_id AND g.request_id = q.id)
      FROM sharing_request q
      JOIN sharing_purposeversion v ON v.municipality_id = q.municipality_id AND v.id = q.version_id,
           LATERAL make_interval(years => COALESCE((v.content ->> 'proof_years')::int, 5)) AS term
     WHERE q.id = of_request), false)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0018_first_proof"),
    ]

    operations = [migrations.RunSQL(RULE, migrations.RunSQL.noop)]
