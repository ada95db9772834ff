"""Shops, their people, customers, products and orders, for whoever may see them."""

from cscore.commerce.admin import api_tokens, catalogue, customers, orders, people, shops

__all__ = ["api_tokens", "catalogue", "customers", "orders", "people", "shops"]
