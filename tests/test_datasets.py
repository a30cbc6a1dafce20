"""The datasets that come with ecograph: what is in them, where it comes from, and what is measured on them."""

import csv
import shutil
from pathlib import Path

import pytest

import ecograph as eg
from datasets.make import main
from ecograph import datasets
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, UnknownNameError
from ecograph.importers import from_cordis

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CHECKOUT = Path(__file__).resolve().parent.parent
BROKERED = "Organisation -PARTICIPATES_IN{role=coordinator}-> Project <-PARTICIPATES_IN{role=participant}- Organisation"


@pytest.fixture(scope="module")
def cordis() -> Ecosystem:
    return eg.dataset("cordis-h2020")


@pytest.fixture(scope="module")
def florentine() -> Ecosystem:
    return eg.dataset("florentine")


class TestEvery:
    """What holds for all of them."""

    def test_names(self) -> None:
        assert {"cordis-h2020", "florentine"} <= set(datasets.names())

    @pytest.mark.parametrize("name", datasets.names())
    def test_nothing_is_wrong_with_it(self, name: str) -> None:
        assert not len(eg.dataset(name).quality)

    @pytest.mark.parametrize("name", datasets.names())
    def test_it_tells_where_it_comes_from(self, name: str) -> None:
        manifest = eg.dataset(name).manifest
        told = ("title", "title_zh", "description", "description_zh", "source", "licence", "attribution")
        assert all(manifest[part].strip() for part in told)
        assert "Licence" in (datasets.folder(name) / "SOURCE.md").read_text(encoding="utf-8")

    def test_a_name_that_is_none(self) -> None:
        with pytest.raises(UnknownNameError, match="no dataset 'florentin'; did you mean florentine"):
            eg.dataset("florentin")

    def test_an_address_is_a_folder_or_a_name(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert datasets.located("florentine") == datasets.folder("florentine") == CHECKOUT / "datasets" / "florentine"
        assert datasets.located(str(tmp_path)) == tmp_path
        with pytest.raises(AddressError, match=r"data='nowhere': no such folder.*datasets: .*cordis-h2020"):
            datasets.located("nowhere")
        (tmp_path / "florentine").mkdir()
        monkeypatch.chdir(tmp_path)
        assert datasets.located("florentine") == Path("florentine")

    def test_they_are_what_the_program_writes(self, reference: Path, tmp_path: Path) -> None:
        main(reference, tmp_path)
        written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        assert {path.suffix for path in written} == {".csv", ".toml"}
        for path, content in written.items():
            assert (CHECKOUT / "datasets" / path).read_bytes() == content
            assert not content.startswith(BYTE_ORDER_MARK)
        shipped = CHECKOUT / "datasets"
        tables = {path.relative_to(shipped) for path in shipped.rglob("*.csv")}
        assert tables == {path for path in written if path.suffix == ".csv"}


class TestCordis:
    """The numbers that the sample of CORDIS has."""

    def test_it_equals_the_reference(self, cordis: Ecosystem, reference: Path) -> None:
        assert cordis.fingerprint == from_cordis(reference / "cordis_h2020_typed").fingerprint

    def test_how_many(self, cordis: Ecosystem) -> None:
        counts = {row["kind"]: row["count"] for row in cordis.summary().rows()}
        assert counts == {
            "Enterprise": 1470, "University": 545, "ResearchOrganisation": 537, "PublicBody": 258,
            "OtherOrganisation": 304, "Project": 602, "PARTICIPATES_IN": 5153,
        }  # fmt: skip
        assert len(cordis.nodes("Organisation")) == 3114

    def test_euros_of_each_kind(self, cordis: Ecosystem) -> None:
        rows = cordis.relations("PARTICIPATES_IN")
        assert set(rows["unit"]) == {"EUR"}
        assert rows.arrow("amount").null_count == 163
        totals: dict[str, float] = {}
        for row in rows.rows():
            totals[row["source_kind"]] = totals.get(row["source_kind"], 0) + (row["amount"] or 0)
        assert {kind: round(total, 2) for kind, total in totals.items()} == {
            "University": 516_992_604.87,
            "ResearchOrganisation": 469_568_651.18,
            "Enterprise": 528_079_726.03,
            "PublicBody": 84_538_739.78,
            "OtherOrganisation": 85_602_703.95,
        }

    def test_blank_amounts_are_left_out_of_a_view(self, cordis: Ecosystem) -> None:
        view = cordis.two_mode("Organisation -PARTICIPATES_IN-> Project", amount="amount", unit="EUR")
        assert view.findings.counts() == {"missing_value": 163}

    def test_brokerage(self, cordis: Ecosystem) -> None:
        net = cordis.network(BROKERED)
        assert (net.n, len(net.arcs)) == (3114, 3597)
        found = eg.brokerage(net, by="kind")
        roles = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")
        assert {role: int(found[role].sum()) for role in roles} == {
            "coordinator": 1761, "itinerant": 2720, "gatekeeper": 2765, "representative": 4404, "liaison": 4451,
            "total": 16101,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("university", "bits"),
        [(["University", "ResearchOrganisation"], -0.0242122610), (["University"], -0.0275461062)],
    )
    def test_triple_helix(self, cordis: Ecosystem, university: list[str], bits: float) -> None:
        view = cordis.two_mode("Organisation -PARTICIPATES_IN-> Project")
        found = eg.triple_helix(view, university=university, industry=["Enterprise"], government=["PublicBody"])
        assert found["transmission"][0] == pytest.approx(bits, abs=1e-9)
        assert found["units"][0] == 602


class TestFlorentine:
    """Padgett's families."""

    def test_the_pucci_stay(self, florentine: Ecosystem) -> None:
        net = florentine.network("MARRIAGE")
        assert (net.n, len(net.arcs), net.directed) == (16, 2 * 20, False)
        degrees = eg.degree(net)
        assert dict(zip(degrees["id"], degrees["degree"], strict=True))["Pucci"] == 0

    def test_degrees_of_sna(self, florentine: Ecosystem, reference: Path) -> None:
        path = reference / "published_tables" / "florentine_centrality_sna.csv"
        with path.open(encoding="utf-8", newline="") as file:
            published = {row["family"]: int(row["degree"]) for row in csv.DictReader(file)}
        found = eg.degree(florentine.network("MARRIAGE"))
        assert dict(zip(found["id"], found["degree"].tolist(), strict=True)) == published

    def test_it_has_a_schema_of_its_own(self, florentine: Ecosystem) -> None:
        assert florentine.schema.leaves() == ("Family",)
        assert florentine.nodes("家族").names == ("id",)
        assert len(florentine.relations("联姻")) == 20


def test_a_dataset_is_read_wherever_it_lies(florentine: Ecosystem, tmp_path: Path) -> None:
    copy = shutil.copytree(datasets.folder("florentine"), tmp_path / "copy")
    assert eg.read(copy) == florentine
