"""Floor 0: nouns and decisions. Values in, values out; standard library only; no clock, no I/O."""
