"""Applications: long forms that residents fill in, and the cases that come of them.

A form is a folder of its own (`remission/`), named in `kinds.py`. What is typed is kept encrypted until
the case is complete, or thirty days where it was never sent. Sending writes all that must be made in the case
system as rows (`Write`); `outbox.py` makes each of them once, whatever is interrupted when.
"""
