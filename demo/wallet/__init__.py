"""The demo's wallet: irmago's own client without a phone, and a page that shows what it is asked.

One wallet per resident of the demo. Behind the page runs the real protocol against the real IRMA server;
it listens on loopback only and answers no other site.
"""
