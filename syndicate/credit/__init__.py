"""The credit room: reads where a text was born, cuts excerpts, and writes the words that say whose it is."""
