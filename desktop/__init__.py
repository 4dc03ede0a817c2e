"""The application: window, command line, and the Qt-free assistant that joins retrieval and model."""

import os

# Before anything imports numpy: its idle threads spin, and take the cores from the model's process. One thread is
# plenty for the products here, and a question's vector is there in half the time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
