"""What the opinion map is worth: agreement with Polis, and speed, beside a peer on the same files.

One thread for everybody, set before NumPy is loaded, so that processor time says what the work costs.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
