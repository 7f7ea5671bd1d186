"""The register: entries that are only ever added, behind one protocol."""
