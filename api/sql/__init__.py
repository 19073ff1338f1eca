"""Ad-hoc SQL over HTTP: read-only queries, each run in a process of its own that may come to harm alone."""
