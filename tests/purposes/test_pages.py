"""Editors and privacy officers at work in the CMS, and what an attacker among them gets done."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from demo.content.purposes import buddy, message_by_email
from demo.content.purposes_made import make_purposes
from portal.applications import content, own
from portal.applications.remission.kind import REMISSION
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Fact, Municipality
from portal.notices.mailing import seal_address
from portal.notices.models import Notice
from portal.sharing import grants, purposes
from portal.sharing.models import Consumer, OfficerAct, PurposeDraft, PurposeVersion, Request
from portal.usage import questions
from portal.usage.ldv import line as line_of
from portal.usage.models import LdvLine, Use
from tests.cms.conftest import editor, loaded, sites
from tests.sharing.conftest import HELGA, gives, new_session, somebody

__all__ = ["editor", "loaded", "sites"]

pytestmark = pytest.mark.django_db
Editor = Callable[[str], Client]
Z = "/admin/doelen/zandmeer/"


@pytest.fixture(scope="module")
def purposes_made(loaded: None, django_db_blocker: Any) -> None:
    """The demo's purposes in the three municipalities, made once for a module: it takes seconds."""
    with django_db_blocker.unblock():
        for municipality in Municipality.objects.all():
            with acting_for(municipality), transaction.atomic():
                Consumer.objects.create(slug="demo-balie", name="Balie", events_url="http://127.0.0.1:9/")
        make_purposes()


@pytest.fixture
def made(sites: dict[str, Municipality], purposes_made: None) -> Municipality:
    """Zandmeer, with the demo's purposes; tests roll back what they change."""
    return sites["zandmeer"]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def begun(joke: Client, purpose: str = "maatje-18") -> str:
    """A new draft of what is published; its address."""
    return str(joke.post(f"{Z}vernieuwen/", {"purpose": purpose})["Location"])


