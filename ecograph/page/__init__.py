"""Page: an ecosystem, or what was asked of it, as one offline HTML file."""

from ecograph.page.asked import Asked, answers
from ecograph.page.door import Report, report

__all__ = ["Asked", "Report", "answers", "report"]
