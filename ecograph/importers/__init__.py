"""Importers: foreign formats become ecosystems, one file a format."""

from ecograph.importers.cordis import from_cordis

__all__ = ["from_cordis"]
