"""The session protocol in virtual time: service, network and user all misbehave, as a seed says.

python -m tests.simulation --sessions 1000000
python -m tests.simulation --seed 42 --trace
"""
