"""The verbs of a scenario: for each, the script that plays it. `VERBS` is what a step may say."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from wyseos.mate.emulator.scenario.actions import Close, Emit, Json, Record, Script, Wait
from wyseos.mate.emulator.scenario.context import Stage
from wyseos.mate.emulator.scenario.plans import is_finished, leaves, number_steps, revise
from wyseos.mate.emulator.scenario.screenshots import draw_page
from wyseos.mate.emulator.server.uploads import file_url

Verb = Callable[[Stage, Any, Json], Script]


class RoundOver(Exception):
    """The round ends here, whatever the scenario still holds."""


def verb_of(step: Json) -> str:
    """Name the verb of a step; `wait` beside another verb only tells how long to wait after it."""
    verbs = [name for name in step if name in VERBS]
    return next((name for name in verbs if name != "wait"), *verbs[:1])


def play(stage: Stage, steps: list[Json]) -> Script:
    """Play steps one after the other; each is an object with one verb, perhaps with a `wait` after it."""
    for step in steps:
        verb = verb_of(step)
        yield from VERBS[verb](stage, step[verb], step)
        if "wait" in step and verb != "wait":
            yield Wait(step["wait"])


# ---- saying


def _say(kind: str) -> Verb:
    def verb(stage: Stage, value: Any, step: Json) -> Script:
        yield stage.emit(kind, stage.fill(value), step=step)

    return verb


def _rich(kind: str) -> Verb:
    def verb(stage: Stage, value: Any, step: Json) -> Script:
        yield stage.rich(kind, stage.fill(value), step)

    return verb


def _browser(stage: Stage, value: Any, step: Json) -> Script:
    seen = stage.fill(value)
    text, url = seen.get("text", ""), seen.get("url", "https://example.com/")
    size = seen.get("width", 640), seen.get("height", 400)
    picture = base64.b64encode(draw_page(seen.get("title", ""), text, url, *size)).decode()
    data = {"action": seen.get("action", "visit"), "text": text, "screenshot": picture, "url": url}
    yield Record("page", {"url": url})
    yield stage.rich("browser", data, step, browser_id=stage.words["browser_id"])


def _files(stage: Stage, value: Any, step: Json) -> Script:
    files = [_file(stage, item, item.get("content", "").encode()) for item in stage.fill(value)]
    yield from _show_files(stage, "file", files, step)


def _images(stage: Stage, value: Any, step: Json) -> Script:
    pictures = []
    for item in stage.fill(value):
        drawn = draw_page(item.get("title", item["file_name"]), item.get("text", ""), item.get("url", ""))
        pictures.append(_file(stage, item, drawn))
    yield from _show_files(stage, "image", pictures, step)


def _file(stage: Stage, item: Json, content: bytes) -> Json:
    return {"file_id": stage.new_id("file"), "file_name": item["file_name"], "content": content}


def _show_files(stage: Stage, kind: str, files: list[Json], step: Json) -> Script:
    shown = []
    for file in files:
        yield Record("file", file)
        name = file["file_name"]
        url = file_url(stage.words["base_url"], file["file_id"], name)
        shown.append({"file_name": name, "url": url, "extension": name.rpartition(".")[2]})
    yield stage.rich(kind, shown, step)


# ---- planning


def _plan(stage: Stage, value: Any, step: Json) -> Script:
    # What was sent stays as it was sent, while the plan on the stage goes on; hence the copies.
    stage.plan = number_steps(stage.fill(value))
    yield stage.emit(
        "plan", "This is how I will go about it.", {"type": "create_plan", "data": deepcopy(stage.plan)}, step
    )
    while step.get("ask", True):
        answer = yield stage.ask("plan", "Shall I go ahead with this plan?", {})
        response = (answer or {})["response"]
        if response["accepted"]:
            stage.plan = response.get("plan") or stage.plan
            return
        stage.plan = revise(stage.plan, response.get("content", ""))
        yield stage.emit("plan", "I changed the plan.", {"type": "update_plan", "data": deepcopy(stage.plan)}, step)


def _work(stage: Stage, value: Any, step: Json) -> Script:
    """Play each open step of the plan: what stands below its id, or below `other`."""
    for leaf, parents in list(leaves(stage.plan)):
        for parent in parents:
            if parent.get("status") == "not_started":
                yield _status(stage, parent, "in_progress")
        yield _status(stage, leaf, "in_progress")
        stage.words["step"] = leaf.get("title", "")
        yield from play(stage, value.get(leaf["id"], value.get("other", [])))
        yield _status(stage, leaf, "done")
        for parent in reversed(parents):
            if is_finished(parent):
                yield _status(stage, parent, "done")


def _status(stage: Stage, leaf: Json, status: str) -> Emit:
    leaf["status"] = status
    update = {"id": leaf["id"], "status": status, "title": leaf.get("title", "")}
    return stage.emit("plan", body={"type": "update_task_status", "data": update})


# ---- asking


def _question(stage: Stage, value: Any, step: Json) -> Script:
    answer = yield stage.ask("text", stage.fill(value), step)
    stage.words["answer"] = (answer or {})["text"]


def _x_confirm(stage: Stage, value: Any, step: Json) -> Script:
    answer = yield stage.ask("plan", stage.fill(value), step, kind="x_confirm")
    yield from play(stage, step.get("then" if (answer or {})["response"]["accepted"] else "otherwise", []))


# ---- marketing


def _report(stage: Stage, value: Any, step: Json) -> Script:
    product = {"product_name": stage.words["topic"], **stage.fill(value)}
    product["product_id"] = stage.words["product_id"]
    yield Record("product", product)
    yield stage.rich("marketing_report", {k: product[k] for k in ("product_name", "product_id")}, step)


def _research(stage: Stage, value: Any, step: Json) -> Script:
    query_id = stage.new_id("query")
    yield Record("research", {"query_id": query_id, "tweets": [_tweet(stage, item) for item in stage.fill(value)]})
    yield stage.rich("marketing_research_tweets", {"query_id": query_id}, step)


def _stream(stage: Stage, value: Any, step: Json) -> Script:
    kind = value["kind"]
    for index, (chunk, kept) in enumerate(CHUNKS[kind](stage, stage.fill(value["items"]))):
        yield Record("marketing", kept)
        mark = {"chunk_id": stage.new_id("chunk"), "chunk_index": index, "delta": True}
        yield stage.rich(kind, chunk, step, **mark)
        yield Wait(value.get("pace", 0.03))
    yield stage.rich(kind, None, step, delta=False)


def _replies(stage: Stage, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        tweet = _tweet(stage, item)
        yield [tweet], {"reply": [tweet]}


def _interactions(stage: Stage, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        ((kind, given),) = item.items()
        tweet = _tweet(stage, given)
        yield [tweet], {kind: [tweet]}


def _drafts(stage: Stage, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        draft_id = stage.new_id("draft")
        words = item["content"].split(" ")
        pieces = [" ".join(words[n : n + 4]) + " " for n in range(0, len(words), 4)]
        pieces[-1] = pieces[-1][:-1]
        for piece in pieces:
            whole = {**item, "draft_id": draft_id, "content": item["content"]}
            yield {"draft_id": draft_id, "content": piece}, {"tweet": [whole]} if piece is pieces[-1] else {}


CHUNKS = {"marketing_tweet_reply": _replies, "marketing_tweet_interact": _interactions, "writer_twitter": _drafts}


def _tweet(stage: Stage, given: Json) -> Json:
    """Make a whole tweet out of its text, its author and what else is given; the rest is invented."""
    name = given.get("username", f"reader_{stage.number(10, 99)}")
    tweet_id = str(stage.number(10**18, 2 * 10**18))
    counts = {f"{what}_count": stage.number(0, top) for what, top in _COUNTS.items()}
    profile = {"username": name, "follower_count": stage.number(50, 9000), "following_count": stage.number(20, 900)}
    return {
        "tweet_id": tweet_id,
        "username": name,
        "tweet_time": stage.words["now"],
        "url": f"https://x.example.com/{name}/status/{tweet_id}",
        **counts,
        "user_profile": {"avatar_url": f"https://x.example.com/{name}.png", **profile},
        **given,
    }


_COUNTS = {"bookmark": 9, "favorite": 80, "quote": 5, "reply": 12, "retweet": 20, "view": 4000}


# ---- ending, and everything else


def _result(stage: Stage, value: Any, step: Json) -> Script:
    yield Record("result", {"content": stage.fill(value)})
    body = {"type": "task_result", "data": {}, "metadata": {"type": "final_answer"}}
    yield stage.emit("task_result", stage.fill(value), body, step)


def _error(stage: Stage, value: Any, step: Json) -> Script:
    code, message = value.get("code", 5000), stage.fill(value.get("message", "internal error"))
    yield Record("failure", {"error": message})
    yield stage.emit("error", message, step={"source": "system", **step}, code=code, error=message)
    raise RoundOver


def _wait(stage: Stage, value: Any, step: Json) -> Script:
    yield Wait(value)


def _repeat(stage: Stage, value: Any, step: Json) -> Script:
    for n in range(1, value + 1):
        stage.words["n"] = str(n)
        yield from play(stage, step["steps"])


def _ping(stage: Stage, value: Any, step: Json) -> Script:
    yield Emit({"type": "ping", "timestamp": int(value or 0)}, kept=False)


def _raw(stage: Stage, value: Any, step: Json) -> Script:
    yield Emit(stage.fill(value))


def _close(stage: Stage, value: Any, step: Json) -> Script:
    yield Close(value.get("code", 1000), value.get("reason", ""))


def _fault(stage: Stage, value: Any, step: Json) -> Script:
    yield Record("fault", stage.fill(value))


VERBS: dict[str, Verb] = {
    "text": _say("text"),
    "progress": _say("progress"),
    "warning": _say("warning"),
    "search": _rich("search"),
    "file_surfer": _rich("file_surfer"),
    "skill": _rich("skill"),
    "x_browser_action": _rich("x_browser_action"),
    "marketing_tweet": _rich("marketing_tweet"),
    "marketing_topic": _rich("marketing_topic"),
    "suggest": _rich("follow_up_suggestion"),
    "browser": _browser,
    "file": _files,
    "image": _images,
    "plan": _plan,
    "work": _work,
    "question": _question,
    "x_confirm": _x_confirm,
    "report": _report,
    "research": _research,
    "stream": _stream,
    "result": _result,
    "error": _error,
    "wait": _wait,
    "repeat": _repeat,
    "ping": _ping,
    "raw": _raw,
    "close": _close,
    "fault": _fault,
}
