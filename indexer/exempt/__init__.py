"""What in a pack is exempt, and what is in doubt."""
