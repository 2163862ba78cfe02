"""Who is there to do the work: disciplines covered, days at each town hall, desks that stand empty."""
