"""Who works for Zandmeer sees nothing of Veldrecht, at any address of the CMS, and changes nothing there."""

import json
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Comment, Page, PageSubscription, Revision, TaskState, WorkflowState

from cms.fence import NAMED, OPEN
from cms.models import ContentPage, File, FilledIn, HomePage, LeftOut, Offer, Picture
from cms.second_person.switch import switch_on
from portal.municipalities.models import Municipality

from .test_writing import TestTheEditorsPage as Editing

pytestmark = pytest.mark.django_db

SECRETS = ("Geheim plan", "Geheime prent", "Geheim stuk", "geheim-plan", "Veldrecht", "veldrecht")
SECRETS += ("Oeverstad", "oeverstad", r"\bwim\b")  # three letters stand in a random token sooner or later
"""What only Veldrecht has: names of a draft, a picture, a document, of the municipality and of its editor.

And the name of the municipality that comes first of all.
"""


@pytest.fixture
def theirs(sites) -> dict[str, object]:
    """Things of Veldrecht, and their ids under every name that an address of the CMS uses."""
    home = HomePage.objects.get(slug="veldrecht")
    page = ContentPage(
        title="Geheim plan", slug="geheim-plan", intro="Nog niet.", live=False, locale=home.locale
    )
    home.add_child(instance=page)
    revision = page.save_revision()
    collection = Collection.objects.get(name="veldrecht")
    there = Picture.objects.get(collection=collection)
    picture = Picture.objects.create(title="Geheime prent", file=there.file.name, collection=collection)
    file = File.objects.create(
        title="Geheim stuk", file=ContentFile(b"x", "geheim.txt"), collection=collection
    )
    wim = page_owner()
    switch_on(home)
    page.get_workflow().start(page, wim)
    page.refresh_from_db()
    redirect = Redirect.objects.create(
        old_path="/geheim-plan", redirect_page=page, site=home.municipality.site
    )
    offer = Offer.objects.create(home=home, page=page, why="Geheim plan voor allen")
    return {
        "waiting": page.current_workflow_task_state, "redirect": redirect, "offer": offer,
        "page": page, "home": home, "revision": revision, "picture": picture, "file": file, "wim": wim,
        "collection": collection,
    }  # fmt: skip


PASSED_OVER = {"admin/^.*/$", "admin/test404/"}
"""Patterns without a name, which are not walked: Wagtail's own for whatever does not exist."""

EDITOR, ADMINISTRATOR, OFFICER = "joke", "karim", "olga"
ROLES = (EDITOR, ADMINISTRATOR, OFFICER)


@pytest.fixture
def at_work(editor, sites):
    """The browser of somebody of Zandmeer in one of the three roles; the demo's officer has two places."""

    def at_work(who: str):
        if who == OFFICER:
            olga = get_user_model().objects.create(username=OFFICER, first_name="Olga")
            olga.groups.add(Group.objects.get(name="Privacy Zandmeer"))
        return editor(who)

    return at_work


def page_owner():
    return get_user_model().objects.get(username="wim")


def values_for(name: str, where: str, theirs) -> list[str]:
    """What an attacker fills in: ids of the other municipality, for whatever the name stands for."""
    page, home = str(theirs["page"].pk), str(theirs["home"].pk)
    known = {
        "content_type_app_name": ["cms"], "content_type_model_name": ["contentpage"],
        "app_label": ["cms", "wagtailcore"], "model_name": ["contentpage", "picture", "file", "page"],
        "app_name": ["cms"], "action_name": ["publish", "delete"],
        "action": ["publish", "delete", "move", "unpublish", "add_tags", "add_to_collection"],
        "parent_page_id": [home, page], "page_id": [page, home], "page_pk": [page], "page_to_move_id": [page],
        "destination_id": [home], "revision_id": [str(theirs["revision"].pk)],
        "revision_id_a": ["earliest"], "revision_id_b": ["latest"],
        "image_id": [str(theirs["picture"].pk)], "document_id": [str(theirs["file"].pk)],
        "doc_id": [str(theirs["file"].pk)], "filename": [theirs["file"].filename],
        "filter_spec": ["width-100"],
        "collection_id": [str(theirs["collection"].pk)], "object_id": [page],
        "slug": ["veldrecht", *(["zandmeer"] if "_id" in where else [])],
        "task_state_id": [str(theirs["waiting"].pk)], "task_id": [str(theirs["waiting"].task_id)],
        "workflow_state_id": [str(theirs["waiting"].workflow_state_id)],
        "redirect_id": [str(theirs["redirect"].pk)], "offer_id": [str(theirs["offer"].pk)],
        "path": [theirs["picture"].file.name], "uidb64": ["x"], "token": ["x"],
    }  # fmt: skip
    if name == "pk":
        kind = {"images": "picture", "documents": "file", "users": "wim", "collections": "collection"}
        return [str(next((theirs[one] for part, one in kind.items() if part in where), theirs["page"]).pk)]
    return known.get(name, [str(UUID(int=1)) if f"uuid:{name}" in where else "1"])


