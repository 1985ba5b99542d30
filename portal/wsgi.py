"""The web process: `granian --interface wsgi portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from django.db import connections  # noqa: E402  # needs the apps

from portal.startup import refuse_demo, refuse_uses_after_restore, refuse_wrong_role  # noqa: E402

refuse_wrong_role()
if os.environ["DJANGO_SETTINGS_MODULE"] == "portal.settings.production":
    refuse_demo()
refuse_uses_after_restore()
connections.close_all()  # this thread serves nobody, and a connection is somebody's turn
