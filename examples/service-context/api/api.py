import time

import requests
import sqlalchemy

print(requests.__version__, sqlalchemy.__version__, flush=True)
time.sleep(3600)
