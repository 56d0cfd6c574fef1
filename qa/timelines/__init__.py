"""Dated, attributed events about a topic, as records, text, JSON and a drawing."""

from qa.timelines.finding import span_of, timeline
from qa.timelines.plot import to_svg
from qa.timelines.words import how_known, to_json, to_text, when

__all__ = ["how_known", "span_of", "timeline", "to_json", "to_svg", "to_text", "when"]
