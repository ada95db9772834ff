from chat.models import Message
from tests.chat.conftest import Open


def test_what_a_customer_says_is_stored_answered_and_acknowledged(customer_page: Open) -> None:
    page = customer_page()

    ack = page.say("hello")

    page.wait("message", seq=2)
    said, answered = page.everything("message")[-2:]
    assert ack["seq"] == 1
    assert (said["author"], said["body"], said["client_id"]) == ("customer", "hello", ack["client_id"])
    assert answered["author"] == "bot"
    assert list(Message.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
