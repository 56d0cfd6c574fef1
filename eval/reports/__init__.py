"""Results as Markdown, JUnit XML and one HTML page: pure functions of the record that `eval.results` makes."""
