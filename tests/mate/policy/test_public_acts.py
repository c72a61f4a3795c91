"""What a question wants to do and to whom is read from its words; a word too many is better than one too few."""

from __future__ import annotations

import pytest

from wyseos.mate.policy.public_acts import ACTIONS, OTHER, actions_in, targets_in


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("May I post this?", {"post"}),
        ("Shall I publish the draft and follow @ada?", {"post", "follow"}),
        ("Would you like me to post the following draft?", {"post"}),
        ("Unfollow them?", {"unfollow"}),
        ("Like this post?", {"like", "post"}),
        ("Retweet it, and DM the author?", {"repost", "message"}),
        ("May I POST?", {"post"}),
        ("需要我发布这条推文并关注作者吗?", {"post", "follow"}),
        ("取消关注?", {"unfollow", "follow"}),
        ("May I go on?", {OTHER}),
        ("", {OTHER}),
        ("Open https://x.com/post/follow ?", {OTHER}),
        ("Write to @follow_me?", {OTHER}),
    ],
)
def test_every_act_that_may_be_meant_counts(text: str, actions: set[str]) -> None:
    assert actions_in(text) == actions


def test_a_text_that_is_too_long_to_be_read_may_mean_anything() -> None:
    assert actions_in("May I post? " + " " * 30_000 + "And delete all?") == set(ACTIONS)


def test_accounts_and_addresses_are_targets_each_once() -> None:
    text = "Reply to @ada, then @grace (https://x.com/ada/1). Not to mail@example.com; @ada again."
    assert targets_in(text) == ("@ada", "@grace", "https://x.com/ada/1")


WORDS = {
    "post": "post posts posted posting publish publishes published tweet tweets tweeted tweeting",
    "reply": "reply replies replied replying respond responded comment comments commented commenting",
    "like": "liked likes liking favorite favourite favourites favouriting",
    "repost": "repost reposts retweet retweeted quote quoted share shares shared sharing",
    "follow": "follow follows followed following",
    "unfollow": "unfollow unfollows unfollowed unfollowing",
    "message": "message messages dm dms send sent sending email e-mail e-mails emailed emailing",
    "delete": "delete deletes deleted deleting remove removes removed removing",
    "buy": "buy buys buying purchase pay paid paying order ordered subscribe subscribed subscribing",
}
IDEOGRAPHS = {
    "post": "发布 发帖 发推 推文",
    "reply": "回复 评论",
    "like": "点赞",
    "repost": "转发 分享",
    "follow": "关注",
    "unfollow": "取关",
    "message": "私信 发送",
    "delete": "删除",
    "buy": "购买 支付",
}


@pytest.mark.parametrize(
    ("action", "word"),
    [(action, word) for words in (WORDS, IDEOGRAPHS) for action, told in words.items() for word in told.split()],
)
def test_each_word_for_an_act_tells_it_by_itself(action: str, word: str) -> None:
    assert actions_in(f"需要{word}吗?" if action in IDEOGRAPHS and not word.isascii() else f"({word})") == {action}


def test_what_a_rule_can_name_is_each_act_and_what_is_none() -> None:
    assert (*WORDS, "other") == ACTIONS


@pytest.mark.parametrize(("length", "actions"), [(20_000, {"post"}), (20_001, set(ACTIONS))])
def test_a_text_is_read_up_to_20_000_letters(length: int, actions: set[str]) -> None:
    assert actions_in("May I post?".ljust(length)) == actions


def test_a_word_counts_also_right_before_an_address() -> None:
    assert actions_in("Posthttps://x.com/ada/1?") == {"post"}


def test_a_target_keeps_its_last_letter_and_not_the_full_stop_behind_it() -> None:
    assert targets_in("Reply to @SpaceX.") == ("@SpaceX",)
