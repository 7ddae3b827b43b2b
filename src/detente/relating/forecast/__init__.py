"""Where things are heading, with a score card: what the record's own past says of the next days."""
