from channels.layers import InMemoryChannelLayer as MemoryLayer

__all__ = ["MemoryLayer"]
