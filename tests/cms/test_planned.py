"""What happens to pages by date."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.timezone import localdate

from cms.models import ContentPage
from cms.planned.due import publish_due
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .conftest import VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db


def planned(slug: str, intro: str) -> ContentPage:
    """A page with a change that goes live in an hour."""
    page = ContentPage.objects.get(slug=slug).specific
    page.intro, page.go_live_at = intro, timezone.now() + timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def turn(slug: str) -> None:
    """The worker's turn for a municipality."""
    with acting_for(Municipality.objects.get(slug=slug)):
        publish_due(timezone.now())


def test_a_planned_change_is_on_the_site_at_its_time_and_not_before(visit, clock):
    planned("strand", "Vanaf morgen.")
    clock.move(minutes=59)
    turn("zandmeer")
    assert "Vanaf morgen." not in visit("/strand/").content.decode()
    clock.move(minutes=2)
    turn("veldrecht")
    assert "Vanaf morgen." not in visit("/strand/").content.decode()
    turn("zandmeer")
    assert "Vanaf morgen." in visit("/strand/").content.decode()


def test_a_planned_change_of_the_library_is_on_all_sites_after_one_turn(visit, clock):
    visit("/verhuizen/", VELDRECHT)
    planned("verhuizen", "Nieuwe regels.")
    clock.move(minutes=61)
    turn("oeverstad")
    for host in (ZANDMEER, VELDRECHT):
        assert "Nieuwe regels." in visit("/verhuizen/", host).content.decode()


def test_a_page_goes_away_at_its_time(visit, clock):
    page = ContentPage.objects.get(slug="strand")
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    turn("zandmeer")
    assert visit("/strand/").status_code == 200
    clock.move(minutes=61)
    turn("zandmeer")
    assert visit("/strand/").status_code == 404


@pytest.mark.parametrize("when", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
def test_a_page_does_not_come_or_go_in_a_year_that_is_out_of_reach(sites, year, when):
    page = ContentPage.objects.get(slug="strand").specific
    setattr(page, when, datetime(year, 1, 1, tzinfo=timezone.get_current_timezone()))
    with pytest.raises(ValidationError, match="tussen 2000 en 2100"):
        page.full_clean()


def test_one_page_that_cannot_be_published_holds_up_no_other(visit, clock, monkeypatch):
    planned("strand", "Kapot.")
    planned("maatje-worden", "Wel goed.")
    save = ContentPage.save

    def broken(self, *args, **kwargs):
        if self.slug == "strand":
            raise RuntimeError
        save(self, *args, **kwargs)

    monkeypatch.setattr(ContentPage, "save", broken)
    clock.move(minutes=61)
    turn("zandmeer")
    assert "Wel goed." in visit("/maatje-worden/").content.decode()


class TestReviews:
    @pytest.fixture(autouse=True)
    def due(self, sites) -> None:
        ContentPage.objects.filter(slug="strand").update(review_on=localdate())
        ContentPage.objects.filter(slug="dorpenteam").update(review_on=localdate() + timedelta(days=1))

    def test_editors_of_the_page_get_one_mail_with_its_name_and_nobody_else_does(self):
        call_command("reviews")
        assert [(sent.bcc, sent.to) for sent in mail.outbox] == [(["joke@mijn-gemeenten.example"], [])]
        assert "Strand en duinen: https://cms.localhost/admin/pages/" in mail.outbox[0].body

    def test_they_hear_of_it_once_and_again_for_another_day(self):
        call_command("reviews")
        call_command("reviews")
        assert len(mail.outbox) == 1
        ContentPage.objects.filter(slug="strand").update(review_on=localdate() - timedelta(days=1))
        call_command("reviews")
        assert len(mail.outbox) == 2

    def test_a_mail_server_that_is_down_is_tried_again_the_next_day(self, monkeypatch):
        from django.core.mail import EmailMessage

        def down(self, fail_silently=False):
            raise OSError("down")

        with monkeypatch.context() as patched:
            patched.setattr(EmailMessage, "send", down)
            with pytest.raises(OSError, match="down"):
                call_command("reviews")
        call_command("reviews")
        assert len(mail.outbox) == 1
