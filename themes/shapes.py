"""What a designer may choose of shape, and what each word stands for."""

from collections.abc import Mapping

RADII: Mapping[str, tuple[str, str, str, str]] = {
    "none": ("0", "0", "0", "0"),
    "sm": ("0.125rem", "0.25rem", "0.375rem", "999px"),
    "md": ("0.25rem", "0.5rem", "0.75rem", "999px"),
    "round": ("0.5rem", "0.875rem", "1.25rem", "999px"),
}
"""Small, middle, large and round; a radius on text boxes and cards stays below 1.25rem whatever the shape."""
BORDERS: Mapping[str, tuple[str, str]] = {
    "thin": ("0.0625rem", "0.125rem"),
    "thick": ("0.125rem", "0.1875rem"),
}
"""Thin and thick lines."""
TINTS: Mapping[str, str] = {"accent-1": "accent-1", "accent-2": "accent-2", "neutral": "default"}
"""The role that tints the large fields."""
USUAL_TINT = "accent-1"
"""As the base style has it."""
LOGO_HEIGHTS = (1.5, 6.0)
"""Of a logo in the header, in rem."""
USUAL_LOGO_HEIGHT = "3.25rem"
