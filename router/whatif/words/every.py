"""A planner's words, by the key that an entry begins with."""

from __future__ import annotations

from router.whatif.words.delay import Delay
from router.whatif.words.growth import Growth
from router.whatif.words.outage import Outage
from router.whatif.words.price import Price
from router.whatif.words.word import Word

WORDS: dict[str, type[Word]] = {"outage": Outage, "delay": Delay, "price": Price, "growth": Growth}
