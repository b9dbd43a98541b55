"""Shared words: numbers, periods, places, problems, errors. Knows no room above."""
