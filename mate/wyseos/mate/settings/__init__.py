"""Settings: each one once, where its value comes from, and how it is checked. No request is made here."""
