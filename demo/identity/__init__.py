"""The demo's identity provider: where its residents and staff sign in, by real OpenID Connect.

A process of its own with discovery, published keys, the code flow with PKCE, `private_key_jwt`, a session,
and sign-out that tells every site. It has no passwords: one chooses whom to be. It looks like no real one.
"""
