"""What the web page shows, as HTML text made without gradio: every piece from outside goes through `escaping.text`."""
