"""Generates the demo's own IRMA scheme `mijn-demo`: our words, the real scheme's names, fresh keys.

Issuers, credentials and attributes are called as in the real `pbdf` scheme (as of June 2026), so that only
the prefix differs between demo and production. Making it takes some seconds; a scheme that is right stays.
"""

import hashlib
import shutil
import struct
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from .build import alone

SCHEME = "mijn-demo"
KEY_BITS = "1024"  # quick for a demo; production's scheme has 2048
NOWHERE = "http://localhost:9"  # dead on purpose: http fails at once, https would try three times


@dataclass(frozen=True, slots=True)
class Credential:
    """One kind of card in the wallet; attributes map a name to its Dutch name."""

    issuer: str
    name: str
    dutch: str
    english: str
    attributes: Mapping[str, str]
    may_be_empty: frozenset[str] = frozenset()
    only_one: bool = False

    @property
    def identifier(self) -> str:
        """Its name without the scheme, e.g. `gemeente.address`."""
        return f"{self.issuer}.{self.name}"


ISSUERS = {"gemeente": ("Gemeente", "Municipality"), "sidn-pbdf": ("SIDN", "SIDN")}

CREDENTIALS = (
    Credential(
        "gemeente", "personalData", "Persoonsgegevens", "Personal data",
        {
            "initials": "Voorletters", "firstnames": "Voornamen", "prefix": "Voorvoegsel",
            "familyname": "Achternaam", "fullname": "Volledige naam", "gender": "Geslacht",
            "nationality": "Nederlandse nationaliteit", "surname": "Achternaam met voorvoegsel",
            "dateofbirth": "Geboortedatum", "cityofbirth": "Geboorteplaats", "countryofbirth": "Geboorteland",
            "over12": "12 jaar of ouder", "over16": "16 jaar of ouder", "over18": "18 jaar of ouder",
            "over21": "21 jaar of ouder", "over65": "65 jaar of ouder", "bsn": "Burgerservicenummer (BSN)",
            "digidlevel": "Niveau van DigiD",
        },
        may_be_empty=frozenset({"fullname", "nationality"}), only_one=True,
    ),
    Credential(
        "gemeente", "address", "Adres", "Address",
        {
            "street": "Straat", "houseNumber": "Huisnummer", "zipcode": "Postcode",
            "municipality": "Gemeente", "city": "Woonplaats",
        },
        may_be_empty=frozenset({"houseNumber"}), only_one=True,
    ),
    Credential(
        "sidn-pbdf", "email", "E-mailadres", "Email address",
        {"email": "E-mailadres", "domain": "Domein van het e-mailadres"}, may_be_empty=frozenset({"domain"}),
    ),
    Credential(
        "sidn-pbdf", "mobilenumber", "Mobiel nummer", "Mobile number", {"mobilenumber": "Mobiel nummer"},
    ),
)  # fmt: skip


def dutch_names() -> dict[str, str]:
    """What each credential and attribute is called in Dutch, by its name without the scheme."""
    names = {credential.identifier: credential.dutch for credential in CREDENTIALS}
    for credential in CREDENTIALS:
        names |= {f"{credential.identifier}.{name}": dutch for name, dutch in credential.attributes.items()}
    return names


def make_scheme(program: Path, folder: Path, name: str = SCHEME) -> Path:
    """Make, sign and verify the scheme under `folder`; gives the folder of schemes.

    Only `make prod-check` gives another name: production refuses the demo's.
    Raises subprocess.CalledProcessError when irma's own tool refuses something.
    """
    with alone(folder / ".lock"):
        return _made(program, folder, name)


def _made(program: Path, folder: Path, name: str) -> Path:
    schemes, keys, stamp = folder / "schemes", folder / "keys", folder / "scheme.sources"
    root = schemes / name
    sources = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == sources and (root / "index.sig").exists():
        return schemes

    shutil.rmtree(schemes, ignore_errors=True)  # wallets that knew another one are made again
    keys.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # issuers' private keys lie inside
    _write_descriptions(root, name)
    widest = max(len(credential.attributes) for credential in CREDENTIALS) + 2  # + secret key and metadata
    for issuer in ISSUERS:
        _tool(program, "issuer", "keygen", "-l", KEY_BITS, "-a", str(widest), "-v", "5y", str(root / issuer))
    (keys / "scheme-sk.pem").unlink(missing_ok=True)
    _tool(program, "scheme", "keygen", "-s", str(keys / "scheme-sk.pem"), "-p", str(root / "pk.pem"))
    _tool(program, "scheme", "sign", str(keys / "scheme-sk.pem"), str(root))
    # Signing also accepts a scheme that is wrong; only this says so.
    _tool(program, "scheme", "verify", str(schemes))
    stamp.write_text(sources)
    return schemes


def _tool(program: Path, *arguments: str) -> None:
    subprocess.run(
        [program, "irma", *arguments], check=True, capture_output=True, timeout=600
    )  # primes come by luck


def _write_descriptions(root: Path, scheme: str) -> None:
    root.mkdir(parents=True)
    (root / "description.xml").write_text(
        f'<SchemeManager version="7"><Id>{scheme}</Id><Url>{NOWHERE}/{scheme}</Url><Demo>true</Demo>'
        f"{_both('Name', 'Mijn demo', 'My demo')}{_both('Description', 'Demoschema', 'Demo scheme')}"
        f"<Contact>{NOWHERE}/</Contact></SchemeManager>"
    )
    for issuer, (dutch, english) in ISSUERS.items():
        folder = root / issuer
        folder.mkdir()
        (folder / "logo.png").write_bytes(_square((0, 80, 140)))
        (folder / "description.xml").write_text(
            f'<Issuer version="4"><ID>{issuer}</ID>{_both("ShortName", dutch, english)}'
            f"{_both('Name', f'{dutch} (demo)', f'{english} (demo)')}<SchemeManager>{scheme}</SchemeManager>"
            f"<ContactAddress>{NOWHERE}/</ContactAddress><ContactEMail>demo@example.org</ContactEMail>"
            "<baseURL></baseURL></Issuer>"
        )
    for credential in CREDENTIALS:
        folder = root / credential.issuer / "Issues" / credential.name
        folder.mkdir(parents=True)
        (folder / "logo.png").write_bytes(_square((220, 220, 220)))
        (folder / "description.xml").write_text(_specification(credential, scheme))


def _specification(credential: Credential, scheme: str) -> str:
    name = _both("Name", credential.dutch, credential.english)
    attributes = "".join(
        f'<Attribute id="{attribute}" optional="{str(attribute in credential.may_be_empty).lower()}">'
        f"{_both('Name', dutch, attribute)}{_both('Description', dutch, attribute)}</Attribute>"
        for attribute, dutch in credential.attributes.items()
    )
    return (
        f'<IssueSpecification version="4">{name}{_both("ShortName", credential.dutch, credential.english)}'
        f"<SchemeManager>{scheme}</SchemeManager><IssuerID>{credential.issuer}</IssuerID>"
        f"<CredentialID>{credential.name}</CredentialID>"
        f"{_both('Description', credential.dutch, credential.english)}"
        f"<ShouldBeSingleton>{str(credential.only_one).lower()}</ShouldBeSingleton>"
        f"<Attributes>{attributes}</Attributes></IssueSpecification>"
    )


def _both(tag: str, dutch: str, english: str) -> str:
    return f"<{tag}><en>{escape(english)}</en><nl>{escape(dutch)}</nl></{tag}>"


def _square(colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour; irma wants every issuer and credential to have a picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = 8
    pixels = (b"\0" + bytes(colour) * size) * size
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )
