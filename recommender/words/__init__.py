"""Understands a taste in words: which films it names, and what a film must have to match the rest."""
