"""Publishing by two people: who wrote it asks, another editor of the same municipality looks and publishes.

It is Wagtail's own workflow, one for each municipality that wants it; the switch is whether the workflow
hangs on the home page. What is on the site can still be taken off by one person: that must never wait.
"""
