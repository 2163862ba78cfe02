"""What one aim gives up for another: fronts, price ranges, and plans along a price."""
