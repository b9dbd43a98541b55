"""What is done in the background, by name."""
