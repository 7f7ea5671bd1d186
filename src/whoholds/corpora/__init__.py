"""Archives: many reports read by many processes, resumable, with the same result whatever interrupts them."""
