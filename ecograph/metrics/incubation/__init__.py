"""Incubation: how projects come from -1 to 0 to 1."""
