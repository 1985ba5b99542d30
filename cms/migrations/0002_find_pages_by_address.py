from django.db import migrations


class Migration(migrations.Migration):
    """Every page on a site is found by `url_path`, which Wagtail does not index; starts of it are looked up too."""

    dependencies = [("cms", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS cms_page_address ON wagtailcore_page (url_path text_pattern_ops)",
            "DROP INDEX IF EXISTS cms_page_address",
        )
    ]
