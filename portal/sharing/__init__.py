"""Sharing under the resident's control: purposes, sharings, grants, receipts, the act log, consumers.

A disclosure (what a wallet proved) is not consent; a grant (the resident's yes) is. Every change
of a sharing or a grant goes through `acts.py`; views, jobs and the consumers' API only call it.
"""
