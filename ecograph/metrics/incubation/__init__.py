"""Incubation of projects."""
