"""Municipalities become one: they close, their pages go along unseen, and their residents are asked anew."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, ReferenceIndex

from cms.founding import give_site, lay_library
from cms.models import CaseTypePage, ContentPage, File, HomePage, LibraryRoot, Picture
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Fact, Municipality, WrappedKey
from portal.notices.models import Notice
from portal.notices.wording import of_letter, of_mail
from portal.sharing.models import Consumer, Grant, PurposeVersion
from tests.sharing.conftest import HELGA, gives, new_session

from .test_closing import all_is_done

pytestmark = pytest.mark.django_db
ZANDMEER, VELDRECHT, DUINRECHT = "zandmeer.localhost", "veldrecht.localhost", "duinrecht.localhost"
NEW = ("--name", "Duinrecht", "--host", DUINRECHT, "--code", "9909", "--phone", "(0990) 12 34 56")


@pytest.fixture
def two(offering, veldrecht, settings, tmp_path) -> tuple[Municipality, Municipality]:
    """Zandmeer, where residents share, and Veldrecht, each with a site; and a library."""
    settings.MEDIA_ROOT = tmp_path / "media"
    lay_library()
    for one in (offering, veldrecht):
        give_site(one)
    root = LibraryRoot.objects.get(slug="bibliotheek")
    root.add_child(instance=ContentPage(title="Afval", slug="afval", intro="x", locale=root.locale))
    return Municipality.objects.get(slug="zandmeer"), Municipality.objects.get(slug="veldrecht")


def merge(folder: Path, *flags: str, new: bool = True) -> str:
    out = StringIO()
    asked = ("merge", "zandmeer", "veldrecht", "--into", "duinrecht", "--export", str(folder))
    call_command("municipality", *asked, *(NEW if new else ()), *flags, stdout=out)
    return out.getvalue()


def home(slug: str) -> HomePage:
    return HomePage.objects.get(slug=slug)


def page(slug: str, title: str, below: Page | None = None, of: str = "zandmeer", **more) -> ContentPage:
    parent = below or home(of)
    made = ContentPage(title=title, slug=slug, locale=home(of).locale, **{"intro": title, **more})
    return type(parent).objects.get(pk=parent.pk).add_child(instance=made)


def text(words: str) -> str:
    return json.dumps([{"type": "section", "value": {"title": "Kop", "text": words}}])


def there(slug: str) -> ContentPage:
    return ContentPage.objects.get(slug=slug, url_path__startswith="/duinrecht/")


def at(client, path: str, host: str = DUINRECHT):
    return client.get(path, headers={"host": host})


def test_without_a_yes_it_only_says_what_it_would_do(two, folder):
    with acting_for(two[0]), transaction.atomic():
        gives(new_session(HELGA))

    told = merge(folder)

    assert "1 grants that run" in told
    assert "Nothing was done" in told
    assert not Municipality.objects.filter(slug="duinrecht").exists()
    assert not Municipality.objects.exclude(closed=None).exists()
    assert not folder.exists()


def test_what_stood_on_their_sites_is_seen_on_the_new_one_only_after_an_editor_publishes_it(
    two, folder, client
):
    page("veer", "Het veer")
    page("vesting", "De vesting", of="veldrecht")

    merge(folder, "--yes")

    assert at(client, "/").status_code == 200
    for path in ("/veer/", "/vesting/"):
        assert at(client, path).status_code == 404
    assert not Page.objects.filter(url_path__startswith="/duinrecht/", depth__gt=2, live=True).exists()
    there("veer").get_latest_revision().publish()
    assert at(client, "/veer/").status_code == 200


def test_visitors_of_both_go_on_to_the_new_site_and_nothing_of_a_resident_does(two, folder, client):
    merge(folder, "--yes")
    for host in (ZANDMEER, VELDRECHT):
        answer = at(client, "/afval/", host)
        assert (answer.status_code, answer["Location"]) == (308, f"http://{DUINRECHT}/afval/")
        closed = at(client, "/mijn/", host)
        assert closed.status_code == 410
        assert "De gemeente Duinrecht vraagt u opnieuw wat u wilt delen" in closed.content.decode()
    assert at(client, "/afval/").status_code == 200


def test_what_residents_share_stops_is_told_and_is_not_moved(two, folder):
    zandmeer, _veldrecht = two
    with acting_for(zandmeer), transaction.atomic():
        given = gives(new_session(HELGA))

    merge(folder, "--yes")

    with acting_for(zandmeer), transaction.atomic():
        assert Grant.objects.get(id=given.id).withdrawn is not None
        notice = Notice.objects.get(kind="recalled", cause=given.id)
        assert notice.subject_id == given.subject_id
    duinrecht = Municipality.objects.get(slug="duinrecht")
    with acting_for(duinrecht), transaction.atomic():
        assert not Grant.objects.exists()
        assert not PurposeVersion.objects.exists()
        assert not Consumer.objects.exists()


def test_the_notice_sends_nobody_to_a_site_that_is_closed(two, folder):
    merge(folder, "--yes")
    with acting_for(Municipality.objects.get(slug="zandmeer")), transaction.atomic():
        for words in (of_mail("recalled", None, "nl"), of_letter("recalled", None, "nl")):
            assert "log in" not in words.text
            assert "De site van gemeente Zandmeer is gesloten." in words.text
            assert f"http://{DUINRECHT}" in words.text
            assert ZANDMEER not in words.text


def test_an_operator_reads_which_purposes_the_other_does_not_ask_under_yet(two, folder):
    merge(folder, "--yes")
    out = StringIO()
    Municipality.objects.filter(slug="zandmeer").update(closed=None, heir="")
    call_command("municipality", "merge", "zandmeer", "--into", "duinrecht", "--to", str(folder), stdout=out)
    assert "Duinrecht asks nothing yet under: digitaal-bericht, maatje-18" in out.getvalue()


def test_links_pictures_documents_and_facts_go_along_and_nothing_of_the_old_one_is_named(two, folder):
    zandmeer, _veldrecht = two
    collection = Collection.objects.get(name="zandmeer")
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    picture = Picture.objects.create(
        title="Veer", collection=collection, file=ContentFile(drawn.getvalue(), "veer.png")
    )
    document = File(title="Tijden", collection=collection)
    document.file.save("tijden.txt", ContentFile(b"elk uur"))
    with acting_for(zandmeer), transaction.atomic():
        Fact.objects.create(key="eigen-veerman", value="Jan", municipality=zandmeer)
    above = page("varen", "Varen")
    draft = page("later", "Later", live=False)
    library = ContentPage.objects.get(slug="afval")
    links = {"boven": above.pk, "later": draft.pk, "afval": library.pk, "begin": home("zandmeer").pk}
    words = "".join(f'<p><a linktype="page" id="{pk}">{name}</a></p>' for name, pk in links.items())
    words += f'<p><a id="{document.pk}" linktype="document">tijden</a> van [[eigen-veerman]]</p>'
    shown = {"type": "picture", "value": {"picture": picture.pk, "alt": "Een veer", "decorates": False}}
    body = json.dumps([*json.loads(text(words)), shown])
    page("veer", "Het veer", above, body=body)
    above.body = text(f'<a linktype="page" id="{ContentPage.objects.get(slug="veer").pk}">veer</a>')
    above.save()

    merge(folder, "--yes")

    ferry, sailing = there("veer"), there("varen")
    assert ferry.url_path == "/duinrecht/varen/veer/"
    section, image = ferry.body.get_prep_value()
    said = section["value"]["text"]
    assert f'<a linktype="page" id="{sailing.pk}">boven</a>' in said
    assert f'<a linktype="page" id="{library.pk}">afval</a>' in said
    assert "<p>later</p>" in said
    assert "<p>begin</p>" in said
    copied = Picture.objects.get(pk=image["value"]["picture"])
    assert (copied.collection.name, copied.title) == ("duinrecht", "Veer")
    kept = File.objects.get(title="Tijden", collection__name="duinrecht")
    assert f'id="{kept.pk}"' in said
    assert kept.file.read() == b"elk uur"
    assert f'id="{ferry.pk}"' in sailing.body.get_prep_value()[0]["value"]["text"]
    with acting_for(Municipality.objects.get(slug="duinrecht")), transaction.atomic():
        assert Fact.objects.get(key="eigen-veerman").value == "Jan"
        assert not Fact.objects.exclude(key="telefoon").exclude(key="eigen-veerman").exists()
    old = set(Page.objects.filter(url_path__startswith="/zandmeer/").values_list("pk", flat=True))
    for one in (ferry, sailing):
        named = ReferenceIndex.get_references_for_object(one).values_list(
            "to_object_id", "to_content_type__model"
        )
        assert not {int(pk) for pk, model in named if model == "page"} & old


def test_the_latest_revision_is_the_page_with_its_new_references(two, folder):
    above = page("varen", "Varen")
    page("veer", "Het veer", body=text(f'<a linktype="page" id="{above.pk}">boven</a>'))
    merge(folder, "--yes")
    draft = there("veer").get_latest_revision_as_object()
    assert f'id="{there("varen").pk}"' in draft.body.get_prep_value()[0]["value"]["text"]
    assert not draft.live


def test_a_fact_that_both_have_with_another_text_keeps_its_own_in_each_page(two, folder):
    for one, value in zip(two, ("Jan", "Piet"), strict=True):
        with acting_for(one), transaction.atomic():
            Fact.objects.create(key="eigen-veerman", value=value, municipality=one)
        page(f"veer-{one.slug}", "Veer", of=one.slug, intro="Vraag [[eigen-veerman]].")

    merge(folder, "--yes")

    assert there("veer-zandmeer").intro == "Vraag [[eigen-veerman]]."
    assert there("veer-veldrecht").intro == "Vraag [[eigen-veerman-veldrecht]]."
    with acting_for(Municipality.objects.get(slug="duinrecht")), transaction.atomic():
        facts = dict(Fact.objects.filter(key__startswith="eigen-").values_list("key", "value"))
    assert facts == {"eigen-veerman": "Jan", "eigen-veerman-veldrecht": "Piet"}


def test_two_pages_at_one_address_both_go_along_and_the_operator_hears_it(two, folder):
    page("zwembad", "Zwembad Zee")
    page("zwembad", "Zwembad Vest", of="veldrecht")
    told = merge(folder, "--yes")
    assert [there("zwembad").title, there("zwembad-2").title] == ["Zwembad Zee", "Zwembad Vest"]
    assert "/zwembad/ was taken" in told


def test_the_words_of_a_kind_of_case_of_both_go_along_and_the_editor_chooses(two, folder):
    for slug in ("zandmeer", "veldrecht"):
        words = CaseTypePage(
            title="Dakkapel", slug="dakkapel", intro="x", identification="dakkapel", locale=home(slug).locale,
            steps=json.dumps([{"type": "step", "value": {"name": "Ontvangen"}}]),
        )  # fmt: skip
        home(slug).add_child(instance=words)
    merge(folder, "--yes")
    assert CaseTypePage.objects.filter(url_path__startswith="/duinrecht/", live=False).count() == 2


def test_a_draft_and_a_redirect_elsewhere_stay_in_the_export(two, folder, client):
    zandmeer, _veldrecht = two
    page("plan", "Plan", live=False)
    ferry = page("veer", "Het veer")
    library = ContentPage.objects.get(slug="afval")
    for path, where in (("/pont", ferry), ("/vuil", library), ("/afval", ferry)):
        Redirect.objects.create(old_path=path, redirect_page=where, site_id=zandmeer.site_id)

    merge(folder, "--yes")

    assert not ContentPage.objects.filter(slug="plan", url_path__startswith="/duinrecht/").exists()
    mine = Redirect.objects.filter(site=Municipality.objects.get(slug="duinrecht").site)
    assert list(mine.values_list("old_path", flat=True)) == ["/pont"]
    assert at(client, "/pont/").status_code == 404
    assert at(client, "/afval/").status_code == 200
    there("veer").get_latest_revision().publish()
    assert at(client, "/pont/")["Location"] == "/veer/"
    exported = (folder / "zandmeer" / "redirects.jsonl").read_text()
    assert "/vuil" in exported
    assert "plan" in (folder / "zandmeer" / "pages.jsonl").read_text()


def test_again_it_goes_on_and_brings_nothing_twice(two, folder, tmp_path):
    page("veer", "Het veer")
    merge(folder, "--yes")
    closed = Municipality.objects.get(slug="zandmeer").closed
    merge(tmp_path / "again", "--yes", new=False)
    assert ContentPage.objects.filter(url_path__startswith="/duinrecht/veer").count() == 1
    assert Municipality.objects.get(slug="zandmeer").closed == closed
    assert (tmp_path / "again" / "veldrecht" / "README.md").exists()


def test_its_history_says_where_a_page_came_from(two, folder, django_user_model):
    page("veer", "Het veer")
    merge(folder, "--yes")
    from django.test import Client

    admin = django_user_model.objects.create_superuser("beheer", "b@x.example", "x")
    browser = Client(headers={"host": "cms.localhost"})
    browser.force_login(admin)
    history = browser.get(f"/admin/pages/{there('veer').pk}/history/").content.decode()
    assert "Meegekomen van gemeente Zandmeer, als concept" in history


@pytest.mark.parametrize(
    ("into", "why"), [("zandmeer", "as itself"), ("duinrecht", "Say also"), ("heide", "is closed")]
)
def test_what_cannot_be_is_refused_before_anything_is_done(two, folder, tmp_path, into, why):
    if into == "heide":
        new = {"name": "Heide", "host": "heide.localhost", "code": "9908", "phone": "(0990) 1"}
        call_command("municipality", "add", "heide", stdout=StringIO(), **new)
        shut = ("close", "heide", "--to", str(tmp_path / "heide"), "--yes")
        call_command("municipality", *shut, stdout=StringIO())
    with pytest.raises(CommandError, match=why):
        call_command(
            "municipality", "merge", "zandmeer", "veldrecht", "--into", into, "--to", str(folder), "--yes"
        )
    assert not Municipality.objects.filter(slug__in=("zandmeer", "veldrecht"), closed__isnull=False).exists()


def test_the_second_step_destroys_the_keys_of_each_and_none_of_the_new_one(two, folder, tmp_path, clock):
    with pytest.raises(CommandError, match="not merged yet"):
        merge(tmp_path / "early", "--destroy", "--yes")
    merge(folder, "--yes")
    for slug in ("zandmeer", "veldrecht"):
        all_is_done(Municipality.objects.get(slug=slug), clock)
    clock.move(days=1)

    merge(tmp_path / "last", "--destroy", "--yes", new=False)

    left = {}
    for one in Municipality.objects.all():
        with acting_for(one), transaction.atomic():
            left[one.slug] = WrappedKey.objects.exists()
    assert left == {"zandmeer": False, "veldrecht": False, "duinrecht": True}
    assert (tmp_path / "last" / "zandmeer" / "ledger" / "kop.json").exists()
