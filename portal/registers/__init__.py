"""Sources that know something about a resident: a folder for each, and one way to ask them side by side."""
