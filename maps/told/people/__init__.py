"""What pages say of people: who is helped, when offices start, who is at work, what is covered."""
