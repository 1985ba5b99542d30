"""The tests' settings for a process that also serves the styles, straight from their folders."""

from portal.settings.test import *  # noqa: F403

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
