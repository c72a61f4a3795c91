"""The emulator's server: both halves of the service over real HTTP and WebSocket."""
