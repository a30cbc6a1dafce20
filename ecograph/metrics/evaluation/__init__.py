"""Evaluation: tracking, supervision and feedback."""
