"""CORDIS: research projects of the European Union, their participants and what each was granted."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph import innovation
from ecograph.content import Content
from ecograph.ecosystem import Ecosystem
from ecograph.errors import AddressError
from ecograph.importers.headings import column, note_left_out, opened, picked
from ecograph.quality import Finding, Findings
from ecograph.reading import Raw, assemble
from ecograph.reading.log import Log, Places
from ecograph.reading.masks import to_mask
from ecograph.reading.texts import trimmed
from ecograph.schema import Schema

EXTENSION = files("ecograph.importers") / "cordis.toml"
SCHEMA = Schema.from_dict(tomllib.loads(EXTENSION.read_text(encoding="utf-8"))["schema"], innovation.SCHEMA)
KINDS = {
    "HES": "University",
    "PRC": "Enterprise",
    "REC": "ResearchOrganisation",
    "PUB": "PublicBody",
    "OTH": "OtherOrganisation",
}
UNIT = "EUR"
DECIMAL_COMMA = r"^(\s*[+-]?\d+),(\d+\s*)$"

ACTIVITY = "activityType"
ORGANISATION = {"id": "organisationID", "name": "name", "country": "country", "city": "city", "sme": "SME"}
PARTICIPATION = {
    "source": "organisationID",
    "target": "projectID",
    "role": "role",
    "order": "order",
    "amount": "ecContribution",
    "net_amount": "netEcContribution",
    "total_cost": "totalCost",
    "ended": "endOfParticipation",
}
MONEY = ("amount", "net_amount", "total_cost")
DATES = {"valid_from": "startDate", "valid_to": "endDate"}
NEEDED = ("organisationID", "projectID", ACTIVITY, "role", "ecContribution")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way CORDIS data lie in a folder: two files, and the headings of the projects by our columns."""

    participations: str
    projects: str
    project: Mapping[str, str]


SAMPLE = {"id": "projectID", "name": "projectAcronym", "topic": "topic", **DATES}
LAYOUTS = (
    Layout("organization.csv", "project.csv", {"id": "id", "name": "title", "topic": "topics", **DATES}),
    Layout("participations.csv", "projects.csv", SAMPLE),
)


def from_cordis(folder: str | Path) -> Ecosystem:
    """Read projects and participations of CORDIS, the European Union's research database.

    Columns are found by their headings, in any order; cells are separated by semicolons or commas, as the headings are.

    Parameters
    ----------
    folder : str or Path
        Holds ``organization.csv`` and ``project.csv`` as CORDIS publishes them for a framework programme, or
        ``participations.csv`` and ``projects.csv``, the same data with the columns of the dataset ``cordis-h2020``.

    Returns
    -------
    Ecosystem
        Organisations, projects and PARTICIPATES_IN between them, in the innovation schema with five columns more.

    Raises
    ------
    AddressError
        If there is no such folder, or the two files are not in it.
    LoadError
        If a file cannot be read, or a column is missing without which there is no ecosystem: ids of organisations and
        projects, ``activityType``, ``role`` and ``ecContribution``. Other missing columns are findings.

    Notes
    -----
    ``activityType`` gives the kind: HES is a University, PRC an Enterprise, REC a ResearchOrganisation, PUB a
    PublicBody and OTH an OtherOrganisation, as is an organisation that has none of the five in any row; other and blank
    words are findings. Where rows tell different things of one organisation, the most frequent value is taken, of
    equally frequent ones the first in the alphabet, and every row that says otherwise is a finding.

    Every row is one participation: an organisation may stand several times in a project, and rows that ended are kept
    with ``ended``. ``amount`` is ``ecContribution`` in EUR; a blank is missing, not zero. Countries keep the codes of
    CORDIS (EL, UK, XK). Decimal commas in money become points. ``endDate`` is the last day of a project, so
    ``valid_to`` is the day after it.

    Carried are of organisations ``name``, ``country``, ``city`` and ``SME``; of projects ``title`` as the name (in
    ``projects.csv`` the acronym), ``topics``, ``startDate`` and ``endDate``; of participations ``role``, ``order``,
    ``ecContribution``, ``netEcContribution``, ``totalCost`` and ``endOfParticipation``. All other columns are left out,
    and a note names them.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.from_cordis("no/such/folder")
    Traceback (most recent call last):
        ...
    ecograph.errors.AddressError: folder='no/such/folder': no such folder; give the one with CORDIS's CSV files
    """
    place = Path(folder)
    layout, log = _layout(place), Log()
    rows = opened(place / layout.participations, NEEDED, log)
    projects = opened(place / layout.projects, (layout.project["id"],), log)
    nodes = {"Organisation": [_organisations(rows, log)], "Project": [_projects(projects, layout, log)]}
    relations = {"PARTICIPATES_IN": [_participations(rows, log)]}
    note_left_out(rows, {ACTIVITY, *ORGANISATION.values(), *PARTICIPATION.values()}, log)
    note_left_out(projects, set(layout.project.values()), log)
    content, found = assemble(SCHEMA, nodes, relations)
    log.add([*_under_headings(found, layout), *_incomplete(content, layout.participations)])
    manifest = {
        "title": f"CORDIS {place.resolve().name}",
        "source": "CORDIS, https://cordis.europa.eu",
        "licence": "CC BY 4.0 (Commission Decision 2011/833/EU)",
        "attribution": "CORDIS, © European Union",
    }
    return Ecosystem(content, log.findings(), manifest)


