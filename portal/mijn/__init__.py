"""The pages of Mijn: the streamed overview, the frame around every page, and the error pages.

What a register shows is in the register's own room; here it is put together. Nothing is stored here.
"""
