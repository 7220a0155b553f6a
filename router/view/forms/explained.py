"""What a field is for, and what is typed in it read back."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from router.problem.calendar import build_calendar
from router.problem.values import average, series
from router.reading.problems import Mistake
from router.report import numbers
from router.report.letters import Letters
from router.scenario.series import Series, Steps
from router.view.forms.form import OWN_NAME, Form, FormField
from router.view.forms.over_time_text import SERIES_EXAMPLES, STEPS_EXAMPLES
from router.view.forms.specs import FieldKind
from router.view.forms.values import read_value, value_text
from router.view.periods import period_columns
from router.view.sparkline import sparkline

_TREND_WIDTH = 24
_EXAMPLES = {
    FieldKind.STEPS: STEPS_EXAMPLES,
    FieldKind.SERIES: SERIES_EXAMPLES,
    FieldKind.NAMES: "names with commas between them",
    FieldKind.LINES: "lines such as `name: 12`",
}
_SERIES: TypeAdapter[Series] = TypeAdapter(Series)
_STEPS: TypeAdapter[Steps] = TypeAdapter(Steps)


def help_of(form: Form, field: FormField) -> str:
    """What a field is for and how it is typed."""
    spec = field.spec
    if spec is None:
        return "Its name; who names it is renamed too." if field.id == OWN_NAME else "Its name within the whole."
    # How files write values over time is not how they are typed here.
    words = "In the workload's unit." if spec.kind is FieldKind.SERIES else spec.help
    if spec.kind in _EXAMPLES:
        words += f" Typed as {_EXAMPLES[spec.kind]}."
    if spec.name == "throughput":
        words += " By accelerator, `vcpu` or instance type."
    return words


def placeholder_of(field: FormField) -> str:
    """What leaving a field empty means."""
    spec = field.spec
    if spec is None or spec.is_required:
        return ""
    return f"left out: {value_text(spec.default, spec)}" if spec.default not in (None, [], {}) else ""


def read_back(form: Form, field: FormField, letters: Letters) -> str:
    """A value over time as it was understood: its course, first and last value; empty for other fields."""
    spec = field.spec
    if spec is None or spec.kind not in (FieldKind.SERIES, FieldKind.STEPS) or not form.texts[field.id].strip():
        return ""
    calendar = build_calendar(form.scenario.horizon)
    try:
        value = read_value(form.texts[field.id], spec, form.scenario.horizon.start)
        line = (
            series(_SERIES.validate_python(value), calendar)
            if spec.kind is FieldKind.SERIES
            else average(_STEPS.validate_python(value), calendar)
        )
    except (Mistake, ValidationError):
        return ""
    if len(line) != calendar.periods:
        return ""
    columns = period_columns(calendar)
    first, last = columns[0].label, columns[-1].label
    return (
        f"{sparkline(line, _TREND_WIDTH, letters)}  {numbers.count(float(line[0]))} in {first}, "
        f"{numbers.count(float(line[-1]))} in {last}"
    )
