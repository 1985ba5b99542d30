"""What happens to pages by date: published or taken away as planned, and looked at again in time.

`due` publishes in the worker's turn; `reviews` mails editors which of their pages are to be looked at again.
"""
