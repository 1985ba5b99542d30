"""Who lives in the demo, what they came for, and what the municipalities write."""
