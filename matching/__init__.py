"""Who might do what: pure solvers, and the desk that feeds them from the other packages."""