def form_of(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form on the page."""
    form, rows = page.context["form"], page.context["rows"]
    fields = [*form, *rows.management_form, *(field for row in rows for field in row)]
    sent = {
        field.html_name: "on"
        if field.value() is True
        else (field.value() if isinstance(field.value(), list) else str(field.value() or ""))
        for field in fields
        if field.value() not in (False, None)
    }
    return {**sent, "seen": str(page.context["draft"].revision), **changes}


def state_of(address: str, municipality: Municipality) -> str:
    with acting_for(municipality):
        return str(PurposeDraft.objects.get(id=address.rstrip("/").split("/")[-1]).state)


def test_a_purpose_of_the_library_is_taken_over_with_own_names_and_own_approval(made, sites):
    for municipality in sites.values():
        with acting_for(municipality):
            version = purposes.newest("digitaal-bericht", "nl")
            assert version is not None
            assert municipality.name in version.who
            draft = PurposeDraft.objects.get(slug="digitaal-bericht")
            assert (draft.library_issue, draft.state) == (1, "published")


def test_an_editor_changes_an_officer_approves_and_a_new_version_is_there(editor, made):
    joke, ingrid = editor("joke"), editor("ingrid")
    address = begun(joke)
    page = joke.get(address)
    changes = {"nl-kept": "Tot u stopt als maatje, daarna 2 weken.", "substantial": "on"}
    assert joke.post(address, form_of(page, **changes))["Location"] == address
    assert "<ins>2 weken.</ins>" in text(joke.get(address))
    joke.post(f"{address}stap/", {"step": "offer"})
    seen = ingrid.get(address)
    assert "<del>1 maand.</del>" in text(seen)
    assert "Bewaar</button>" not in text(seen)
    assert f'name="read" value="{seen.context["mark"]}"' in seen.content.decode()
    ingrid.post(
        f"{address}stap/",
        {
            "step": "approve",
            "seen": str(seen.context["draft"].revision),
            "read": seen.context["mark"],
            "free": "1",
        },
    )
    joke.post(f"{address}stap/", {"step": "publish"})
    with acting_for(made):
        version = purposes.newest("maatje-18", "nl")
        assert version is not None
        assert (version.number, version.kept, version.substantial) == (
            2, "Tot u stopt als maatje, daarna 2 weken.", True,
        )  # fmt: skip


def test_facts_that_changed_after_the_approval_are_told_with_what_each_can_do_about_it(editor, made):
    joke, ingrid = editor("joke"), editor("ingrid")
    address = begun(joke)
    joke.post(address, form_of(joke.get(address), **{"nl-contact": "Bel [[telefoon]]"}))
    joke.post(f"{address}stap/", {"step": "offer"})
    seen = ingrid.get(address)
    ingrid.post(f"{address}stap/", {"step": "approve", "seen": seen.context["draft"].revision, "free": "1"})
    assert "Publiceer</button>" in text(ingrid.get(address))
    with acting_for(made):
        Fact.objects.filter(key="telefoon").update(value="(0900) 12 34")

    told = text(joke.post(f"{address}stap/", {"step": "publish"}, follow=True))
    assert "Lees bij “Wat nu?” wat u kunt doen." in told
    assert "Haal hem terug, lees hem na, en vraag opnieuw om goedkeuring." in told
    for page in (told, text(ingrid.get(address))):
        assert "Zo kan hij niet worden gepubliceerd." in page
        assert "Publiceer</button>" not in page
    assert "Stuur hem terug. De redactie kan dan opnieuw om goedkeuring vragen." in page


def test_what_is_published_leads_to_where_it_can_be_taken_back(editor, made):
    with acting_for(made):
        draft = PurposeDraft.objects.get(slug="maatje-18")
    page = text(editor("ingrid").get(f"{Z}concept/{draft.id}/"))
    assert f'<a href="{Z}doel/maatje-18/">Naar het gepubliceerde doel</a>' in page


def test_a_second_tab_loses_nothing_that_was_typed_and_says_what_it_would_undo(editor, made):
    joke = editor("joke")
    address = begun(joke)
    in_a_tab = form_of(joke.get(address), **{"nl-what_for": "U wilt iemand helpen die nieuw is."})
    joke.post(address, form_of(joke.get(address), **{"nl-kept": "Tot u stopt, daarna 2 weken."}))
    told = joke.post(address, in_a_tab)
    assert told.status_code == 409
    assert "iemand bewaarde intussen een andere tekst" in text(told)
    assert told.context["form"]["nl-what_for"].value() == "U wilt iemand helpen die nieuw is."
    assert {change.field for change in told.context["typed_over"]} == {"nl.what_for", "nl.kept"}
    assert joke.post(address, form_of(told))["Location"] == address
    assert "U wilt iemand helpen die nieuw is." in text(joke.get(address))


def test_who_judges_reads_words_and_no_codes(editor, made):
    joke, ingrid = editor("joke"), editor("ingrid")
    address = begun(joke)
    joke.post(address, form_of(joke.get(address), **{"ground": "law_asks_yes", "substantial": "on"}))
    joke.post(address, form_of(joke.get(address), **{"nl-law": "Wmo 2015, artikel 5.1.1"}))
    joke.post(f"{address}stap/", {"step": "offer"})
    assert state_of(address, made) == "review"
    page = text(ingrid.get(address))
    main = re.sub(r"<script.*?</script>", "", page[page.index("nice-padding") :], flags=re.DOTALL)
    for words in (
        "Een wet die een ja vraagt", "Toestemming (AVG, artikel 6 lid 1 onder a)", "De inwoner",
        "Liefst vertaald", "Balie", "18 jaar of ouder (moet); uit de app: ", "antwoord moet zijn: yes",
    ):  # fmt: skip
        assert words in main
    assert "Gemeente Zandmeer, team Vrijwilligers" in main
    for code in (
        "[[",
        "law_asks_yes",
        ">consent",
        "consent<",
        ">resident<",
        ">wish<",
        "demo-balie",
        ">public<",
    ):
        assert code not in main, code


def test_a_draft_without_a_name_says_so_and_which_it_is(editor, made):
    joke = editor("joke")
    address = joke.post(f"{Z}nieuw/", {"slug": "nieuw-doel", "ground": "consent"})["Location"]
    for page in (Z, address):
        assert "Nog zonder naam" in text(joke.get(page))
        assert "nieuw-doel" in text(joke.get(page))


def test_a_big_change_says_whom_it_touches_and_makes_them_choose_again(editor, made):
    joke, ingrid = editor("joke"), editor("ingrid")
    with acting_for(made), transaction.atomic():
        grant = gives(new_session(HELGA), "maatje-18", {"over18": "yes"})
    address = begun(joke)
    joke.post(address, form_of(joke.get(address), **{"substantial": "on"}))
    assert "1 inwoner deelt dit nu, en moet opnieuw kiezen." in text(joke.get(address))
    joke.post(f"{address}stap/", {"step": "offer"})
    ingrid.post(f"{address}stap/", {"step": "approve", "seen": "2", "free": "1"})
    ingrid.post(f"{address}stap/", {"step": "publish"})
    with acting_for(made):
        assert grants.standing(grants.rows().get(id=grant.id), timezone.now()) == "outdated"


def test_the_checker_tells_before_anybody_is_asked(editor, made):
    joke = editor("joke")
    address = begun(joke)
    joke.post(address, form_of(joke.get(address), **{"nl-kept": "", "nl-receivers": "Onze partners"}))
    page = text(joke.get(address))
    assert "De bewaartermijn is leeg" in page
    assert 'href="#id_nl-receivers"' in page
    joke.post(f"{address}stap/", {"step": "offer"})
    assert state_of(address, made) == "draft"


def test_a_crafted_post_approves_nothing_of_ones_own(editor, made):
    joke = editor("joke")
    address = begun(joke)
    joke.post(f"{address}stap/", {"step": "offer"})
    for step in ("approve", "publish", "send_back", "published", "", "APPROVE"):
        joke.post(f"{address}stap/", {"step": step, "seen": "1", "free": "1", "why": "x" * 20})
    assert state_of(address, made) == "review"


def test_an_administrator_who_wrote_it_does_not_approve_it_either(editor, made):
    beheer = editor("beheer")
    address = begun(beheer)
    beheer.post(f"{address}stap/", {"step": "offer"})
    beheer.post(f"{address}stap/", {"step": "approve", "seen": "1", "free": "1"})
    assert state_of(address, made) == "review"
    assert "U schreef hier zelf aan mee" in text(beheer.get(address))


def test_who_wrote_an_earlier_version_approves_no_later_one(editor, made):
    beheer, joke, ingrid = editor("beheer"), editor("joke"), editor("ingrid")
    address = begun(beheer)
    beheer.post(address, form_of(beheer.get(address), **{"nl-kept": "Tot u stopt als maatje."}))
    beheer.post(f"{address}stap/", {"step": "offer"})
    ingrid.post(f"{address}stap/", {"step": "approve", "seen": "2", "free": "1"})
    beheer.post(f"{address}stap/", {"step": "publish"})
    later = begun(joke)
    joke.post(f"{later}stap/", {"step": "offer"})
    beheer.post(f"{later}stap/", {"step": "approve", "seen": "1", "free": "1"})
    assert state_of(later, made) == "review"
    ingrid.post(f"{later}stap/", {"step": "approve", "seen": "1", "free": "1"})
    assert state_of(later, made) == "approved"


def test_only_what_a_register_passes_on_can_be_asked_from_it(editor, made):
    joke = editor("joke")
    address = begun(joke)
    answer = joke.post(address, form_of(joke.get(address), **{"attributes-0-register": "brp.bestaatniet"}))
    page = text(answer)
    assert "Dit geeft geen register door." in page
    assert "brp.address" in page
    with acting_for(made):
        assert PurposeDraft.objects.get(slug="maatje-18", state="draft").revision == 1


def test_about_what_somebody_wants_mail_is_ticked_at_that_purpose_only(editor, made):
    joke = editor("joke")
    address = begun(joke, "digitaal-bericht")
    page = joke.get(address)
    ticks = [one.initial["name"] for one in page.context["rows"] if one.initial.get("choice")]
    assert len(ticks) == 3
    joke.post(address, form_of(page, **{"attributes-2-notices": ["case", "reminder"]}))
    kept = [one.initial for one in joke.get(address).context["rows"]]
    before = message_by_email("Zandmeer", "")["attributes"]
    assert kept[2]["notices"] == ["case", "reminder"]
    assert (kept[1]["notices"], kept[3]["notices"]) == (before[1]["notices"], before[3]["notices"])
    wrong = {"attributes-0-notices": ["case"], "attributes-1-required": "on", "attributes-2-claim": "x.y.z"}
    said = text(joke.post(address, form_of(joke.get(address), **wrong)))
    for words in ("mails bij een vinkje", "geen keuze", "niet allebei"):
        assert words in said
    assert "Met dit vinkje mailen wij" not in text(joke.get(begun(joke)))


def test_an_officer_writes_nothing(editor, made):
    ingrid = editor("ingrid")
    refused = ingrid.post(f"{Z}nieuw/", {"slug": "eigen", "ground": "consent"}, follow=True)
    assert "Dit mag u hier niet" in text(refused)
    address = begun(editor("joke"))
    page = editor("joke").get(address)
    ingrid.post(address, form_of(page, **{"nl-title": "Overgenomen"}))
    with acting_for(made):
        assert not PurposeDraft.objects.filter(slug="eigen").exists()
        assert PurposeDraft.objects.get(slug="maatje-18", state="draft").revision == 1


STRANGERS = ["wim", "fatima", "roel", "bram", "noor"]


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_of_elsewhere_sees_or_does_anything(editor, made, who):
    address, consumer = begun(editor("joke")), uuid4()
    stranger = editor(who)
    for path in (Z, address, f"{Z}doel/maatje-18/", f"{Z}gebruik/", f"{Z}inzage/"):
        assert stranger.get(path).status_code == 404, path
    for path in (
        f"{Z}nieuw/", f"{Z}overnemen/", f"{Z}vernieuwen/", address, f"{address}stap/",
        f"{Z}doel/maatje-18/", f"{Z}gebruik/{consumer}/", f"{Z}inzage/",
    ):  # fmt: skip
        assert stranger.post(path, {"step": "drop", "why": "x" * 20}).status_code == 404, path
    assert state_of(address, made) == "draft"


def test_a_draft_of_one_municipality_is_not_there_in_another_of_the_same_officer(editor, made):
    draft = begun(editor("joke")).rstrip("/").split("/")[-1]
    ingrid = editor("ingrid")
    assert ingrid.get(f"/admin/doelen/veldrecht/concept/{draft}/").status_code == 404
    assert (
        ingrid.post(f"/admin/doelen/veldrecht/concept/{draft}/stap/", {"step": "approve"}).status_code == 404
    )


@pytest.mark.parametrize("path", ["gebruik/", "inzage/"])
def test_an_editor_sees_no_use_and_answers_no_request(editor, made, path):
    assert editor("joke").get(Z + path).status_code == 404


def test_an_editor_recalls_nothing(editor, made):
    assert editor("joke").post(f"{Z}doel/maatje-18/", {"why": "Dit klopt niet."}).status_code == 404
    with acting_for(made):
        assert purposes.newest("maatje-18", "nl")


def test_the_officer_recalls_at_once_with_a_reason_that_residents_read(editor, made, client):
    ingrid = editor("ingrid")
    with acting_for(made), transaction.atomic():
        gives(new_session(HELGA), "maatje-18", {"over18": "yes"})
    assert "1 inwoner deelt dit nu." in text(ingrid.get(f"{Z}doel/maatje-18/"))
    told = ingrid.post(f"{Z}doel/maatje-18/", {"why": "kort"})
    assert told.context["form"].errors
    assert '<div role="alert" tabindex="-1" autofocus>' in text(told)
    ingrid.post(f"{Z}doel/maatje-18/", {"why": "De tekst klopte niet."})
    assert "0 inwoners delen dit nu." in text(ingrid.get(f"{Z}doel/maatje-18/"))
    with acting_for(made):
        assert purposes.newest("maatje-18", "nl") is None
    page = text(client.get("/register/maatje-18/1/", headers={"host": "zandmeer.localhost"}))
    assert "De tekst klopte niet." in page
    assert "Ingrid" not in page


def test_html_in_a_text_is_refused_and_shown_as_text_meanwhile(editor, made):
    joke = editor("joke")
    address = begun(joke)
    attack = "<script>alert(1)</script>{{ 7|add:7 }}[[telefoon]]"
    joke.post(address, form_of(joke.get(address), **{"nl-what_for": attack}))
    page = text(joke.get(address))
    assert "<script>alert(1)" not in page
    assert "Hier staat HTML in" in page
    joke.post(f"{address}stap/", {"step": "offer"})
    assert state_of(address, made) == "draft"


@pytest.mark.parametrize(
    "sent",
    [
        {"nl-what_for": "x" * 200_000},
        {"attributes-TOTAL_FORMS": "9999"},
        {"attributes-TOTAL_FORMS": "x"},
        {"seen": "²"},
        {"seen": "9" * 400},
        {"ground": "macht"},
        {"valid_days": "-1"},
        {"nl-title": "\x00"},
        {"attributes-0-name": "Hoofd Letter"},
    ],
    ids=str,
)
def test_bad_input_changes_nothing_and_gets_a_page(editor, made, sent):
    joke = editor("joke")
    address = begun(joke)
    answer = joke.post(address, form_of(joke.get(address), **sent))
    assert answer.status_code in (200, 302, 409)
    with acting_for(made):
        assert PurposeDraft.objects.get(slug="maatje-18", state="draft").revision == 1


@pytest.mark.parametrize("slug", ["", "Ã", "../x", "x" * 99])
def test_a_name_that_fits_no_address_is_refused(editor, made, slug):
    told = editor("joke").post(f"{Z}nieuw/", {"slug": slug, "ground": "law"})
    assert told.status_code == 200
    assert '<a href="#id_slug">Korte naam in het adres</a>' in text(told)
    assert (told.context["form"]["slug"].value(), told.context["form"]["ground"].value()) == (slug, "law")
    with acting_for(made):
        assert PurposeDraft.objects.filter(state="draft").count() == 0


def test_the_librarys_own_goes_the_same_way(editor, made):
    bram, noor, library = editor("bram"), editor("noor"), "/admin/doelen/bibliotheek/"
    address = str(bram.post(f"{library}vernieuwen/", {"purpose": "maatje-18"})["Location"])
    bram.post(address, form_of(bram.get(address), **{"nl-stays": "Er blijft niets over."}))
    bram.post(f"{address}stap/", {"step": "offer"})
    bram.post(f"{address}stap/", {"step": "approve", "seen": "2", "free": "1"})
    noor.post(f"{address}stap/", {"step": "approve", "seen": "2", "free": "1"})
    noor.post(f"{address}stap/", {"step": "publish"})
    page = text(editor("joke").get(Z))
    assert "De bibliotheek heeft een nieuwe versie." in page
    with acting_for(made):
        assert PurposeVersion.objects.filter(purpose__slug="maatje-18").count() == 1


def test_the_officer_stops_a_consumer_and_lets_it_go_on(editor, made):
    ingrid = editor("ingrid")
    with acting_for(made):
        consumer = Consumer.objects.get().id
    ingrid.post(f"{Z}gebruik/{consumer}/", {"stop": "1", "why": "Het las te veel."})
    with acting_for(made):
        assert Consumer.objects.get().blocked
        assert OfficerAct.objects.get().officer_name == "Ingrid"
    ingrid.post(f"{Z}gebruik/{consumer}/", {"why": "Het is uitgezocht."})
    with acting_for(made):
        assert Consumer.objects.get().blocked is None
        assert OfficerAct.objects.count() == 2


def test_odd_uses_are_marked_by_consumer_and_day(editor, made):
    with acting_for(made), transaction.atomic():
        who = new_session(HELGA).subject
        for _ in range(10):
            Use.objects.create(
                subject_id=who, who="Balie", purpose="x", ground="x", at=timezone.now(),
                consumer_id=Consumer.objects.get().id,
            )  # fmt: skip
    assert "dezelfde inwoner heel vaak" in text(editor("ingrid").get(f"{Z}gebruik/"))


ASKED = {"bsn": HELGA.reveal(), "number": "AVG-2026-1", "identity": "on", "own": "on"}


def exported(answer: Any) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return json.loads(archive.read("gegevens.json")), archive.read("lees-mij.html").decode()


def test_an_access_request_is_answered_with_one_file_that_holds_all(editor, made):
    with acting_for(made), transaction.atomic():
        gives(new_session(HELGA), "digitaal-bericht")
        gives(new_session(), "digitaal-bericht", {"email": "ander@voorbeeld.example"})
    answer = editor("ingrid").post(f"{Z}inzage/", ASKED)
    data, page = exported(answer)
    rows = data["gegevens"]
    assert rows["sharing.Grant"][0]["values"]["email"] == "helga@voorbeeld.example"
    (herself,) = rows["accounts.Resident"]
    assert herself["visited"], "when she was here last"
    assert {"sharing.Grant", "sharing.Sharing", "sharing.ActRecord", "usage.Use"} <= set(rows)
    whole = json.dumps(data) + page
    assert "ander@voorbeeld.example" not in whole
    assert HELGA.reveal() not in whole
    assert "Ingrid" not in whole
    assert "Bericht per e-mail" in page
    assert f"{sum(map(len, rows.values()))} regels" in page
    assert "sharing.Grant" not in page
    assert page.count("Team Dienstverlening van gemeente Zandmeer") == 1
    with acting_for(made):
        assert OfficerAct.objects.get(kind="export").why == "AVG-2026-1"
        assert Use.objects.filter(who="Functionaris gegevensbescherming").count() == 1


def test_a_number_may_be_typed_with_spaces_and_what_is_wrong_has_the_focus(editor, made):
    ingrid = editor("ingrid")
    number = f"{HELGA.reveal()[:3]} {HELGA.reveal()[3:6]} {HELGA.reveal()[6:]}"
    told = ingrid.post(f"{Z}inzage/", {**ASKED, "bsn": number})
    assert "Van deze persoon wordt hier niets bewaard." in text(told)
    told = text(ingrid.post(f"{Z}inzage/", {"bsn": ""}))
    assert '<div role="alert" tabindex="-1" autofocus>' in told
    assert '<a href="#id_bsn">Burgerservicenummer</a>' in told


def test_an_access_request_opens_what_lies_encrypted(editor, made):
    with acting_for(made), transaction.atomic():
        session = new_session(HELGA)
        begun = own.begin(session, REMISSION)
        content.put(begun, {"steps": {"inkomen": {"inkomen-income": ["1.450,50"]}}})
        begun.save()
        use = Use.objects.create(
            subject_id=session.subject, who="Balie", purpose="x", ground="x", at=timezone.now()
        )
        questions.ask(session.subject, use.id, "Waarom keek u?")
        Notice.objects.create(
            subject_id=session.subject, kind="case", made=timezone.now(), due=timezone.now()
        )
        notice = Notice.objects.get(kind="case")
        seal_address(notice, "helga@voorbeeld.example")
        notice.save()
    data, _page = exported(editor("ingrid").post(f"{Z}inzage/", ASKED))
    rows = data["gegevens"]
    assert rows["applications.Application"][0]["content"]["steps"]["inkomen"] == {
        "inkomen-income": ["1.450,50"]
    }
    assert rows["usage.UseQuestion"][0]["text"] == "Waarom keek u?"
    assert "helga@voorbeeld.example" in [one["address"] for one in rows["notices.Notice"]]


def test_an_access_request_holds_what_a_consumer_was_told_of_a_question_that_led_to_no_grant(editor, made):
    with acting_for(made), transaction.atomic():
        mine, other = (asked(bsn) for bsn in (HELGA, somebody()))
    data, _page = exported(editor("ingrid").post(f"{Z}inzage/", ASKED))
    duties = data["gegevens"]["sharing.Duty"]
    assert [(one["event"], one["grant_id"]) for one in duties] == [("geweigerd", None)]
    assert str(mine) == duties[0]["request_id"]
    assert str(other) not in json.dumps(data)


def asked(bsn: BSN) -> UUID:
    """A consumer asked this resident, who said no."""
    now = timezone.now()
    version = PurposeVersion.objects.filter(purpose__slug="digitaal-bericht").latest("number")
    row = Request.objects.create(
        municipality=version.municipality, consumer=Consumer.objects.get(), version=version,
        subject_id=new_session(bsn).subject, reference=uuid4(), body_hash="0" * 64, created=now,
        expires=now + timedelta(days=1),
    )  # fmt: skip
    grants.owe_answer(row, "geweigerd")
    return UUID(str(row.id))


def test_the_access_request_itself_is_an_activity_of_the_register(editor, made, client):
    with acting_for(made), transaction.atomic():
        gives(new_session(HELGA), "digitaal-bericht")
    editor("ingrid").post(f"{Z}inzage/", ASKED)
    with acting_for(made):
        use = Use.objects.get(who="Functionaris gegevensbescherming")
        (line,) = [line_of(row.use) for row in LdvLine.objects.filter(use=use)]
    activity = line.attributes["dpl.core.processing_activity_id"]
    assert activity == use.activity
    path = "/" + activity.split("/", 3)[3]
    assert "AVG, artikel 15" in text(client.get(path, headers={"host": "zandmeer.localhost"}))


def test_an_access_request_finds_nothing_of_another_municipality(editor, made):
    with acting_for(made), transaction.atomic():
        gives(new_session(HELGA), "digitaal-bericht")
    answer = editor("ingrid").post("/admin/doelen/veldrecht/inzage/", ASKED)
    assert "Van deze persoon wordt hier niets bewaard." in text(answer)


@pytest.mark.parametrize("missing", ["identity", "own", "number", "bsn"])
def test_an_access_request_is_answered_after_all_checks_only(editor, made, missing):
    answer = editor("ingrid").post(
        f"{Z}inzage/", {name: value for name, value in ASKED.items() if name != missing}
    )
    assert answer.status_code == 200
    with acting_for(made):
        assert not OfficerAct.objects.exists()


def test_what_is_no_bsn_is_told_without_a_fault(editor, made):
    answer = editor("ingrid").post(f"{Z}inzage/", {**ASKED, "bsn": "123456789"})
    assert "Dit is geen burgerservicenummer" in text(answer)


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [("joke", Z, 34), ("ingrid", f"{Z}gebruik/", 30), ("joke", f"{Z}doel/maatje-18/", 30)],
)
def test_lists_cost_the_same_however_long_they_are(
    editor, made, django_assert_max_num_queries, who, path, most
):
    with acting_for(made), transaction.atomic():
        for number in range(20):
            purposes.publish(f"meer-{number}", buddy(f"Zandmeer {number}", "1"))
            purposes.publish("maatje-18", buddy(f"Zandmeer {number}", "1"))
    browser = editor(who)
    browser.get(path)
    with django_assert_max_num_queries(most):
        browser.get(path)
