"""What can be said of a target on a day? Exact verdicts, progress and outlook, each with its sentence."""
