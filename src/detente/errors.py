"""The errors of Détente: one tree, each with a stable code.

    DetenteError
    ├── UsageError             wrong use: an option or a query that cannot be meant      exit 2
    ├── InputError             one document cannot be read; it is set aside              exit 3
    ├── StoreError             the record cannot be opened or written                    exit 1
    ├── KnowledgeError         a data file breaks its own rules                          exit 1
    ├── EvidenceError          a row's words are not at its offsets                      exit 1
    ├── ExportFailed           the disk would not take an export                         exit 1
    ├── WorkersLost            reading processes were killed, one after another          exit 1   (running.pool)
    └── LookupFailed           a name that is not in a registry: a UsageError            exit 2

A message says what happened, with which value, what was expected and what to do next; the parts are
attributes, so that the store can keep them and the command line can lay them out.
"""

from __future__ import annotations


class DetenteError(Exception):
    """Something went wrong in a way that is ours to explain.

    `code` is stable; `what` says what happened, `value` with which value, `expected` what was expected,
    `todo` what to do next.
    """

    code = "D000"
    exit_status = 1

    def __init__(
        self, what: str, *, value: str | None = None, expected: str | None = None, todo: str | None = None
    ) -> None:
        super().__init__(what, value, expected, todo)
        self.what = what
        self.value = value
        self.expected = expected
        self.todo = todo

    def __str__(self) -> str:
        parts = [f"{self.what}: {self.value}" if self.value else self.what]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.todo:
            parts.append(self.todo)
        return f"[{self.code}] " + "; ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.what, self.value, self.expected, self.todo, self.code)


def _rebuilt(
    kind: type[DetenteError],
    what: str,
    value: str | None,
    expected: str | None,
    todo: str | None,
    code: str,
) -> DetenteError:
    """Let an error cross from a worker process to the main one unchanged."""
    error = kind(what, value=value, expected=expected, todo=todo)
    error.code = code
    return error


class UsageError(DetenteError):
    code = "D100"
    exit_status = 2


class LookupFailed(UsageError):
    code = "D110"


class InputError(DetenteError):
    """One document cannot be read. Each cause has its own subclass and code in `reading.sources`."""

    code = "D200"
    exit_status = 3


class StoreError(DetenteError):
    code = "D300"


class KnowledgeError(DetenteError):
    code = "D400"


class EvidenceError(DetenteError):
    code = "D500"


class ExportFailed(DetenteError):
    code = "D600"
