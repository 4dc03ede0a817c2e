"""What the bundle runs: the program itself."""

import sys

from desktop.__main__ import main

sys.exit(main())
