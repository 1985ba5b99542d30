"""How confidential something may be for its resident to see it (vertrouwelijkheidaanduiding). Pure."""

ORDER = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk",
    "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim",
)  # fmt: skip


def open_enough(confidentiality: str, limit: str) -> bool:
    """Whether something is no more confidential than the connection shows."""
    return limit in ORDER and confidentiality in ORDER[: ORDER.index(limit) + 1]
