"""The demo's desk: a consumer that receives what residents share, reads it, and erases it when told.

It keeps to the same rules as any consumer: it hears that something changed, asks the portal with its own
signature, and confirms what it erased. It also shows the demo's mail and text messages, for who has no phone.
"""
