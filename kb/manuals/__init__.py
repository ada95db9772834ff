"""Product manuals, read as questions and answers that an editor may choose from. Pure; nothing is ever fetched."""

from kb.manuals.files import NoSections, NotADocument, UnknownKind, read_manual
from kb.manuals.splitting import MOST_SECTIONS, Section

__all__ = ["MOST_SECTIONS", "NoSections", "NotADocument", "Section", "UnknownKind", "read_manual"]
