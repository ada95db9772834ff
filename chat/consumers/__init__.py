"""Websocket doors: translate a frame, call one verb, translate back."""

from chat.consumers.customer import CustomerConsumer
from chat.consumers.desk import AgentConsumer

__all__ = ["AgentConsumer", "CustomerConsumer"]
