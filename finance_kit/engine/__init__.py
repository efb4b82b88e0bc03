"""The projection: a plan's assumptions as arrays, monthly statements, the identities they keep, and explanations."""
