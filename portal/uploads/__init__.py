"""Documents that residents add to a case that runs.

A file comes in parts (`stored.py`), is looked at by its content (`kinds.py`), waits in quarantine until the
scanner says that it is clean (`scanner.py`), and is then put with its case, once, whatever is interrupted
when (`delivering.py`). Nobody ever gets it back from here: who wants to see it asks the case system.
"""
