"""Indicators of a plan: what a lender and an adviser read off its figures."""
