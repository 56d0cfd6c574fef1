"""Stand-ins for tests, the project's own and those of programs built on it.

`TinyEmbedder` is an embedding without a model. `ModelServer` is a language model without a model: an HTTP server on this machine that
speaks the OpenAI protocol and says what a script tells it to, well behaved or not.

    from qa import open_assistant
    from qa.testing import ModelServer, Reply

    with ModelServer(Reply(text='The bridge closed. [1] "The Halden bridge closed on Friday"')) as server:
        answer = open_assistant(library, llm=server.spec).ask("When did the bridge close?")
"""

from qa.testing.embedding import TinyEmbedder
from qa.testing.server import ModelServer, Reply

__all__ = ["ModelServer", "Reply", "TinyEmbedder"]
