"""A municipality's own redirects: an old or short address that leads to a page of its site.

Wagtail's own screens show those of all sites, so they stay closed; its table and its rules are used.
"""
