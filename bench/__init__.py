"""How fast whoholds reads: whole pipeline, stages, start-up."""
