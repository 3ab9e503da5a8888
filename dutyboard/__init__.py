"""The duty board of a county epidemic command post. The rooms stand at the top of the repository; here are links."""
