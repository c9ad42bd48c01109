import os

import requests
from celery import Celery

app = Celery("myapp", broker=os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0"))


@app.task
def status_of(url):
    return requests.get(url, timeout=10).status_code
