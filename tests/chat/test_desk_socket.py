from cscore.accounts.models import User
from tests.chat.conftest import Open


def test_an_agent_takes_a_waiting_customer_and_they_talk(customer_page: Open, desk: Open, mei: User) -> None:
    agent, customer = desk(mei), customer_page()
    customer.say("please let me talk to a real person")
    row = next(row for row in agent.wait("inbox", whole=False)["rows"])
    conversation = row["conversation"]

    agent.write(type="open", conversation=conversation, since=0)
    agent.write(type="take", conversation=conversation)
    agent.wait("state", state="human")
    agent.say("Hello, this is Mei.", conversation=conversation)

    assert row["state"] == "waiting"
    assert customer.wait("message", author="agent")["body"] == "Hello, this is Mei."
    customer.say("good, thanks")
    assert agent.wait("message", author="customer", body="good, thanks")["conversation"] == conversation
