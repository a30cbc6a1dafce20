"""Groups: rows of a result that are platforms or words, as a page calls them."""

from collections.abc import Sequence

from ecograph.page.wording import Wording
from ecograph.table import Table

PLATFORM = "Makerspace"


def plain_groups(table: Table) -> list[str]:
    """Names of the groups without the unit that stands behind a name that has several."""
    groups = [str(group) for group in table["group"]]
    if "unit" not in table.names:
        return groups
    return [group.removesuffix(f" ({unit})") for group, unit in zip(groups, table["unit"], strict=True)]


def called_groups(wording: Wording, by: str, groups: Sequence[str]) -> list[str]:
    """Names of the groups: a platform by name and id, a word of a vocabulary in the page's language."""
    if by == "platform":
        return [str(one) for one in wording.referred(PLATFORM, groups).to_pylist()]
    return [wording.label(by, group) for group in groups]
