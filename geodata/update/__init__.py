"""Official data of the day, downloaded when somebody asks for it: the only part that uses the network."""
