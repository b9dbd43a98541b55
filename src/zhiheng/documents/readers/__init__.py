"""How does a file become a document?"""
