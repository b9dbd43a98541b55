"""Plain mathematics: trend and interval. Knows nothing of the domain."""
