"""The resident's side: municipalities, signing in, registers, sharing and Mijn."""
