"""What the answers say, in bokmål, nynorsk or English: every sentence is made from the figures that stand beside it."""
