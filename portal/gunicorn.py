"""How `make serve` runs gunicorn; every value can be set from the environment (README.md)."""

import gc
from pathlib import Path
from typing import Any

from portal import env, logs, server

bind = env.text("BIND", "127.0.0.1:8000")
workers = env.number("WEB_WORKERS", 2, minimum=1)
threads = env.number("WEB_THREADS", 4, minimum=1)
worker_class = "gthread"
accesslog = None
logger_class = server.Log
# Work files on memory: a slow disk must not make the arbiter kill a healthy worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = logs.configuration(
    env.choice("LOG_FORMAT", "json", ("json", "line")), env.text("LOG_LEVEL", "INFO").upper()
)


def on_starting(server: Any) -> None:
    if env.text("METRICS_TOKEN", ""):
        from portal import metrics

        metrics.prepare(Path(env.text("METRICS_DIR", "var/metrics")))


server.install()


def post_worker_init(worker: Any) -> None:
    """What was loaded stays for good: to look through it for garbage again and again costs a tenth
    of all that the process does. One page makes thousands of things and hardly any garbage that
    needs looking for."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def child_exit(server: Any, worker: Any) -> None:
    if env.text("METRICS_TOKEN", ""):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
