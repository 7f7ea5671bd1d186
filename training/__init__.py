"""The recipe for the English pipeline that whoholds ships: raw corpora in, packaged model out."""
