"""What people without an account or git send: from the questions to a change of the index."""
