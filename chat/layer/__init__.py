"""Carries wake-ups, never texts. A lost wake-up costs a moment, not a message: every process looks for itself."""

from chat.layer.memory import MemoryLayer
from chat.layer.redis_bus import RedisLayer

__all__ = ["MemoryLayer", "RedisLayer"]
