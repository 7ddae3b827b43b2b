"""Pictures of the index and of a dyad, as SVG and PNG."""
