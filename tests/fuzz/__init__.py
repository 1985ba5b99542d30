"""Calls that nobody should make, at every public entrance: they change nothing, break nothing, log nothing.

`wire` sends raw calls, below what clients make decent; `junk` makes bytes and bodies, `tokens` signatures,
`entrances` calls out of both; `watch` sees what they did. All of it follows from one number, the seed.
"""
