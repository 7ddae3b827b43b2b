"""One core or many: the same work on each item. Knows nothing but the model."""
