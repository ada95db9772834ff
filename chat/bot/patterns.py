"""How customers say what the bot must recognise without the knowledge base. Tables, in Chinese and English.

Every pattern is searched in text normalised by `plain`; gaps are bounded, so that no text takes long.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from tickets.rules import Kind

Patterns = Sequence[re.Pattern[str]]
LONGEST_READ = 1_000


def plain(text: str) -> str:
    """NFKC, small letters, one space between words: what the patterns are written for."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST_READ]).casefold().replace("’", "'").split())


def _compiled(*patterns: str) -> Patterns:
    return tuple(re.compile(pattern) for pattern in patterns)


def said(patterns: Patterns, text: str) -> bool:
    """Whether one of the patterns stands in the (plain) text."""
    return any(pattern.search(text) for pattern in patterns)


_END = r"[\s,.!?~。!?,、…呀啊哈哦呢吧嘛了的啦]*"
_HELLO = (
    r"(?:你好|您好|哈喽|哈啰|嗨|早上好|上午好|中午好|下午好|晚上好|早安|在吗|在不在|在么|有人吗|有人在吗|客服在吗|亲"
    r"|hi there|hello there|hi|hello|hey|good (?:morning|afternoon|evening))"
)
_THANKS = (
    r"(?:好的|好|嗯嗯|嗯|ok|okay|great|perfect)?[\s,，]*"
    r"(?:谢谢|多谢|谢了|感谢|辛苦|麻烦|thank you|thanks|thx|cheers)"
    r"(?:你|您|亲|客服|so much|very much|a lot|for your help|你们|您们|帮忙|[\s,]){0,4}"
)
_BYE = r"(?:再见|拜拜|白白|88|bye bye|bye|goodbye|see you|没事了|没有了|没问题了|先这样|不用了|that's all|that is all)"

GREETING = re.compile(rf"(?:{_HELLO}{_END}){{1,3}}\Z")
GREETING_BEFORE = re.compile(rf"(?:{_HELLO}{_END}){{1,3}}")
THANKS = re.compile(rf"(?:{_THANKS}{_END}){{1,2}}\Z")
GOODBYE = re.compile(rf"(?:{_THANKS}{_END})?{_BYE}{_END}\Z")
NO_WORDS = re.compile(r"[\W\d_]*\Z")

PERSON = _compiled(
    r"(?:转|找|叫|要|换|接|呼叫|联系|有没有|想和|想跟).{0,4}(?:人工|真人|活人)|人工(?:客服|服务|坐席)|^人工|转接?客服|找客服",
    r"有(?:真|活)人(?:吗|么|在|啊|\Z)|有人工(?:吗|么|在)|(?:找|叫|让|换)(?:一下)?你们的?(?:主管|经理|领导|老板)|(?:跟|和|找)(?:真)?人(?:说|聊|谈|沟通)|不(?:要|想).{0,4}机器人|你是机器人",
    r"\b(?:human|real person|live (?:agent|person|chat)|representative|operator|customer service agent)\b",
    r"\b(?:speak|talk|chat|connect|transfer|put)(?:ing)?\b.{0,16}\b(?:person|someone|somebody|agent|people|staff)\b",
    r"\b(?:speak|talk|chat|contact|reach)(?:ing)?\b.{0,16}\b(?:agent|a person|human|customer (?:support|service))\b",
    r"\bnot a (?:bot|robot|machine)\b|\bagent please\b",
)
NOT_PERSON = _compiled(
    r"人工智能|人工费|不(?:用|要|需要)(?:转)?人工|人工草|手工", r"\bhours\b|\bphone number\b|\be-?mail\b"
)
# What may stand around a wish for a person without asking for anything else.
AROUND_PERSON = re.compile(
    r"转?人工|客服|服务|真人|小姐姐|我|你们?|您|要|想|找|请|麻烦|帮忙?|给|个|一?下|能不能|可以|可不可以|直接|快点?|赶紧|马上"
    r"|[叫转接说聊谈吗嘛么吧呢啊呀了的有在和跟来谢好哦]"
    r"|\b(?:i|i'd|want|wanna|would|like|need|to|a|an|the|with|can|could|may|you|me|please|let|just|now|real|live|hi|hello|"
    r"thanks?|thank|your|talk|speak|chat|someone|somebody|person|people|human|agent|staff|there|here|from|team)\b|[\W_]+"
)

