"""A small bilingual garden shop, as entries: what the matcher's tests are about."""

from kb.matching import Entry

RETURNS = Entry(
    "returns",
    "How do I return something?",
    (
        "can I send my spade back",
        "I want to return the hose",
        "what is your return policy",
        "returning a plant that died",
        "take back an item I do not like",
    ),
    "Within thirty days you may return anything. Print the return slip and send the parcel back to us.",
)
DELIVERY = Entry(
    "delivery",
    "When will my parcel arrive?",
    (
        "how long does delivery take",
        "where is my parcel",
        "has my order been shipped",
        "track my delivery",
        "my shipment is late",
    ),
    "Parcels arrive in two to four days. The tracking link is in your mail.",
)
INVOICE = Entry(
    "invoice",
    "怎么开发票？",
    ("可以开电子发票吗", "发票抬头写错了怎么改", "我要一张发票", "发票什么时候开", "补开上个月的发票"),
    "下单时填写抬头，发货后电子发票发到您的邮箱。",
)
REFUND = Entry(
    "refund",
    "退款多久到账？",
    ("退款还没收到", "钱什么时候退给我", "退款到哪里了", "退的钱怎么还没到", "退款要几天"),
    "退货签收后三到五天原路退回。",
)
WATERING = Entry(
    "watering",
    "How often should I water a fern?",
    (
        "fern watering schedule",
        "does my fern need much water",
        "how much water for ferns",
        "my fern is dry, water it daily?",
        "when to water indoor ferns",
    ),
    "Keep the soil moist: twice a week, more in summer.",
)
GARDEN_SHOP = (RETURNS, DELIVERY, INVOICE, REFUND, WATERING)
