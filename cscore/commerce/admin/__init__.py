"""Shops, their people, customers, products and orders, for whoever may see them."""

from cscore.commerce.admin import catalogue, customers, orders, people, shops

__all__ = ["catalogue", "customers", "orders", "people", "shops"]