def patterns() -> Iterator[tuple[str, str]]:
    """Every address of the CMS host: its pattern and its name."""

    def walk(resolver: URLResolver, start: str, space: str) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                inner = f"{space}{one.namespace}:" if one.namespace else space
                yield from walk(one, start + str(one.pattern).lstrip("^"), inner)
            elif isinstance(one, URLPattern):
                yield start + str(one.pattern), f"{space}{one.name}"

    yield from walk(get_resolver("cms.urls"), "", "")


def addresses(theirs) -> Iterator[tuple[str, str]]:
    """Each of them by name, filled in with the other municipality's ids."""

    def filled(pattern: str, name: str) -> Iterator[tuple[str, str]]:
        import itertools

        if name.endswith("revisions_compare"):
            pattern = "admin/pages/<int:pk>/revisions/compare/<revision_id_a>...<revision_id_b>/"
        slots = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        for values in itertools.product(*(values_for(slot, pattern, theirs) for slot in slots)):
            path = pattern
            for value in values:
                path = re.sub(r"<(?:\w+:)?\w+>", value, path, count=1)
            yield name, "/" + path.replace("^", "").replace("$", "")

    for pattern, name in patterns():
        if pattern not in PASSED_OVER:
            yield from filled(pattern, name)


def everything() -> dict[str, list[str]]:
    """All rows of the tables that a CMS writes, to see whether anything changed."""
    models = (
        Page, ContentPage, HomePage, Picture, File, Revision, Collection, Municipality, Redirect, Offer,
        FilledIn, LeftOut, TaskState, WorkflowState,
    )  # fmt: skip
    with connection.cursor() as cursor:
        found = {}
        for model in models:
            cursor.execute(f'SELECT row::text FROM "{model._meta.db_table}" row ORDER BY 1')
            found[model.__name__] = [text for (text,) in cursor.fetchall()]
        return found


ATTACKS = ("?q=geheim", "?child_of=root", "?page_type=cms.contentpage", "?ordering=title&locale=nl")


@pytest.mark.parametrize("who", ROLES)
def test_no_address_of_the_cms_names_anything_of_another_municipality(at_work, theirs, who):
    browser = at_work(who)
    seen = []
    for name, path in addresses(theirs):
        if name not in OPEN and who != EDITOR:  # closed for all, before anybody asks who it is
            continue
        ids = f"?id={theirs['page'].pk}&id={theirs['picture'].pk}"
        # What is closed looks at no question, and who is no editor has nothing to ask lists for.
        questions = ("", ids, *ATTACKS) if name in OPEN and who == EDITOR else ("",)
        for question in questions:
            answer = browser.get(path + question)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code >= 500:
                seen.append((name, path, answer.status_code))
            asked = path + question
            told = text.decode(errors="replace").replace(asked, "").replace(asked.replace("&", "&amp;"), "")
            seen += [(name, path + question, secret) for secret in SECRETS if re.search(secret, told)]
    assert seen == []


@pytest.mark.parametrize("who", ROLES)
def test_no_address_of_the_cms_writes_in_another_municipality(at_work, theirs, who):
    browser = at_work(who)
    browser.raise_request_exception = False  # Wagtail's choosers stumble over an empty form
    before = everything()
    typed = {"title": "Overgenomen", "slug": "x", "intro": "x", "text": "x", "action-publish": "1"}
    named = {field: str(theirs["page"].pk) for field in NAMED if field != "next"}
    for name, path in addresses(theirs):
        if name in ("wagtailadmin_logout", "wagtailadmin_login"):
            continue
        if name in OPEN or who == EDITOR:
            browser.post(path, typed)
        if name in OPEN:
            browser.post(f"{path}?id={theirs['page'].pk}", {**typed, **named})
    after = everything()
    assert before == after


def test_every_address_of_the_cms_is_walked_where_it_stands(theirs):
    walked = {name for name, path in addresses(theirs) if resolve(path, "cms.urls").view_name == name}
    assert {name for pattern, name in patterns() if pattern not in PASSED_OVER} - walked == set()


@pytest.mark.parametrize("field", ["replaces", "body-0-value-page", "tasks-0-value-page", "new_parent_page"])
def test_a_form_that_names_a_page_of_another_municipality_is_not_taken(editor, theirs, field):
    own = ContentPage.objects.get(slug="strand")
    for path in (f"/admin/pages/{own.pk}/edit/", f"/admin/pages/{own.pk}/edit/preview/"):
        assert editor("joke").post(path, {field: str(theirs["page"].pk)}).status_code == 404


