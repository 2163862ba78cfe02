"""Questions beyond the best plan; each is answered with a proof or an honest gap."""
