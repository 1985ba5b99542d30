"""The web process: `granian --interface wsgi portal.wsgi:application`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django.setup(set_prefix=False)

from django.db import connections  # noqa: E402  # needs the apps

from cms.stored_first import stored_first  # noqa: E402
from portal.reading import Handler  # noqa: E402
from portal.startup import (  # noqa: E402
    refuse_demo,
    refuse_uses_after_restore,
    refuse_wrong_role,
    tell_what_is_off,
)

refuse_wrong_role()
if os.environ["DJANGO_SETTINGS_MODULE"] == "portal.settings.production":
    refuse_demo()
refuse_uses_after_restore()
tell_what_is_off()
application = stored_first(Handler())
connections.close_all()  # this thread serves nobody, and a connection is somebody's turn
