"""A content-based recommender: TF-IDF vectors of films, their nearest neighbors, and the terms that two films share."""
