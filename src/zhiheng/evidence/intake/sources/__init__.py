"""What stands in the tables of a file that was handed in, row by row, whatever its format?"""
