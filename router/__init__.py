"""Multicloud Router: where every workload runs, period by period, at the lowest total cost."""

__version__ = "0.1.0"
