"""The page: self-contained, harmless, the same tables as in the terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser

import pytest

from router.plan.document import Plan
from router.report.html import html_report
from router.report.html_charts import figure_json
from router.report.html_tables import table_html
from router.report.table import Column, Row, Table, Unit
from router.scenario.scenario import Scenario

from .sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario

EVIL = "<script>alert(1)</script>\"'&<img src>"


class Page(HTMLParser):
    """Collects elements, scripts and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self._script: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._script = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        else:
            self.text += data


@cache
def small_page() -> Page:
    return Page(html_report(small_plan(), small_scenario()))


def evil() -> tuple[Plan, Scenario]:
    """The small plan with a script in every name."""

    def renamed(text: str) -> str:
        for name in ("oracle-h100", "oracle-ucm", "chat", "distil", "fine-tune"):
            text = text.replace(f'"{name}"', json.dumps(name + EVIL))
        return text.replace('"aws"', json.dumps("aws" + EVIL))

    scenario = renamed(small_scenario().model_dump_json(exclude_none=True))
    plan = small_plan().model_copy(update={"notes": [EVIL, EVIL]})
    return Plan.model_validate_json(renamed(plan.model_dump_json())), Scenario.model_validate_json(scenario)


def test_nothing_is_fetched() -> None:
    page = small_page()
    for tag, attributes in page.elements:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "form")
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "a" or str(attributes["href"]).startswith("#")
    policy = next(values["content"] for _, values in page.elements if "http-equiv" in values)
    assert str(policy).startswith("default-src 'none'")
    style = next(iter(re.findall(r"<style>(.*?)</style>", html_report(empty_plan(), small_scenario()), re.DOTALL)))
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_leads_to_a_section() -> None:
    elements = small_page().elements
    anchors = {attributes["id"] for tag, attributes in elements if tag == "section"}
    links = {str(attributes["href"]).removeprefix("#") for tag, attributes in elements if tag == "a"}
    assert links == anchors


def test_plotly_is_there_once_and_charts_have_data() -> None:
    page = small_page()
    assert sum(len(script) > 1_000_000 for script in page.scripts) == 1
    figures = [json.loads(script) for script in page.scripts if script.startswith('{"data"')]
    assert len(figures) == 3
    assert [figure["data"][0]["type"] for figure in figures] == ["bar", "scatter", "heatmap"]
    charts = [attributes["id"] for tag, attributes in page.elements if attributes.get("class") == "chart"]
    sources = [attributes["data-chart"] for tag, attributes in page.elements if "data-chart" in attributes]
    assert charts == sources


def test_tables_say_what_the_terminal_says() -> None:
    for words in ("SHORT by $83.6 k", "$2.50 M *", "no pool holds a gang", "1,204 checks", "limits.cash[0]"):
        assert words in small_page().text


def test_names_with_scripts_are_harmless() -> None:
    plan, scenario = evil()
    text = html_report(plan, scenario)
    harmless, hurt = small_page(), Page(text)
    # The same elements as with plain names: no name became an element.
    assert [tag for tag, _ in hurt.elements] == [tag for tag, _ in harmless.elements]
    assert "<script>alert" not in text
    assert "<img" not in text.replace(next(script for script in hurt.scripts if len(script) > 1_000_000), "")
    assert "aws<script>alert(1)</script>" in hurt.text
    for script in hurt.scripts:
        if script.startswith('{"data"'):
            # plotly reads its labels as markup: there, too, the names are escaped.
            assert "<script" not in json.dumps(json.loads(script))
            assert "<img" not in json.dumps(json.loads(script))


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&lt;", "\u2028"])
def test_chart_data_cannot_end_its_element(text: str) -> None:
    written = figure_json({"name": text})
    assert json.loads(written) == {"name": text}
    assert not set("<>&\u2028") & set(written)


def test_a_large_and_an_empty_plan() -> None:
    page = html_report(frontier_plan(), frontier_scenario())
    assert 4_000_000 < len(page) < 6_500_000
    nothing = Page(html_report(empty_plan(), small_scenario()))
    assert "The plan costs nothing." in nothing.text


def test_sides_meters_and_exact_numbers() -> None:
    table = Table(
        "t",
        "A & B",
        (Column("Name"), Column("Cost", Unit.USD), Column("Met", Unit.MET), Column("Gone", drop_order=1)),
        (Row(("x<y", 1_234_567.891, 1.5, None), "alert"),),
        footnotes=("<i>",),
    )
    html = table_html(table)
    assert "<h2>A &amp; B</h2>" in html
    assert '<tr class="alert"><th scope="row">x&lt;y</th>' in html
    assert '<td class="right"><span class="number" title="1,234,567.891">$1.23 M</span></td>' in html
    assert 'style="width:100.0%"' in html
    assert "Gone" not in html
    assert "&lt;i&gt;" in html


def test_plotly_is_not_imported_before_a_page_is_made() -> None:
    code = "import sys, router.report.html; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
