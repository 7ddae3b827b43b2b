"""Formats the record can be taken away in."""
