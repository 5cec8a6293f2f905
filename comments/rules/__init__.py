"""The ordered pipeline a comment passes on its way into the queue.

First plain limits, which refuse and say why (``limits``); then the rules in force, which hold
and say why (``holding``). A rule never decides: people do. Nothing of a text leaves the machine.
"""
