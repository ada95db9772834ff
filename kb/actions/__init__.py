"""The verbs of the knowledge base."""

from kb.actions.archiving import archive, unarchive
from kb.actions.caring import confirm_still_right, give_to, look_again_on, set_publishing_rules
from kb.actions.commenting import comment, settle
from kb.actions.copying import copy_to_shop
from kb.actions.drafts import save_draft, save_drafts
from kb.actions.examining import BadQuestions, Examination, examine
from kb.actions.golden import drop_golden, keep_all_golden, keep_golden
from kb.actions.helping import AlreadySo, count_reader, show_in_help_centre, vote
from kb.actions.holding import GoldenRegression
from kb.actions.importing import (
    BadImport,
    Imported,
    Phase,
    check_import,
    import_articles,
    standing_of,
    summary,
    try_import,
)
from kb.actions.merging import keep_apart, merge, tell_apart
from kb.actions.planning import CarriedOut, cancel_plan, carry_out_plans, plan_publish, plan_withdraw
from kb.actions.precision import ask_precision
from kb.actions.publishing import publish, restore, withdraw
from kb.actions.pushing import Expected, mark, push_draft
from kb.actions.rechecking import recheck_wording
from kb.actions.reviewing import approve, ask_review, send_back
from kb.actions.trying import ask_trial
from kb.actions.undoing import ChangedSince, undo

__all__ = [
    "AlreadySo",
    "BadImport",
    "BadQuestions",
    "ChangedSince",
    "CarriedOut",
    "Examination",
    "Expected",
    "GoldenRegression",
    "Imported",
    "Phase",
    "approve",
    "archive",
    "ask_precision",
    "ask_review",
    "ask_trial",
    "cancel_plan",
    "carry_out_plans",
    "check_import",
    "comment",
    "confirm_still_right",
    "copy_to_shop",
    "count_reader",
    "drop_golden",
    "examine",
    "give_to",
    "import_articles",
    "keep_all_golden",
    "keep_apart",
    "keep_golden",
    "look_again_on",
    "mark",
    "merge",
    "plan_publish",
    "plan_withdraw",
    "publish",
    "push_draft",
    "recheck_wording",
    "restore",
    "save_draft",
    "save_drafts",
    "send_back",
    "set_publishing_rules",
    "settle",
    "show_in_help_centre",
    "standing_of",
    "summary",
    "tell_apart",
    "try_import",
    "unarchive",
    "undo",
    "vote",
    "withdraw",
]
