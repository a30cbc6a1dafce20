"""Ecosystem: typed tables, frozen; made of tables, cut by time or platform, and seen through views."""

from ecograph.ecosystem.making import assembled, from_tables, refuse_errors
from ecograph.ecosystem.slices import Slices
from ecograph.ecosystem.typed import Ecosystem

__all__ = ["Ecosystem", "Slices", "assembled", "from_tables", "refuse_errors"]
