"""What the report carries so that a reader can find the best plan under prices and demands of her own."""
