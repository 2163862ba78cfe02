"""What the answers say, in bokmål or English: every sentence is made from the figures that stand beside it."""
