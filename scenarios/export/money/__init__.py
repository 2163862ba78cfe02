"""What is written of kroner beyond the tables."""
