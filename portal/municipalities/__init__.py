"""Who the municipality is, and whose turn it is.

The tenant: its facts, keys and connections, the ContextVar that says which one is in
force, and the row-level security that makes PostgreSQL keep them apart.
"""
