"""Public building blocks for tests of syndicate and of what is built on it: values, fakes, doubles."""
