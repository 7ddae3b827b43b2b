"""Pictures of the index and of a dyad's happenings, as SVG and PNG: good enough to paste into a paper."""

from __future__ import annotations

from detente.serving.plots.indices import index_picture, plot_index
from detente.serving.plots.timelines import plot_timeline, timeline_picture

__all__ = ["index_picture", "plot_index", "plot_timeline", "timeline_picture"]
