"""The page: self-contained, harmless, the same figures as in the tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.answer.answer import Answer
from router.answer.tornado import tornado
from router.report.whatif.charts import charts_of
from router.report.whatif.figures.layout import nice_ticks, value_axis
from router.report.whatif.html import html_page
from router.report.whatif.tables import answer_tables
from router.whatif.case import Case
from router.whatif.question import Factor
from tests.answer.made_up import answered, full_answer, question
from tests.report.test_html import EVIL, Page


@cache
def made_up() -> Answer:
    return full_answer(count=80)


@cache
def page() -> Page:
    return Page(html_page([made_up()]))


def figures(shown: Page) -> list[dict[str, Any]]:
    return [json.loads(script) for script in shown.scripts if script.startswith('{"data"')]


def test_nothing_is_fetched() -> None:
    for tag, attributes in page().elements:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "form")
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "a" or str(attributes["href"]).startswith("#")
    policy = next(values["content"] for _, values in page().elements if "http-equiv" in values)
    assert str(policy).startswith("default-src 'none'")
    style = next(iter(re.findall(r"<style>(.*?)</style>", html_page([Answer(question(), {})]), re.DOTALL)))
    assert "url(" not in style
    assert "@import" not in style


def test_plotly_is_there_once_and_every_chart_has_its_data() -> None:
    assert sum(len(script) > 1_000_000 for script in page().scripts) == 1
    charts = [attributes["id"] for _, attributes in page().elements if attributes.get("class") == "chart"]
    sources = [attributes["data-chart"] for _, attributes in page().elements if "data-chart" in attributes]
    assert charts == sources
    assert len(charts) == len(figures(page())) == len(list(charts_of(made_up())))


def test_every_chart_belongs_to_a_table() -> None:
    keys = {table.key for table in answer_tables(made_up())}
    assert {chart.key for chart in charts_of(made_up())} <= keys


def test_what_charts_there_are() -> None:
    kinds = Counter(chart.key for chart in charts_of(made_up()))
    assert kinds == {
        "causes": 1,
        "cash-by-year": 1,
        "sweep-each": 1,
        "sweep-oracle-price": 1,
        "sweep-price-and-slip": 1,
        "sweep-three": 1,
        "sweep-three-2": 1,
        "sweep-three-3": 1,
        "sweep-paths": 1,
        "draws-uncertain": 3,
        "draws-uncertain-shortfalls": 4,
        "break-evens": 2,
    }


def test_bars_by_cause_add_up_to_the_difference() -> None:
    (chart,) = [chart for chart in charts_of(made_up()) if chart.key == "causes"]
    *bars, diamonds = chart.figure["data"]
    for at, difference in enumerate(diamonds["x"]):
        assert sum(bar["x"][at] for bar in bars) == pytest.approx(difference, abs=1)


def test_the_tornado_shows_the_widest_swing_on_top() -> None:
    (chart,) = [chart for chart in charts_of(made_up()) if chart.key == "sweep-each"]
    found = tornado(made_up(), made_up().question.sweeps[0])
    assert found is not None
    cheaper, dearer, ticks = chart.figure["data"]
    assert [high - low for low, high in zip(cheaper["x"], dearer["x"], strict=True)] == pytest.approx(
        [row.swing_usd for row in found.rows]
    )
    assert len(ticks["x"]) == sum(len(row.points) for row in found.rows)
    # From top to bottom.
    low, high = chart.figure["layout"]["yaxis"]["range"]
    assert low > high


def test_axes_tell_shares_and_amounts_as_the_file_does() -> None:
    (chart,) = [chart for chart in charts_of(made_up()) if chart.key == "sweep-oracle-price"]
    axis = chart.figure["layout"]["xaxis"]
    assert axis["ticktext"] == ["80 %", "90 %", "100 %", "110 %", "120 %"]
    assert axis["tickvals"] == pytest.approx([0.8, 0.9, 1.0, 1.1, 1.2])
    assert chart.figure["data"][-1]["x"][0] == 0.8
    assert value_axis([5.9e9, 6.9e9], "Commitment")["ticktext"][1].endswith(" B")


def test_titles_say_what_is_seen_and_units_in_which_money() -> None:
    for chart in charts_of(made_up()):
        assert chart.title
        assert "discounted" in chart.unit or "Share of the draws" in chart.unit


def test_the_page_says_what_the_tables_say() -> None:
    for words in (
        "Oracle's GB300 two quarters late",
        "within the gaps",
        "79 of 80 draws (seed 7); 1 without a plan, left out",
        "aws-deal costs less from discount 11.7 % on",
        "the search found no plan in 5 s",
        "A slip costs little, growth costs most.",
    ):
        assert words in page().text


def test_every_link_leads_somewhere_and_anchors_are_unique() -> None:
    shown = Page(html_page([made_up(), made_up()]))
    anchors = [str(attributes["id"]) for _, attributes in shown.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    links = {str(attributes["href"]).removeprefix("#") for tag, attributes in shown.elements if tag == "a"}
    assert links <= set(anchors)
    assert {"question-1", "question-2"} <= links
    assert len(figures(shown)) == 2 * len(figures(page()))


def test_a_page_needs_an_answer() -> None:
    with pytest.raises(ValueError, match="expected at least one"):
        html_page([])


def evil() -> Answer:
    """The made-up answer with a script in every text that a file may hold."""
    asked = made_up().question
    factors = {factor.name: Factor(factor.name, factor.title + EVIL, factor.base) for factor in asked.sweeps[0].factors}
    sweeps = tuple(
        replace(sweep, title=sweep.title + EVIL, factors=tuple(factors[factor.name] for factor in sweep.factors))
        for sweep in asked.sweeps
    )
    draws = tuple(replace(each, title=each.title + EVIL) for each in asked.draws)
    whatifs = tuple(replace(case, title=case.title + EVIL) for case in asked.whatifs)
    evens = tuple(replace(each, title=each.title + EVIL, factor="discount" + EVIL) for each in asked.break_evens)
    hurt = replace(
        asked,
        title=asked.title + EVIL,
        question=EVIL,
        answer=EVIL,
        file=EVIL,
        sweeps=sweeps,
        draws=draws,
        whatifs=whatifs,
        break_evens=evens,
    )
    found = {
        name: replace(each, failure=each.failure and each.failure + EVIL) for name, each in made_up().answered.items()
    }
    return replace(made_up(), question=hurt, answered=found)


def test_texts_with_scripts_are_harmless() -> None:
    hurt = Page(html_page([evil()]))
    # The same elements as with plain texts: none became an element.
    assert [tag for tag, _ in hurt.elements] == [tag for tag, _ in page().elements]
    assert "alert(1)" in hurt.text
    for script in hurt.scripts:
        if script.startswith('{"data"'):
            assert "<" not in script
            # plotly reads its labels as markup: there, too, texts are escaped.
            assert "<script" not in json.dumps(json.loads(script))


def test_names_of_whatifs_are_harmless_in_charts() -> None:
    cases = (Case("base", "base"), Case(EVIL, "evil"))
    known = {"base": answered("base"), EVIL: answered(EVIL, agents=2.0)}
    for chart in charts_of(Answer(question(whatifs=cases), known)):
        assert "<script" not in json.dumps(chart.figure)
        assert "<img" not in json.dumps(chart.figure)


def test_figures_are_json_without_nan() -> None:
    for chart in charts_of(made_up()):
        json.dumps(chart.figure, allow_nan=False)


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12))
def test_ticks_are_few_round_and_within(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    assert len(ticks) <= 8
    slack = 1e-6 * max(abs(low), span)
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


def test_no_charts_where_nothing_was_planned() -> None:
    assert list(charts_of(Answer(made_up().question, {}))) == []
