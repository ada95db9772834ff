"""Figures and queries put together: frozen reports in which every number says what it counts."""
