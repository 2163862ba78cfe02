"""Where things are: shapes of the page, and ways by road and ferry."""
