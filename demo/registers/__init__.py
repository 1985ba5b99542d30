"""Registers that stand in for the real ones: own processes that keep to the official API texts.

They check tokens and headers for real, count calls, and can be made slow, broken or silent by the presenter
(`/_faults`), so that every state of a page can be seen.
"""
