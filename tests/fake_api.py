"""The Web API of a strict Slack: it refuses what Slack refuses, and does on demand what Slack does on bad days."""

import asyncio
import json
import time
from collections.abc import Callable

from aiohttp import web

from tests.fake_state import APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER, IN_FLIGHT, READING, TEAM, Params, SlackError, State
from tests.slack_rules import BlocksError, check_file, check_home, check_message, check_prompts, check_status

# How `failing` says that a call fails without an error of the Web API, and with which status; "broken" is 500, after
# what was asked is done.
PAGES = {"down": 503, "page": 200}


class Api(State):
    """Answers what the bot calls, over HTTP."""

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        since, until = self._closed.get(method, (0.0, 0.0))
        if since + IN_FLIGHT < time.monotonic() < until:
            self.refused.append(f"{method}: called again before the time that Retry-After gave")
        if self.limited.get(method):
            seconds = str(self.limited[method].popleft())
            self._closed[method] = time.monotonic(), time.monotonic() + int(seconds)
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": seconds}
            )
        fails = self.failing.get(method, "")  # as it is when the call comes, whatever a test sets meanwhile
        if fails in PAGES:
            self._note()
            return _html(PAGES[fails])
        try:
            params = await _parameters(request)
            wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
            if request.headers.get("Authorization") != f"Bearer {wanted}":
                raise SlackError("invalid_auth")
            if fails not in ("", "broken"):
                raise SlackError(fails)
            if method in READING and request.content_type == "application/json":
                raise SlackError("invalid_arguments")
            if method not in METHODS:
                raise SlackError("unknown_method")
            await asyncio.sleep(self.late.pop(method, 0.0))
            told = METHODS[method](self, params)
            if fails:
                return _html(500)
            if self.unheard[method]:
                self.unheard[method] -= 1
                return self._hang_up_on(request)
            await self._held(method)
            return web.json_response({"ok": True} | told)
        except (SlackError, KeyError) as error:
            code = error.args[0] if isinstance(error, SlackError) else "invalid_arguments"
            self.refused.append(f"{method}: {code}")
            return web.json_response({"ok": False, "error": code})
        finally:
            self._note()

    async def _respond(self, request: web.Request) -> web.Response:
        """The address for a slash command's answer."""
        message = await request.json()
        if self.limited.get(request.match_info["user"]):
            seconds = str(self.limited[request.match_info["user"]].popleft())
            return web.Response(status=429, headers={"Retry-After": seconds})
        if "respond" in self.failing:
            return web.Response(status=404, text=self.failing["respond"])
        try:
            self._check(message)
        except SlackError as error:
            return web.json_response({"ok": False, "error": str(error)})
        self.messages.append(message | {"ephemeral": True, "user": request.match_info["user"]})
        self._note()
        await self._held("respond")
        if self.unheard["respond"]:
            self.unheard["respond"] -= 1
            return self._hang_up_on(request)
        return web.Response(text="ok")

    async def _held(self, method: str) -> None:
        self._note()
        while method in self._holding:
            await asyncio.sleep(0.02)

    def _hang_up_on(self, request: web.Request) -> web.Response:
        """Take a call, and break the line before the answer to it."""
        assert request.transport
        request.transport.abort()
        return web.Response()

    def _open(self, _: Params) -> Params:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"ws://{self.host}/link?ticket={ticket}"}

    def _identity(self, _: Params) -> Params:
        return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "url": f"http://{self.host}/"}

    def _post(self, params: Params) -> Params:
        if params["channel"] not in self.channels:
            raise SlackError("channel_not_found")
        if params["channel"] in self.closed:
            raise SlackError(self.closed[params["channel"]])
        self._check(params)
        ts = f"{time.time():.4f}{next(self._numbers):02d}"
        self.messages.append(params | {"ts": ts, "bot_id": BOT_ID, "user": BOT_USER})
        return {"channel": params["channel"], "ts": ts}

    def _check(self, message: Params) -> None:
        if len(message["text"]) > self.too_long:
            raise SlackError("msg_too_long")
        if {block["type"] for block in message.get("blocks") or []} & set(self.forbidden):
            raise SlackError(self.forbidding)
        try:
            check_message(message)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_blocks") from error

    def _aside(self, params: Params) -> Params:
        if params["channel"] not in self.channels or not params["text"]:
            raise SlackError("channel_not_found")
        self.asides.append(params)
        return {}

    def _status(self, params: Params) -> Params:
        if params["channel_id"] not in self.channels:
            raise SlackError("channel_not_found")
        self._demand(check_status, params)
        self.statuses.append({k: params[k] for k in ("channel_id", "thread_ts", "status")})
        return {}

    def _react(self, params: Params) -> Params:
        if params["channel"] not in self.channels or params["name"] != params["name"].strip(":"):
            raise SlackError("invalid_name")
        self.reactions.append(("add", params["timestamp"]))
        return {}

    def _unreact(self, params: Params) -> Params:
        if ("add", params["timestamp"]) not in self.reactions:
            raise SlackError("no_reaction")
        self.reactions.append(("remove", params["timestamp"]))
        return {}

    def _replies(self, params: Params) -> Params:
        parent = {"ts": params["ts"], "text": "", "user": "U1"}
        said = [
            m for m in (*self.messages, *self.shares) if m.get("thread_ts") == params["ts"] and "ephemeral" not in m
        ]
        found = [m for m in said if m["channel"] == params["channel"] and m["ts"] > params.get("oldest", "0")]
        kept = found if params.get("include_all_metadata") in ("1", "true") else [m | {"metadata": None} for m in found]
        return _page([parent, *kept], params)

    def _history(self, params: Params) -> Params:
        said = [m for m in self.messages if m.get("channel") == params["channel"] and not m.get("thread_ts")]
        return _page(said[::-1], params)

    def _demand(self, check: Callable[[Params], None], found: Params) -> None:
        try:
            check(found)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_arguments") from error

    def _open_direct(self, params: Params) -> Params:
        return {"channel": {"id": f"D-{params['users']}"}}

    def _upload_address(self, params: Params) -> Params:
        self._demand(check_file, params)
        number = f"F{next(self._numbers)}"
        self._uploads[number] = {"name": params["filename"], "alt": params.get("alt_txt", "")}
        return {"file_id": number, "upload_url": f"http://{self.host}/upload/{number}"}

    async def _take_file(self, request: web.Request) -> web.Response:
        self._uploads[request.match_info["file"]]["content"] = await request.read()
        return web.Response(text="OK")

    async def _give_file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(status=403)
        return web.Response(body=self.dropped[request.match_info["file"]][1])

    def _complete_upload(self, params: Params) -> Params:
        files = params["files"] if isinstance(params["files"], list) else json.loads(params["files"])
        for file in files:
            about = {"title": file["title"], "channel": params["channel_id"], "thread_ts": params.get("thread_ts", "")}
            taken = self._uploads.pop(file["id"])
            self.files.append(taken | about | {"id": file["id"]})
            ts = f"{time.time():.4f}{next(self._numbers):02d}"
            shared = {"channel": params["channel_id"], "thread_ts": params.get("thread_ts", ""), "ts": ts}
            self.shares.append(shared | {"user": BOT_USER, "files": [{"id": file["id"], "name": taken["name"]}]})
        return {"files": files}

    def _delete(self, params: Params) -> Params:
        mine = [m for m in self.messages if m.get("ts") == params["ts"] and m.get("channel") == params["channel"]]
        if not mine:
            raise SlackError("message_not_found")
        self.messages[:] = [m for m in self.messages if m is not mine[0]]
        return {}

    def _delete_file(self, params: Params) -> Params:
        if not any(f.get("id") == params["file"] for f in self.files):
            raise SlackError("file_not_found")
        self.files[:] = [f for f in self.files if f.get("id") != params["file"]]
        return {}

    def _file(self, params: Params) -> Params:
        if params["file"] not in self.dropped:
            raise SlackError("file_not_found")
        return {"file": self.dropped[params["file"]][0]}

    def _publish(self, params: Params) -> Params:
        view = params["view"] if isinstance(params["view"], dict) else json.loads(params["view"])
        try:
            check_home(view)
        except BlocksError as error:
            self.refused.append(str(error))
            raise SlackError("invalid_blocks") from error
        self.homes[params["user_id"]] = view
        return {}

    def _prompt(self, params: Params) -> Params:
        decoded = params["prompts"] if isinstance(params["prompts"], list) else json.loads(params["prompts"])
        self._demand(check_prompts, params | {"prompts": decoded})
        self.prompts.append(params | {"prompts": decoded})
        return {}


