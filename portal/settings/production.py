"""Production: everything from the environment or secret files; refuses to start on anything unsafe."""

import os
from pathlib import Path

from .base import *  # noqa: F403
from .base import database
from .environment import from_environment
from .refusals import refuse_unsafe_settings

DATABASES = {
    "default": database(from_environment("DATABASE_URL"), pool=int(os.environ.get("DATABASE_POOL", "12")))
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": from_environment("REDIS_URL"),
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # seconds; a page does not hang on it
    }
}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = from_environment("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = True
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", "/data/media"))
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", "/app/staticfiles"))

refuse_unsafe_settings(globals())
