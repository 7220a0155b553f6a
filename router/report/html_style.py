"""How the page looks, and the script that draws its charts in the reader's colours."""

from __future__ import annotations

STYLE = """
:root { --ink: #1a1d21; --soft: #5b636d; --paper: #ffffff; --band: #f4f6f8; --rule: #d5dae0; --link: #0057a8;
  --alert: #a61b1b; --fill: #0072b2; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --soft: #a3abb5; --paper: #15181c; --band: #1e2329; --rule: #3a424c; --link: #7db8f0;
    --alert: #ff9a8f; --fill: #56b4e9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
header > p:first-child { margin: 0; color: var(--soft); }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .6rem; font-size: 1.25rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin-top: 1rem; font-size: .9rem; }
a { color: var(--link); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .32rem .6rem; text-align: left; vertical-align: top; }
th.right, td.right { text-align: right; }
.right, .whole { white-space: nowrap; }
thead th { border-bottom: 2px solid var(--rule); vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 400; }
.headed tbody tr:nth-child(even) { background: var(--band); }
tr.subtotal > *, tr.total > * { font-weight: 600; }
.headed tr.total > * { border-top: 2px solid var(--rule); }
tr.alert > * { color: var(--alert); }
.facts tbody th { color: var(--soft); white-space: nowrap; }
.facts tbody tr.alert th { color: var(--alert); }
.meter { display: inline-block; width: 4.5rem; height: .7em; margin-right: .5rem; border: 1px solid var(--soft);
  border-radius: 2px; overflow: hidden; }
.meter > span { display: block; height: 100%; background: var(--fill); }
.footnote, .nothing { margin: .4rem 0 0; color: var(--soft); font-size: .88rem; max-width: 60rem; }
figure { margin: 1.5rem 0 0; break-inside: avoid; }
figcaption { font-weight: 600; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { --ink: #000; --soft: #444; --paper: #fff; --band: #f4f4f4; --rule: #999; --link: #000;
    --alert: #8c0000; --fill: #0072b2; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .scroll { overflow: visible; }
  table, .footnote, .nothing { font-size: 8pt; }
  th, td { padding: .15rem .35rem; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  .chart { zoom: .8; }
  thead { display: table-header-group; }
}
"""

SCRIPT = """
(function () {
  "use strict";
  var charts = document.querySelectorAll("script[data-chart]");
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function colours() {
    var style = getComputedStyle(document.documentElement);
    var ink = style.getPropertyValue("--ink").trim();
    var rule = style.getPropertyValue("--rule").trim();
    return { "font.color": ink, "yaxis.gridcolor": rule, "xaxis.linecolor": rule, "yaxis.zerolinecolor": rule };
  }
  charts.forEach(function (source) {
    var figure = JSON.parse(source.textContent);
    var target = document.getElementById(source.dataset.chart);
    figure.layout.font = { family: "system-ui, sans-serif", size: 13 };
    Plotly.newPlot(target, figure.data, figure.layout, { responsive: true, displayModeBar: false })
      .then(function () { return Plotly.relayout(target, colours()); });
  });
  function repaint() {
    charts.forEach(function (source) {
      Plotly.relayout(document.getElementById(source.dataset.chart), colours());
    });
  }
  dark.addEventListener("change", repaint);
  window.addEventListener("beforeprint", repaint);
  window.addEventListener("afterprint", repaint);
})();
"""
