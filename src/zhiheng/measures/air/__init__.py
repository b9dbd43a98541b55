"""What do the air standards compute? HJ 633 the index, GB 3095 what counts as measured, HJ 663 the city and the year."""
