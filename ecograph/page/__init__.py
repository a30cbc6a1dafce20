"""Page: the report of an ecosystem as one offline HTML file."""

from ecograph.page.door import Report, report

__all__ = ["Report", "report"]
