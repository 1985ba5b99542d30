"""How often something may be tried, and how visitors are told apart."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from pytest_django.fixtures import Settings
from redis.exceptions import ConnectionError as RedisIsDown

from portal.accounts.limits import too_many, visitor
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality


def test_the_limit_is_for_each_who_and_what_and_municipality(
    zandmeer: Municipality, veldrecht: Municipality
) -> None:
    with acting_for(zandmeer):
        assert [too_many("try", "a", most=2) for _ in range(3)] == [False, False, True]
        assert not too_many("try", "b", most=2)
        assert not too_many("other", "a", most=2)
    with acting_for(veldrecht):
        assert not too_many("try", "a", most=2)


def test_nobody_is_locked_out_by_a_cache_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_words: object, **_more: object) -> None:
        raise RedisIsDown

    monkeypatch.setattr(cache, "add", down)

    assert not too_many("try", "a", most=0)


@pytest.mark.parametrize(
    ("address", "told_apart_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("no address", "unknown"),
        ("", "unknown"),
    ],
)
def test_visitors_are_told_apart_by_address_or_network(address: str, told_apart_as: str) -> None:
    assert visitor(RequestFactory().get("/", REMOTE_ADDR=address)) == told_apart_as


def test_only_the_header_of_our_own_proxy_is_believed(settings: Settings) -> None:
    request = RequestFactory().get(
        "/",
        REMOTE_ADDR="10.0.0.1",
        headers={"X-Real-IP": "192.0.2.7", "X-Forwarded-For": "203.0.113.9"},
    )

    assert visitor(request) == "10.0.0.1"
    settings.TRUSTED_IP_HEADER = "X-Real-IP"
    assert visitor(request) == "192.0.2.7"
