"""Search of films, people and collections by name."""
