"""What was asked: one scenario file, read, checked and resolved."""
