"""REST: a call from its request to its data, over one transport that knows httpx."""
