"""Reading many pages in from a file, and giving them out in the same form.

A file is first only looked at: what would happen with each row. A second press writes, everything as drafts
and all of it or nothing. What is read in twice changes nothing the second time.
"""
