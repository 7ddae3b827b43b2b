"""One document to marks. Nothing here resolves, dates or stores."""