def _layout(folder: Path) -> Layout:
    if not folder.is_dir():
        raise AddressError(f"folder={str(folder)!r}: no such folder; give the one with CORDIS's CSV files")
    for layout in LAYOUTS:
        if all((folder / file).is_file() for file in (layout.participations, layout.projects)):
            return layout
    allowed = ", nor ".join(f"{layout.participations} and {layout.projects}" for layout in LAYOUTS)
    found = ", ".join(sorted(path.name for path in folder.iterdir())[:10]) or "nothing"
    raise AddressError(f"folder={str(folder)!r}: holds neither {allowed}; found: {found}; download CORDIS's CSV files")


def _participations(raw: Raw, log: Log) -> Raw:
    columns = picked(raw, PARTICIPATION, SCHEMA.relation_columns("PARTICIPATES_IN"), log)
    for name in [name for name in MONEY if name in columns]:
        columns[name] = pc.replace_substring_regex(columns[name], DECIMAL_COMMA, r"\1.\2")
    if blank := trimmed(columns["amount"]).null_count:
        log.add([Finding("cordis_no_amount", blank, raw.file, None, PARTICIPATION["amount"])])
    columns["unit"] = pa.array([UNIT] * raw.table.num_rows, pa.string())
    return Raw(pa.table(columns), raw.file, raw.rows)


def _projects(raw: Raw, layout: Layout, log: Log) -> Raw:
    columns = picked(raw, layout.project, SCHEMA.node_columns("Project"), log)
    if "valid_to" in columns:
        columns["valid_to"] = pa.array([_day_after(cell) for cell in columns["valid_to"].to_pylist()], pa.string())
    return Raw(pa.table(columns), raw.file, raw.rows)


def _day_after(cell: str | None) -> str | None:
    """First day no longer; what is no day stays as it is, and reading reports it."""
    try:
        return (date.fromisoformat(cell.strip()) + timedelta(days=1)).isoformat() if cell else None
    except (ValueError, OverflowError):
        return cell


def _organisations(raw: Raw, log: Log) -> Raw:
    """One row an organisation, at the place of its first; rows without an id are reported as participations."""
    given = trimmed(column(raw, ORGANISATION["id"])).is_valid()
    rows = Raw(raw.table.filter(given), raw.file, raw.rows[to_mask(given)])
    told = picked(rows, ORGANISATION, SCHEMA.node_columns("Organisation"), log) | {"kind": _kinds(rows, log)}
    encoded = told.pop("id").dictionary_encode()
    columns = {"id": encoded.dictionary}
    for name, cells in told.items():
        columns[name] = _agreed(encoded.indices, cells, len(encoded.dictionary))
        heading = ORGANISATION.get(name, ACTIVITY)
        others = np.flatnonzero(to_mask(pc.not_equal(cells, columns[name].take(encoded.indices))))
        values = column(rows, heading).take(pa.array(others))
        log.rows("other_value", Places.of([rows]).take(others), values, heading)
    columns["kind"] = pc.fill_null(columns["kind"], KINDS["OTH"])
    _, firsts = np.unique(encoded.indices.to_numpy(), return_index=True)
    return Raw(pa.table(columns), raw.file, rows.rows[firsts])


def _kinds(rows: Raw, log: Log) -> pa.Array:
    """Kind that each row gives its organisation; missing where it gives none."""
    codes = trimmed(column(rows, ACTIVITY))
    numbers = pc.index_in(codes, pa.array(list(KINDS)))
    strange = np.flatnonzero(to_mask(numbers.is_null()))
    words = pc.fill_null(codes.take(pa.array(strange)), "")
    log.words("cordis_activity_type", Places.of([rows]).take(strange), words, ACTIVITY, allowed=", ".join(KINDS))
    return pa.array(list(KINDS.values())).take(numbers)


def _agreed(numbers: pa.Array, cells: pa.Array, n: int) -> pa.Array:
    """Most frequent cell of each number below n, of equally frequent ones the first in the alphabet."""
    given = pa.table({"number": numbers, "cell": cells}).drop_null()
    counted = given.group_by(["number", "cell"], use_threads=False).aggregate([([], "count_all")])
    ranked = counted.sort_by([("number", "ascending"), ("count_all", "descending"), ("cell", "ascending")])
    first = ranked.group_by("number", use_threads=False).aggregate([("cell", "first")]).combine_chunks()
    places = pc.index_in(pa.array(range(n), numbers.type), first.column("number"))
    return first.column("cell_first").take(places).combine_chunks()


def _under_headings(found: Findings, layout: Layout) -> Iterator[Finding]:
    """Findings of reading under the headings that stand in the files."""
    headings = {layout.participations: ORGANISATION | PARTICIPATION, layout.projects: layout.project}
    for finding in found:
        yield replace(finding, column=headings.get(finding.file, {}).get(finding.column, finding.column))


def _incomplete(content: Content, file: str) -> Iterator[Finding]:
    """Projects whose rows are not as many as their largest order, or have no coordinator among them."""
    table = content.relations["PARTICIPATES_IN"]
    _, projects = content.ends("PARTICIPATES_IN")
    rows = np.bincount(projects, minlength=content.index.n)
    coordinated, largest = np.zeros_like(rows), np.zeros_like(rows)
    coordinated[projects[to_mask(pc.equal(table.column("role"), "coordinator"))]] = 1
    if "order" in table.column_names:
        np.maximum.at(largest, projects, pc.fill_null(table.column("order"), 0).to_numpy())
    else:
        largest = rows
    count = int(((rows != largest) | (coordinated == 0))[content.index.block("Project")].sum())
    if count:
        yield Finding("cordis_incomplete", count, file)
