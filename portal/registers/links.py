"""Which address out of a register may be a link on our pages. Pure; any doubt means no."""

from urllib.parse import urlsplit


def safe_link(address: str) -> str:
    """An address that may be a link on our page: https, a host with a name, nobody's password; else empty."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    named = "." in host and not host.replace(".", "").isdigit() and "[" not in parts.netloc
    fine = parts.scheme == "https" and "@" not in parts.netloc and port in (None, 443)
    return address if plain and named and fine else ""


def host_of(link: str) -> str:
    """Whose page a safe link leads to."""
    return urlsplit(link).hostname or ""
