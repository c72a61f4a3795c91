"""Tasks: started with one call, watched event by event, answered, left and found again.

Pure, from the inside out: `states` (the table), `moves` (what goes in and out), `machine`, `line` (order and doubles),
`catchup`, `ends`, `liveness`, `streams`, `record`. On an event loop: `_socket`, `history`, `driver`, `engine`. Towards
the user: `desk` (handlers), `handle` with `task` and `async_task`, `begin`, `on_client`; `_loop` is the thread below a
sync client.
"""
