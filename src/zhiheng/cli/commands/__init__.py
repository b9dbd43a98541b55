"""One module a command: parse → flow → render."""
