"""The ways out: raw answers, headers and query of one's own, paths that no schema names, hooks. See docs/raw.md."""

from wyseos.generated.api.team import list_teams
from wyseos.mate import Client
from wyseos.mate.client import Request, Response


def stamp(request: Request) -> None:
    request.headers["x-attempt"] = str(request.attempt)


def tell(response: Response) -> None:
    print(f"{response.operation}: HTTP {response.status_code} after {response.elapsed * 1000:.0f} ms")


with Client(before_request=stamp, after_response=tell) as client:
    # The answer as it came, whatever its status.
    answer = client.send(list_teams.call(page_size=1))
    print(answer.headers["content-type"], list(answer.json()))

    # A path as one would type it, with credential, tries and errors as any other call.
    page = client.request("GET", "/team/lists", query={"page_num": 1, "page_size": 1})
    print(page["total"], "teams")

    # Headers and query for one call, or for many.
    client.with_options(headers={"x-trace": "abc"}, query={"team_type": "user"}).team.get_list()
