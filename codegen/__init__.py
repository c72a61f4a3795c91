"""Makes `generated/` from `schema/`: `python -m codegen generate | check | lint`. Not shipped with the SDK."""
