"""What offices cost in kroner, by the specification: one office, the three states of a plan, who would leave."""
