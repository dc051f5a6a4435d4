"""The program without its start: an interpreter that has loaded everything forks once for each command.

A shell finds `goodstanding` in the launcher's folder: a few lines that hand over arguments, environment, folder and
streams, and end with the code that comes back. `serve`, which is stopped by a signal, is started as what is installed.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.acceptance.program import PROGRAM, build_environment
from tests.passwords import hash_quickly

ROOT = Path(__file__).parents[2]
DAYS_LATER = "TESTS_DAYS_LATER"  # as many days later it is for the terminal's commands
_CLIENT = """#!{python} -ISE
import json, os, socket, sys
if "serve" in sys.argv[1:2]:
    os.execv({program!r}, [{program!r}, *sys.argv[1:]])
said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [len(said).to_bytes(8, "big")], [0, 1, 2])
    server.sendall(said)
    answer = server.recv(1)
sys.exit(answer[0] if answer else "the command was killed")
"""


@contextmanager
def open_launcher(folder: Path) -> Iterator[Path]:
    """A folder for the front of PATH in which `goodstanding` is the program without its start."""
    address = str(folder / "socket")
    command = folder / "bin" / "goodstanding"
    command.parent.mkdir()
    command.write_text(_CLIENT.format(python=sys.executable, program=str(PROGRAM), address=address))
    command.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        words = [sys.executable, "-m", "tests.acceptance.warm", str(listening.fileno())]
        server = subprocess.Popen(
            words,
            cwd=ROOT,
            env=build_environment(),
            pass_fds=[listening.fileno()],
            start_new_session=True,  # without a terminal, so that what is typed comes from standard input
        )
    try:
        yield command.parent
    finally:
        server.terminate()
        server.wait()


def serve_commands(descriptor: int) -> None:
    """Forks for every command that comes over a socket; passwords are hashed quickly."""
    hash_quickly()
    with tempfile.TemporaryDirectory() as folder:
        _load_everything(Path(folder))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as listening:
        while True:
            connection, _address = listening.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listening.close()
                connection.sendall(bytes([_run(connection)]))
                os._exit(0)
            connection.close()


def _load_everything(folder: Path) -> None:
    """Imports the whole program, with Django set up for no register: each command reads its settings again."""
    from django.conf import empty, settings

    import goodstanding
    from goodstanding import config

    config.activate_register(config.RegisterSettings(folder))
    for module in pkgutil.walk_packages(goodstanding.__path__, "goodstanding."):
        if not {"migrations", "wsgi", "asgi"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    goodstanding.catalogue.load_library()
    settings._wrapped, config._current = empty, None
    del sys.modules["goodstanding.settings"]


def _run(connection: socket.socket) -> int:
    length, streams, _flags, _address = socket.recv_fds(connection, 8, 3)
    request = b""
    while len(request) < int.from_bytes(length, "big"):
        request += connection.recv(1 << 16)
    arguments, folder, variables = json.loads(request)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.argv[:] = [str(PROGRAM), *arguments]
    _let_days_pass(int(variables.get(DAYS_LATER, 0)))
    return _code()


def _let_days_pass(days: int) -> None:
    from goodstanding.cli import options

    read_clock = options.now
    for name, module in list(sys.modules.items()):
        if days and name.startswith("goodstanding.cli.") and hasattr(module, "now"):
            module.now = lambda: read_clock() + timedelta(days=days)  # type: ignore[attr-defined]


def _code() -> int:
    from goodstanding.cli import main

    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve_commands(int(sys.argv[1]))
