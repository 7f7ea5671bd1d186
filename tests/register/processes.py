"""Other processes, forked: what is killed, or has no rights, has its own connections and nothing of its parent's."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

from whoholds.register.store import StoreError


def forked(run: Callable[[], None]) -> int:
    """The id of a new process that does this and ends."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        run()
        code = 0
    except StoreError as error:
        print(f"StoreError: {error.message} ({error.hint})", flush=True)
        code = 3
    finally:
        os._exit(code)


def finished(child: int) -> int:
    """Its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def unprivileged() -> None:
    """Become nobody: rights do not bind root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def told(run: Callable[[], object], *, root: bool = False) -> dict[str, object]:
    """What another process (root or not) told of doing this: what it returned, or why the store refused."""
    inlet, outlet = os.pipe()

    def tell() -> None:
        if not root:
            unprivileged()
        try:
            answer: dict[str, object] = {"answer": run()}
        except StoreError as error:
            answer = {"refused": error.message, "hint": error.hint}
        except BaseException as error:
            answer = {"raised": repr(error)}
        os.write(outlet, json.dumps(answer).encode())

    child = forked(tell)
    os.close(outlet)
    with os.fdopen(inlet) as pipe:
        text = pipe.read()
    assert finished(child) == 0
    answer: dict[str, object] = json.loads(text)
    assert "raised" not in answer, answer
    return answer
