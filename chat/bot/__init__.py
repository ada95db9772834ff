"""The bot: a frozen turn in, a frozen reply out. Nothing here writes."""