def test_a_form_that_names_a_picture_of_another_municipality_is_not_taken(editor, theirs):
    own = ContentPage.objects.get(slug="strand")
    answer = editor("joke").post(
        f"/admin/pages/{own.pk}/edit/", {"body-0-value-picture": str(theirs["picture"].pk)}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(("kind", "thing"), [("LINK", "page"), ("DOCUMENT", "file")])
def test_a_text_that_links_to_something_of_another_municipality_is_not_taken(editor, theirs, kind, thing):
    own = ContentPage.objects.get(slug="strand")
    text = json.dumps({"blocks": [], "entityMap": {"0": {"type": kind, "data": {"id": theirs[thing].pk}}}})
    answer = editor("joke").post(f"/admin/pages/{own.pk}/edit/", {"body-0-value-text": text})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param(lambda text: " " + text, id="after a space"),
        pytest.param(lambda text: "\n\t" + text, id="after a line"),
        pytest.param(lambda text: text.replace("entityMap", r"entity\u004dap"), id="with an escape"),
    ],
)
def test_however_a_text_is_spelled_it_links_to_nothing_of_another_municipality(editor, theirs, spelled):
    own = ContentPage.objects.get(slug="strand")
    text = json.dumps({"blocks": [], "entityMap": {"0": {"type": "LINK", "data": {"id": theirs["page"].pk}}}})
    answer = editor("joke").post(f"/admin/pages/{own.pk}/edit/", {"body-0-value-text": spelled(text)})
    assert answer.status_code == 404


def test_the_address_of_a_page_of_another_municipality_stays_an_address(editor, sites):
    """Wagtail looks up which page stands there, and would tell the title that its draft has."""
    page = ContentPage.objects.get(slug="dorpenteam")
    page.title = "Geheim plan"
    page.save_revision()

    address = "http://veldrecht.localhost/dorpenteam/"
    given = {"external-link-chooser-url": address, "external-link-chooser-link_text": "het team"}
    said = editor("joke").post("/admin/choose-external-link/", given).content.decode()

    assert json.loads(said)["result"]["url"] == address
    assert "Geheim plan" not in said


def test_the_address_of_an_own_page_becomes_a_link_that_follows_the_page(editor, sites):
    page = ContentPage.objects.get(slug="strand")
    given = {"external-link-chooser-url": "http://zandmeer.localhost/strand/"}
    said = editor("joke").post("/admin/choose-external-link/", given).json()
    assert said["result"]["id"] == page.pk


def test_an_id_that_is_no_number_is_nobodys(editor, sites):
    assert editor("joke").get("/admin/choose-page/?page=²").status_code == 404


def test_what_wagtail_adds_is_closed_until_someone_opens_it(editor, theirs):
    joke = editor("joke")
    closed = {
        (name, path, status)
        for name, path in addresses(theirs)
        if name not in OPEN and (status := joke.get(path).status_code) not in (404, 405)
    }
    assert closed == set()


@pytest.mark.parametrize(("kind", "what"), [("page", "home"), ("document", "file")])
def test_a_link_to_another_municipality_that_got_in_anyway_is_no_link_on_the_site(visit, theirs, kind, what):
    page = ContentPage.objects.get(slug="strand")
    link = f'<p><a linktype="{kind}" id="{theirs[what].pk}">daar</a></p>'
    page.body = [("section", {"title": "Kijk", "text": link})]
    page.save_revision().publish()
    assert "<a>daar</a>" in visit("/strand/").content.decode()


def test_a_picture_or_document_is_on_its_own_site_only(client, theirs, sites):
    picture, file = theirs["picture"], theirs["file"]
    for host, status in (("veldrecht.localhost", 200), ("zandmeer.localhost", 404)):
        assert client.get(f"/media/{picture.file.name}", headers={"host": host}).status_code == status
        assert (
            client.get(f"/documents/{file.pk}/{file.filename}", headers={"host": host}).status_code == status
        )


@pytest.mark.parametrize("aside", ["../", "./../", "zandmeer/../../", "/../"])
def test_a_picture_is_not_reached_by_a_step_aside_from_ones_own_folder(client, editor, theirs, aside):
    name = theirs["picture"].file.name.removeprefix("images/")
    path = f"/media/images/zandmeer/{aside}{name}"
    assert client.get(path, headers={"host": "zandmeer.localhost"}).status_code == 404
    assert editor("joke").get(path).status_code == 404


