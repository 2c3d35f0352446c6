"""Dutch text in plainer words and shorter sentences, by rules."""
