"""Settings that all tests share; being here also puts the shared helper modules beside it on the path."""

from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("large", deadline=None, derandomize=False, max_examples=3000, database=None)
settings.load_profile("ci")
