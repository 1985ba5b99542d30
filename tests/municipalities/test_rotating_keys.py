"""Keys rotate while everything that was written stays readable."""

import base64

import pytest
from django.core.management import call_command

from portal.municipalities import keys, signing
from portal.municipalities.acting import acting_for
from portal.municipalities.crypto import decrypt, encrypt
from portal.municipalities.models import WrappedKey

pytestmark = pytest.mark.django_db
WHERE = {"table": "t", "column": "c", "row": "00000000-0000-4000-8000-000000000001"}


def test_what_was_written_and_signed_before_a_rotation_stays_good(zandmeer, capsys):
    with acting_for(zandmeer):
        before, (key, signature) = encrypt(b"before", **WHERE), signing.sign(b"a receipt")
    call_command("keys", "rotate")
    keys.forget_cached_keys()  # as after HELD seconds
    with acting_for(zandmeer):
        assert decrypt(before, **WHERE) == b"before"
        assert decrypt(encrypt(b"after", **WHERE), **WHERE) == b"after"
        assert signing.is_ours(key, signature, b"a receipt")
        assert signing.sign(b"a receipt")[0] != key
    assert "60 seconds" in capsys.readouterr().out


def test_the_other_processes_write_with_the_new_key_within_a_minute(zandmeer, monkeypatch):
    with acting_for(zandmeer):
        old, _bytes = keys.newest(keys.FIELD)
        new = keys.rotate(keys.FIELD)
        later = keys.time.monotonic() + keys.HELD
        monkeypatch.setattr(keys.time, "monotonic", lambda: later)
        assert keys.newest(keys.FIELD)[0] == new != old


def test_after_rewrapping_the_old_master_key_may_go(zandmeer, settings):
    with acting_for(zandmeer):
        before = encrypt(b"before", **WHERE)
    new = {"new": base64.b64encode(b"n" * 32).decode()}
    settings.MASTER_KEYS = {**new, **settings.MASTER_KEYS}
    call_command("keys", "rewrap")
    settings.MASTER_KEYS = new
    keys.forget_cached_keys()
    with acting_for(zandmeer):
        assert decrypt(before, **WHERE) == b"before"
        assert set(WrappedKey.objects.values_list("master", flat=True)) == {"new"}
