"""What the office does: every change and every question that touches the ledger."""
