"""Made by `python -m tests.cms.injected_styles`; a test compares it with what a real Chromium asks for."""

HASHES: tuple[str, ...] = ()
