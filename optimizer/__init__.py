"""Arrays and numbers in, a grouping with a bound out: no geometry, no files, no Norway."""
