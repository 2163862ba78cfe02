"""One module for each question: its document and its tables."""
