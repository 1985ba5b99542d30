"""Official publications (officiële bekendmakingen) on each municipality's site, and by mail for who asks.

They come from the one national source, KOOP's repository, which the worker asks; no page waits for it. What
it said last stays here when it does not answer. A subscription belongs to a mail address and to no resident.
"""
