"""What happened to the demo's tickets since they were opened: older ones are further along, one in six took too long."""

from datetime import timedelta

from cscore.accounts.models import User
from cscore.demo.stock import World
from cscore.demo.visits import on_duty
from tickets import actions
from tickets.models import Ticket
from tickets.rules import State

# How long after opening, and where to; the columns are taken in turn.
PATHS: tuple[tuple[tuple[float, State, str], ...], ...] = (
    ((2, State.WORKING, ""), (20, State.SOLVED, "已按约定处理，顾客确认。"), (70, State.CLOSED, "")),
    (
        (1, State.WORKING, ""),
        (5, State.WAITING_SUPPLIER, "已请仓库核对出库录像。"),
        (26, State.SOLVED, "仓库已补发。"),
    ),
    ((3, State.WAITING_CUSTOMER, "请顾客补一张照片。"), (30, State.WORKING, ""), (40, State.SOLVED, "")),
    ((2, State.WORKING, ""), (9, State.SOLVED, "")),
    (
        (4, State.WORKING, ""),
        (12, State.WAITING_SUPPLIER, "已向承运商登记查件。"),
        (96, State.SOLVED, "包裹已找回并签收。"),
    ),
    ((1, State.WORKING, ""), (15, State.SOLVED, "退款已原路退回。"), (63, State.CLOSED, "")),
)


def load(world: World) -> int:
    """Moves every ticket along its path as far as the time since then allows; returns how many moves were made."""
    moves = 0
    for place, ticket in enumerate(Ticket.objects.select_related("shop").order_by("opened_at", "pk")):
        crew: list[User] = on_duty(world, ticket.shop)
        for hours, state, note in PATHS[place % len(PATHS)]:
            at = ticket.opened_at + timedelta(hours=hours)
            if at > world.now:
                break
            ticket = actions.move(ticket=ticket, to=state, by=crew[place % len(crew)], at=at, note=note)
            moves += 1
    return moves
