"""Open-source funding: the traps of the data, amounts by pool and year, from the command line, and broken files."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import ecograph as eg
from ecograph.cli import main
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, LoadError, ViewError

HEADINGS = (
    "to_project_name",
    "amount",
    "funding_date",
    "from_funder_name",
    "grant_pool_name",
    "file_path",
    "application_name",
)
Row = dict[str, str]


@pytest.fixture(scope="module")
def folder(reference: Path) -> Path:
    return reference / "oss_funding"


@pytest.fixture(scope="module")
def raw(folder: Path) -> list[Row]:
    with (folder / "funding_data.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def eco(folder: Path) -> Ecosystem:
    return eg.from_oss_funding(folder)


def project(row: Row) -> str:
    return row["to_project_name"].strip() or row["application_name"].strip()


def made(folder: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Ecosystem:
    """What is read of a file of these rows."""
    with (folder / "funding_data.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([headings, *rows])
    return eg.from_oss_funding(folder)


GRANT = ("kite", "10.5", "2024-05-03", "acme", "one", "a.csv", "The Kite")


class TestTheData:
    """Every trap named in the source of the reference data is handled or found."""

    def test_nothing_is_lost(self, eco: Ecosystem, raw: list[Row]) -> None:
        grants = list(eco.relations("INVESTS_IN").rows())
        told = sorted(
            (row["source"], row["target"], str(row["at"]), row["amount"], row["unit"], row["pool"]) for row in grants
        )
        kept = [row for row in raw if project(row)]
        assert len(raw) - len(kept) == 39 and told == sorted(
            (row["from_funder_name"], project(row), row["funding_date"], float(row["amount"]), "USD",
             row["grant_pool_name"]) for row in kept
        )  # fmt: skip
        assert eco.nodes("OtherOrganisation")["id"].tolist() == sorted({row["from_funder_name"] for row in raw})
        assert set(eco.nodes("Project")["id"]) == {project(row) for row in kept}
        assert eco.kinds == ("OtherOrganisation", "Project")

    def test_the_traps_are_found(self, eco: Ecosystem, raw: list[Row]) -> None:
        kept = [row for row in raw if project(row)]
        pools = {(row["from_funder_name"], row["grant_pool_name"], project(row)) for row in kept}
        carried = Counter(tuple(cell for name, cell in row.items() if name != "file_path") for row in kept)
        assert eco.quality.counts() == {
            "funding_nameless": sum(not row["to_project_name"] for row in kept),
            "blank_end": 39,
            "funding_zero": sum(float(row["amount"]) == 0 for row in kept),
            "funding_repeated": len(kept) - len(pools),
            "equal_rows": sum(count - 1 for count in carried.values()),
            "left_out_columns": 1,
        }
        assert eco.quality.counts()["funding_nameless"] + 39 == 900
        nameless = [(one.row, one.value) for one in eco.quality if one.code == "funding_nameless"]
        assert nameless[0] == (76, "FindTruman") and raw[74]["application_name"] == "FindTruman"
        assert {one.column for one in eco.quality.of("error")} == {"to_project_name"}

    def test_flows_by_pool_and_year(self, eco: Ecosystem, raw: list[Row]) -> None:
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for row in raw:
            if project(row):
                sums[row["grant_pool_name"], row["funding_date"][:4]] += float(row["amount"])
        for pool in sorted({pool for pool, _ in sums}):
            one = {"INVESTS_IN": {"pool": pool}}
            found = eg.concentration(eco.slices(every="year").network("INVESTS_IN", amount="amount", where=one))
            assert len(set(found["slice"])) == 8
            rows = {
                str(row["slice"])[:4]: row["total"]
                for row in found.table.rows()
                if row["group"] == "sources" and row["total"]
            }
            assert rows == {
                year: pytest.approx(total) for (name, year), total in sums.items() if name == pool and total
            }

    def test_concentration(self, eco: Ecosystem, raw: list[Row]) -> None:
        found = eg.concentration(eco.network("INVESTS_IN", amount="amount"))
        totals: dict[str, float] = defaultdict(float)
        for row in raw:
            totals[row["from_funder_name"]] += float(row["amount"]) * bool(project(row))
        whole = sum(totals.values())
        row = next(row for row in found.table.rows() if row["group"] == "sources")
        assert row["hhi"] == pytest.approx(sum((one / whole) ** 2 for one in totals.values()))
        assert row["total"] == pytest.approx(whole) and found.table.columns["total"].unit == "USD"

    def test_from_the_command_line(self, eco: Ecosystem, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        address, page = str(tmp_path / "funding"), tmp_path / "page.html"
        eg.write(eco, address)
        assert eg.read(address) == eco
        assert main(["check", address]) == 0
        assert main(["measure", "concentration", address, "--relation", "INVESTS_IN", "--amount", "amount"]) == 0
        assert "sources" in capsys.readouterr().out
        assert main(["report", address, "-o", str(page)]) == 0
        assert re.search("How far demands are met[^~]{1,900}?relations/DEMANDS", page.read_text(encoding="utf-8"))
        with pytest.raises(ViewError, match=r"add a table relations/DEMANDS\.csv"):
            eg.coverage(eco.ledger())


class TestSmall:
    """Rows by hand, and files that are broken."""

    def test_one_grant(self, tmp_path: Path) -> None:
        eco = made(tmp_path, GRANT)
        (row,) = eco.relations("INVESTS_IN").rows()
        told: dict[str, Any] = {"source": "acme", "target": "kite", "amount": 10.5, "unit": "USD", "pool": "one"}
        assert {name: row[name] for name in told} == told
        assert (str(row["at"]), row["application"]) == ("2024-05-03", "The Kite")
        assert eco.quality.counts() == {"left_out_columns": 1}

    def test_names(self, tmp_path: Path) -> None:
        nameless, other = ("", *GRANT[1:]), (" kite ", *GRANT[1:4], "two", *GRANT[5:])
        eco = made(tmp_path, GRANT, nameless, other, ("", *GRANT[1:6], " "), (*GRANT[:3], "", *GRANT[4:]))
        assert eco.nodes("Project")["id"].tolist() == ["The Kite", "kite"]
        found = [(one.code, one.row, one.column) for one in eco.quality if one.row]
        assert found == [
            ("funding_nameless", 3, "to_project_name"),
            ("blank_end", 5, "to_project_name"),
            ("blank_end", 6, "from_funder_name"),
        ]

    def test_zeros_and_repeats(self, tmp_path: Path) -> None:
        eco = made(tmp_path, GRANT, ("kite", "0", *GRANT[2:]), (*GRANT[:4], "two", *GRANT[5:]))
        counts = eco.quality.counts()
        assert (counts["funding_zero"], counts["funding_repeated"]) == (1, 1)
        said = {one.code: one.line() for one in eco.quality}
        assert said["funding_zero"].startswith("funding_data.csv: 1 grants have the amount 0; they are kept")
        assert all(one.line("zh") for one in eco.quality)

    def test_bad_cells(self, tmp_path: Path) -> None:
        eco = made(tmp_path, ("kite", "much", "May 2024", *GRANT[3:]), ("kite", "-3", *GRANT[2:]))
        found = {(one.code, one.row, one.column) for one in eco.quality if one.row}
        assert found == {
            ("bad_number", 2, "amount"), ("bad_date", 2, "funding_date"), ("below_minimum", 3, "amount")
        }  # fmt: skip

    def test_columns_that_are_missing(self, tmp_path: Path) -> None:
        eco = made(tmp_path, GRANT[:4], headings=HEADINGS[:4])
        assert eco.quality.counts() == {"absent_column": 2} and len(eco.relations("INVESTS_IN")) == 1
        with pytest.raises(
            LoadError, match=r"funding_data\.csv row 1: no column from_funder_name; found: to_project_name"
        ):
            made(tmp_path, GRANT[:3], headings=HEADINGS[:3])

    def test_no_rows(self, tmp_path: Path) -> None:
        eco = made(tmp_path)
        assert eco.kinds == eco.relation_kinds == ()

    def test_no_folder_and_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(AddressError, match=r"no such folder; give the one that holds funding_data\.csv"):
            eg.from_oss_funding(tmp_path / "nowhere")
        with pytest.raises(AddressError, match=r"holds no funding_data\.csv; found: nothing; give the folder"):
            eg.from_oss_funding(tmp_path)
