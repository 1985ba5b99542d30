"""The consumers' API, thin: HTTP on one side, the room's verbs on the other. Paths and fields are Dutch.

Follows the NL API Design Rules 2.x; problems are RFC 9457 with five members and no more. Each operation opens
its own transaction, since reading by law asks registers between two. The contract is made from this code and
served at /api/v1/openapi.json.
"""

from .problems import problem

__all__ = ["problem"]
