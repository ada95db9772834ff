"""Words that people use in anger, whoever they are: a table, because a model of few lines cannot know each of them."""

import re
import unicodedata
from typing import Final

from cscore.language.displeasure.ngrams import MOST_CHARACTERS

HARSH: Final[tuple[str, ...]] = (
    r"骗子|骗人|骗钱|欺骗|欺诈|诈骗|坑人|坑爹|坑钱|忽悠|黑店|黑心|奸商|无良|不要脸|要点脸|缺德|丧良心|昧良心|流氓|强盗",
    r"气死|气炸|气人|火大|太过分|过分了|欺负人|欺人太甚|恶心|恶劣|忍无可忍|受够|忍你|无语|耍我|耍人|耍猴|糊弄|敷衍|推脱|推卸|踢皮球",
    r"什么破|(?<!打)破(?:店|公司|客服|玩意|东西|规定|平台)|什么玩意|什么鬼|狗屁|放屁|屁用|滚(?!筒|动|轮|珠|刷|烫|边|水)|有病(?!虫)|脑子|傻[逼b]|智障|废物|混蛋|王八|(?<![我你他她])妈的|真他妈|他妈(?:的)?什么|^他妈的|tmd|nmd|sb客服",
    r"垃圾(?![袋桶箱铲盒处分车])|太差|差劲|很差|极差|太烂|烂透|烂公司|太垃圾|失望|再也不|不会再(?:买|来)|心寒|寒心|倒霉|晦气|倒闭|店大欺客|霸王|卖假货|虚假宣传|睁眼说瞎话",
    r"什么态度|这态度|会不会说人话|听不懂人话|装死|装聋|死哪|凭什么|给个说法|给我个说法|退我钱|还我钱|叫你们(?:经理|领导|老板)|不满意|极度不满|烦死|烦人|烦躁|真烦|好烦",
    r"\b(?:terrible|awful|worst|ridiculous|disgusting|rip-?off|furious|unacceptable|outrageous|pathetic|appalling|shameful|useless|rubbish)\b",
    r"\b(?:scam|scammers?|fraud|thie(?:f|ves)|liars?|crooks|idiots?|stupid|wtf|hell|damn|f[u*]+\w*|screw you|shame on|bullshit|crap)\b",
    r"\bnever (?:buy|shop|order)|\bfed up\b|\b(?:not|un) ?happy\b|\bangry\b|\bannoyed\b|\bfrustrat\w+|\bhow dare\b|\bwast(?:e|ing) (?:of|my)\b|\bdisappoint\w+",
)
_HARSH: Final = re.compile("|".join(HARSH))


def is_harsh(text: str) -> bool:
    """Whether an angry word stands in the text."""
    return bool(_HARSH.search(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()))
