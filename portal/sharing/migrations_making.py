"""The SQL that guards a purpose in the making, for the tables of a municipality and those of the library.

It says the same as `purposes.making`, whoever asks: only a draft is edited, a revision and a review never
change, nobody approves what they wrote, and nothing is published that was not approved as it is.
"""

from collections.abc import Sequence

from django.db import migrations

from portal.sharing.states import STEPS, Making


def guard(drafts: str, revisions: str, reviews: str) -> Sequence[migrations.RunSQL]:
    """For the three tables of one workshop; names of our own tables, never something from outside."""
    return [
        _trigger(drafts, "BEFORE UPDATE OR DELETE", _draft(drafts, reviews)),
        _trigger(revisions, "BEFORE INSERT", _revision(drafts)),
        _trigger(reviews, "BEFORE INSERT", _review(drafts, revisions)),
        never_changes(revisions),
        never_changes(reviews),
    ]


def never_changes(table: str) -> migrations.RunSQL:
    """Rows of the table are neither updated nor deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER IF EXISTS never_changes ON {table}",
    )


def _trigger(table: str, when: str, body: str) -> migrations.RunSQL:
    name = f"{table}_is_guarded"
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$;"
        f" CREATE TRIGGER is_guarded {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();",
        f"DROP FUNCTION IF EXISTS {name}() CASCADE",
    )


def _draft(drafts: str, reviews: str) -> str:
    ways = ", ".join(f"('{here}', '{there}')" for here, steps in STEPS.items() for there in steps.values())
    return f"""
DECLARE newest record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of {drafts} stay' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({ways}) THEN
    RAISE EXCEPTION 'a purpose does not go from % to %', OLD.state, NEW.state
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.slug <> OLD.slug OR NEW.written_before::text <> OLD.written_before::text
     OR (NEW.revision <> OLD.revision AND OLD.state <> '{Making.DRAFT}') THEN
    RAISE EXCEPTION 'only a draft is edited' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('{Making.APPROVED}', '{Making.PUBLISHED}') AND NEW.state <> OLD.state THEN
    SELECT approved, revision INTO newest FROM {reviews}
      WHERE draft_id = NEW.id ORDER BY at DESC LIMIT 1;
    IF NOT FOUND OR NOT newest.approved OR newest.revision <> NEW.revision THEN
      RAISE EXCEPTION 'a purpose is published as it was approved' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END
"""  # noqa: S608


def _revision(drafts: str) -> str:
    return f"""
DECLARE now_in text;
BEGIN
  SELECT state INTO now_in FROM {drafts} WHERE id = NEW.draft_id;
  IF now_in <> '{Making.DRAFT}' THEN
    RAISE EXCEPTION 'only a draft is edited' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
"""  # noqa: S608


def _review(drafts: str, revisions: str) -> str:
    return f"""
DECLARE made record; consent boolean;
BEGIN
  IF NOT NEW.approved THEN RETURN NEW; END IF;
  SELECT state, revision, written_before INTO made FROM {drafts} WHERE id = NEW.draft_id;
  IF NOT FOUND THEN RETURN NEW; END IF; -- the key to it refuses this row
  IF made.state <> '{Making.REVIEW}' OR made.revision <> NEW.revision THEN
    RAISE EXCEPTION 'what is approved is the newest revision, in review' USING ERRCODE = 'restrict_violation';
  END IF;
  IF made.written_before @> to_jsonb(NEW.reviewer)
     OR EXISTS (SELECT 1 FROM {revisions} WHERE draft_id = NEW.draft_id AND editor = NEW.reviewer) THEN
    RAISE EXCEPTION 'nobody approves what they wrote' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT content->>'ground' = 'consent' INTO consent FROM {revisions}
    WHERE draft_id = NEW.draft_id AND number = NEW.revision;
  IF consent AND NOT NEW.free THEN
    RAISE EXCEPTION 'a consent is approved when a resident is free to say no'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
"""  # noqa: S608
