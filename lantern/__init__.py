"""Lantern: the shared case file and the clock for children who go missing from home or care."""
