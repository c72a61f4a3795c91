"""Does what the protocol decides: connections, requests, the event loop and its thread."""
