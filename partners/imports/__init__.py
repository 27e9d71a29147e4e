"""Partners from a sheet: judged row by row, shown before, stored as a whole or not at all."""
