"""Films for a taste: why each is recommended, and what any two films share."""
