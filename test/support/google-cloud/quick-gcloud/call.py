"""Has a gcloud command run by serve.py, as if this process were gcloud."""

import json
import os
import socket
import sys

asked = json.dumps({'arguments': sys.argv[1:], 'environment': dict(os.environ), 'directory': os.getcwd()}).encode()
server = socket.socket(socket.AF_UNIX)
server.connect('\0' + os.environ['QUICK_GCLOUD_SOCKET'])
socket.send_fds(server, [b'%08x' % len(asked)], [0, 1, 2])
server.sendall(asked)
code = server.recv(1)
sys.exit(code[0] if code else 1)
