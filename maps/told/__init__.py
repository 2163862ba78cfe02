"""What a page says, as plain rows and words: no drawing, no templates."""