# A question about the rules of the shop, or about what might happen: the knowledge base answers it.
POLICY = _compiled(
    r"吗|嘛|请问|支持|可以(?:退|换|无理由)|怎么(?!还)|如何|怎样|咋|多久|多少|几天|谁|什么|哪|规则|政策|流程|是否|能不能|可不可以|要不要|支不支持|\?$",
    r"^(?:how|what|who|can|could|do|does|is|are|when|where|which|may|am|will|would|should|why)\b|\bpolic(?:y|ies)\b|\?$",
)
SUPPOSED = _compiled(
    r"如果|万一|要是|假如|假设|的话|会不会",
    r"\bwhat if\b|\bin case\b|\bif\b|\bwould (?:you|i|it)\b|\bsuppose\b",
)

# What is under way already: its news are in the chat, a second case would not speed it up.
ALREADY = _compiled(
    r"(?:刚|已经|之前|早就).{0,3}(?:申请|点了|提交|退了|退货|退款|寄)|申请(?:了|过|记录)",
    r"\balready (?:requested|asked|applied|returned|sent|refunded)\b|\b(?:status of|track|where is) (?:my|the) (?:refund|return)",
)

# Words that say the goods are already the customer's.
_GOT = r"(?:收到|拿到|买的|买了|寄来|寄的|发来|发的|到手|打开|拆开|用了|穿了|这个|这件|我的|你们的)"
_BROKEN = (
    r"(?:碎|破(?!解)|坏了|坏的|是坏|裂|漏水|漏液|漏气|损坏|破损|划痕|瑕疵|发霉|变质|变形|断了|开线|掉色|褪色|生锈"
    r"|不能用|用不了|打不开|开不了机|充不了电|不亮|没反应|质量问题)"
)
_MISSING = r"(?:(?<!多)少(?:了|发|寄|给|件)|漏(?:发|寄|件|了)|缺(?:了|少|件)|没有配件|发错|寄错|错发|不是我(?:买|要|订)的)"
_STUCK = (
    r"(?:(?:快递|包裹|物流|货).{0,12}(?:丢了|丢件|弄丢|不动|没动|没更新|不更新|停滞|卡|退回)"
    r"|(?:显示|说|写着).{0,4}(?:已)?签收.{0,8}(?:没|未|不)|丢件|一直(?:没|不)(?:到|更新|动|发货))"
)
_WANT = r"(?:我(?:要|想|需要|申请)|想要?|要求|申请|帮我|给我|麻烦|请|需要|必须)"
_OWN_EN = r"(?:my|mine|i (?:got|received|bought|ordered)|we (?:got|received|bought|ordered)|just (?:came|arrived)|arrived|came|delivered)"
_BROKEN_EN = r"(?:broken|damaged|cracked|shattered|defective|faulty|torn|leaking|scratched|not working|doesn't work|does not work|stopped working|smashed|dead on arrival)"
_WANT_EN = r"(?:i(?:'d| would)? (?:want|need|like|wish)|we (?:want|need)|please|i want|i am|i'm going to|help me|let me)"

