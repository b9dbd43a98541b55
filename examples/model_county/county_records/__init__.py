"""The records behind the model county's figures, theme by theme. All of them are invented."""
