"""An employee at counter, phone or kitchen table, on a host of its own.

Two ways: a resident who is signed in shows what they chose, by a code (`handover`); and for a resident who
has no device an employee looks, reads aloud and writes down what was said (`helping`). An employee works for
the one municipality of the own team, which is put in force for each piece of work.
"""
