"""The knowledge base for other programs of the shop; its pages are in kb.admin and kb.views."""
