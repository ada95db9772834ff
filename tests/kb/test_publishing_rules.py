"""The page on which leads decide how articles go live."""

from django.test import Client
from django.urls import reverse

from cscore.commerce.models import Shop
from kb.models import KnowledgeBase


def test_a_lead_switches_the_two_person_rule(lead: Client, shop: Shop) -> None:
    address = reverse("kb:publishing_rules")
    assert "Shanye Outdoor" in lead.get(address).content.decode()

    lead.post(address, {"shop": "shanye", "shanye-two_people": "on", "shanye-review_days": "90"})

    base = KnowledgeBase.objects.get(shop=shop)
    assert (base.two_people, base.review_days) == (True, 90)


def test_rules_of_another_shop_and_nonsense_change_nothing(
    lead: Client, shop: Shop, other_shop: Shop
) -> None:
    address = reverse("kb:publishing_rules")

    foreign = lead.post(address, {"shop": "haitang", "haitang-two_people": "on", "haitang-review_days": "1"})
    nonsense = lead.post(address, {"shop": "shanye", "shanye-review_days": "99999"})

    assert foreign.status_code == 404
    assert "0 to 3650" in nonsense.content.decode()
    assert not KnowledgeBase.objects.filter(two_people=True).exists()
    assert not KnowledgeBase.objects.exclude(review_days=180).exists()
