"""What charts of an answer show, as plotly figures: plain mappings, all texts escaped."""
