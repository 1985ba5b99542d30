"""`make prod-check`: production's own settings, behind nginx and over TLS, on this machine alone.

Production refuses loopback providers, demo schemes and fictional municipalities, and does so here too. This
check gives everything a name below `.test`, in a network and a list of hosts of its own (Linux namespaces:
nothing of the machine changes, nothing outside can be reached), a certificate authority and an IRMA scheme
that live as long as the check, and a municipality that is not marked as fictional.
"""

SITE, CMS, COUNTER = "zandmeer.gemeente.test", "cms.portaal.test", "balie.portaal.test"
IRMA = "irma.portaal.test"
PROVIDER, BRP, ZAKEN = "inloggen.diensten.test", "brp.diensten.test", "zaken.diensten.test"
OUTSIDE = (PROVIDER, BRP, ZAKEN)
INSIDE = "10.99.0.1"
"""Where what we call is found: production calls nothing on loopback, whatever its name."""
HOSTS = (SITE, CMS, COUNTER, IRMA, PROVIDER, BRP, ZAKEN, "onbekend.gemeente.test", "mail.portaal.test")
