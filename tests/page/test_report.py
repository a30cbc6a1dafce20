"""The report: what stands on it, in which form, and what it says of data it cannot measure."""

import csv
import re
from dataclasses import FrozenInstanceError
from io import StringIO
from pathlib import Path

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, ParameterError
from ecograph.page.compose import HEADLINES
from ecograph.page.live import script
from ecograph.page.sections import CHAPTERS
from tests.page.conftest import Made

LANGUAGES = ("en", "zh")
ROLES = {"coordinator": 1761, "itinerant": 2720, "gatekeeper": 2765, "representative": 4404, "liaison": 4451}
AMOUNTS = {
    "University": "516,992,604.87",
    "Research organisation": "469,568,651.18",
    "Enterprise": "528,079,726.03",
    "Public body": "84,538,739.78",
    "Other organisation": "85,602,703.95",
}


def test_the_real_data_are_told_in_numbers(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    assert page.report.sections == ("brokers", "ties", "drawing", "amounts", "shares", "helix", "contents", "findings")
    counts = {row["in the data"]: row["count"] for row in page.table("Rows of each kind")}
    assert counts["Project"] == "602"
    assert counts["PARTICIPATES_IN"] == "5,153"
    organisations = sum(int(count.replace(",", "")) for kind, count in counts.items() if kind != "Project")
    assert organisations - 5153 == 3114
    assert page.fact("Organisation") == "3,114"
    assert page.fact("schema violations") == "0"


def test_brokerage_of_the_real_data(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    rows = {row["role"]: row["pairs"] for row in page.table("Pairs by the role of the broker")}
    assert rows == {role: f"{count:,}" for role, count in ROLES.items()} | {"all roles": "16,101"}
    assert "Ties: 3,597; nodes: 3,114" in page.text
    brokers = page.table("Strongest brokers")
    totals = [int(row["total"].replace(",", "")) for row in brokers]
    assert totals == sorted(totals, reverse=True)
    for row in brokers:
        parts = [int(row[role].replace(",", "")) for role in ROLES]
        assert sum(parts) == int(row["total"].replace(",", ""))
    assert brokers[0]["name"].startswith("FRAUNHOFER")
    assert brokers[0]["name"] in page.report.headlines[3]


def test_amounts_of_the_real_data(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    rows = page.table("EUR by kind")
    assert {row["from"]: row["amount (EUR)"] for row in rows} == AMOUNTS
    assert sum(int(row["without an amount"]) for row in rows) == 163
    assert "rows without an amount, left out: 163." in page.text
    assert sum(float(row["share (%)"]) for row in rows) == pytest.approx(100, abs=0.03)


def test_synergy_of_the_real_data(made: Made, cordis: Ecosystem) -> None:
    page = made(cordis)
    assert [row["T(uig) (bit)"] for row in page.table("Triple helix")] == ["-0.0242123", "-0.0275461"]
    assert "T(uig) = -0.0242123 bit over 602 projects" in page.report.headlines[4]


def test_concentration_stands_beside_its_metric(made: Made, cordis: Ecosystem) -> None:
    path = "Organisation -PARTICIPATES_IN-> Project"
    result = eg.concentration(cordis.two_mode(path, amount="amount", unit="EUR"))
    row = made(cordis).table("Concentration of each side: EUR")[0]
    assert row["side"] == "Organisation"
    assert float(row["HHI points"]) == pytest.approx(result["hhi_points"][0], abs=0.05)
    assert float(row["share of the 4 largest (%)"]) == pytest.approx(100 * result["cr"][0], abs=0.005)
    assert float(row["Gini"]) == pytest.approx(result["gini"][0], abs=1e-6)
    assert row["total (EUR)"] == "1,684,782,425.81"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", ["cordis", "harbour", "florentine", "makerspace"])
def test_a_page_is_one_sound_file(made: Made, request: pytest.FixtureRequest, data: str, language: str) -> None:
    page = made(request.getfixturevalue(data), language=language)
    assert len(page.html.encode()) < 2_000_000
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = [value for tag, name, value in page.attributes if tag == "a" and name == "href"]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    assert page.tags.count("script") == len(page.scripts) == 2
    assert page.scripts[1:] == [script()]
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
    outside = [value for _, name, value in page.attributes if name in ("src", "href") and not value.startswith("#")]
    assert outside == ["data:,"]
    assert page.attribute("html", "lang") == {"en": "en", "zh": "zh-Hans"}[language]
    assert "default-src 'none'; style-src 'sha256-" in page.html
    assert page.tags.count("h1") == 1


@pytest.mark.parametrize("data", ["cordis", "harbour", "florentine", "makerspace"])
def test_every_chart_has_words_and_data(made: Made, request: pytest.FixtureRequest, data: str) -> None:
    page = made(request.getfixturevalue(data))
    assert page.tags.count("svg") == page.tags.count("figcaption") == page.tags.count("figure") > 0
    named = sum(bool(headline) for headline in re.findall("<strong>(.*)</strong>", page.html.split("</header>")[0]))
    entries = page.attributes.count(("details", "class", "entry"))
    assert page.tags.count("details") == page.tags.count("table") + entries + named
    captions = [text for tag, text in page.texts if tag == "figcaption"]
    labels = [value for tag, name, value in page.attributes if tag == "svg" and name == "aria-label"]
    assert labels == captions
    assert all(caption in page.tables for caption in captions)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", ["cordis", "harbour", "florentine", "makerspace", "empty"])
def test_five_sentences_stand_first(made: Made, request: pytest.FixtureRequest, data: str, language: str) -> None:
    page = made(request.getfixturevalue(data), language=language)
    assert len(page.report.headlines) == HEADLINES == 5
    assert len(set(page.report.headlines)) == 5
    text = "".join(page.text.split())
    places = [text.index("".join(headline.split())) for headline in page.report.headlines]
    assert places == sorted(places)
    assert not re.search(r"\{\w*\}", page.text.replace("{role=coordinator}", "").replace("{role=participant}", ""))


def test_a_report_is_frozen(made: Made, florentine: Ecosystem) -> None:
    with pytest.raises(FrozenInstanceError):
        made(florentine).report.sections = ()  # type: ignore[misc]  # the point of the test


def test_equal_data_give_equal_bytes(makerspace: Ecosystem, tmp_path: Path) -> None:
    first, second = (eg.report(makerspace, tmp_path / name).path.read_bytes() for name in ("a.html", "b.html"))
    assert first == second


def test_a_foreign_schema_is_measured_by_what_it_has(made: Made, florentine: Ecosystem) -> None:
    page = made(florentine)
    assert page.report.sections == ("brokers", "communities", "lost", "ties", "drawing", "contents", "findings")
    top = page.table('Most joined over "marriage"')[0]
    assert (top["name"], top["degree"], top["component"]) == ("Medici", "6", "1")
    assert float(top["PageRank"]) == pytest.approx(0.144373, abs=1e-6)  # networkx 3
    assert 'Over "marriage" the 16 nodes fall into 2 pieces; the largest holds 93.8% of them.' in page.report.headlines
    wanted = {row["section"]: row["what would make it possible"] for row in page.table("Sections that could not")}
    assert "relations/TRANSFERS" in wanted["What passes through whom"]


def test_flows_and_amounts_stay_in_their_units(made: Made, makerspace: Ecosystem) -> None:
    page = made(makerspace)
    assert {row["name"]: row["throughflow (CNY)"] for row in page.table("Largest throughflow, in CNY")} == {
        "Steam Works": "100.00",
        "m1": "40.00",
        "m2": "10.50",
        "Wind Mill": "0.00",
        "m3": "0.00",
    }
    assert page.table("Largest throughflow, in hours")[0]["throughflow (hours)"] == "8"
    assert "150.50 CNY in 3 of 6 rows; rows without an amount, left out: 1; rows in other units: 2." in page.text
    assert {row["name"]: row["amount (CNY)"] for row in page.table("Largest amounts, in CNY")} == {
        "market": "100.00",
        "Steam Works": "40.00",
        "Wind Mill": "10.50",
    }


def test_projects_left_alone_are_counted(made: Made, makerspace: Ecosystem) -> None:
    rows = {row["relation"]: row for row in made(makerspace).table("Projects reached by each relation")}
    assert (rows["evaluates"]["projects"], rows["evaluates"]["reached"], rows["evaluates"]["not reached"]) == (
        "3",
        "2",
        "1",
    )
    assert (rows["evaluates"]["busiest person"], rows["evaluates"]["projects of that person"]) == ("t1", "2")
    assert rows["tracks"]["share (%)"] == "33.33"


def test_what_is_wrong_is_listed(made: Made, makerspace: Ecosystem) -> None:
    page = made(makerspace)
    assert page.fact("schema violations") == "1"
    assert "t9" in page.report.headlines[1]
    (row,) = [row for row in page.table("Findings row by row") if row["level"] == "error"]
    assert (row["level"], row["file"], row["row"], row["count"]) == ("error", "relations/TRACKS", "3", "1")
    reasons = {row["code"]: row["count"] for row in page.table("Findings by reason") if row["level"] == "error"}
    assert reasons == {"unknown_end": "1"}
    blanks = {(row["called"], row["column"]): row["blank"] for row in page.table("Columns with blank cells")}
    assert blanks == {("transfers", "amount"): "1", ("Maker", "name"): "1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_at_all_still_makes_a_page(made: Made, empty: Ecosystem, language: str) -> None:
    page = made(empty, language=language)
    assert page.report.sections == ("contents", "findings")
    wanted = next(rows for caption, rows in page.tables.items() if "relations/TRANSFERS" in str(rows))
    assert len(wanted) == 1 + sum(map(len, CHAPTERS.values())) - 2
    assert "relations/SUPPLIES" in page.report.headlines[3]


def test_nodes_without_relations_make_a_page(made: Made) -> None:
    page = made(eg.from_tables({"Maker": {"id": ["ada"]}}, {}))
    assert page.report.sections == ("contents", "findings")


def test_a_missing_column_is_named(made: Made) -> None:
    nodes = {"University": {"id": ["u"]}, "Project": {"id": ["p"]}}
    page = made(eg.from_tables(nodes, {"PARTICIPATES_IN": {"source": ["u"], "target": ["p"]}}))
    wanted = {row["section"]: row["what would make it possible"] for row in page.table("Sections that could not")}
    assert wanted["Amounts by kind"] == (
        "amount in relations/PARTICIPATES_IN (participates in), unit in relations/PARTICIPATES_IN (participates in)"
    )
    assert wanted["Who stands between others"].startswith(
        "role=coordinator in relations/PARTICIPATES_IN (participates in), role=participant in"
    )
    assert wanted["Universities, industry and government together"] == (
        "nodes/ResearchOrganisation (Research organisation), nodes/Enterprise (Enterprise), "
        "nodes/PublicBody (Public body)"
    )


MONEY = (eg.Attribute("amount", "number"), eg.Attribute("unit"))


def test_data_a_metric_refuses_are_said_so(made: Made) -> None:
    paid = {"source": ["ada", "bo"], "target": ["mill", "mill"], "amount": [-1.0, 2.0], "unit": ["CNY", "CNY"]}
    kinds = [eg.NodeKind("Buyer"), eg.NodeKind("Shop")]
    schema = eg.Schema("market", kinds, [eg.RelationKind("PAYS", "Buyer", "Shop", attributes=MONEY)])
    page = made(eg.from_tables({"Buyer": {"id": ["ada", "bo"]}, "Shop": {"id": ["mill"]}}, {"PAYS": paid}, schema))
    assert "shares" not in page.report.sections
    (refused,) = [row for row in page.table("Sections that could not") if row["section"] == "Who holds most"]
    assert refused["what would make it possible"].startswith("the data were refused: PAYS.amount as amount: 1 values")


def test_helices_that_overlap_or_meet_by_chance(made: Made) -> None:
    kinds = ("University", "ResearchOrganisation", "Enterprise", "PublicBody")
    nodes = {kind: {"id": [kind]} for kind in kinds} | {"Project": {"id": ["all", "none"]}}
    everybody = {"source": list(kinds), "target": ["all"] * 4}
    overlap = made(eg.from_tables(nodes, {"PARTICIPATES_IN": everybody}))
    assert overlap.table("Triple helix")[0]["T(uig) (bit)"] == "1"
    assert "The value is positive: the three overlap." in overlap.text
    chance = made(eg.from_tables(nodes | {"Project": {"id": ["all"]}}, {"PARTICIPATES_IN": everybody}))
    assert "The value is zero: the three come together as if by chance." in chance.text


def test_more_units_than_are_shown_are_named(made: Made) -> None:
    units = ["CNY", "EUR", "USD", "hours", "kg"]
    paid = {"source": ["a"] * 5, "target": ["b"] * 5, "amount": [1.0] * 5, "unit": units}
    page = made(eg.from_tables({"Enterprise": {"id": ["a", "b"]}}, {"TRANSFERS": paid}))
    assert "Not shown here: transfers (kg)." in page.text
    assert "1 kg" not in page.text


def test_amounts_of_nothing(made: Made) -> None:
    paid = {"source": ["a"], "target": ["b"], "amount": [0.0], "unit": ["CNY"]}
    page = made(eg.from_tables({"Enterprise": {"id": ["a", "b"]}}, {"TRANSFERS": paid}))
    assert page.table("CNY by kind")[0]["share (%)"] == "–"
    assert "0 CNY in 1 of 1 rows" in page.text


def test_a_part_in_time_says_which(made: Made, makerspace: Ecosystem) -> None:
    page = made(makerspace.between("2025-01-01", "2025-03-15"))
    assert "between('2025-01-01', '2025-03-15')" in page.text
    assert "eg.degree(eco.between('2025-01-01', '2025-03-15').network('COLLABORATES'))" in page.text


def test_names_of_persons_are_shown_only_when_asked_for(made: Made, makerspace: Ecosystem) -> None:
    hidden, shown = made(makerspace), made(makerspace, names=True)
    for name in ("Ada Lovelace", "Bo Diddley", "Tracker Tim", "Mentor Mia"):
        assert name not in hidden.html
    assert "Names of persons are not shown; their ids stand in their place (Maker, Professional)." in hidden.text
    assert "Steam Works" in hidden.text
    assert "Ada Lovelace" in shown.text
    assert "Names of persons are not shown" not in shown.text


def test_findings_hide_names_of_persons(made: Made) -> None:
    twice = {"id": ["m1"], "name": ["Ada Lovelace"], "executive": ["Ada Lovelace"]}
    eco = eg.from_tables({"Professional": twice | {"valid_from": ["Bo Diddley"]}}, {})
    assert "Bo Diddley" in made(eco).text
    age = eg.Attribute("age", "integer", personal=True)
    schema = eg.Schema("persons", [eg.NodeKind("Person", attributes=(age,))], [])
    eco = eg.from_tables({"Person": {"id": ["a", "b"], "age": ["ninety", "3"]}}, {}, schema)
    assert "ninety" not in made(eco).html
    assert "ninety" in made(eco, names=True).text


def test_a_long_table_is_cut_and_says_so(made: Made, cordis: Ecosystem, tmp_path: Path) -> None:
    page = made(cordis)
    assert len(page.table("Strongest brokers")) == 15
    assert "and 3,099 more rows; the option --tables (in Python tables=) writes every table whole" in page.text
    page = made(cordis, tables=tmp_path / "tables")
    assert "and 3,099 more rows, in the tables folder: " in page.text


@pytest.mark.parametrize("data", ["cordis", "harbour", "makerspace"])
def test_the_tables_folder_holds_every_table(
    made: Made, request: pytest.FixtureRequest, tmp_path: Path, data: str
) -> None:
    eco, folder = request.getfixturevalue(data), tmp_path / "deep" / "tables"
    page = made(eco, tables=folder)
    assert page.report.tables == folder
    index = rows_of(folder / "index.csv")
    assert list(index[0]) == ["file", "title", "metric", "recipe"]
    assert {row["file"] for row in index} | {"index.csv"} == {path.name for path in folder.iterdir()}
    assert {row["title"].lstrip("'") for row in index} == set(page.tables)
    for row in index:
        recipes = row["recipe"].split("; ") if row["recipe"] else []
        assert set(row["metric"].split(", ")) - {""} == {recipe.split("(")[0].removeprefix("eg.") for recipe in recipes}


def test_whole_tables_are_the_metrics_own(made: Made, cordis: Ecosystem, tmp_path: Path) -> None:
    made(cordis, tables=tmp_path)
    (file,) = [row for row in rows_of(tmp_path / "index.csv") if row["title"] == "Strongest brokers"]
    rows = rows_of(tmp_path / file["file"])
    result = eval(file["recipe"], {"eg": eg, "eco": cordis})
    assert len(rows) == len(result) == 3114
    assert {row["id"]: row["total"] for row in rows} == {
        id: str(total) for id, total in zip(result["id"], result["total"], strict=True)
    }


@pytest.mark.parametrize("data", ["cordis", "harbour", "makerspace"])
def test_recipes_compute_the_same_again(made: Made, request: pytest.FixtureRequest, tmp_path: Path, data: str) -> None:
    eco = request.getfixturevalue(data)
    page = made(eco, tables=tmp_path)
    recipes = {recipe for row in rows_of(tmp_path / "index.csv") for recipe in row["recipe"].split("; ") if recipe}
    assert recipes
    for recipe in recipes:
        result = eval(recipe, {"eg": eg, "eco": eco})
        assert eg.repeat(result, eco) == result
        assert recipe in page.text


def test_chinese_tables_have_chinese_headings(made: Made, cordis: Ecosystem, tmp_path: Path) -> None:
    made(cordis, language="zh", tables=tmp_path)
    (file,) = [row for row in rows_of(tmp_path / "index.csv") if row["title"] == "最主要的中介者"]
    head = (tmp_path / file["file"]).read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == "名称,类型,编号,合计,协调者,组外中介者,守门人,代理人,联络者"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"language": "fr"}, ParameterError, "language='fr'; allowed: en, zh"),
        ({"path": "no/such/report.html"}, AddressError, "there is no folder 'no/such'; make it first"),
        ({"path": "."}, AddressError, "path='.' is a folder; give the name of the file, such as report.html"),
    ],
)
def test_a_wrong_call_ends_in_one_line(
    florentine: Ecosystem, tmp_path: Path, options: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        eg.report(florentine, options.pop("path", str(tmp_path / "report.html")), **options)  # type: ignore[arg-type]  # wrong on purpose
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_is_no_tables_folder(florentine: Ecosystem, tmp_path: Path) -> None:
    taken = tmp_path / "tables"
    taken.write_text("mine")
    with pytest.raises(AddressError, match="is a file; give a folder"):
        eg.report(florentine, tmp_path / "report.html", tables=taken)
    assert taken.read_text() == "mine"


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
