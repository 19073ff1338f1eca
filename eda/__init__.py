"""The exploratory report: charts of the marts as HTML pages that need no server."""
