"""What a scenario and an order of faults may say: JSON Schemas, for editors and for the checks at loading."""
