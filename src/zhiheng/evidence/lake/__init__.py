"""Where are records kept, as they were known at every position, and do the files still say what they said?"""
