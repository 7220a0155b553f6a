"""Parts of a unit-hour: what is nothing says so, and so does a price that is in another part."""

from __future__ import annotations

from router.report.tables.why_parts import parts_table
from router.why.charges import Part
from router.why.cost_split import CostSplit


def test_no_cell_is_left_blank() -> None:
    rented = CostSplit({Part.PRICE: 2.0, Part.COMMITMENT: -0.5, Part.CAPACITY: 0.25})
    held = CostSplit({Part.HELD: 1.5})
    table = parts_table("Parts", [("here", rented), ("there", held), ("nowhere", None)], "Unit-hour")
    titles = [column.title for column in table.columns]
    cells = {str(row.cells[0]): dict(zip(titles, row.cells, strict=True)) for row in table.rows}
    assert cells["here"] == {
        "Place": "here",
        "price": 2.0,
        "commitments": -0.5,
        "instances held": 0.0,
        "pool capacity": 0.25,
        "Unit-hour": 1.75,
    }
    assert (cells["there"]["price"], cells["there"]["commitments"], cells["there"]["instances held"]) == (
        "held",
        0.0,
        1.5,
    )
    assert "takes instances held" in table.footnotes[0]
    assert table.footnotes[1] == "Nobody is paid for: pool capacity."
    assert all(cell is not None for row in table.rows for cell in row.cells)


def test_what_is_not_held_needs_no_footnote() -> None:
    table = parts_table("Parts", [("here", CostSplit({Part.PRICE: 2.0}))], "Unit-hour")
    assert table.footnotes == ()
