"""What generated code and the SDK build on: errors, JSON, calls, reading and checking. Written by hand."""
