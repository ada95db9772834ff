"""Words around a question that are no part of it: greetings, thanks, particles, swear words, request frames."""

import re
from typing import Final

_HELLO: Final = (
    "您好|你好|哈喽|哈啰|嗨|在吗|在么|亲爱的|亲亲|亲|请问一下|请问|麻烦问一下|想问一下|想问下|问一下|问下",
    "hello|hi|hey|good (?:morning|afternoon|evening)|please|excuse me",
)
_ENDINGS: Final = "呢|啊|呀|吧|哦|喔|哈|嘛|哟|咯|啦|噢|谢谢(?:你|您|了|啦)?|thank you|thanks|please"
_SWEARING: Final = (
    r"(?:god)?damn(?:ed)?|(?:mother)?fuck(?:ing?|in'|ed)?|bloody|freaking|shit(?:ty)?|bullshit|crappy"
)
# What people say in English before they come to the matter. A verb of its own ("want", "need", "have") is a frame
# only where another verb or the help asked for follows, which "to", "help" and "assistance" show.
_YOU: Final = r"(?:can|could|will|would) (?:you|u|ya)(?: please)?"
_HELP: Final = r"(?:some |your |any )?(?:help|assistance|support|assist)"
_FRAMES: Final = "|".join((
    r"i (?:do not|don'?t) (?:know|understand) (?:how to|how (?:i can|can i|could i|i could|i should)|if i can)",
    r"i (?:do not|don'?t) know what (?:to do|i (?:have|need|got) to do) to",
    r"what (?:do|should|must) i (?:have to |need to )?do to",
    rf"{_YOU} (?:help|assist|tell|show|let) me(?: how)?(?: to| with)?",
    _YOU,
    r"(?:help|assist) me(?: to| with| in)?",
    rf"i(?:'d| would)? (?:need|want|like|require)(?: to (?:get|have))? {_HELP}(?: to| with| in)?",
    rf"(?:need|want|wanna|require|looking for) {_HELP}(?: to| with| in)?",
    rf"{_HELP} (?:to|with|in)",
    r"i(?:'d| would)? (?:need|want|like|love|try|wish|have got|have|got|gotta)(?: to)?",
    r"(?:need|want|wish) to|wanna|would like to",
    r"i(?:'m| am) (?:trying|looking|hoping)(?: to| for)?",
    r"(?:how|where) (?:can|could|do|should|would) i|how to",
    r"(?:is it possible|am i able) to",
))  # fmt: skip

# Chinese words that say no more than that somebody asks for something; English ones are frames above.
_ASKING: Final = re.compile(
    "可不可以|能不能|要不要|需不需要|有没有|是不是|会不会|行不行|好不好|可以|能否|是否|支持|提供|服务|帮我|帮忙|给我|"
    "你们|你家|咱们|我们|这个|那个|怎么样|怎么|如何|的话|一下|想要|行吗|请问|有没|[能想吗么嘛有我要的了会]|"
    r"(?<=.)不(?=$|\?)|(?<=.)没有?(?=$|\?)"
)

_LEADING: Final = re.compile(rf"^(?:(?:{'|'.join(_HELLO)})(?![a-z])[\s,.!?~。、]*)+")
_TRAILING: Final = re.compile(rf"(?:(?:{_ENDINGS})[\s,.!?~。、…]*)+$")
_INSIDE: Final = re.compile(rf"\b(?:{_SWEARING}|{_FRAMES})\b")


def unpadded(text: str) -> str:
    """The text without its padding; a text of nothing else keeps its words, for a greeting may be an entry."""
    bare = _TRAILING.sub("", _LEADING.sub("", text))
    return _INSIDE.sub(" ", bare).strip(" ,.!?。，、~") or bare or text


def unframed(text: str) -> str:
    """What a normalised text asks for, without the Chinese words around it; a text of nothing else keeps them."""
    return _ASKING.sub("", text).strip(" ,.!?。，、~") or text
