"""Floor 1: the guarded, bounded HTTP client that everything reads the world through."""
