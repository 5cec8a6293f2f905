"""Who writes: known to the portal, not to its readers.

The law may ask that a writer accepts an agreement and proves a telephone number or an address
with a one-time code (Law 418-V art. 36(5-1); Digital Code art. 47). Which way, or none, is a
setting; `backends.py` is the seam. What is learnt lies apart from the comments, encrypted.
"""
