"""What do plans of several places demand of the same indicator?"""
