"""Docking: who waits for what, and what lies idle."""
