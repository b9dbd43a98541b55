"""The web application around the core: people, rights, and the plan workspace."""
