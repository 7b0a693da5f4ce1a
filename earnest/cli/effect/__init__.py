"""``earnest effect``: a file of readings → what changed with the start, as JSON and in a sentence.

Reading and writing files is here; the engine (``earnest.engine.effect``) does no I/O.
"""
