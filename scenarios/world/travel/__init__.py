"""Roads and journeys of a scenario: the embedded ones, or the user's own, as it changes them."""
