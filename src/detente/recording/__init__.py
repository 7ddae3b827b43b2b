"""Marks to records: actors resolved, dates and places fixed, voices composed, evidence checked, rows kept."""
