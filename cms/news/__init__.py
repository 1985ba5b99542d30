"""The list of all news of a site, and its feed."""
