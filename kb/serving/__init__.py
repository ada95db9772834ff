"""Who serves which release: every web process says so itself, and pages read how far a release has got."""
