"""Carries wake-ups, never texts. A lost wake-up costs a moment, not a message: every process looks for itself."""

from chat.layer.mailbox import MISSED
from chat.layer.memory import MemoryLayer
from chat.layer.redis_bus import RedisLayer

__all__ = ["MISSED", "MemoryLayer", "RedisLayer"]
