"""What a pack says of its meeting: agenda, cover, people, decisions, requests."""
