"""The meanings of the record's fields, as data."""
