"""What the month's visits teach: gaps in the knowledge, found as the hourly job finds them."""

from chat.actions.gaps import look_for_gaps
from cscore.demo.stock import World


def load(world: World) -> int:
    """Looks through every shop's conversations; returns how many gaps there are."""
    return sum(look_for_gaps(shop=shop, at=world.now).new for shop in world.shops.values())
