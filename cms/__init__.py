"""The sites' pages, on Wagtail: one library for all, and per municipality a tree of its own on top of it.

A path that is not in the municipality's own tree falls through to the library (`routing`); a library page is
filled in with the municipality's facts (`slots`), may be replaced or left out (`choices`), and is stored
whole until anything of it changes (`page_cache`, `generations`). Editors work on a host of their own and
reach their own tree only (`fence`).
"""
