"""Charts as pure functions of the rows of a query."""
