"""How well whoholds reads: figures against gold and public corpora, and the floors they may not fall below."""