# Kind -> a request about goods of one's own; the first that matches counts.
REQUESTS: Mapping[Kind, Patterns] = {
    Kind.DAMAGED: _compiled(
        rf"{_GOT}.{{0,20}}{_BROKEN}",
        rf"^.{{0,8}}{_BROKEN}了?[\s,.!。!,]*$",
        rf"\b{_OWN_EN}\b.{{0,40}}\b{_BROKEN_EN}\b|\b{_BROKEN_EN}\b.{{0,30}}\b(?:i (?:got|received|bought|ordered)|in my order)\b",
    ),
    Kind.MISSING: _compiled(
        rf"{_GOT}.{{0,20}}{_MISSING}|{_MISSING}.{{0,4}}(?:一|两|几|个|件|我|东西|配件|货)|^.{{0,6}}{_MISSING}了?[\s,.!。!,]*$",
        r"(?:给我|你们).{0,4}[发寄送]错|[发寄送]错(?:了|货|颜色|尺码|款)",
        r"\b(?:missing|left out|wrong) (?:item|part|piece|product|size|colou?r)|\bmissing (?:from|in) my\b"
        r"|\bmy (?:order|parcel|package)\b.{0,30}\b(?:missing|incomplete|wrong)\b|\b(?:sent|got|received) (?:me )?the wrong\b",
    ),
    Kind.LOGISTICS: _compiled(
        _STUCK,
        r"\b(?:parcel|package|delivery|shipment|tracking)\b.{0,40}\b(?:lost|stuck|hasn't moved|has not moved|not moving|no update)\b"
        r"|\b(?:says|marked|shows)\b.{0,12}\bdelivered\b.{0,30}\b(?:not|never|nothing|haven't|didn't)\b|\blost (?:my )?(?:parcel|package)\b",
    ),
    Kind.EXCHANGE: _compiled(
        rf"{_WANT}.{{0,12}}(?:换货|换一个|换个|换一件|换码|换颜色|换尺码|更换)|^换货[\s,.!。!,]*$|^换(?:个|一件|一个)",
        rf"\b{_WANT_EN}\b.{{0,20}}\b(?:exchange|swap)\b|\b(?:exchange|swap) (?:my|this|it|these)\b",
    ),
    Kind.REFUND: _compiled(
        rf"{_WANT}.{{0,10}}(?:退款|退钱|仅退款)|(?:把|还我)钱|^(?:退款|退钱)[\s,.!。!,]*$",
        rf"\b{_WANT_EN}\b.{{0,20}}\brefund(?:ed)?\b|\bmy money back\b|\brefund (?:me|my|this|it)\b",
    ),
    Kind.RETURN: _compiled(
        rf"{_WANT}.{{0,12}}(?:退货|退掉|退了|退回去|退换)|{_WANT}退[\s,.!。!,]*$|^(?:退货|退货退款)[\s,.!。!,]*$",
        rf"\b{_WANT_EN}\b.{{0,20}}\b(?:return|send (?:it |this |them )?back)\b|\breturn (?:my|this|it|these) (?:order|item|\w+)\b",
    ),
}
# A reason that can be seen: whoever changes his mind has nothing to show.
FAULTY = _compiled(
    rf"{_BROKEN}|质量|瑕疵|做工|掉色|起球|开线|开胶|脱线|污渍|异味|毛病|色差|划痕|次品|残次|用不了|不能用|没法用|坏",
    rf"\b{_BROKEN_EN}\b|\b(?:quality|stain\w*|scratch\w*|fault\w*|falls? apart|fell apart|doesn't work|does not work)\b",
)
# What is wrong with one's goods is a request even when it is asked as a question.
SPEAKS_FOR_ITSELF = frozenset({Kind.DAMAGED, Kind.MISSING, Kind.LOGISTICS})

WHERE_IS_IT = _compiled(
    r"(?:快递|包裹|物流|订单|货|东西|宝贝).{0,6}(?:到哪|在哪|到了没|到没|到了吗|走到|送到|还没到|没到|没收到)",
    r"(?:快递|包裹|物流|订单).{0,6}(?:状态|进度|轨迹)",
    r"(?:我的|我)(?:那个|的)?(?:快递|包裹|物流|订单|货|东西|宝贝).{0,10}(?:什么时候|啥时候|何时|几时|多久|几天|怎么还|还没|发货|发出|到)",
    r"(?:查|看|跟踪|追踪)(?:一下|下|看|询)?(?:我的)?(?:订单|物流|快递|包裹)|(?:订单|物流|快递|包裹)(?:查询|信息)",
    r"(?:怎么|为什么|咋)还(?:没|不|未).{0,4}(?:发货|到|送|收到)|还没(?:收到|发货)|(?:帮我|催).{0,4}(?:催|发货|快递)",
    r"\bwhere(?:'s| is| are)\b.{0,20}\b(?:order|parcel|package|delivery|shipment|stuff|item)s?\b|\btrack(?:ing)?\b.{0,12}\b(?:order|parcel|package|my|number)\b",
    r"\bmy (?:order|parcel|package|delivery)\b.{0,30}\b(?:status|arrive|arrived|come|shipped|ship|late|yet|delivered|update)\b|\border status\b"
    r"|\b(?:check|status of) (?:on )?my (?:order|parcel|package)\b|\bwhen will (?:my|it)\b.{0,20}\b(?:arrive|come|ship|be delivered)\b",
    r"\bhaven't received (?:my|it|the)\b|\bhas my (?:order|parcel|package)\b",
)
# Waiting for money or for an exchange is not waiting for a parcel.
NOT_WHERE = _compiled(r"退款|退货|退回|换货|返现", r"\brefund|\breturn(?!ed to sender)")
CANCEL = _compiled(
    r"^(?:取消|算了|不用了|不办了|不退了|不换了|先不|没事了)|\b(?:cancel|never ?mind|forget it|not now)\b"
)
NO_PHOTO = _compiled(
    r"^(?:跳过|没有|没拍|没照|没有照片|没照片|没图|无|不方便|不用|不拍|拍不了|没法拍|先不|不发)|(?:没有|没|不方便|无法).{0,4}(?:照片|图片|图|拍)",
    r"^(?:no|none|skip|nope|without)\b|\b(?:no|don't have (?:a|any)|do not have (?:a|any)|can't (?:take|send) (?:a|any)|cannot (?:take|send) (?:a|any)) (?:photo|picture|image)s?\b",
)
