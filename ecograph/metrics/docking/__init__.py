"""Docking of supply and demand."""
