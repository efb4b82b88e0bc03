"""The form of a plan, without HTML: steps and fields read off the schema, strict reading of what people type."""
