"""Recommendations for a taste with their reasons, and the similarity of two films."""
