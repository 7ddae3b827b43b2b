"""What the record says: copies of one text, happenings, disputes, the relation index and the forecast.

Each reads the record through `Store` and keeps what is dear to compute in `relate_...` tables of the same file.
"""
