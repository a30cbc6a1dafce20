"""Importers: foreign formats become ecosystems, one file a format."""

from ecograph.importers.cordis import from_cordis
from ecograph.importers.oss_funding import from_oss_funding

__all__ = ["from_cordis", "from_oss_funding"]
