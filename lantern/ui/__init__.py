"""Components of the GOV.UK and MOJ design systems."""
