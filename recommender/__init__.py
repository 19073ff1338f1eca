"""Films alike by what their texts say: TF-IDF vectors, cosine neighbours, and the terms two films share."""
