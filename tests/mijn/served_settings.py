"""The tests' settings for a process that also serves the styles, straight from their folders.

POOL keeps connections to the database open, as production does; a test that counts them wants none kept.
"""

import os

from portal.settings.base import database
from portal.settings.test import *  # noqa: F403

if pool := int(os.environ.get("POOL", "0")):
    DATABASES = {"default": database(os.environ["DATABASE_URL"], pool=pool)}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
