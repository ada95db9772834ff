from cscore.commerce.models.catalogue import Product, Variant
from cscore.commerce.models.customer import Customer, Tier
from cscore.commerce.models.order import Order, OrderLine, OrderStatus, Parcel, ParcelStatus
from cscore.commerce.models.shop import Shop

__all__ = [
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
