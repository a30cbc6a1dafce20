"""CORDIS: both layouts, every trap of the data, and files that are broken."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError, LoadError
from ecograph.importers import from_cordis
from ecograph.importers.cordis import KINDS

ORGANIZATION_CSV = (
    "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;"
    "nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;"
    "netEcContribution;totalCost;endOfParticipation;active"
)
PROJECT_CSV = (
    "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;"
    "frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi"
)
PARTICIPANT = ORGANIZATION_CSV.split(";")
PROJECT = PROJECT_CSV.split(";")

Row = Mapping[str, str]


def participant(organisation: str, project: str = "7", **cells: str) -> Row:
    """One row of organization.csv."""
    usual = {"activityType": "HES", "role": "participant", "order": "1", "SME": "false", "endOfParticipation": "false"}
    return usual | {"organisationID": organisation, "projectID": project, "name": f"name of {organisation}"} | cells


def project(number: str = "7", **cells: str) -> Row:
    """One row of project.csv."""
    return {"id": number, "acronym": f"ACRO{number}", "title": f"Title {number}"} | cells


def write(path: Path, headings: Iterable[str], rows: Iterable[Row], separator: str = ";") -> None:
    """Write a file as CORDIS does: every cell quoted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(headings), delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def published(folder: Path, participants: Iterable[Row], projects: Iterable[Row] = (project(),)) -> Ecosystem:
    """What is read of files in the published layout."""
    write(folder / "organization.csv", PARTICIPANT, participants)
    write(folder / "project.csv", PROJECT, projects)
    return from_cordis(folder)


