"""Commands. One lazy table names the function of each, so that start stays light; no logic lives here."""
