"""A certificate authority that lives as long as the check, and a certificate for all its names."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from . import HOSTS

Key = ec.EllipticCurvePrivateKey


def make(folder: Path) -> Path:
    """Write certificate.pem and key.pem for nginx; gives the file of the authority, for who must trust it."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = _name("Authority of one prod-check")
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    authority = _certificate(name, name, authority_key).add_extension(constraints, critical=True)
    made = authority.sign(authority_key, hashes.SHA256())
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
    serves = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    leaf = _certificate(_name(HOSTS[0]), name, key)
    leaf = leaf.add_extension(names, critical=False).add_extension(serves, critical=False)
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(leaf.sign(authority_key, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    (folder / "authority.pem").write_bytes(made.public_bytes(pem))
    return folder / "authority.pem"


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(subject: x509.Name, issuer: x509.Name, key: Key) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
    )
