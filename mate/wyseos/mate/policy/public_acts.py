"""What a question about the browser wants to do, and to whom, as far as its words tell. Pure.

The service tells it in words alone. Whatever may be meant counts: a rule that approves has to name all of it, so that
a word too many asks a person, and never posts.
"""

from __future__ import annotations

import re
from typing import Final

OTHER: Final = "other"
"""An act that none of the words below tells of."""

_WORDS: Final[dict[str, str]] = {
    "post": r"post(?:s|ed|ing)?|publish(?:es|ed|ing)?|tweet(?:s|ed|ing)?",
    "reply": r"repl(?:y|ies|ied|ying)|respond(?:s|ed|ing)?|comment(?:s|ed|ing)?",
    # Not "would you like me to …".
    "like": r"(?<!would )(?<!you )(?<!i'd )lik(?:e|es|ed|ing)|favou?rit(?:e|es|ed|ing)",
    "repost": r"repost(?:s|ed|ing)?|retweet(?:s|ed|ing)?|quot(?:e|es|ed|ing)|shar(?:e|es|ed|ing)",
    # Not "the following draft".
    "follow": r"(?<!the )follow(?:s|ed|ing)?",
    "unfollow": r"unfollow(?:s|ed|ing)?",
    "message": r"messag(?:e|es|ed|ing)|dms?|send(?:s|ing)?|sent|e-?mail(?:s|ed|ing)?",
    "delete": r"delet(?:e|es|ed|ing)|remov(?:e|es|ed|ing)",
    "buy": r"buy(?:s|ing)?|purchas(?:e|es|ed|ing)|pay(?:s|ing)?|paid|order(?:s|ed|ing)?|subscrib(?:e|es|ed|ing)",
}
_IDEOGRAPHS: Final[dict[str, tuple[str, ...]]] = {
    "post": ("发布", "发帖", "发推", "推文"),
    "reply": ("回复", "评论"),
    "like": ("点赞",),
    "repost": ("转发", "分享"),
    "follow": ("关注",),
    "unfollow": ("取消关注", "取关"),
    "message": ("私信", "发送"),
    "delete": ("删除",),
    "buy": ("购买", "支付"),
}
ACTIONS: Final[tuple[str, ...]] = (*_WORDS, OTHER)
"""What a rule can name."""

_PATTERNS = {action: re.compile(rf"(?<![\w@])(?:{words})(?!\w)") for action, words in _WORDS.items()}
_TARGETS = re.compile(r"https?://[^\s<>\"']+|(?<![\w.])@\w{1,50}")
# A text of the service may be as long as it likes; what stands further back is no act that one could foresee.
_LONGEST = 20_000


def actions_in(text: str) -> frozenset[str]:
    """Return every act that a text may mean, `other` where its words tell none or it is too long to be read."""
    if len(text) > _LONGEST:
        return frozenset(ACTIONS)
    lowered = _URL.sub(" ", text).casefold()
    found = {action for action, pattern in _PATTERNS.items() if pattern.search(lowered)}
    found |= {action for action, words in _IDEOGRAPHS.items() if any(word in text for word in words)}
    return frozenset(found or {OTHER})


_URL = re.compile(r"https?://\S+")


def targets_in(text: str) -> tuple[str, ...]:
    """Return the accounts (`@name`) and addresses that a text names, in order, each once."""
    found = (target.rstrip(".,;:!?)") for target in _TARGETS.findall(text[:_LONGEST]))
    return tuple(dict.fromkeys(found))
