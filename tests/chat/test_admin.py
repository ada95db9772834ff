import uuid

import pytest
from django.test import Client
from django.urls import reverse

from chat import actions
from chat.models import BotSettings, Conversation
from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from tests.factories import MONDAY_9AM


@pytest.fixture
def conversation(shop: Shop) -> Conversation:
    visitor = actions.meet(shop=shop, token=None, identity=None, at=MONDAY_9AM).visitor
    body = "<script>alert(1)</script> I want to make a complaint"
    return actions.hear_customer(
        visitor=visitor, client_id=uuid.uuid4(), body=body, at=MONDAY_9AM
    ).conversation


def page(client: Client, person: User, name: str, *args: object) -> str:
    client.force_login(person)
    response = client.get(reverse(f"admin:chat_{name}", args=args), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_lead_reads_a_conversation_with_the_bots_reasons(
    client: Client, omar: User, conversation: Conversation
) -> None:
    html = page(client, omar, "conversation_change", conversation.pk)

    assert "The customer sounded upset" in html
    assert "<script>alert" not in html
    assert 'name="_save"' not in html


@pytest.mark.parametrize("name", ["conversation_changelist", "message_changelist", "handoff_changelist"])
def test_every_list_opens_for_the_lead(
    client: Client, omar: User, conversation: Conversation, name: str
) -> None:
    assert conversation.number in page(client, omar, name) or "complaint" in page(client, omar, name)


def test_another_shops_conversation_is_missing(
    client: Client, conversation: Conversation, other_shop: Shop
) -> None:
    lead = User.objects.create(username="eve", display_name="Eve", role="lead", is_staff=True)
    lead.shops.add(other_shop)
    client.force_login(lead)

    response = client.get(reverse("admin:chat_conversation_change", args=[conversation.pk]))

    assert response.status_code in {302, 404}


def test_an_agent_does_not_read_all_chats(client: Client, mei: User, conversation: Conversation) -> None:
    client.force_login(mei)

    assert client.get(reverse("admin:chat_conversation_changelist")).status_code == 403


def test_a_lead_lets_a_language_model_speak_for_his_shop_and_the_trail_says_so(
    client: Client, omar: User, shop: Shop
) -> None:
    client.force_login(omar)

    form = page(client, omar, "botsettings_add")
    client.post(reverse("admin:chat_botsettings_add"), {"shop": shop.pk, "language_model": "on"})

    assert "No language model is set up on this server" in form
    assert BotSettings.objects.get().language_model
    assert AuditEntry.objects.get(verb="chat.add-botsettings").by_id == omar.pk


def test_a_shop_has_its_bot_settings_once(client: Client, omar: User, shop: Shop) -> None:
    BotSettings.objects.create(shop=shop)
    client.force_login(omar)

    client.post(reverse("admin:chat_botsettings_add"), {"shop": shop.pk})

    assert BotSettings.objects.count() == 1
