"""Widgets of the view that answers why."""
