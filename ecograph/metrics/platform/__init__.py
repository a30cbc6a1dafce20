"""The platform: who gathers on it, what it does, and what it turns into."""
