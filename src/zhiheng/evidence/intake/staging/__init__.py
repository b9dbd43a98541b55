"""Does each row make sense for its register? Checked by columns in SQL that is made from the definition."""
