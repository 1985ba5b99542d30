"""Where editors make purposes, and privacy officers judge and guard them; on the CMS host.

Plain views in Wagtail's frame. Each puts the municipality in force after looking at the groups of who asks;
the rules are in `portal.sharing.purposes`, and no view has any of its own.
"""
