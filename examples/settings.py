"""Settings: where each comes from, and how a wrong one is told. See docs/settings.md."""

from wyseos.mate import Client, ConfigError, load_config

# Argument over environment (WYSEOS_API_KEY, WYSEOS_BASE_URL, …) over mate.yaml over default.
options = load_config().evolve(timeout=60, max_retries=3)
print(options.explain())

try:
    options.evolve(timeout=0)
except ConfigError as error:
    print(f"\nA wrong value: {error}")

with Client(options) as client:
    # Other settings for some calls, over the same connections.
    quick = client.with_options(timeout=5, max_retries=0)
    print(f"\nThere are {quick.team.get_list().total} teams.")
