"""What leaves the house? Reports, tables, pages and data; nothing goes out by another way."""
