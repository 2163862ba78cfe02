"""The A4 sheets of offices and municipalities."""
