"""A package by name, so that no other distribution's folder of tests is met first."""
