"""Open-source funding: who gave how much to which project, when and from which pool."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
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

EXTENSION = files("ecograph.importers") / "oss_funding.toml"
SCHEMA = Schema.from_dict(tomllib.loads(EXTENSION.read_text(encoding="utf-8"))["schema"], innovation.SCHEMA)
FILE = "funding_data.csv"
UNIT = "USD"
GRANT = {
    "source": "from_funder_name",
    "target": "to_project_name",
    "at": "funding_date",
    "amount": "amount",
    "pool": "grant_pool_name",
    "application": "application_name",
}
NEEDED = tuple(heading for name, heading in GRANT.items() if name not in ("pool", "application"))


def from_oss_funding(folder: str | Path) -> Ecosystem:
    """Read grants to open-source projects, as the repository oss-funding of Open Source Observer collects them.

    Parameters
    ----------
    folder : str or Path
        Holds ``funding_data.csv``, the file of the repository's folder ``data``. Columns are found by their headings,
        in any order.

    Returns
    -------
    Ecosystem
        Funders, each an OtherOrganisation, projects, and INVESTS_IN between them, in the innovation schema with two
        columns more: ``pool`` and ``application``.

    Raises
    ------
    AddressError
        If there is no such folder, or the file is not in it.
    LoadError
        If the file cannot be read, or lacks ``from_funder_name``, ``to_project_name``, ``funding_date`` or ``amount``.
        Other missing columns are findings.

    Notes
    -----
    Every row is one grant; ``amount`` is in USD. A grant whose project has no name yet is given to a project called as
    ``application_name`` says, with a finding for each row; a row with neither is an error and left out. Amounts of 0
    are kept and counted in a finding, and so are rows that give to a project again from the pool it had before: they
    are payments of their own. Names are compared as they are written. Other columns are left out, and a note names
    them. The data say what was given, not what was asked for: coverage needs a table of DEMANDS beside them.

    Examples
    --------
    >>> import ecograph as eg
    >>> eg.from_oss_funding("no/such/folder")
    Traceback (most recent call last):
        ...
    ecograph.errors.AddressError: folder='no/such/folder': no such folder; give the one that holds funding_data.csv
    """
    log = Log()
    raw = opened(_file(Path(folder)), NEEDED, log)
    columns = picked(raw, GRANT, SCHEMA.relation_columns("INVESTS_IN"), log)
    columns["target"] = _projects(raw, columns, log)
    columns["unit"] = pa.array([UNIT] * raw.table.num_rows, pa.string())
    grants = Raw(pa.table(columns), raw.file, raw.rows)
    nodes = {"OtherOrganisation": [_named(grants, "source")], "Project": [_named(grants, "target")]}
    note_left_out(raw, set(GRANT.values()), log)
    content, found = assemble(SCHEMA, nodes, {"INVESTS_IN": [grants]})
    log.add([*_under_headings(found), *_told(content)])
    manifest = {
        "title": "Grants to open-source projects",
        "title_zh": "开源项目资助",
        "source": "https://github.com/opensource-observer/oss-funding",
        "licence": "Apache-2.0",
        "attribution": "Open Source Observer, oss-funding",
    }
    return Ecosystem(content, log.findings(), manifest)


def _file(folder: Path) -> Path:
    if not folder.is_dir():
        raise AddressError(f"folder={str(folder)!r}: no such folder; give the one that holds {FILE}")
    if not (folder / FILE).is_file():
        found = ", ".join(sorted(path.name for path in folder.iterdir())[:10]) or "nothing"
        raise AddressError(f"folder={str(folder)!r}: holds no {FILE}; found: {found}; give the folder that has it")
    return folder / FILE


def _projects(raw: Raw, columns: dict[str, pa.Array], log: Log) -> pa.Array:
    """Name of the project of each grant, or of its application where there is none."""
    names = trimmed(columns["target"])
    if "application" not in columns:
        return names
    stood_in = pc.and_(names.is_null(), trimmed(columns["application"]).is_valid())
    rows = np.flatnonzero(to_mask(stood_in))
    cells = columns["application"].take(pa.array(rows))
    log.rows("funding_nameless", Places.of([raw]).take(rows), cells, GRANT["target"])
    return pc.coalesce(names, trimmed(columns["application"]))


def _named(grants: Raw, end: str) -> Raw:
    """One row a name at one end, at the place of its first."""
    names = trimmed(column(grants, end))
    given = to_mask(names.is_valid())
    encoded = names.filter(pa.array(given)).dictionary_encode()
    _, firsts = np.unique(encoded.indices.to_numpy(), return_index=True)
    return Raw(pa.table({"id": encoded.dictionary}), grants.file, grants.rows[given][firsts])


def _under_headings(found: Findings) -> Iterator[Finding]:
    """Findings of reading under the headings that stand in the file."""
    for finding in found:
        yield replace(finding, column=GRANT.get(finding.column, finding.column))


def _told(content: Content) -> Iterator[Finding]:
    """Grants of nothing, and grants to a project that had one from the same pool."""
    if "INVESTS_IN" not in content.relations:
        return
    table = content.relations["INVESTS_IN"]
    nothing = int(to_mask(pc.equal(table.column("amount").combine_chunks(), 0.0)).sum())
    pools = "pool" if "pool" in table.column_names else "source"
    once = table.group_by(sorted({"source", "target", pools})).aggregate([]).num_rows
    for code, count, heading in (
        ("funding_zero", nothing, GRANT["amount"]),
        ("funding_repeated", table.num_rows - once, GRANT["target"]),
    ):
        if count:
            yield Finding(code, count, FILE, None, heading)
