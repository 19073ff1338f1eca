"""Charts as pure functions of a query's rows: no file, no database, no number that the rows do not hold."""
