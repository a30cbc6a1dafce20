"""The lines of code: what was given a result says by which line, and what was given a large table how large."""

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.method import WRITTEN, recipe
from tests.page.conftest import Made

NETWORK = "eco.network('MARRIAGE')"


def test_what_was_given_a_result_is_written_by_its_line(made: Made, florentine: Ecosystem) -> None:
    circles = eg.consensus(florentine.network("MARRIAGE"), runs=20)
    found = eg.modularity(florentine.network("MARRIAGE"), by=circles)
    line = f"eg.modularity({NETWORK}, by={recipe(circles, [])}, resolution=1.0)"
    assert recipe(found, [circles, found]) == line
    assert eval(line, {"eg": eg, "eco": florentine}) == found
    assert line in made(florentine).text


def test_another_table_is_no_result(florentine: Ecosystem) -> None:
    view = florentine.network("MARRIAGE")
    circles, others = eg.consensus(view, runs=20), eg.leiden(view)
    line = recipe(eg.modularity(view, by=circles), [others])
    assert "'stability': [" in line
    assert eval(line, {"eg": eg, "eco": florentine})["modularity"] == eg.modularity(view, by=circles)["modularity"]


def test_a_table_of_many_rows_is_told_by_its_size() -> None:
    ids = [f"m{number}" for number in range(WRITTEN + 1)]
    ties = {
        "source": ids[1:],
        "target": ids[:-1],
        "source_kind": ["Maker"] * WRITTEN,
        "target_kind": ["Maker"] * WRITTEN,
    }
    eco = eg.from_tables({"Maker": {"id": ids}}, {"COLLABORATES": ties})
    by = {"kind": ["Maker"] * len(ids), "id": ids, "half": ["a", *["b"] * WRITTEN]}
    assert "by=<kind, id, half: 1001 rows>" in recipe(eg.modularity(eco.network("COLLABORATES"), by=by), [])
