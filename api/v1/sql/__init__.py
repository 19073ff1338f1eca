"""Ad-hoc SQL over HTTP."""
