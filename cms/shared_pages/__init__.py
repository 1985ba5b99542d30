"""What a municipality does with the pages of the library, and what the library hears of that.

One list of all pages of a site (`tree`), and per page of the library: leave out, fill in, replace
(`replacing`), see what changed since (`pieces`, `comparing`). The library sees who does what (`use`), says
that a change matters (`changes`), and takes over a page that a municipality offers (`giving`). Nothing here
is written per municipality unless somebody there does it.
"""
