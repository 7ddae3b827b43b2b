"""Records to relations: happenings, disputes, the relation index, the forecast."""
