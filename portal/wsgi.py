"""The web process: `granian --interface wsgi portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from portal.startup import refuse_demo, refuse_wrong_role  # noqa: E402  # needs the apps

refuse_wrong_role()
if os.environ["DJANGO_SETTINGS_MODULE"] == "portal.settings.production":
    refuse_demo()
