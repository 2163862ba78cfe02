"""What a problem is checked for before anything is asked of it."""
