"""Help while an editor writes: what is hard to read or to reach, and facts written by hand (`findings`).

It warns; a person decides. Facts are picked from a list in any text (`fact_picker`), never typed as a code.
"""
