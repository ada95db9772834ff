"""Lower bounds on real questions: with room for chance, above what other engines reach on the same files."""

from pathlib import Path

import pytest

from kb.matching import train
from kb.matching.evaluation import Figures, figures, judge
from kb.matching.examples import read_entries, read_questions

DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the research data is not beside the project")


def measured(name: str) -> Figures:
    matcher = train(read_entries(DATA / name / "kb.jsonl"))
    return figures(judge(matcher, read_questions(DATA / name / "queries.jsonl")))


def test_noisy_chinese_chats_with_several_phrasings() -> None:
    found = measured("faq_zh_jddc_dev")

    assert (found.top1 or 0) > 0.38
    assert (found.top3 or 0) > 0.55
    assert (found.auroc or 0) > 0.70


def test_english_retail_questions() -> None:
    found = measured("faq_en_bitext_dev")

    assert (found.top1 or 0) > 0.91
    assert (found.auroc or 0) > 0.985
    assert (found.coverage or 0) > 0.82
    assert abs((found.precision or 0) - 0.95) < 0.03


def test_chinese_questions_with_one_phrasing_each() -> None:
    found = measured("faq_zh_afqmc_dev")

    assert (found.top1 or 0) > 0.36
    assert (found.auroc or 0) > 0.74
