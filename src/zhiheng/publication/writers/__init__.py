"""One module a format: each makes the bytes of a paper and puts them into their place at once."""
