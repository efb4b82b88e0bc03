"""Words for people: the only package below the edges that knows a language."""
