"""What a test committed is gone in the next one, whichever municipality it was of."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Fact, Municipality
from tests import emptying

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_of_any_municipality_is_left(zandmeer: Municipality, veldrecht: Municipality) -> None:
    emptying.empty()

    assert not Municipality.objects.exists()
    for one in (zandmeer, veldrecht):
        with acting_for(one), transaction.atomic():
            assert not Fact.objects.exists()
    assert ContentType.objects.exists()
