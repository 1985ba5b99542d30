"""Signing in and out: residents by OpenID Connect with a server-side session, staff on the CMS host.

A resident is a random id within one municipality, never a Django user. One strict check of ID tokens
serves both (`id_token.py`).
"""
