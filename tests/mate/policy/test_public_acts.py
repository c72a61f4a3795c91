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
