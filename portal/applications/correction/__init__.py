"""Correction of own data (Wet BRP 2.58): which fact of the BRP is wrong, and what it must be."""
