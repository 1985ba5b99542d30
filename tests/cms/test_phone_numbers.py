"""Phone numbers in running text can be called by one tap, and nothing else is taken for one."""

import pytest

from cms.phone_numbers import with_phone_links


@pytest.mark.parametrize(
    ("number", "called"),
    [
        ("(0999) 12 34 56", "0999123456"),
        ("(099) 123 45 67", "0991234567"),
        ("0999-123456", "0999123456"),
        ("06 12345678", "0612345678"),
        ("0612345678", "0612345678"),
        ("0800-1234", "08001234"),
        ("14 0999", "140999"),
    ],
)
def test_a_number_becomes_a_link(number: str, called: str) -> None:
    assert with_phone_links(f"<p>Bel {number}.</p>") == f'<p>Bel <a href="tel:{called}">{number}</a>.</p>'


def test_who_is_told_to_call_112_can() -> None:
    assert 'Bel <a href="tel:112">112</a>.' in with_phone_links("Bel 112.")
    assert with_phone_links("Kamer 112") == "Kamer 112"


@pytest.mark.parametrize(
    "text",
    [
        '<a href="tel:0999123456">(0999) 12 34 56</a>',
        '<a href="/x/"><b>Bel (0999) 12 34 56</b></a>',
        '<img alt="0999-123456">',
        "NL00 BANK 0123 4567 89",
        "01-02-2026",
        "Zaak 20260612345678",
        "€ 14,20",
        "1996 AB",
    ],
)
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert with_phone_links(text) == text
