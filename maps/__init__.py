"""What people read: the map page of a run, in one file that opens without any network."""
