"""The municipality's own register of who gets which help: only whether, never how much or why.

There is no national API for it. Ours is one question (`POST hulp`, the BSN in the body, a bearer token) with
three answers, so that a municipality can put it before what it has. Asked only for what a resident shares.
"""
