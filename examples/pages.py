"""All items of a list, or one page of it. See docs/pages.md."""

from itertools import islice

from wyseos.mate import Client
from wyseos.mate.models import ListOptions

with Client() as client:
    page = client.team.get_list(options=ListOptions(page_num=1, page_size=2))
    print(f"Page {page.page_num} of {page.total_page}: {', '.join(str(team.name) for team in page.data)}")

    # All of them: each page is fetched when the one before is used up.
    for team in client.team.iter_list(page_size=2):
        print(f"{team.name}: {len(team.agents or [])} agents")

    # The first three agents; no page is fetched for the others.
    print([agent.name for agent in islice(client.agent.iter_list(page_size=3), 3)])
