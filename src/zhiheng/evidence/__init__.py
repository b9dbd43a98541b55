"""What do we know, since when, from whom?"""
