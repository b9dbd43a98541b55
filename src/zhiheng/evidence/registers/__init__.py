"""Which kinds of records are kept, and what must hold of each?"""
