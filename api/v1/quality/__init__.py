"""Row accounting, rejected rows and unreadable cells of the raw files."""
