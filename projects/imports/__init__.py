"""Projects from a sheet: each new row becomes a draft with its parts; what is published is not changed by a sheet."""
