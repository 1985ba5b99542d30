"""Wagtail: library and overlay, page types, blocks, fencing, editors tools."""
