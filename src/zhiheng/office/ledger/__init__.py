"""What the office itself keeps: organisations, people, rights, plans under review, jobs, and who did what."""
