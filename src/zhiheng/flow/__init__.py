"""The use cases, one file each; `story` is the whole on one page."""
