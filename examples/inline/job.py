import time

from dateutil.parser import parse

print(parse("2026-01-02").date(), open("/greeting.txt").read())
time.sleep(3600)
