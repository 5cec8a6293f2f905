"""How `make serve` runs gunicorn; every value can be set from the environment (README.md)."""

from portal import env

bind = env.text("BIND", "127.0.0.1:8000")
workers = env.number("WEB_WORKERS", 2, minimum=1)
threads = env.number("WEB_THREADS", 4, minimum=1)
worker_class = "gthread"
accesslog = None
# Work files on memory: a slow disk must not make the arbiter kill a healthy worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
max_requests = 20_000
max_requests_jitter = 2_000
