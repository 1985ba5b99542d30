"""Searching a site in Dutch: its own pages and the library's, each once, with local facts.

PostgreSQL finds and ranks, by Dutch stems. What it does not know is done here with the words of the index
itself: spelling (`spelling`), words made of words (`compounds`), and what editors say that people mean. A
typed citizen service number is refused, and is in no address and no log.
"""
