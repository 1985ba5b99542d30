"""The linked data of a receipt: valid by shapes of our own, and the same facts as the database (I15)."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF

from portal.sharing.receipts import jsonld, signed
from portal.sharing.receipts.record import Document
from portal.sharing.values import unseal

from .conftest import ALL, changed, given, given_by_consent, last_of, recalled, stopped_consent

pytestmark = pytest.mark.django_db
DPV = Namespace("https://w3id.org/dpv#")
GDPR = Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
BEWIJS = Namespace("urn:mijn-gemeenten:bewijs:")
SHAPES = Graph().parse(Path(__file__).parent / "shapes.ttl")


def read(receipt: Document) -> tuple[Graph, URIRef]:
    """The file as another program reads it: without network, from nothing but what is in it."""
    graph = Graph().parse(data=signed.as_file(jsonld.linked_data(receipt)), format="json-ld")
    [root] = set(graph.subjects(DPV.hasRecordOfActivity))
    return graph, root


@pytest.mark.parametrize("act", ALL)
def test_every_receipt_is_valid_and_says_what_the_database_says(helga, desk, clock, act):
    receipt = last_of(act(helga, desk, clock))
    graph, root = read(receipt)

    conforms, _report, told = validate(graph, shacl_graph=SHAPES)
    assert conforms, told

    row = graph.value(root, DPV.hasRecordOfActivity)
    process = graph.value(row, DPV.hasProcess)
    statuses = {*graph.objects(row, DPV.hasConsentStatus), *graph.objects(row, DPV.hasStatus)}
    times = sorted(datetime.fromisoformat(str(graph.value(one, DPV.isIndicatedAtTime))) for one in statuses)
    assert str(graph.value(root, DCTERMS.identifier)) == receipt.spoken
    assert str(graph.value(root, BEWIJS.act)) == receipt.kind
    assert int(graph.value(root, BEWIJS.position)) == receipt.position
    assert str(row) == f"urn:uuid:{receipt.grant}"
    assert times == ([receipt.given, receipt.at] if receipt.ends else [receipt.given])
    assert {
        str(graph.value(one, DCTERMS.identifier)) for one in graph.objects(process, DPV.hasPersonalData)
    } == {one.name for one in receipt.what}
    notice = graph.value(row, DPV.hasNotice)
    assert str(notice) == receipt.version.activity
    assert str(graph.value(notice, DCTERMS.identifier)) == receipt.version.content_hash
    until = graph.value(graph.value(process, DPV.hasDuration), RDF.value)
    assert (datetime.fromisoformat(str(until)) if until else None) == receipt.until


def test_a_law_that_asks_for_a_yes_gives_no_consent_receipt(helga, desk, clock):
    graph, root = read(last_of(given(helga, desk, clock)))
    process = graph.value(graph.value(root, DPV.hasRecordOfActivity), DPV.hasProcess)
    assert graph.value(root, RDF.type) == DPV.DataProcessingRecord
    assert graph.value(process, DPV.hasLegalBasis) == GDPR["A6-1-e"]
    assert not any(DPV.ConsentGiven in types for types in graph.predicate_objects())


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (given_by_consent, DPV.ConsentGiven),
        (stopped_consent, DPV.ConsentWithdrawn),
        (recalled, DPV.ConsentRevoked),
    ],
)
def test_consent_has_the_status_of_the_act(helga, desk, clock, act, status):
    graph, root = read(last_of(act(helga, desk, clock)))
    assert graph.value(root, RDF.type) == DPV.ConsentReceipt
    assert (None, RDF.type, status) in graph


def test_a_yes_in_the_place_of_an_earlier_one_says_which(helga, desk, clock):
    grant = changed(helga, desk, clock)
    graph, root = read(last_of(grant))
    replaces = graph.value(graph.value(root, DPV.hasRecordOfActivity), DCTERMS.replaces)
    assert str(replaces) == f"urn:uuid:{grant.supersedes}"


def test_no_value_and_no_id_of_the_resident_is_in_it(helga, desk, clock):
    grant = given(helga, desk, clock)
    text = signed.as_file(jsonld.linked_data(last_of(grant))).decode()
    assert not [value for value in [*unseal(grant).values(), str(helga.subject)] if value in text]


def test_every_word_that_it_uses_is_in_its_context(helga, desk, clock):
    context = json.loads((Path(jsonld.__file__).parent / "context.json").read_text())
    graph, _root = read(last_of(given(helga, desk, clock)))
    spaces = [str(value) for value in context.values() if isinstance(value, str)]
    known = (*spaces, "https://w3id.org/security#")
    assert not [str(one) for one in graph.predicates() if not str(one).startswith(known)]
