from cscore.commerce.models.api_token import ApiToken
from cscore.commerce.models.catalogue import Product, Variant
from cscore.commerce.models.customer import Customer, Tier
from cscore.commerce.models.order import Order, OrderLine, OrderStatus, Parcel, ParcelStatus
from cscore.commerce.models.shop import Channel, Shop

__all__ = [
    "ApiToken",
    "Channel",
    "Customer",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Parcel",
    "ParcelStatus",
    "Product",
    "Shop",
    "Tier",
    "Variant",
]
