"""Recipes for listing pages: reading cards by one, writing one from an example, mending one that stopped working.

``reading`` applies a recipe; ``inferring`` writes one from repeated structure (``grouping`` finds the cards, ``roles``
tells what stands where in them, ``selecting`` names places by selectors that last); ``drift`` notices what is no longer
found and repairs it. All of it runs in the parsing worker.
"""