async def _parameters(request: web.Request) -> Params:
    if request.content_type == "application/json":
        return dict(json.loads(await request.text() or "{}"))
    form: Params = dict(request.query) | dict(await request.post())
    decoded = {key: json.loads(form[key]) for key in ("blocks", "metadata") if key in form}
    truths = {key: form[key] in ("1", "true") for key in form if key.startswith("unfurl_")}
    return form | decoded | truths


def _html(status: int) -> web.Response:
    """What comes of a proxy or a server that is not well."""
    return web.Response(status=status, text="<html>not well</html>", content_type="text/html")


def _page(found: list[Params], params: Params) -> Params:
    """Two at a time, however many are asked for, as Slack may give fewer than that."""
    start = int(params.get("cursor") or 0)
    more = str(start + 2) if len(found) > start + 2 else ""
    return {"messages": found[start : start + 2], "has_more": bool(more), "response_metadata": {"next_cursor": more}}


def _one(table: str, key: str, error: str, name: str) -> Callable[[Api, Params], Params]:
    def find(slack: Api, params: Params) -> Params:
        found = getattr(slack, table)
        if params[key] not in found:
            raise SlackError(error)
        return {name: found[params[key]]}

    return find


METHODS: dict[str, Callable[[Api, Params], Params]] = {
    "apps.connections.open": Api._open,
    "auth.test": Api._identity,
    "chat.postMessage": Api._post,
    "chat.postEphemeral": Api._aside,
    "chat.delete": Api._delete,
    "files.delete": Api._delete_file,
    "conversations.history": Api._history,
    "assistant.threads.setStatus": Api._status,
    "reactions.add": Api._react,
    "reactions.remove": Api._unreact,
    "conversations.replies": Api._replies,
    "conversations.open": Api._open_direct,
    "conversations.members": _one("members", "channel", "channel_not_found", "members"),
    "files.getUploadURLExternal": Api._upload_address,
    "files.completeUploadExternal": Api._complete_upload,
    "files.info": Api._file,
    "views.publish": Api._publish,
    "assistant.threads.setSuggestedPrompts": Api._prompt,
    "users.info": _one("people", "user", "user_not_found", "user"),
    "conversations.info": _one("channels", "channel", "channel_not_found", "channel"),
    "usergroups.users.list": _one("groups", "usergroup", "no_such_subteam", "users"),
}
