"""The demo: production-like (no debug, hashed files), with made-up keys and plain http on localhost."""

import os

from .base import *  # noqa: F403
from .base import ROOT, database

STATE = ROOT / os.environ.get("DEMO_STATE", ".demo")
DATABASES = {"default": database(os.environ["DATABASE_URL"], pool=int(os.environ.get("POOL", "12")))}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
}
PUBLIC_SCHEME = "http"
OUTGOING_HOSTS = ["http://127.0.0.1:*", "http://localhost:*", "http://*.localhost:*"]  # all of the demo's own
OUTGOING_NETWORKS = ["127.0.0.0/8", "::1/128"]
MEDIA_ROOT = STATE / "media"
STATIC_ROOT = STATE / "static"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None  # type: ignore[assignment]  # no proxy
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
STAFF_PASSWORDS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ERASURE_LIST = str(STATE / "erasures.jsonl")
GRANT_KEYS = str(STATE / "grant-keys")
LDV_FILE = str(STATE / "ldv.jsonl")
HEADS_FILE = str(STATE / "heads.jsonl")
NEWS_COLLECTED = 10  # a presenter has no ten minutes to wait for a mail
DEMO_WALLET_URL = os.environ.get("DEMO_WALLET_URL", "")
CSRF_TRUSTED_ORIGINS: list[str] = []
WAGTAILADMIN_BASE_URL = f"http://cms.localhost:{os.environ.get('PUBLIC_PORT', '8000')}"
