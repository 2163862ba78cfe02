"""Other roads and ferries than those of the data: what somebody plans, closes or knows better."""
