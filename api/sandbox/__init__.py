"""Ad-hoc SQL in worker processes with limited rights, time, memory and results."""
