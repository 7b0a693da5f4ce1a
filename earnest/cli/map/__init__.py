"""``earnest map``: a file of votes → where people stand together, as JSON and as a picture.

Reading and writing files is here; the engine (``earnest.engine.opinion``) does no I/O.
"""
