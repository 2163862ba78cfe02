"""The user's own tables of money, disciplines and plans."""
