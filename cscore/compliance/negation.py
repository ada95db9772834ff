"""When a forbidden word is not said but denied: 不能保证治愈, 加微信是不允许的."""

import re

from cscore.compliance.folding import Break, Folded

# Contain a negating character and deny nothing.
NOT_DENYING = """
不仅 不但 不只 不光 不单 不管 不论 不过 不错 不得不 不同 不好意思 不客气 不满意 不用担心 不用怕 不担心 不怕 不愁 不必担心
没问题 没错 没关系 没事 无论 无需担心 非常 除非 并非偶然 别人 别的 特别 分别 区别 级别 个别 性别 识别 类别 别墅 别致 别说 未来
无敌 无比 无忧 无限 无线 莫过于 绝不 决不 毫不夸张 不夸张 不骗您 不骗你 不瞒您 不假 不少 不用犹豫 别犹豫 别错过 不要错过 不容错过
不二 无条件 无理由 不限 不止 差不多 了不起 无一 没有之一 没话说 没得说 要不 要不要 好不好 行不行 对不对 是不是 能不能 可不可以
不用走平台 不用通过平台 不走平台 不用退 不用经过平台 不方便 不好说 别忘了 别忘记 不加价 不用等 不吃药 不用吃药 不打针
""".split()
DENYING = "不 没 无 勿 未 别 非 甭 莫 禁止 严禁 谨防 拒绝 杜绝 避免 防止 警惕 小心 当心 难以 岂 哪敢 哪能 骗子 诈骗 冒充 假冒".split()
DENIED_AFTER = """
是不可以 是不允许 是不行 不被允许 是违规 属于违规 违规 违法 是禁止 被禁止 不可行 不支持 不存在 做不到 请勿 切勿 不要信 不要相信
别信 别相信 都是骗 是骗 诈骗 骗子 不允许 不可以 无法做到 不敢保证 没法保证 不能保证 无法保证 不得 没有的 是没有 暂时没有 不属实 有风险
""".split()


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_BEFORE = re.compile(f"{_any_of(NOT_DENYING)}|(?P<denying>{_any_of(DENYING)})")
_AFTER = re.compile(_any_of(DENIED_AFTER))


def denied(folded: Folded, start: int, end: int, window: int) -> bool:
    """Whether text[start:end] is denied by a word at most `window` characters away in the same clause."""
    if not window:
        return False
    first, last = start, end
    while first > max(0, start - window) and folded.breaks[first] < Break.CLAUSE:
        first -= 1
    while last < min(len(folded.text), end + window) and folded.breaks[last] < Break.CLAUSE:
        last += 1
    before, after = folded.text[first:start], folded.text[end:last]
    return any(match["denying"] for match in _BEFORE.finditer(before)) or _AFTER.search(after) is not None
