"""Write the tables and manifests of the datasets from the reference data; sources are told in each SOURCE.md."""

import csv
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from ecograph.generate.harbour import write_dataset
from ecograph.importers import from_cordis
from ecograph.importers.cordis import EXTENSION
from ecograph.table import Table

MADE = ("source_kind", "target_kind", "key")  # what reading finds out by itself

CORDIS = r'''title = "Horizon 2020 in CORDIS, a sample"
title_zh = "“地平线 2020”项目样本（CORDIS）"
description = """\
    Universities, research organisations, enterprises and public bodies in 602 projects of the European Union's \
    Horizon 2020 programme: role in the consortium, country and euros granted. The rows are those that CORDIS updated \
    between 3 March and 4 May 2023, so many consortia are not whole."""
description_zh = """\
    欧盟“地平线 2020”计划 602 个项目的参与方：高校、科研机构、企业和政府部门，含其角色、所在国家和获得的欧元资助。\
    仅收录 CORDIS 在 2023 年 3 月 3 日至 5 月 4 日间更新过的记录，因此许多项目的参与名单并不完整。"""
source = "CORDIS, https://cordis.europa.eu, as kept in https://github.com/derrabauke/eu-data-workflow"
licence = "CC BY 4.0 (Commission Decision 2011/833/EU)"
attribution = "CORDIS - EU research projects under Horizon 2020, (c) European Union"

'''

FLORENTINE = r'''title = "Marriages between Florentine families"
title_zh = "佛罗伦萨家族联姻"
description = """\
    Which of 16 leading families of Florence were tied by marriage in the early fifteenth century, while the Medici \
    rose. The Pucci married into none of the others."""
description_zh = """\
    15 世纪初美第奇家族崛起时，佛罗伦萨 16 个显赫家族之间的联姻关系。普奇家族与其余各家均无联姻。"""
source = "Padgett & Ansell 1993, Robust action and the rise of the Medici, American Journal of Sociology 98"
licence = "facts from a published work, under no licence of a third party"
attribution = "Padgett & Ansell 1993"

[schema]
base = "none"
name = "florentine"

[[schema.kinds]]
name = "Family"
zh = "家族"

[[schema.relations]]
name = "MARRIAGE"
zh = "联姻"
sources = ["Family"]
targets = ["Family"]
directed = false
'''


def main(reference: Path, target: Path) -> None:
    """Write every dataset.

    Parameters
    ----------
    reference : Path
        Folder of the reference data.
    target : Path
        Folder of the datasets.
    """
    write_cordis(reference / "cordis_h2020_typed", target / "cordis-h2020")
    write_florentine(reference / "published_tables", target / "florentine")
    write_dataset(target / "harbour")


def write_cordis(reference: Path, target: Path) -> None:
    """Write projects and participations of CORDIS, in the order the ecosystem has them."""
    eco = from_cordis(reference)
    for kind in eco.kinds:
        _write_table(eco.nodes(kind), target / "nodes" / f"{kind}.csv")
    for kind in eco.relation_kinds:
        _write_table(eco.relations(kind), target / "relations" / f"{kind}.csv")
    _write_text(CORDIS + EXTENSION.read_text(encoding="utf-8"), target / "ecosystem.toml")


def write_florentine(reference: Path, target: Path) -> None:
    """Write the families and the marriages between them, each once."""
    with (reference / "florentine_adjacency.csv").open(encoding="utf-8", newline="") as file:
        table = {row.pop(""): row for row in csv.DictReader(file)}
    ties = [pair for pair in combinations(sorted(table), 2) if table[pair[0]][pair[1]] == "1"]
    _write_rows(["id"], [[family] for family in sorted(table)], target / "nodes" / "Family.csv")
    _write_rows(["source", "target"], ties, target / "relations" / "MARRIAGE.csv")
    _write_text(FLORENTINE, target / "ecosystem.toml")


def _write_table(table: Table, path: Path) -> None:
    names = [name for name in table.names if name not in MADE]
    _write_rows(names, ([_text(row[name]) for name in names] for row in table.rows()), path)


def _write_rows(names: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _text(cell: object) -> str:
    """One spelling a value: true and false in small letters, whole amounts without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
