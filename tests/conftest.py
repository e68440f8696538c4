"""For all tests: an example that is drawn may take its time. The machine of the tests is shared, and speed is measured in tests/bench."""

from hypothesis import settings

settings.register_profile("in their own time", deadline=None)
settings.load_profile("in their own time")
