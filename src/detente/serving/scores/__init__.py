"""Scores against annotated sets, one module a task."""
