"""Wallet sessions with an IRMA server: ask a resident's wallet for attributes, and check what comes back.

Knows nothing of consent, purposes or residents, and keeps no state: the caller stores the `Session`,
encrypted, with the browser that began it. A QR pairs with a code; a wallet on the same device returns.

    session = requestor().start(request, pairing=True)   # show qr.svg(session.pointer_text, label=…)
    requestor().status(session)                          # at Status.PAIRING: requestor().pair(session, typed)
    requestor().outcome(session)                         # what was proved, or one of the errors

`following` is for pages that wait: where a session stands and how it ended. `waiting` and `words` are what
they show, whatever is asked and why.
"""