def rows_of(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def folder(reference: Path) -> Path:
    return reference / "cordis_h2020_typed"


@pytest.fixture(scope="module")
def raw(folder: Path) -> list[dict[str, str]]:
    return rows_of(folder, "participations.csv")


@pytest.fixture(scope="module")
def eco(folder: Path) -> Ecosystem:
    return from_cordis(folder)


class TestTraps:
    """Every trap named in the source of the reference data is handled or found."""

    def test_nothing_is_lost(self, eco: Ecosystem, raw: list[dict[str, str]]) -> None:
        participations = eco.relations("PARTICIPATES_IN")
        assert (len(eco.nodes("Project")), len(eco.nodes("Organisation")), len(participations)) == (602, 3114, 5153)
        assert not len(eco.quality.of("error"))
        assert {row["organisationID"]: KINDS[row["activityType"]] for row in raw} == {
            row["id"]: row["kind"] for row in eco.nodes("Organisation").rows()
        }

    def test_every_cell_arrives(self, eco: Ecosystem, raw: list[dict[str, str]]) -> None:
        def number(text: str) -> float:
            return float(text) if text else -1.0

        told = sorted(
            (row["organisationID"], row["projectID"], row["role"], int(row["order"]), number(row["ecContribution"]),
             number(row["netEcContribution"]), number(row["totalCost"]), row["endOfParticipation"] == "True")
            for row in raw
        )  # fmt: skip
        names = ("source", "target", "role", "order", "amount", "net_amount", "total_cost", "ended")
        cells = ([-1.0 if row[name] is None else row[name] for name in names] for row in read_rows(eco))
        assert sorted(map(tuple, cells)) == told

    def test_blank_amounts_are_missing_and_zeros_stay(self, eco: Ecosystem) -> None:
        amounts = eco.relations("PARTICIPATES_IN").arrow("amount")
        assert amounts.null_count == 163
        assert sum(amount == 0 for amount in amounts.to_pylist()) == 555
        assert eco.quality.counts()["cordis_no_amount"] == 163
        assert set(eco.relations("PARTICIPATES_IN")["unit"]) == {"EUR"}

    def test_net_amounts_stand_beside_amounts(self, eco: Ecosystem) -> None:
        given = [row for row in read_rows(eco) if row["amount"] is not None]
        assert sum(row["amount"] != row["net_amount"] for row in given) == 597

    def test_organisations_may_stand_twice_in_a_project(self, eco: Ecosystem) -> None:
        pairs: dict[tuple[str, str], list[dict[str, object]]] = {}
        for row in read_rows(eco):
            pairs.setdefault((row["source"], row["target"]), []).append(row)
        twice = {pair: sorted(rows, key=lambda row: row["order"]) for pair, rows in pairs.items() if len(rows) > 1}
        assert len(twice) == 4
        assert [[row["ended"] for row in rows] for rows in twice.values()] == [[True, False]] * 4
        assert sum(len({row["role"] for row in rows}) > 1 for rows in twice.values()) == 1

    def test_countries_keep_their_codes(self, eco: Ecosystem, raw: list[dict[str, str]]) -> None:
        countries = set(eco.nodes("Organisation")["country"])
        assert {"EL", "UK", "XK"} <= countries
        assert not {"GR", "GB"} & countries
        assert len(eco.where("Organisation", country="EL")) == len(
            {row["organisationID"] for row in raw if row["country"] == "EL"}
        )

    def test_ended_rows_are_kept(self, eco: Ecosystem) -> None:
        assert sum(eco.relations("PARTICIPATES_IN")["ended"]) == 168

    def test_blank_flags_are_missing(self, eco: Ecosystem) -> None:
        assert eco.nodes("Organisation").arrow("sme").null_count == 16

    def test_flags_that_change_are_found(self, eco: Ecosystem, raw: list[dict[str, str]]) -> None:
        flags: dict[str, list[str]] = {}
        for row in raw:
            flags.setdefault(row["organisationID"], []).append(row["SME"])
        expected = {id: max(sorted(set(given)), key=given.count) for id, given in flags.items()}
        spelt = {True: "True", False: "False", None: ""}
        assert {row["id"]: spelt[row["sme"]] for row in eco.nodes("Organisation").rows()} == expected
        found = [(item.row, item.column, item.value) for item in eco.quality if item.code == "other_value"]
        assert found == [
            (number, "SME", row["SME"])
            for number, row in enumerate(raw, start=2)
            if row["SME"] != expected[row["organisationID"]]
        ]
        assert len({raw[number - 2]["organisationID"] for number, _, _ in found if number}) == 13

    def test_lonely_projects_stay(self, eco: Ecosystem) -> None:
        members: dict[str, set[str]] = {}
        for row in read_rows(eco):
            members.setdefault(row["target"], set()).add(row["source"])
        assert sum(len(organisations) == 1 for organisations in members.values()) == 211

    def test_incomplete_consortia_are_counted(self, eco: Ecosystem, folder: Path) -> None:
        complete = [row["complete"] for row in rows_of(folder, "projects.csv")]
        assert eco.quality.counts()["cordis_incomplete"] == complete.count("0") == 229

    def test_what_is_left_out_is_named(self, eco: Ecosystem) -> None:
        found = {item.file: item.value for item in eco.quality if item.code == "left_out_columns"}
        assert found == {
            "participations.csv": "projectAcronym, shortName, nutsCode, geolocation, active, rcn, contentUpdateDate",
            "projects.csv": (
                "n_participations, n_organisations, max_order, has_coordinator, sum_ecContribution, topic_title, "
                "call_year, complete"
            ),
        }

    def test_every_finding_speaks_both_languages(self, eco: Ecosystem) -> None:
        assert all(item.line(language) for item in eco.quality for language in ("en", "zh"))
        assert eco.manifest["attribution"] == "CORDIS, © European Union"


def read_rows(eco: Ecosystem) -> Iterable[dict[str, object]]:
    return eco.relations("PARTICIPATES_IN").rows()


class TestPublishedLayout:
    """Semicolons, quotes, decimal commas, titles and dates."""

    def test_it_says_the_same_as_the_sample(self, eco: Ecosystem, folder: Path, tmp_path: Path) -> None:
        participations = [
            {name: cell for name, cell in row.items() if name in PARTICIPANT}
            | {"totalCost": row["totalCost"].replace(".", ","), "SME": row["SME"].lower()}
            for row in rows_of(folder, "participations.csv")
        ]
        projects = [
            {"id": row["projectID"], "title": row["projectAcronym"], "topics": row["topic"]}
            for row in rows_of(folder, "projects.csv")
        ]
        assert published(tmp_path, participations, projects) == eco

    def test_everything_of_a_small_one(self, tmp_path: Path) -> None:
        row = participant(
            "00123", activityType="PRC", SME="true", country="EL", city='Athens; "centre"', role="coordinator",
            ecContribution="1234,5", netEcContribution="1000", totalCost="2345,67", order="1",
        )  # fmt: skip
        started = project(startDate="2018-01-01", endDate="2020-12-31", topics="EIC", objective="several\nlines; here")
        eco = published(tmp_path, [row], [started])
        assert list(eco.nodes("Enterprise").rows()) == [
            {"id": "00123", "name": "name of 00123", "country": "EL", "city": 'Athens; "centre"', "sme": True}
        ]
        first, last = dt.date(2018, 1, 1), dt.date(2021, 1, 1)
        assert list(eco.nodes("Project").rows()) == [
            {"id": "7", "name": "Title 7", "valid_from": first, "valid_to": last, "topic": "EIC"}
        ]
        assert eco.relations("PARTICIPATES_IN").arrow("key").to_pylist() == ["Enterprise:00123 > Project:7 #1"]
        (participation,) = read_rows(eco)
        assert {name: participation[name] for name in ("amount", "unit", "net_amount", "total_cost")} == {
            "amount": 1234.5, "unit": "EUR", "net_amount": 1000.0, "total_cost": 2345.67
        }  # fmt: skip
        assert (participation["role"], participation["order"], participation["ended"]) == ("coordinator", 1, False)
        assert eco.quality.counts() == {"left_out_columns": 27}

    def test_the_last_day_of_a_project_is_in_it(self, tmp_path: Path) -> None:
        eco = published(tmp_path, [participant("a")], [project(startDate="2018-01-01", endDate="2020-12-31")])
        assert len(eco.at("2020-12-31").nodes("Project")) == 1
        assert len(eco.at("2021-01-01").nodes("Project")) == 0

    @pytest.mark.parametrize(("cell", "code"), [("31.12.2020", "bad_date"), ("9999-12-31", None), ("", None)])
    def test_last_days_that_have_no_day_after(self, tmp_path: Path, cell: str, code: str | None) -> None:
        eco = published(tmp_path, [participant("a")], [project(startDate="2018-01-01", endDate=cell)])
        found = [(item.code, item.row, item.column) for item in eco.quality.of("error") if item.file == "project.csv"]
        assert found == ([(code, 2, "endDate")] if code else [])
        assert len(eco.nodes("Project")) == (0 if code else 1)

    def test_commas_between_cells_do_as_well(self, tmp_path: Path) -> None:
        rows = [participant("a", totalCost="2,5", city="Ghent, Gent"), participant("b")]
        eco = published(tmp_path, rows)
        write(tmp_path / "organization.csv", PARTICIPANT, rows, separator=",")
        write(tmp_path / "project.csv", PROJECT, [project()], separator=",")
        assert from_cordis(tmp_path) == eco
        assert eco.relations("PARTICIPATES_IN")["total_cost"].tolist()[0] == 2.5

    def test_row_order_says_nothing(self, tmp_path: Path) -> None:
        rows = [
            participant("a", activityType="HES", city="Ghent"),
            participant("a", "8", activityType="REC", city="Gent"),
            participant("b", "8", activityType="PUB"),
            participant("b", activityType=""),
        ]
        projects = [project(), project("8")]
        assert published(tmp_path, rows, projects) == published(tmp_path, rows[::-1], projects[::-1])

    def test_text_is_read_as_text(self, tmp_path: Path) -> None:
        eco = published(tmp_path, [participant("007", name="NA", country="NA")])
        (university,) = eco.nodes("University").rows()
        assert [university[name] for name in ("id", "name", "country", "city")] == ["007", "NA", "NA", None]


class TestKinds:
    """Activity types that contradict each other, are not known, or are not there."""

    def kinds(self, eco: Ecosystem) -> dict[str, str]:
        return {row["id"]: row["kind"] for row in eco.nodes("Organisation").rows()}

    def test_the_most_frequent_type_is_taken(self, tmp_path: Path) -> None:
        types = ("REC", "HES", "REC")
        rows = [participant("a", str(number), activityType=type_) for number, type_ in enumerate(types)]
        eco = published(tmp_path, rows, [project(str(number)) for number in range(3)])
        assert self.kinds(eco) == {"a": "ResearchOrganisation"}
        found = [item for item in eco.quality if item.level == "warning"]
        assert [(item.code, item.row, item.column, item.value) for item in found] == [
            ("other_value", 3, "activityType", "HES")
        ]

    def test_of_equally_frequent_types_the_first_kind_is_taken(self, tmp_path: Path) -> None:
        rows = [participant("a", activityType="HES"), participant("a", "8", activityType="REC")]
        eco = published(tmp_path, rows, [project(), project("8")])
        assert self.kinds(eco) == {"a": "ResearchOrganisation"}

    def test_unknown_and_blank_types_are_found(self, tmp_path: Path) -> None:
        types = {"a": "XYZ", "b": "", "c": "XYZ", "d": " PUB "}
        rows = [participant(id, activityType=type_) for id, type_ in types.items()]
        rows.append(participant("c", "8", activityType="PRC"))
        eco = published(tmp_path, rows, [project(), project("8")])
        assert self.kinds(eco) == {
            "a": "OtherOrganisation", "b": "OtherOrganisation", "c": "Enterprise", "d": "PublicBody"
        }  # fmt: skip
        found = [item for item in eco.quality if item.code == "cordis_activity_type"]
        assert [(item.value, item.count, item.row) for item in found] == [("XYZ", 2, 2), ("", 1, 3)]
        assert not len(eco.quality.of("error"))


class TestBroken:
    """Files that are missing, wrong or half filled."""

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(AddressError, match=r"folder='.*nowhere': no such folder; give the one with CORDIS's CSV"):
            from_cordis(tmp_path / "nowhere")

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "organization.csv").touch()
        with pytest.raises(AddressError, match="no such folder"):
            from_cordis(tmp_path / "organization.csv")

    def test_one_file_alone(self, tmp_path: Path) -> None:
        write(tmp_path / "organization.csv", PARTICIPANT, [])
        with pytest.raises(AddressError, match=r"project\.csv, nor .*projects\.csv; found: organization\.csv;"):
            from_cordis(tmp_path)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(AddressError, match="found: nothing"):
            from_cordis(str(tmp_path))

    def test_needed_columns(self, tmp_path: Path) -> None:
        headings = [heading for heading in PARTICIPANT if heading not in ("role", "ecContribution")]
        write(tmp_path / "organization.csv", headings, [])
        write(tmp_path / "project.csv", PROJECT, [])
        with pytest.raises(LoadError) as raised:
            from_cordis(tmp_path)
        told = f"organization.csv row 1: no column role, ecContribution; found: {', '.join(headings)}; "
        assert str(raised.value).startswith(told)

    def test_a_project_needs_its_id(self, tmp_path: Path) -> None:
        write(tmp_path / "organization.csv", PARTICIPANT, [])
        write(tmp_path / "project.csv", PROJECT[1:], [])
        with pytest.raises(LoadError, match=r"project\.csv row 1: no column id; found: acronym"):
            from_cordis(tmp_path)

    @pytest.mark.parametrize("separator", [",", "\t"])
    def test_another_separator(self, tmp_path: Path, separator: str) -> None:
        rows = [participant("a", name="Ghent; Gent"), participant("b", "8")]
        usual = published(tmp_path, rows)
        write(tmp_path / "organization.csv", PARTICIPANT, rows, separator=separator)
        eco = from_cordis(tmp_path)
        assert len(eco.nodes("Organisation")) == 2
        assert (eco.fingerprint, list(eco.quality)) == (usual.fingerprint, list(usual.quality))

    def test_missing_columns_that_are_not_needed(self, tmp_path: Path) -> None:
        headings = ["projectID", "organisationID", "activityType", "role", "ecContribution"]
        write(tmp_path / "organization.csv", headings, [dict.fromkeys(headings, "7") | {"role": "participant"}])
        write(tmp_path / "project.csv", ["id"], [{"id": "7"}])
        eco = from_cordis(tmp_path)
        found = {(item.file, item.column): item for item in eco.quality if item.code == "absent_column"}
        assert set(found) == {("organization.csv", heading) for heading in (
            "name", "country", "city", "SME", "order", "netEcContribution", "totalCost", "endOfParticipation")
        } | {("project.csv", heading) for heading in ("title", "topics", "startDate", "endDate")}  # fmt: skip
        ended = found["organization.csv", "endOfParticipation"]
        assert ended.reason() == "the file has no column 'endOfParticipation', so ended is missing throughout"
        assert "是否已退出" in ended.reason("zh")
        assert {item.level for item in found.values()} == {"note"}
        assert len(eco.relations("PARTICIPATES_IN")) == 1

    def test_files_without_rows(self, tmp_path: Path) -> None:
        eco = published(tmp_path, [], [])
        assert eco.kinds == eco.relation_kinds == ()
        assert set(eco.quality.counts()) == {"left_out_columns"}

    def test_blank_and_unknown_ids(self, tmp_path: Path) -> None:
        rows = [participant(""), participant("a", ""), participant("a", "8"), participant("  "), participant("b")]
        eco = published(tmp_path, rows, [project(), project("")])
        found = [(item.file, item.row, item.code, item.column) for item in eco.quality.of("error")]
        assert found == [
            ("organization.csv", 2, "blank_end", "organisationID"),
            ("organization.csv", 3, "blank_end", "projectID"),
            ("organization.csv", 4, "unknown_end", "projectID"),
            ("organization.csv", 5, "blank_end", "organisationID"),
            ("project.csv", 3, "blank_id", "id"),
        ]
        assert eco.nodes("Organisation")["id"].tolist() == ["a", "b"]
        assert [row["source"] for row in read_rows(eco)] == ["b"]

    def test_cells_that_are_no_numbers(self, tmp_path: Path) -> None:
        rows = [participant("a", ecContribution="1.234,56", order="first", totalCost="-1", role="guest")]
        eco = published(tmp_path, rows)
        found = {(item.code, item.column, item.value) for item in eco.quality if item.row == 2}
        assert found == {
            ("bad_number", "ecContribution", "1.234,56"),
            ("bad_integer", "order", "first"),
            ("below_minimum", "totalCost", "-1"),
            ("open_word", "role", "guest"),
        }
        (participation,) = read_rows(eco)
        assert participation["amount"] is None

    def test_rows_of_another_length(self, tmp_path: Path) -> None:
        published(tmp_path, [participant("a")])
        with (tmp_path / "organization.csv").open("a", encoding="utf-8") as file:
            file.write("7;half a row\n")
        eco = from_cordis(tmp_path)
        assert [(item.code, item.file, item.row) for item in eco.quality.of("error")] == [
            ("wrong_fields", "organization.csv", 3)
        ]
        assert len(eco.relations("PARTICIPATES_IN")) == 1

    def test_a_file_of_another_encoding(self, tmp_path: Path) -> None:
        published(tmp_path, [participant("a")])
        (tmp_path / "project.csv").write_bytes("id;title\n7;Café\n".encode("latin-1"))
        with pytest.raises(
            LoadError, match=r"project\.csv row 2, column 'title': the bytes are neither UTF-8 nor GB18030"
        ):
            from_cordis(tmp_path)


def test_orders_of_a_whole_consortium(tmp_path: Path) -> None:
    rows = [participant("a", role="coordinator"), participant("b", order="2"), participant("c", "8", order="1")]
    eco = published(tmp_path, rows, [project(), project("8"), project("9")])
    assert eco.quality.counts()["cordis_incomplete"] == 2  # 8 has no coordinator, 9 nobody at all
