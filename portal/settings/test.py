"""The tests: the real engine and both roles, plain http, mails kept in memory."""

import base64
import os

os.environ.setdefault(
    "DATABASE_URL", "postgresql://app:app@127.0.0.1:1/portal"
)  # the fixtures set the real one

from .base import *  # noqa: F403
from .base import database

SECRET_KEY = "for tests only, " + "x" * 40
MASTER_KEYS = {"test": base64.b64encode(b"t" * 32).decode()}
DATABASES = {"default": database(os.environ["DATABASE_URL"], pool=None)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PUBLIC_SCHEME = "http"
OUTGOING_HOSTS = ["*"]
OUTGOING_NETWORKS = ["127.0.0.0/8", "::1/128"]
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = None  # type: ignore[assignment]  # no proxy
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STAFF_PASSWORDS = True
DEMO_WALLET_URL = ""
