"""What the opinion map is worth: agreement with Polis, and speed, beside a peer on the same files.

One thread for everybody, set before NumPy and scikit-learn are loaded, so that processor time says what the work costs.
"""

import os

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
