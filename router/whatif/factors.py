"""What sweeps and draws vary, as the file says it: values in order, or a distribution."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from router.reading.found import found_text
from router.reading.problems import Mistake
from router.scenario.base import Name, Part, Text, TrueOrFalse, WholeNumber
from router.whatif.case import FactorValue
from router.whatif.factor_value import Number, PositiveNumber, factor_value

MOST_CASES = 100_000
"""Of one sweep, or of one entry of draws."""

_FORMS_EXPECTED = "a list of values, or a mapping with `values`, or with `from`, `to` and `steps`"
_KINDS = {float: "a number", date: "a date", str: "text"}
_ENDS = {"from": "the first value", "to": "the last value", "steps": "the number of points, ends included"}


def _plain_factor_name(name: str) -> str:
    if any(letter in "${}" for letter in name):
        raise Mistake("a name without '$' and braces")
    return name


def _values(values: Any) -> tuple[FactorValue, ...]:
    if not isinstance(values, (list, tuple)):
        raise Mistake("a list of values")
    if not values:
        raise Mistake("a list of at least one value")
    if len(values) > MOST_CASES:
        raise Mistake(f"at most {MOST_CASES} values")
    read: dict[FactorValue, None] = {}
    for index, given in enumerate(values):
        try:
            value = factor_value(given)
        except Mistake as mistake:
            raise Mistake(mistake.expected, suggestion=mistake.suggestion, path=(index,)) from None
        if read:
            _check_kind(value, next(iter(read)), "the first value", (index,))
        if value in read:
            raise Mistake("every value once", found=f"{found_text(given)} a second time", path=(index,))
        read[value] = None
    return tuple(read)


def _check_kind(value: FactorValue, other: FactorValue, words: str, path: tuple[str | int, ...]) -> None:
    if type(value) is not type(other):
        raise Mistake(f"{_KINDS[type(other)]}, as {words} is", path=path)


FactorName = Annotated[Name, AfterValidator(_plain_factor_name)]
"""Name of a factor, which changes call `$name` or `${name}`."""

_FactorValue = Annotated[FactorValue, PlainValidator(factor_value, json_schema_input_type=float | str)]
_FactorValues = Annotated[tuple[FactorValue, ...], PlainValidator(_values, json_schema_input_type=list[float | str])]


class SweepFactor(Part):
    """Values that a factor takes one after another. In the file also a plain list, short for `{values: [...]}`.

    ``from``, ``to`` and ``steps``: points at even distances, both ends included; dates to the nearest day before.
    """

    values: _FactorValues | None = Field(default=None, description="Numbers, dates or texts; in this order.")
    from_: _FactorValue | None = Field(default=None, alias="from", description="The first of evenly spaced values.")
    to: _FactorValue | None = Field(default=None, description="The last of evenly spaced values.")
    steps: Annotated[WholeNumber, Field(ge=2, le=MOST_CASES)] | None = Field(
        default=None, description="How many evenly spaced values, both ends included."
    )
    base: _FactorValue | None = Field(
        default=None, description="The value while other factors vary; needed in the mode `one_at_a_time`."
    )
    title: Text | None = Field(default=None, description="What readers see; left out: the name.")

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, given: Any) -> Any:
        if isinstance(given, (list, tuple)):
            return {"values": _values(given)}
        if not isinstance(given, dict):
            raise Mistake(_FORMS_EXPECTED)
        return given

    @model_validator(mode="after")
    def _check(self) -> SweepFactor:
        ends = {"from": self.from_, "to": self.to, "steps": self.steps}
        given = [key for key, value in ends.items() if value is not None]
        if self.values is not None and given:
            raise Mistake("one of them", found=f"both `values` and `{given[0]}`", path=(given[0],), at_key=True)
        if self.values is None:
            if not given:
                raise Mistake(_FORMS_EXPECTED)
            for key in _ENDS:
                if key not in given:
                    raise Mistake(_ENDS[key], found="nothing", path=(key,))
            self._check_ends()
        if self.base is not None:
            _check_kind(self.base, self.values_in_order()[0], "the first value", ("base",))
        return self

    def _check_ends(self) -> None:
        assert self.from_ is not None
        assert self.to is not None
        if isinstance(self.from_, str):
            raise Mistake("a number or a date", path=("from",))
        _check_kind(self.to, self.from_, "`from`", ("to",))
        if self.from_ == self.to:
            raise Mistake("another value than `from`", path=("to",))
        if isinstance(self.from_, date) and isinstance(self.to, date) and self.steps is not None:
            days = abs((self.to - self.from_).days) + 1
            if self.steps > days:
                raise Mistake(f"at most {days}, the days from {self.from_} to {self.to}", path=("steps",))

    def values_in_order(self) -> tuple[FactorValue, ...]:
        """The values, all of one type, as the file orders them."""
        if self.values is not None:
            return self.values
        if isinstance(self.from_, date) and isinstance(self.to, date):
            start, days = self.from_, (self.to - self.from_).days
            return tuple(start + timedelta(days=int(days * share)) for share in self._shares())
        # In decimal fractions, so that between 80 % and 120 % lies 0.9 and not 0.9000000000000001.
        first, last = Fraction(str(self.from_)), Fraction(str(self.to))
        return tuple(float(first + (last - first) * share) for share in self._shares())

    def _shares(self) -> Iterable[Fraction]:
        assert self.steps is not None
        return (Fraction(point, self.steps - 1) for point in range(self.steps))


class Normal(Part):
    """The bell curve."""

    mean: Number = Field(description="The middle.")
    deviation: PositiveNumber = Field(description="Standard deviation.")


class Lognormal(Part):
    """Its logarithm is normal: half lie below the median, and doubling is as likely as halving."""

    median: PositiveNumber = Field(description="Half of the draws lie below.")
    sigma: Annotated[PositiveNumber, Field(le=10)] = Field(
        description="Standard deviation of the natural logarithm; for small ones about the relative deviation."
    )


class Triangular(Part):
    """From the lowest, rising to the likeliest, falling to the highest."""

    low: Number = Field(description="The lowest value.")
    mode: Number = Field(description="The likeliest value.")
    high: Number = Field(description="The highest value.")

    @model_validator(mode="after")
    def _check(self) -> Triangular:
        _check_rising(self.low, self.high)
        if not self.low <= self.mode <= self.high:
            raise Mistake(f"a number from {self.low:g} to {self.high:g}", path=("mode",))
        return self


class Uniform(Part):
    """Every value between two is as likely as any other."""

    low: Number = Field(description="The lowest value.")
    high: Number = Field(description="The highest value.")

    @model_validator(mode="after")
    def _check(self) -> Uniform:
        _check_rising(self.low, self.high)
        return self


class Empirical(Part):
    """What was observed: each value of a column is as likely as any other."""

    file: Text = Field(description="A CSV file with a header line; its path is relative to the what-if file.")
    column: Text = Field(description="The column's name in the header line.")


def _check_rising(low: float, high: float) -> None:
    if not low < high:
        raise Mistake(f"a number above {low:g}, which is `low`", path=("high",))


class DrawFactor(Part):
    """A factor that is drawn from one distribution.

    ``at_least`` and ``at_most`` cut the distribution off: what lies outside is as if it had never been drawn, and
    what lies within becomes likelier in proportion. No draws heap up at the bounds.
    """

    normal: Normal | None = Field(default=None, description="Mean and standard deviation.")
    lognormal: Lognormal | None = Field(default=None, description="Median and sigma.")
    triangular: Triangular | None = Field(default=None, description="Lowest, likeliest and highest value.")
    uniform: Uniform | None = Field(default=None, description="Lowest and highest value.")
    empirical: Empirical | None = Field(default=None, description="Values observed, in a CSV file.")
    at_least: Number | None = Field(default=None, description="Smaller values are not drawn.")
    at_most: Number | None = Field(default=None, description="Larger values are not drawn.")
    whole: TrueOrFalse = Field(
        default=False, description="Rounded to whole numbers: of months, of machines. Within the bounds."
    )
    title: Text | None = Field(default=None, description="What readers see; left out: the name.")

    @model_validator(mode="after")
    def _check(self) -> DrawFactor:
        kinds = {
            "normal": self.normal,
            "lognormal": self.lognormal,
            "triangular": self.triangular,
            "uniform": self.uniform,
            "empirical": self.empirical,
        }
        given = [name for name, distribution in kinds.items() if distribution is not None]
        if not given:
            raise Mistake(f"one of the keys {', '.join(kinds)}")
        if len(given) > 1:
            found = f"both `{given[0]}` and `{given[1]}`"
            raise Mistake("one distribution", found=found, path=(given[1],), at_key=True)
        if self.at_least is not None and self.at_most is not None and not self.at_least < self.at_most:
            raise Mistake(f"a number above {self.at_least:g}, which is `at_least`", path=("at_most",))
        return self

    @property
    def distribution(self) -> Normal | Lognormal | Triangular | Uniform | Empirical:
        """The one that is given."""
        given = self.normal or self.lognormal or self.triangular or self.uniform or self.empirical
        assert given is not None
        return given


class Correlation(Part):
    """How two factors of one entry of draws go together."""

    between: Annotated[list[Name], Field(min_length=2, max_length=2)] = Field(description="Names of two factors.")
    is_: Annotated[Number, Field(gt=-1, lt=1)] = Field(
        alias="is", description="Correlation of their normal scores: above -1, below 1; 0: none."
    )
