"""For making an image: collects static files, knows no keys and no database, and can serve nobody."""

from .base import *  # noqa: F403
from .base import database

DATABASES = {"default": database("postgresql://none:none@127.0.0.1:1/none", pool=None)}
SECRET_KEY = "collects static files and nothing else"  # noqa: S105  # signs nothing
