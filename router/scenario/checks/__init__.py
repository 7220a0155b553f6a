"""Checks of a scenario that its schema cannot make: names that must exist, dates in order, no contradictions."""
