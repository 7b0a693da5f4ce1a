"""``earnest stand``: a file of what people said and did → how each of them stands.

Reading and writing files is here; the engine (``earnest.engine.belief``) does no I/O.
"""
