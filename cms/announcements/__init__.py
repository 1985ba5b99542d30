"""Putting a crisis bar or a notice above the pages of one site, or of all, from now or later until a moment.

Made for somebody on duty with a phone: one screen for each place, and nothing on it but what is needed.
"""
