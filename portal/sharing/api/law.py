"""Reading by law: /wettelijk-gebruik. The rule itself is in `sharing/use_by_law.py`."""

from django.http import HttpResponse

from portal.municipalities.bsn import BSN
from portal.sharing import consumers, use_by_law

from . import shapes
from .door import CallRequest, door
from .grants import Key, Trace
from .problems import problem
from .trace import caller


@door.post(
    "/wettelijk-gebruik",
    response=shapes.ReadByLaw,
    operation_id="wettelijkGebruik",
    tags=["Op grond van een wet"],
)
def read(
    request: CallRequest, lezing: shapes.ByLaw, key: Key = None, trace: Trace = None
) -> HttpResponse | shapes.ReadByLaw:
    """Lees wat een wet toestaat, voor een lopende zaak waarin de inwoner een rol heeft.

    De inwoner ziet deze lezing meteen.
    """
    try:
        bsn = BSN(lezing.burgerservicenummer)
    except ValueError:
        return problem(400, detail="Dit klopt niet: burgerservicenummer.")
    if lezing.doel not in request.auth.purposes(consumers.USE_BY_LAW):
        raise use_by_law.Refused
    reading = use_by_law.read(request.auth.consumer, lezing.doel, bsn, lezing.zaak, caller(key, trace))
    return shapes.ReadByLaw(
        gebruik=reading.id,
        doel=reading.version.title,
        grond=reading.version.law,
        zaak=lezing.zaak,
        gegevens=dict(reading.values),
        namen=reading.labels,
    )
