"""The settings of the processes that are killed: mails in a folder, so that their codes can be read."""

import os

from tests.mijn.served_settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["MAILS"]
