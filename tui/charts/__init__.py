"""Charts drawn in letters."""
