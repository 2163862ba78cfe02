"""The A4 sheets, and how they are printed."""