def test_a_picture_with_a_name_that_no_file_can_have_is_not_there(visit):
    assert visit("/media/images/zandmeer/%00.png").status_code == 404


def test_an_editor_does_his_own_work(editor, sites):
    joke, page = editor("joke"), ContentPage.objects.get(slug="strand")
    for path in (
        "/admin/", f"/admin/pages/{page.get_parent().pk}/", f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/", "/admin/images/", "/admin/documents/", "/admin/images/chooser/",
        "/admin/choose-page/?page_type=cms.contentpage", "/admin/choose-page/search/?q=Verhuizen",
        "/admin/pages/search/?q=strand", "/admin/gegevens/zandmeer/", "/admin/paginas/zandmeer/",
        f"/admin/pages/add/cms/contentpage/{page.get_parent().pk}/", f"/admin/pages/{page.pk}/copy/",
        f"/admin/pages/{page.pk}/move/", f"/admin/pages/{page.pk}/delete/", "/admin/images/multiple/add/",
    ):  # fmt: skip
        assert joke.get(path).status_code == 200, path
    assert "Verhuizen" in joke.get("/admin/choose-page/search/?q=Verhuizen").content.decode()


def test_a_draft_of_the_library_is_offered_to_its_own_editor_only(editor, sites):
    ContentPage.objects.get(slug="verhuizen").unpublish()
    chooser = "/admin/choose-page/search/?q=Verhuizen"
    rows = {
        who: editor(who).get(chooser).content.decode().count('data-title="Verhuizen"')
        for who in ("joke", "bram")
    }
    assert rows == {"joke": 0, "bram": 1}


def test_the_editor_of_the_library_works_in_the_library_only(editor, sites):
    bram, page = editor("bram"), ContentPage.objects.get(slug="verhuizen")
    assert bram.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    own = ContentPage.objects.get(slug="strand")
    assert bram.get(f"/admin/pages/{own.pk}/edit/").status_code == 404
    assert bram.get("/admin/gegevens/zandmeer/").status_code == 404


def test_an_editor_cannot_change_the_library(editor, sites):
    page = ContentPage.objects.get(slug="verhuizen")
    assert editor("joke").get(f"/admin/pages/{page.pk}/edit/").status_code == 404


def test_who_works_elsewhere_now_gets_no_mail_about_comments_any_more(editor, sites, mailoutbox):
    page, users = ContentPage.objects.get(slug="strand"), get_user_model().objects
    joke = users.get(username="joke")
    stays, went = (
        users.create(username=name, email=f"{name}@voorbeeld.example") for name in ("stays", "went")
    )
    stays.groups.set(joke.groups.all())
    went.groups.set(users.get(username="wim").groups.all())
    page.save_revision()
    begun = Comment.objects.create(page=page, user=went, text="Klopt dit?", contentpath="intro")
    for one in (stays, went):
        PageSubscription.objects.create(page=page, user=one, comment_notifications=True)
    form = Editing().form_of(editor("joke"), page) | {
        "comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(begun.pk), "comments-0-text": begun.text, "comments-0-contentpath": "intro",
        "comments-0-position": "", "comments-0-resolved": "", "comments-0-DELETE": "",
        "comments-0-replies-TOTAL_FORMS": "1", "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-0-id": "", "comments-0-replies-0-text": "Nog geheim.",
        "comments-0-replies-0-DELETE": "",
    }  # fmt: skip
    assert editor("joke").post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    assert [one.to for one in mailoutbox] == [[stays.email]]
    assert "Nog geheim." in mailoutbox[0].body


def test_the_cms_is_on_its_own_host_only(client, sites):
    for path in ("/admin/", "/admin/login/"):
        assert client.get(path, headers={"host": "zandmeer.localhost"}).status_code == 404
    assert client.get("/mijn/", headers={"host": "cms.localhost"}).status_code == 404
    assert client.get("/", headers={"host": "cms.localhost"})["Location"] == "/admin/"
    assert "sessionid" not in client.cookies


def test_a_visitor_without_account_sees_the_way_in_only(client, sites):
    answer = client.get("/admin/pages/", headers={"host": "cms.localhost"})
    assert answer["Location"].startswith("/admin/login/")


def test_every_open_address_exists():
    names = {name for name, _ in addresses_without_ids()}
    assert set(OPEN) <= names


def addresses_without_ids() -> Iterator[tuple[str, str]]:
    class Nothing(dict):
        def __missing__(self, key):
            return type(
                "Thing",
                (),
                {
                    "pk": 1,
                    "task_id": 1,
                    "workflow_state_id": 1,
                    "filename": "x",
                    "file": type("File", (), {"name": "x"}),
                },
            )

    return addresses(Nothing())
