"""The pages: the same answers for people who would rather look."""
