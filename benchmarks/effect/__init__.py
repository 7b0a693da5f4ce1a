"""What ``earnest.engine.effect`` is worth: how often its intervals hold the truth, and statsmodels beside it.

One thread for everybody, set before NumPy is loaded, so that processor time says what the work costs.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
