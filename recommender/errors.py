"""What went wrong, in a sentence for the person who started the training."""


class RecommenderError(Exception):
    """The message says what was wrong, where, and what would be right."""
