"""Runs gcloud commands in forks of a process that has imported gcloud once: most of a gcloud call's second is its imports.

serve.py SDK_ROOT SOCKET: listens on an abstract Unix socket (Linux) until standard input ends. A caller (call.py) hands over its
standard streams, arguments, variables and folder, and gets the exit code; when it hangs up, its command is killed. After each command
the server imports what that command had to import, so that the next of its kind need not.
"""

import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import traceback

root, address = sys.argv[1:]
sys.path.insert(0, os.path.join(root, 'lib'))
sys.path.insert(0, os.path.join(root, 'lib', 'third_party'))

import googlecloudsdk.gcloud_main as gcloud_main  # noqa: E402


def receive(connection):
    size = b''
    streams = []
    while len(size) < 8:
        data, fds, _, _ = socket.recv_fds(connection, 8 - len(size), 3)
        if not data:
            sys.exit(1)
        size += data
        streams += fds
    text = b''
    while len(text) < int(size, 16):
        text += connection.recv(1 << 16)
    return streams, json.loads(text)


def run(streams, asked, learned):
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked['environment'])
    os.chdir(asked['directory'])
    random.seed()
    sys.argv = [os.path.join(root, 'lib', 'gcloud.py'), *asked['arguments']]
    before = set(sys.modules)
    code = 1
    try:
        gcloud_main.main()
        code = 0
    except SystemExit as exit:
        code = exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    except BaseException:
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            pass
    new = [name for name in sys.modules if name not in before and name.startswith('googlecloudsdk.')]
    try:
        os.write(learned, (json.dumps(new) + '\n').encode())
    except OSError:
        pass
    os._exit(code)


def serve(connection, learned):
    streams, asked = receive(connection)
    alarm, ringer = socket.socketpair()
    ringer.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ringer.fileno())
    child = os.fork()
    if child == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.close()
        run(streams, asked, learned)
    for stream in streams:
        os.close(stream)
    ready, _, _ = select.select([alarm, connection], [], [])
    if alarm not in ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    try:
        connection.send(bytes([os.waitstatus_to_exitcode(status) % 256]))
    except OSError:
        pass
    os._exit(0)


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind('\0' + address)
    listener.listen(16)
    print('listening', flush=True)
    reader, writer = os.pipe()
    known = b''
    while True:
        ready, _, _ = select.select([0, listener, reader], [], [])
        if 0 in ready and os.read(0, 1) == b'':
            return
        if listener in ready:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                serve(connection, writer)
            connection.close()
        elif reader in ready:
            known += os.read(reader, 1 << 16)
            *lines, known = known.split(b'\n')
            for line in lines:
                for name in json.loads(line):
                    try:
                        importlib.import_module(name)
                    except Exception:
                        pass


main()
