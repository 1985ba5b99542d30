"""The demo's IRMA: the real irma server and an own scheme, built and made on the spot.

`prepare` makes everything in a state folder and says how to start the server; `running` starts it for a
while. Nothing here is fit for production: the keys are short, and who reads the state folder can issue.
"""

from .running import Running, running
from .server import IrmaDemo, prepare

__all__ = ["IrmaDemo", "Running", "prepare", "running"]
