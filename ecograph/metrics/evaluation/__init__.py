"""Evaluation, tracking and feedback."""
