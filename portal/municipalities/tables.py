"""The short list of tables without row-level security, each with its reason."""

GLOBAL_TABLES = {
    "municipalities_municipality": "read by host before any municipality is in force; nothing of residents",
    "municipalities_librarygeneration": "one number, raised when shared content changes",
    "municipalities_announcement": "public text above pages; one for all sites has no municipality",
    "django_migrations": "which migrations ran; written by the owner only",
    "django_content_type": "names of models",
    "django_session": "sessions of staff on their hosts, where no municipality is in force",
    "counter_team": "which group of staff works for which municipality: says whom to put in force",
    "auth_": "staff accounts, groups and permissions; fenced in code on the CMS host",
    "wagtail": "Wagtail's own tables have no municipality; fenced in code, hold nothing a resident typed",
    "taggit_": "tags on images, as Wagtail makes them",
    "cms_": "page types of Wagtail's one tree; fenced in code, hold nothing a resident typed",
}
"""A table's name, or the start of it when it ends in an underscore or names a package."""


def is_global(table: str) -> bool:
    """Whether a table stands on the list."""
    return any(
        table == name or (table.startswith(name) and (name.endswith("_") or name == "wagtail"))
        for name in GLOBAL_TABLES
    )
