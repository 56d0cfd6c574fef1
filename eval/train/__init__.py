"""Training the reader (`qa.reader`): the data, the model in PyTorch, the loop, the export. See README.md."""
