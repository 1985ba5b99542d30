"""Where settings come from: the environment, or files that it names."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


def from_environment(name: str, default: str = "") -> str:
    """A setting from NAME, or from the file that NAME_FILE points at (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def more_languages(codes: str) -> Iterator[tuple[str, str | Promise]]:
    """The languages of `SITE_LANGUAGES`, such as `fy ar`, beside those that the product speaks itself."""
    for code in codes.split():
        known = LANG_INFO.get(code, {})
        if code in ("nl", "en"):
            continue
        if "name" not in known:
            raise ImproperlyConfigured(f"SITE_LANGUAGES: {code!r} is no language that Django knows")
        yield code, gettext_lazy(known["name"])
