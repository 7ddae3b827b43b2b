"""How people and programs reach the record: command line, Python API, exports, scores."""
