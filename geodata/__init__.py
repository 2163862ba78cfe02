"""What the world is: municipalities, the road and ferry graph, travel times, neighbours."""
