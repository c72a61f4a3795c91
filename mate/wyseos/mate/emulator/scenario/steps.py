"""The steps of a scenario: for each kind, the script that plays it. `STEPS` is what a step may say."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from wyseos.mate.emulator.scenario.actions import Close, Emit, Json, Record, Script, Wait
from wyseos.mate.emulator.scenario.context import ScenarioContext
from wyseos.mate.emulator.scenario.plans import is_finished, leaves, number_steps, revise
from wyseos.mate.emulator.scenario.screenshots import draw_page
from wyseos.mate.emulator.server.uploads import file_url

StepScript = Callable[[ScenarioContext, Any, Json], Script]


class RoundEnded(Exception):
    """The round ends here, whatever the scenario still holds."""


def name_of_step(step: Json) -> str:
    """Tell what a step does; `wait` beside another name only tells how long to wait after it."""
    names = [name for name in step if name in STEPS]
    return next((name for name in names if name != "wait"), *names[:1])


def play(context: ScenarioContext, steps: list[Json]) -> Script:
    """Play steps one after the other; each is an object with one name of `STEPS`, perhaps with a `wait` after it."""
    for step in steps:
        name = name_of_step(step)
        yield from STEPS[name](context, step[name], step)
        if "wait" in step and name != "wait":
            yield Wait(step["wait"])


# ---- saying


def _say(kind: str) -> StepScript:
    def script(context: ScenarioContext, value: Any, step: Json) -> Script:
        yield context.emit(kind, context.fill(value), step=step)

    return script


def _rich(kind: str) -> StepScript:
    def script(context: ScenarioContext, value: Any, step: Json) -> Script:
        yield context.rich(kind, context.fill(value), step)

    return script


def _browser(context: ScenarioContext, value: Any, step: Json) -> Script:
    seen = context.fill(value)
    text, url = seen.get("text", ""), seen.get("url", "https://example.com/")
    size = seen.get("width", 640), seen.get("height", 400)
    picture = base64.b64encode(draw_page(seen.get("title", ""), text, url, *size)).decode()
    data = {"action": seen.get("action", "visit"), "text": text, "screenshot": picture, "url": url}
    yield Record("page", {"url": url})
    yield context.rich("browser", data, step, browser_id=context.variables["browser_id"])


def _files(context: ScenarioContext, value: Any, step: Json) -> Script:
    files = [_file(context, item, item.get("content", "").encode()) for item in context.fill(value)]
    yield from _show_files(context, "file", files, step)


def _images(context: ScenarioContext, value: Any, step: Json) -> Script:
    pictures = []
    for item in context.fill(value):
        drawn = draw_page(item.get("title", item["file_name"]), item.get("text", ""), item.get("url", ""))
        pictures.append(_file(context, item, drawn))
    yield from _show_files(context, "image", pictures, step)


def _file(context: ScenarioContext, item: Json, content: bytes) -> Json:
    return {"file_id": context.new_id("file"), "file_name": item["file_name"], "content": content}


def _show_files(context: ScenarioContext, kind: str, files: list[Json], step: Json) -> Script:
    shown = []
    for file in files:
        yield Record("file", file)
        name = file["file_name"]
        url = file_url(context.variables["base_url"], file["file_id"], name)
        shown.append({"file_name": name, "url": url, "extension": name.rpartition(".")[2]})
    yield context.rich(kind, shown, step)


# ---- planning


def _plan(context: ScenarioContext, value: Any, step: Json) -> Script:
    # What was sent stays as it was sent, while the plan of the context goes on; hence the copies.
    context.plan = number_steps(context.fill(value))
    yield context.emit(
        "plan", "This is how I will go about it.", {"type": "create_plan", "data": deepcopy(context.plan)}, step
    )
    while step.get("ask", True):
        answer = yield context.ask("plan", "Shall I go ahead with this plan?", {})
        response = (answer or {})["response"]
        if response["accepted"]:
            context.plan = response.get("plan") or context.plan
            return
        context.plan = revise(context.plan, response.get("content", ""))
        yield context.emit("plan", "I changed the plan.", {"type": "update_plan", "data": deepcopy(context.plan)}, step)


def _work(context: ScenarioContext, value: Any, step: Json) -> Script:
    """Play each open step of the plan: what stands below its id, or below `other`."""
    for leaf, parents in list(leaves(context.plan)):
        for parent in parents:
            if parent.get("status") == "not_started":
                yield _status(context, parent, "in_progress")
        yield _status(context, leaf, "in_progress")
        context.variables["step"] = leaf.get("title", "")
        yield from play(context, value.get(leaf["id"], value.get("other", [])))
        yield _status(context, leaf, "done")
        for parent in reversed(parents):
            if is_finished(parent):
                yield _status(context, parent, "done")


def _status(context: ScenarioContext, leaf: Json, status: str) -> Emit:
    leaf["status"] = status
    update = {"id": leaf["id"], "status": status, "title": leaf.get("title", "")}
    return context.emit("plan", body={"type": "update_task_status", "data": update})


# ---- asking


def _question(context: ScenarioContext, value: Any, step: Json) -> Script:
    answer = yield context.ask("text", context.fill(value), step)
    context.variables["answer"] = (answer or {})["text"]


def _x_confirm(context: ScenarioContext, value: Any, step: Json) -> Script:
    answer = yield context.ask("plan", context.fill(value), step, kind="x_confirm")
    yield from play(context, step.get("then" if (answer or {})["response"]["accepted"] else "otherwise", []))


# ---- marketing


def _report(context: ScenarioContext, value: Any, step: Json) -> Script:
    product = {"product_name": context.variables["topic"], **context.fill(value)}
    product["product_id"] = context.variables["product_id"]
    yield Record("product", product)
    yield context.rich("marketing_report", {k: product[k] for k in ("product_name", "product_id")}, step)


def _research(context: ScenarioContext, value: Any, step: Json) -> Script:
    query_id = context.new_id("query")
    yield Record("research", {"query_id": query_id, "tweets": [_tweet(context, item) for item in context.fill(value)]})
    yield context.rich("marketing_research_tweets", {"query_id": query_id}, step)


def _stream(context: ScenarioContext, value: Any, step: Json) -> Script:
    kind = value["kind"]
    for index, (chunk, kept) in enumerate(CHUNKS[kind](context, context.fill(value["items"]))):
        yield Record("marketing", kept)
        mark = {"chunk_id": context.new_id("chunk"), "chunk_index": index, "delta": True}
        yield context.rich(kind, chunk, step, **mark)
        yield Wait(value.get("pace", 0.03))
    yield context.rich(kind, None, step, delta=False)


def _replies(context: ScenarioContext, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        tweet = _tweet(context, item)
        yield [tweet], {"reply": [tweet]}


def _interactions(context: ScenarioContext, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        ((kind, given),) = item.items()
        tweet = _tweet(context, given)
        yield [tweet], {kind: [tweet]}


def _drafts(context: ScenarioContext, items: list[Json]) -> Iterator[tuple[Any, Json]]:
    for item in items:
        draft_id = context.new_id("draft")
        words = item["content"].split(" ")
        pieces = [" ".join(words[n : n + 4]) + " " for n in range(0, len(words), 4)]
        pieces[-1] = pieces[-1][:-1]
        for piece in pieces:
            whole = {**item, "draft_id": draft_id, "content": item["content"]}
            yield {"draft_id": draft_id, "content": piece}, {"tweet": [whole]} if piece is pieces[-1] else {}


CHUNKS = {"marketing_tweet_reply": _replies, "marketing_tweet_interact": _interactions, "writer_twitter": _drafts}


def _tweet(context: ScenarioContext, given: Json) -> Json:
    """Make a whole tweet out of its text, its author and what else is given; the rest is invented."""
    name = given.get("username", f"reader_{context.number(10, 99)}")
    tweet_id = str(context.number(10**18, 2 * 10**18))
    counts = {f"{what}_count": context.number(0, top) for what, top in _COUNTS.items()}
    profile = {"username": name, "follower_count": context.number(50, 9000), "following_count": context.number(20, 900)}
    return {
        "tweet_id": tweet_id,
        "username": name,
        "tweet_time": context.variables["now"],
        "url": f"https://x.example.com/{name}/status/{tweet_id}",
        **counts,
        "user_profile": {"avatar_url": f"https://x.example.com/{name}.png", **profile},
        **given,
    }


_COUNTS = {"bookmark": 9, "favorite": 80, "quote": 5, "reply": 12, "retweet": 20, "view": 4000}


# ---- ending, and everything else


def _result(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Record("result", {"content": context.fill(value)})
    body = {"type": "task_result", "data": {}, "metadata": {"type": "final_answer"}}
    yield context.emit("task_result", context.fill(value), body, step)


def _error(context: ScenarioContext, value: Any, step: Json) -> Script:
    code, message = value.get("code", 5000), context.fill(value.get("message", "internal error"))
    yield Record("failure", {"error": message})
    yield context.emit("error", message, step={"source": "system", **step}, code=code, error=message)
    raise RoundEnded


def _wait(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Wait(value)


def _repeat(context: ScenarioContext, value: Any, step: Json) -> Script:
    for n in range(1, value + 1):
        context.variables["n"] = str(n)
        yield from play(context, step["steps"])


def _ping(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Emit({"type": "ping", "timestamp": int(value or 0)}, kept=False)


def _raw(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Emit(context.fill(value))


def _close(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Close(value.get("code", 1000), value.get("reason", ""))


def _fault(context: ScenarioContext, value: Any, step: Json) -> Script:
    yield Record("fault", context.fill(value))


STEPS: dict[str, StepScript] = {
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
