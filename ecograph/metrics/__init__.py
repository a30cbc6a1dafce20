"""Metrics: one folder a family, one file a metric, the file's name the metric's name."""
