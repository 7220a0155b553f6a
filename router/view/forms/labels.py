"""What fields are called in forms, where their names in files are too long or bare."""

from __future__ import annotations

_LABELS = {
    "value_of_unserved_usd_per_unit_hour": "unserved, $/unit-hour",
    "value_of_unserved_usd": "unserved costs, $",
    "max_latency_ms": "latency at most, ms",
    "survive_provider_loss": "survives provider loss",
    "egress_gb_per_unit_hour": "egress, GB/unit-hour",
    "migration_usd_per_unit": "migration, $/unit",
    "earliest_start": "earliest start",
    "usd_per_hour": "price, $/hour",
    "term_months": "term, months",
    "max_instances": "instances at most",
    "amount_usd": "promise, $",
    "spent_to_date_usd": "spent to date, $",
    "gb_per_unit_hour": "traffic, GB/unit-hour",
    "units_per_unit": "units per unit",
    "spot.max_share": "spot share at most",
    "spot.interruption_overhead_hours": "spot loss, hours",
    "dataset.provider": "data lies at",
    "dataset.gigabytes": "data, GB",
    "tiers.method": "tiers: method",
    "tiers.window": "tiers: window",
    "tiers.levels": "tiers: levels",
    "eligible.exclude": "except",
    "applies_to.exclude": "except",
    "as_of": "as of",
}
_PARTS = {"eligible": "only ", "applies_to": "for ", "tiers": "tiers "}


def label_of(path: tuple[str, ...]) -> str:
    """The label of the field at a path within its part."""
    whole, name = ".".join(path), path[-1]
    if whole in _LABELS:
        return _LABELS[whole]
    above = "".join(_PARTS.get(step, f"{step} ") for step in path[:-1])
    return above + _LABELS.get(name, name.replace("_", " "))
