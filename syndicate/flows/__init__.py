"""Floor 3: what people and clocks do, each a straight line of calls. Read ``pipeline`` first."""
