"""What was built last, and whether it still holds."""
