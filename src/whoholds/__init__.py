"""Who holds what ground, since when, and according to whom: claims read from news reports, anchored to their words."""
