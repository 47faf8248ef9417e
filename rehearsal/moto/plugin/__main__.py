"""Serves one account: python -m plugin FILE.

The port is one that the system finds, on loopback; it is written to FILE once the
server answers there. moto's own command cannot report a port that it found.
"""

import os
import sys
import threading
import time

from moto.moto_server import werkzeug_app as moto
from werkzeug.serving import make_server

import plugin


def end_with(parent):
    """The process that started the server may be killed, or fail, before it can stop it."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
plugin.teach()
server = make_server(
    "localhost",
    0,
    moto.DomainDispatcherApplication(moto.create_backend_app),
    threaded=True,
    request_handler=moto.MotoRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.port)  # for moto's calls of itself
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
