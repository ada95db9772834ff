"""Every frame in and out as a typed class; see docs/protocol.md."""
