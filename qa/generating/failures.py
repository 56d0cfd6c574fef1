"""What the client libraries raise, as errors of the project. They enter here and nowhere else."""

import sys

from qa.errors import ModelError, ModelMalformed, ModelRejected, ModelTimeout, ModelUnavailable

_MALFORMED = (ValueError, TypeError, LookupError, AttributeError)  # what a library raises over an answer that has another shape than promised
_PASSING = frozenset((408, 409, 425, 429))
_BASES = {"openai": ("OpenAIError",), "anthropic": ("AnthropicError",), "ollama": ("ResponseError", "RequestError"),
          "httpx": ("HTTPError", "StreamError", "InvalidURL")}
_HINT = "Is its server running, and is the address right?"


def client_errors() -> tuple[type[Exception], ...]:
    """What a call can raise: the errors of the client libraries that are loaded, and those of a broken connection or answer."""
    known = [getattr(sys.modules[module], name) for module, names in _BASES.items() if module in sys.modules for name in names]
    return (*known, OSError, RuntimeError, *_MALFORMED)


def translated(error: Exception) -> ModelError:
    """The error of the project for one of `client_errors`."""
    status = getattr(error, "status_code", None)
    said = _said(error)
    if isinstance(status, int) and status > 0:
        return _of_status(status, said, error)
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"TimeoutException", "APITimeoutError", "TimeoutError"}:
        return ModelTimeout(f"the model did not answer in time ({said})", "Raise QA_LLM_SECONDS, or use a smaller model.")
    if names & {"APIConnectionError", "HTTPError", "OSError", "RequestError", "StreamError"}:
        return ModelUnavailable(f"the model cannot be reached, or broke off ({said})", _HINT, retryable=True)
    if names & {"APIError", "AnthropicError", "ResponseError"} and not names & {"APIResponseValidationError"}:
        return ModelUnavailable(f"the model's server reported an error ({said})", _HINT, retryable=True)
    return ModelMalformed(f"the model's answer could not be read ({said})", "Does its server speak the protocol that was chosen?")


def _of_status(status: int, said: str, error: Exception) -> ModelError:
    if status == 429 and "quota" in f"{getattr(error, 'code', '')} {said}".lower():
        return ModelUnavailable(f"the model is over its quota ({said})", "Check the account's limits, or use another model.")
    if status in _PASSING or status >= 500:
        found = ModelUnavailable(f"the model's server answered {status} ({said})", "It may be busy: try again later.", retryable=True)
        found.wait = _asked_to_wait(error)
        return found
    hint = {401: "Check the key.", 403: "Check the key and what it may use.", 404: "Check the name of the model and the address."}
    return ModelRejected(f"the model's server refused the request: {status} ({said})", hint.get(status, "Its message says why."))


def _asked_to_wait(error: Exception) -> float:
    """The seconds of a Retry-After header, 0 without one."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after") or 0))
    except ValueError:
        return 0.0


def _said(error: Exception) -> str:
    """The library's own words, on one short line."""
    return " ".join(str(error).split())[:160] or type(error).__name__
