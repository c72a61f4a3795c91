"""Tasks: started with one call, watched event by event, answered, left and found again.

`protocol/` decides and is pure; `io/` does what it decides, on an event loop. Here is what a user holds: `handlers`,
`base_task` with `task` and `async_task`, `launch`, `client_methods`.
"""
