"""What lies in the residents' wallets: the cards that a real municipality and SIDN give out."""

from datetime import date
from typing import Any

from .residents import CODES, RESIDENTS, Resident


def holders(today: date) -> list[dict[str, Any]]:
    """Who has a wallet, in the form of the file that the demo's wallet reads."""
    return [
        {
            "name": resident.name,
            "story": resident.story,
            "municipality": resident.municipality,
            "credentials": wallet_attributes(resident, today),
        }
        for resident in RESIDENTS
        if resident.listed and "opschortingBijhouding" not in resident.flags
    ]


def wallet_attributes(resident: Resident, today: date) -> dict[str, dict[str, str]]:
    """What the resident's wallet holds, per credential, in the issuers' own spelling."""
    yes = {True: "yes", False: "no"}
    born = f"{resident.born[6:]}-{resident.born[4:6]}-{resident.born[:4]}"
    personal = {
        "initials": "".join(f"{name[0]}." for name in resident.first_names.split()),
        "firstnames": resident.first_names,
        "prefix": resident.prefix,
        "familyname": resident.surname,
        "fullname": resident.name,
        "gender": resident.gender,
        "surname": f"{resident.prefix} {resident.surname}".strip(),
        "dateofbirth": born,
        "nationality": yes[resident.nationality == "Nederlandse"],
        "cityofbirth": resident.born_in,
        "countryofbirth": resident.born_country,
        "bsn": resident.bsn,
        "digidlevel": "Substantieel",
        **{f"over{years}": yes[resident.older_than(years, today)] for years in (12, 16, 18, 21, 65)},
    }
    credentials = {"gemeente.personalData": personal}
    if resident.street:
        credentials["gemeente.address"] = {
            "street": resident.street,
            "houseNumber": resident.number,
            "zipcode": resident.postcode,
            "municipality": CODES[resident.municipality][1],
            "city": CODES[resident.municipality][1],
        }
    if resident.email:
        credentials["sidn-pbdf.email"] = {"email": resident.email, "domain": resident.email.partition("@")[2]}
    if resident.mobile:
        credentials["sidn-pbdf.mobilenumber"] = {"mobilenumber": resident.mobile}
    return credentials
