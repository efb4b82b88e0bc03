"""The report context: everything a document, page or JSON shows, as plain values with units, made in one place."""
