"""llama.cpp's own server from the Python package xllamacpp, called like the program llama-server.

The first line, which names the interpreter, and the folder of the package are written before it by
the tests, for the program gets no environment that would find them.
"""

import argparse
import signal
import sys

import xllamacpp

options = argparse.ArgumentParser()
options.add_argument("--model", required=True)
options.add_argument("--alias")
options.add_argument("--host", default="127.0.0.1")
options.add_argument("--port", type=int, default=8080)
options.add_argument("--api-key-file")
options.add_argument("--ctx-size", type=int, default=0)
options.add_argument("--parallel", type=int, default=1)
options.add_argument("--threads", type=int, default=1)
options.add_argument("--n-gpu-layers", type=int, default=0)
options.add_argument("--jinja", action="store_true")
options.add_argument("--offline", action="store_true")
asked = options.parse_args()

params = xllamacpp.CommonParams()
params.model.path = asked.model
params.hostnames = [asked.host]
params.port = asked.port
params.n_ctx = asked.ctx_size
params.n_parallel = asked.parallel
params.cpuparams.n_threads = asked.threads
params.cpuparams_batch.n_threads = asked.threads
params.n_gpu_layers = asked.n_gpu_layers
params.use_jinja = True
if asked.alias:
    params.model_alias = {asked.alias}
if asked.api_key_file:
    with open(asked.api_key_file, encoding="utf-8") as keys:
        params.api_keys = [key.strip() for key in keys if key.strip()]

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = xllamacpp.Server(params)
while True:
    signal.pause()
