"""Overt threats, as a table by whom they threaten with: recall matters most, so no probability decides here."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from cscore.language.displeasure.ngrams import MOST_CHARACTERS

# Also as people write these words to get around filters.
_COMPLAIN: Final = r"(?:[投头]\s?诉|投su|tou\s?诉|tousu)"
_REPORT: Final = r"(?:举\s?报|ju\s?bao|举bao|ju报)"
_BAD_REVIEW: Final = r"(?:差[评平坪]|cha评|chaping|[一01]星(?!期|级酒店|辰))"
_HOTLINE: Final = r"(?:(?<!\d)1\s?2\s?31?\s?1\s?5(?!\d)|[一幺]二三[一幺]五)"
_PUBLIC: Final = r"(?:微博|抖音|快手|小红书|知乎|朋友圈|热搜|贴吧|b站)"

THREATS: Final[Mapping[str, tuple[str, ...]]] = {
    "authorities": (
        _COMPLAIN,
        _REPORT,
        _HOTLINE,
        r"(?:打|拨|找|去|给).{0,3}12345(?!\d)|12345(?:热线|见|不行|打|登记)|市长热线|(?:央视|到|去|上|找|给).{0,2}315(?!\d)|315(?:晚会|见|曝光|我?等)",
        r"(?:去|找|向|打|给|上|递到|交到|反映到).{0,4}消协|消协(?!没)[见会投举要电出的]|消保委|消费者(?:协会|权益)|(?:有关|监管|监督)部门|找监管|食药监|药监局|卫生局|银监会|打假(?!油|币)|判责|总部说理",
        r"工商(?:局|所|举报|今天|会|来|查|见)|(?:去|找|向|到)工商|市(?:场)?监(?:督|管|局)|(?:物价|税务|质监|质检|商务)(?:局|部门|总局|那边).{0,10}(?:反映|举报|查|管|检测|说|来)|(?:市民|政务|政府)热线|反映到|总公司反映|等着?.{0,2}(?:罚款|处罚)|准备好.{0,3}(?:罚|处罚)",
        r"(?:平台|官方|小二).{0,2}介入|平台.{0,3}(?:仲裁|来?处理你)|(?:走|申请|去|提交|找|要)[^,。?]{0,4}仲裁|仲裁[庭见]|拒付|强制退款|银行.{0,6}退单|(?:支付宝|微信|银行|发卡行).{0,6}(?:申诉|撤)|总裁办|给.{0,4}董事长|一投到底|维权(?!日)",
        r"(?:工号|客服编号).{0,6}(?:报|告诉|记下|给我|多少)|丢工作|被开除|一个个打",
    ),
    "law": (
        r"起\s?诉|应诉|诉讼|诉状|传票|打官司|见官|告赢|(?:法院|法庭).{0,4}(?:见|判|传|立案|等|说)|(?:上|去|到|告|让).{0,2}法[院庭]",
        r"律师(?!袍|证|函模板|资格|考试|楼|事务所|所)|法律(?:途径|程序|责任|手段|武器|维护)|用法律|司法途径|走法律|咨询.{0,4}法务",
        r"报了?警(?!器|灯|铃|功能|推送|声|怎么)|报案|(?:去|到|上|向|跟|和)派出所|派出所.{0,2}(?:见|说|报|备案|立案)|公安局(?!旁|附近|对面|那)|网警|(?:跟|找|叫)警察|警察(?:来|说)|(?:打|拨).{0,2}110(?!\d|块|元)|110(?:我|已经|都)",
        r"[要会去就]告(?:你们?|他们|到)|我告(?:你|他)|(?:不然|否则)就?告|[三3十]倍赔偿|(?:退一|假一)赔[三3十](?!吗|的?保)|赔(?:我|偿)?[三十3]倍|不赔偿?.{0,8}(?:告|查|见|罢休)|索赔|消费欺诈|告到底|犯法",
    ),
    "public": (
        r"曝[一上]?曝(?!光)|曝\s?光(?!怎么|模式|值|补偿|度|时间|不足|过度|参数|表)|(?:找|叫|联系|让|请|认识).{0,4}记者|记者.{0,4}(?:来|见|曝光|联系你)|电视台|[上见]新闻|记者朋友|朋友.{0,4}记者|(?:找|联系|本地)媒体|报社|爆料|避雷帖|名声搞臭|(?:信誉|名声|名誉)扫地|你们的嘴脸|十万粉丝|黑猫|聚投诉|采访一下|(?:知乎|微博|小红书|公众号).{0,3}写|写一篇.{0,8}(?:发|图文)",
        rf"{_PUBLIC}.{{0,6}}(?:见|发(?!货)|曝|避雷|让|@|账号|全是|万粉)|(?:发|传|挂|写|上)(?:到|在|个|条|到了)?(?:{_PUBLIC}(?!晒)|网上)|上网发|挂你们|放(?:到)?网上|论坛.{{0,4}}发",
        r"(?:聊天记录|录音|录像|录屏|截图|证据).{0,8}(?:等着|发网|发出去|留好|传|交给)|全程录音|录音了|上传聊天记录|截图了",
        rf"(?:给|打|来|等|收|写|就|追评|追加|全部)[^,。?]{{0,5}}{_BAD_REVIEW}|(?:评价里|买家秀).{{0,16}}(?:写|说清|骂|揭)|(?:打|刷|给).{{0,4}}(?:低|负)分|{_BAD_REVIEW}都嫌|{_BAD_REVIEW}.{{0,12}}(?:那就|再来)|{_BAD_REVIEW}.{{0,3}}给定|评分.{{0,6}}拉低",
        rf"^{_BAD_REVIEW}|{_BAD_REVIEW}.{{0,4}}(?:伺候|走起|等着|见|编辑好|送给|加视频)|抵制",
        r"(?:让|劝|叫|喊|号召|动员).{0,6}(?:所有人|大家|别人|没人|不来).{0,8}(?:买|退货|看看|知道|维权)|群里.{0,8}(?:告诉|知道)|网友.{0,2}评|(?:让|叫|劝).{0,8}(?:不要|别|不再)(?:去|来|再)?.{0,2}买",
    ),
    "revenge": (
        r"(?:走|等)着瞧|你们?(?:给我)?等着(?:$|[,，!。|]|[收关倒被吧])|等着(?:关店|被查|被投诉|收差评|收律师)|后果(?:自负|自己|由?你们?)|付出代价|收拾你|记住你|你们?会后悔|^别后悔|有种|罢休|付代价",
        r"最后(?:通牒|警告|(?:给你|再说).{0,2}[一次天]|问一[次遍]|一次(?:警告|机会))|给你最后|(?:就|怪我|要)不客气|不会就这么算|不信你试试|你试试看|信不信我|看着办|掂量",
        r"跟你们?(?:没完|死磕|耗)|(?:咱们|这事|我们)没完|限你们?|让你们?.{0,3}(?:关门|关店|倒闭|开不)|弄死|走夜路|(?:[过去来]|把).{0,6}砸|堵门|坐在?你们?.{0,4}(?:店|公司|门口).{0,4}不走|拉横幅|上门找你|有你们?好看|别让我碰到|混下去",
        r"(?:去|到|来)你们(?:公司|店里?|仓库|总部|办公室|办公地点|那儿?|门店)(?:门口|.{0,6}(?:闹|坐着|坐坐|堵|拉|理论|要钱)|$)|住哪.{0,4}知道|亲自登门|站你.{0,3}门口",
    ),
    "english": (
        r"\b(?:fil(?:e|ing|ed)|mak(?:e|ing)|lodged?|formal|submit)\b.{0,16}\b(?:complaint|dispute)|\bopened a dispute\b|\bmy complaint\b|\bcomplain(?:ing)? to\b|\bcomplaint (?:is )?filed\b",
        r"\b(?:i'?ll|i will|i'm|we will|going to|i have|i've|i am|before i)\b.{0,16}\breport(?:ing|ed)?\b.{0,10}\b(?:you|your|this)\b|\breporting (?:you|your|this)\b",
        r"\b(?:sue|suing|lawsuit|attorney|solicitor|lawyer|legal (?:action|steps|team|proceedings)|press(?:ing)? charges)\b|\b(?:to|in|claims|through) court\b|\bsmall claims\b|\b(?:the|call(?:ed|ing)?) police\b",
        r"\btrading standards\b|\bombudsman\b|\bbbb\b|\bftc\b|\bregulators?\b|\bconsumer (?:protection|desk|agency)\b|\bthe authorities\b|\bcharge ?back\b|\blose your licen[cs]e\b",
        r"\b(?:one|1|zero|0)[- ]stars?\b|\b(?:bad|negative|worst|terrible|scathing)\b.{0,12}\breviews?\b|\btrustpilot\b|\bwarn (?:every|all|other)",
        r"\b(?:dispute (?:this|the|my) (?:payment|charge)|disputing the|reverse the payment)\b|\bgoing public\b|\btake this further\b|\bas evidence\b",
        r"\b(?:post|posting|putting|expos(?:e|ing)|everyone)\b.{0,24}\b(?:tiktok|twitter|social media|facebook|instagram|online|youtube|reddit)\b",
        r"\b(?:the press|newspapers?|journalist|whole internet|my followers)\b|\b(?:tell|make sure)\b.{0,24}\b(?:not to (?:shop|buy|order)|nobody|no one|avoid)\b",
        r"\byou(?:'ll| will) (?:regret|hear from|be hearing from|pay for)\b|\bor else\b|\blast (?:chance|warning)\b|\bwon't let this go\b|\blife hell\b",
        r"\bi know where (?:you|your)\b|\bwon't be polite\b|\b(?:have|get) you fired\b|\bcome down there\b|\bforget this\b",
    ),
}
# Asking how to complain about a courier, or how to edit a review, is an everyday question; links hold any number.
EVERYDAY: Final = (
    r"https?://\S+",
    r"投诉(?:建议|处理|的那个)|(?:怎么|如何|哪里|在哪|怎样).{0,6}(?:投诉|举报|差评)|投诉(?:电话|邮箱|入口|渠道|进度|热线)(?:是|在|多|吗|呢|$)",
    r"(?:不是|不会|不想|不用|没有?|撤销|取消|撤回|撤了).{0,3}(?:投诉|举报|差评)|差评.{0,4}(?:怎么|改|(?<!不)删|修|回复|解释)",
    r"(?:改|删|修改|删除|回复|取消).{0,4}差评|举报.{0,8}入口|\b(?:how|where|not)\b.{0,20}\bcomplain(?:t|ing)?\b",
)

_THREATS: Final = re.compile("|".join(pattern for family in THREATS.values() for pattern in family))
_EVERYDAY: Final = re.compile("|".join(EVERYDAY))


def threatens(text: str) -> bool:
    """Whether the text threatens in so many words."""
    compatible = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold().replace("’", "'")
    return bool(_THREATS.search(_EVERYDAY.sub(" ", " ".join(compatible.split()))))
