"""What does this paper say, and where?"""
