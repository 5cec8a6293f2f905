"""Measures the portal at 2,000, 100,000 and 1,000,000 articles; `python -m bench --help`."""
