"""What the answers say in Norwegian bokmål: every sentence is made from the figures that stand beside it."""
