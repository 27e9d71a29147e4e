"""包联楼栋: who looks after which building, from the question to the end."""
