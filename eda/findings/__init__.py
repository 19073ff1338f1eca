"""What each chart shows, in one sentence made from its rows: other data, another sentence.

Every function takes the rows of its chart's query, at least one, and the language to say it in.
"""
