"""How the tables became what they are, one step after another. A step that was published is never changed."""
