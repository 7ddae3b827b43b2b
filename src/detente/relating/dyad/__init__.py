"""What a desk officer reads on two territories: direction, changes, chronology, disputes, who speaks, figures, gaps."""
