"""Ad-hoc SQL in worker processes."""
