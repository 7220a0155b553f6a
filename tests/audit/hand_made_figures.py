"""The figures that the hand-made plan is made of, worked out from docs/model.md.

Hours of the slices: January 186 peak and 558 base, February 168 and 504, March 186 and 558.
"""

from __future__ import annotations

from datetime import date

PEAK, BASE = (186.0, 168.0, 186.0), (558.0, 504.0, 558.0)
STARTS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
# Midpoints lie 15.5, 31 + 14 and 59 + 15.5 days after the start.
DISCOUNT_FACTORS = tuple(1.1 ** -(days / 365.25) for days in (15.5, 45.0, 74.5))

# What is served, by period (January, February, March).
CHAT_AZURE = {"peak": (32.0, 32.0, 40.0), "base": (16.0, 24.0, 24.0)}
CHAT_SPOT = {"peak": (14.4, 14.4, 0.0), "base": (0.0, 0.0, 0.0)}
CHAT_AWS = {"peak": (40.0, 40.0, 24.0), "base": (24.0, 24.0, 24.0)}
FLEET_EACH = {"peak": 300.0, "base": 200.0}
# An H100 instance does 8 firm and 8 * (1 - 0.1 * 1) = 7.2 on spot; a CPU instance 10 * 2 = 20.
PER_GPU, PER_SPOT, PER_CPU = 8.0, 7.2, 20.0

AZURE_ON_DEMAND = {"peak": (4, 3, 3), "base": (2, 2, 1)}
AZURE_SPOT = {"peak": (2, 2, 1), "base": (0, 0, 1)}
AWS_CONTRACT = {"peak": (5, 5, 0), "base": (3, 3, 0)}
AWS_ON_DEMAND = {"peak": (0, 0, 3), "base": (0, 0, 3)}
AGENTS_EACH = {"peak": (15, 15, 15), "base": (10, 10, 10)}

# Billed under the MACC: on demand at 72, spot at 30, two reserved at 47.50, CPUs at 1.20.
MACC = (
    72 * 1860.0 + 30 * 372.0 + 47.5 * 1488.0 + 1.2 * 8370.0,
    72 * 1512.0 + 30 * 336.0 + 47.5 * 1344.0 + 1.2 * 7560.0,
    72 * 1116.0 + 30 * 744.0 + 47.5 * 1488.0 + 1.2 * 8370.0,
)
MACC_CREDIT = 0.02 * (360000 - 90000) + 0.05 * (601056 - 360000)
# Billed under the EDP: 70 by contract; in March 90 on demand less 31 % for the 10 of 31 days within the term.
EDP = (70 * 2604.0, 70 * 2352.0, 81 * 2232.0)
# 10 of March's 31 days count in the term, and so 58320 of its 180792.
EDP_SPEND = 182280.0 + 164640.0 + 58320.0
EDP_CREDIT = 0.03 * EDP_SPEND
ANNUAL_PROMISE = 400000 * 274 / 365
BURST_SHORTFALL = 400000 - (191856 + 183396 - MACC_CREDIT * 59 / 90) - 10000
EDP_SHORTFALL = 600000 - (EDP_SPEND - EDP_CREDIT)
