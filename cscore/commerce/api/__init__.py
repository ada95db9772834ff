"""Who calls the API: a shop's own program, with a token and its scopes."""

from cscore.commerce.api.view import ApiView, TokenRequest, answers

__all__ = ["ApiView", "TokenRequest", "answers"]
