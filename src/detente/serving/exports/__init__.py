"""Ways to take the record away: one module, one class each, held to the contract in `contract`."""
