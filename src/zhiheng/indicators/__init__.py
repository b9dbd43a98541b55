"""What is known of an indicator for a period? Evidence and definition make a value with its counts."""
