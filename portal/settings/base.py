"""What holds everywhere. Each situation adds its addresses, keys and limits."""

import json
import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.municipalities.postgresql.roles import from_url

from .environment import from_environment, more_languages

ROOT = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = from_environment("SECRET_KEY")
MASTER_KEYS: dict[str, str] = json.loads(from_environment("MASTER_KEYS", "{}"))
"""Name to base64 of 32 bytes, the newest first; never in the database."""

CMS_HOST = os.environ.get("CMS_HOST", "cms.localhost")
"""The one host where staff sign in; no municipality is in force there."""

COUNTER_HOST = os.environ.get("COUNTER_HOST", "balie.localhost")
"""The one host where employees help residents; each works for the municipality of the own team."""

PUBLIC_PORT = os.environ.get("PUBLIC_PORT", "")
"""The port in addresses we hand out, where it is not the scheme's own."""
PUBLIC_SCHEME = os.environ.get("PUBLIC_SCHEME", "https")

ERASURE_LIST = os.environ.get("ERASURE_LIST", "")
"""The file, outside the database and its backups, that every erased grant is added to."""

GRANT_KEYS = os.environ.get("GRANT_KEYS", "")
"""The folder, outside the database and its backups, with the keys that grants hang on, one a month."""

HEADS_FILE = os.environ.get("HEADS_FILE", "")
"""The file, outside the database and its backups, that every signed head of the act log is added to."""

LEDGER_WITNESS_URL = os.environ.get("LEDGER_WITNESS_URL", "")
"""Where signed heads are deposited with a second party."""

OUTGOING_HOSTS = os.environ.get("OUTGOING_HOSTS", "").split()
"""The hosts that registers, providers and consumers may have; see `portal/municipalities/outgoing.py`."""
OUTGOING_NETWORKS = os.environ.get("OUTGOING_NETWORKS", "").split()
"""The networks of our own that their addresses may lie in, such as 10.20.0.0/16."""

WEB_THREADS = int(os.environ.get("WEB_THREADS", "8"))
"""Threads of one web process (granian's `--blocking-threads`); half of them may wait for registers."""

TRUSTED_IP_HEADER = os.environ.get("TRUSTED_IP_HEADER", "")
"""The header in which our own proxy tells where a visitor comes from, such as X-Real-IP; for limits."""

STAFF_OIDC: dict[str, Any] = json.loads(from_environment("STAFF_OIDC", "{}"))
"""The staff's identity provider; see `portal/accounts/staff.py`."""

DEMO_WALLET_URL = ""
"""Where the demo plays residents' phones; nowhere else is there such a thing."""

NOTICES_ADDRESS = os.environ.get("NOTICES_ADDRESS", "berichten@localhost")
"""Where notices come from; what bounces comes back to it with “+municipality.notice” before the @."""

LDV_URL = os.environ.get("LDV_URL", "")
"""Where each use is logged (Logboek Dataverwerkingen), as OTLP/HTTP; or LDV_FILE, a file of JSON lines."""
LDV_FILE = os.environ.get("LDV_FILE", "")

NEWS_COLLECTED = 600
"""Seconds after the first change of a case; what else changes in that time is told in the same mail."""

CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")
"""The virus scanner: tcp://host:port or unix:/path of clamd. Without one residents can add no documents."""

PUBLICATIONS_URL = os.environ.get("PUBLICATIONS_URL", "")
"""The national source of official publications (SRU 2.0), for all sites. Empty: none lists them."""
PUBLICATIONS_SITE = os.environ.get("PUBLICATIONS_SITE", "https://zoek.officielebekendmakingen.nl/")
"""Where their texts are; no list links to anywhere else."""

IDLE_MINUTES = 15
SESSION_MINUTES = 120

