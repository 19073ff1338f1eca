"""What became of every raw record, what could not be read, and from what the warehouse was built."""
