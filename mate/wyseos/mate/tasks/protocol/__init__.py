"""The session protocol: decides, and does nothing.

No socket, clock, thread, file or randomness is known here; time and chance are passed in.
"""