DEBUG = False
ALLOWED_HOSTS = ["*"]  # the first middleware checks the host against the database
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "portal.municipalities",  # first: its migrate and flush work as the owner
    "portal.accounts",
    "portal.registers",
    "portal.registers.berichten",
    "portal.registers.brp",
    "portal.registers.klantinteracties",
    "portal.registers.kvk",
    "portal.registers.reisdocumenten",
    "portal.registers.taken",
    "portal.registers.woz",
    "portal.registers.zaken",
    "portal.irma",
    "portal.notices",
    "portal.publications",
    "portal.sharing",
    "portal.usage",
    "portal.applications",
    "portal.uploads",
    "portal.mijn",
    "portal.counter",
    "themes",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "mozilla_django_oidc",
    "csp",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.municipalities.middleware.host_middleware",
    "cms.page_cache.page_cache_middleware",  # before all others: a stored page has what they add
    "portal.sharing.api.problems.answers_middleware",  # faults under /api/ are problems, whoever makes them
    "django.middleware.security.SecurityMiddleware",
    "themes.serving.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # for who answered before the next one
    "portal.municipalities.headers.headers_middleware",
    "cms.policy.policy_middleware",
    "portal.municipalities.middleware.staff_session",
    "portal.municipalities.middleware.staff_session_here",
    "django.middleware.locale.LocaleMiddleware",
    "cms.language.language_middleware",
    "portal.mijn.languages.spoken_in_mijn",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.municipalities.middleware.staff_user",
    "portal.municipalities.middleware.staff_messages",
    "cms.fence.fence_middleware",
    "portal.accounts.middleware.resident_middleware",
    "portal.mijn.errors.nothing_to_read_middleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "portal.municipalities.middleware.staff_context",
                "portal.mijn.frame.frame_context",
            ],
        },
    },
]


SILENT_NETWORK = {
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Seconds, and milliseconds: a PostgreSQL whose network fell silent is given up after twenty seconds."""


def database(url: str, *, pool: int | None) -> dict[str, Any]:
    """The one database, as the application role, through our engine."""
    return {
        "ENGINE": "portal.municipalities.postgresql",
        **from_url(url),
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": bool(pool),
        "OPTIONS": {
            "application_name": "portal",
            "connect_timeout": 5,
            **SILENT_NETWORK,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000",
            **({"pool": {"min_size": 1, "max_size": pool, "timeout": 5}} if pool else {}),
        },
    }


LANGUAGE_CODE = "nl"
LANGUAGES = [
    ("nl", _("Nederlands")),
    ("en", _("Engels")),
    *more_languages(os.environ.get("SITE_LANGUAGES", "")),
]
MIJN_LANGUAGES = ("nl", "en")
"""Those that all of the product speaks; any other is of the public site alone (portal/mijn/languages.py)."""
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "of_django"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
# Themes are folders: those of real municipalities outside the source, named in THEMES_DIRS, and ours. The
# first of a name wins.
THEMES_DIRS = [
    *(Path(one).expanduser() for one in os.environ.get("THEMES_DIRS", "").split(os.pathsep) if one),
    ROOT / "themes",
]
THEMES_BUILD = Path(os.environ.get("THEMES_BUILD") or ROOT / "themes" / "built")
STATICFILES_DIRS = [THEMES_BUILD / "static"]
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$"  # a name with its content's hash
MEDIA_URL = "/media/"
MEDIA_ROOT = ROOT / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Cookies that only this very host can set and read.
SESSION_COOKIE_NAME = "__Host-staff"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.mijn.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

AUTHENTICATION_BACKENDS = [
    "portal.accounts.staff.StaffPasswordBackend",
    "portal.accounts.staff.StaffProviderBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
STAFF_PASSWORDS = False
"""Staff sign in at their organisation's identity provider; passwords exist in the demo only."""

WAGTAIL_SITE_NAME = "Mijn gemeenten"
WAGTAILADMIN_BASE_URL = f"{PUBLIC_SCHEME}://{CMS_HOST}{':' + PUBLIC_PORT if PUBLIC_PORT else ''}"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # a machine's list may hold names that browsers refuse
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[Any] = []
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "csv", "txt"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.running_text.RunningText"}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif"]
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.picture_form.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.File"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "cms.sign_in_form.SignInForm"
WAGTAILREDIRECTS_AUTO_CREATE = False  # ours leaves them for library pages too, and asks no 342 sites
WAGTAIL_WORKFLOW_ENABLED = True  # only where a municipality wants two people to publish
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.second_person.publishing.publish_approved"
WAGTAILADMIN_COMMENTS_ENABLED = True

EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "niet-beantwoorden@localhost")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "httpx": {"level": "WARNING"},  # writes whole addresses at INFO
        "httpcore": {"level": "WARNING"},
        "mozilla_django_oidc": {"level": "CRITICAL"},  # writes token answers
        "authlib": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},  # writes whole addresses at WARNING
    },
}
