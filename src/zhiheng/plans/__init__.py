"""What did the plan promise? From a document to its targets, commitments and tasks."""
