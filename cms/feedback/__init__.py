""" "Was dit nuttig?": yes or no at the foot of a page, and of a no one reason out of a few.

It counts and keeps nothing of who said it: no text, no address, no time but the day. It works without script
and without cookie, so the page that asks can be stored. Editors see the counts of their own municipality.
"""
