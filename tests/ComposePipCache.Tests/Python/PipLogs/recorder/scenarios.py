"""What is recorded: a name, the faults of the index, the environment and the command."""
from dataclasses import dataclass, field

HOST = "index.pipcache.test"
PORT, TLS_PORT = 18080, 18443
BASE = f"http://{HOST}:{PORT}"
SIMPLE = f"{BASE}/simple/"
TLS = f"https://{HOST}:{TLS_PORT}/simple/"
ALPHA = "pip install alpha==1.0"
BIG = "pip install big"


@dataclass(frozen=True)
class Scenario:
    name: str
    command: str
    faults: tuple = ()
    index: str | None = SIMPLE
    environment: dict = field(default_factory=dict)
    mode: dict | None = None
    tls: str | None = None
    images: tuple = ()


def page(project="alpha", **effect):
    return {"match": {"kind": "Page", "project": project}, "effect": effect}


def file(project="big", **effect):
    return {"match": {"kind": "File", "project": project}, "effect": effect}


def once(rule):
    return rule | {"times": 1}


NETWORK = [
    Scenario("page-dns", ALPHA, index="http://nonexistent.invalid/simple/"),
    Scenario("page-refused", ALPHA, index=f"http://{HOST}:1/simple/"),
    Scenario("page-unreachable", ALPHA, index="http://203.0.113.7/simple/"),
    Scenario("page-connect-timeout", ALPHA, mode={"mode": "NotAccepting"}),
    Scenario("page-read-timeout", ALPHA, [page(cut="Stall")]),
    *[Scenario(f"page-{status}", ALPHA, [page(status=status)]) for status in (429, 500, 502, 503, 504)],
    Scenario("page-429-wait", ALPHA, [page(status=429, retryAfter="1")]),
    Scenario("page-reset", ALPHA, [page(cut="Reset")]),
    Scenario("page-close", ALPHA, [page(cut="Close")]),
    Scenario("page-cut", ALPHA, [page(cut="Close", cutAfterBytes=100)]),
    Scenario("page-cut-reset", ALPHA, [page(cut="Reset", cutAfterBytes=100)]),
    Scenario("page-cut-html", ALPHA, [page(cut="Close", cutAfterBytes=100)], index=f"{BASE}/devpi/simple/"),
    Scenario("page-portal", ALPHA, [page(captivePortal=True)]),
    Scenario("tls-untrusted", ALPHA, index=TLS, environment={"PIP_TRUSTED_HOST": "none.invalid"}),
    Scenario("tls-abort", ALPHA, index=TLS, tls="Abort"),
    Scenario("tls-stall", ALPHA, index=TLS, tls="Stall"),
    Scenario("tls-to-plain", ALPHA, index=f"https://{HOST}:{PORT}/simple/"),
    Scenario("proxy-refused", ALPHA, index=TLS, environment={"PIP_PROXY": f"http://{HOST}:1"}),
    Scenario("proxy-dns", ALPHA, index=TLS, environment={"PIP_PROXY": "http://proxy.invalid:3128"}),
    Scenario("proxy-denied", ALPHA, index=TLS, environment={"PIP_PROXY": f"http://{HOST}:{PORT}"}),
    *[Scenario(f"file-{status}", BIG, [file(status=status)]) for status in (429, 500, 503)],
    Scenario("file-dns", f"{BIG} --no-index --find-links /kit/elsewhere.html"),
    Scenario("file-hang", BIG, [file(cut="Stall")]),
    Scenario("file-stall", BIG, [file(cut="Stall", cutAfterBytes=200_000)]),
    Scenario("file-reset", BIG, [file(cut="Reset", cutAfterBytes=200_000)]),
    Scenario("file-close", BIG, [file(cut="Close", cutAfterBytes=200_000)]),
    Scenario("file-close-requirements", "pip install -r /kit/big.txt", [file(cut="Close", cutAfterBytes=200_000)]),
    Scenario("file-chunked-close", BIG, [file(framing="Chunked", cut="Close", cutAfterBytes=200_000)]),
    Scenario("file-until-close", BIG, [file(framing="UntilClose", cut="Close", cutAfterBytes=200_000)]),
    Scenario("file-short", BIG, [file(bodyDelta=-1_000_000)]),
    Scenario("file-flipped", BIG, [file(flipAt=1_000_000)]),
    Scenario("file-poisoned-cache", f"{BIG} && false; pip download -d /tmp/d big", [once(file(bodyDelta=-1_000_000))]),
    Scenario("metadata-503", ALPHA, [{"match": {"kind": "Metadata"}, "effect": {"status": 503}}]),
    Scenario("build-dependencies-refused", "pip install --find-links /kit/here srcpep",
             index=f"http://{HOST}:1/simple/"),
    Scenario("build-dependencies-503", "pip install srcpep", [page("setuptools", status=503)]),
    Scenario("build-script-dns", "pip install fetches"),
    Scenario("direct-url-refused", f"pip install http://{HOST}:1/alpha-1.0-py3-none-any.whl"),
    Scenario("requirements-url-dns", "pip install -r http://nonexistent.invalid/requirements.txt"),
    Scenario("second-index-refused", "pip install doesnotexist",
             environment={"PIP_EXTRA_INDEX_URL": f"http://user:hunter2@{HOST}:1/simple/"}),
    Scenario("retries-none", ALPHA, [page(cut="Reset")], environment={"PIP_RETRIES": "0"}),
]

OTHER = [
    Scenario("no-project", "pip install doesnotexist"),
    Scenario("no-version", "pip install alpha==9.9"),
    Scenario("conflict", "pip install confa confb"),
    Scenario("bad-hash", "pip install -r /kit/badhash.txt"),
    Scenario("no-hash", "pip install -r /kit/nohash.txt"),
    Scenario("build-failed", "pip install broken"),
    Scenario("python-required", "pip install pyreq"),
    *[Scenario(f"page-{status}", ALPHA, [page(status=status)]) for status in (401, 403, 404)],
    Scenario("page-private", ALPHA, index=f"{BASE}/private/simple/", environment={"PIP_NO_INPUT": "1"}),
    *[Scenario(f"file-{status}", BIG, [file(status=status)]) for status in (401, 403, 404)],
    Scenario("externally-managed",
             'touch "$(python -c "import sysconfig; print(sysconfig.get_path(\'stdlib\'))")/EXTERNALLY-MANAGED"; ' + ALPHA),
    Scenario("disk-full", BIG, environment={"TMPDIR": "/small"}),
    Scenario("untrusted-host", ALPHA, index="http://nonexistent.invalid/simple/",
             environment={"PIP_TRUSTED_HOST": HOST}),
    Scenario("wrong-platform", "pip install /kit/here/omega-1.0-cp27-cp27m-win32.whl"),
    Scenario("no-index", "pip install --no-index --find-links /kit/here delta"),
    Scenario("no-index-build", "pip install --no-index --find-links /kit/here srcpep"),
    Scenario("invalid-requirement", "pip install -r /kit/invalid.txt"),
    Scenario("no-such-file", "pip install -r /kit/absent.txt"),
    Scenario("unknown-option", "pip install --no-such-option alpha"),
    Scenario("recovered-then-no-version", "pip install alpha==9.9", [once(page(cut="Reset"))],
             environment={"PIP_RETRIES": "3"}),
    Scenario("recovered-then-build-failed", "pip install broken", [once(page("broken", cut="Reset"))],
             environment={"PIP_RETRIES": "3"}),
    Scenario("self-check-503", f"{ALPHA} && pip install alpha==9.9", [page("pip", status=503)],
             environment={"PIP_DISABLE_PIP_VERSION_CHECK": "0"}),
]

SUSPECT = [
    Scenario("downgraded", "pip install parentx", [page("childx", status=503)]),
    Scenario("downgraded-timeout", "pip install parentx", [page("childx", cut="Stall")]),
    Scenario("not-upgraded", f"{ALPHA} && pip install --no-cache-dir --upgrade alpha",
             [page(status=503) | {"after": 1}]),
    Scenario("find-links-instead", "pip install alpha --find-links /kit/links/links.html", [page(status=503)]),
]

GOOD = [
    Scenario("requirements", "pip install -r /kit/plain.txt"),
    Scenario("hashes", "pip install -r /kit/hashed.txt"),
    Scenario("html-index", "pip install beta", index=f"{BASE}/devpi/simple/"),
    Scenario("private-index", "pip install beta", index=f"http://user:password@{HOST}:{PORT}/private/simple/"),
    Scenario("index-without-hashes", "pip install beta", index=f"{BASE}/nohash/simple/"),
    Scenario("sdist", "pip install srcpep"),
    Scenario("sdist-without-pyproject", "pip install srcold"),
    Scenario("links-page", "pip install beta --find-links file:///kit/links/links.html"),
    Scenario("links-page-offline", "pip install --no-index --find-links file:///kit/links/links.html alpha"),
    Scenario("links-folder", "pip install --no-index --find-links /kit/here --find-links /kit/links delta"),
    Scenario("direct-url", f'pip install "alpha @ $(python /kit/first_link.py {SIMPLE}alpha/)"'),
    Scenario("local-project", "cp -r /kit/local /tmp/local && cd /tmp && pip install ./local"),
    Scenario("editable-project", "cp -r /kit/local /tmp/local && cd /tmp/local && pip install -e ."),
    Scenario("local-wheel", "pip install /kit/here/delta-1.0-py3-none-any.whl"),
    Scenario("local-sdist", "pip install /kit/here/srcpep-1.0.tar.gz"),
    Scenario("from-http-cache", "pip install beta && pip uninstall -y -q alpha beta && pip install beta"),
    Scenario("from-wheel-cache", "pip install srcpep && pip uninstall -y -q srcpep && pip install srcpep"),
    Scenario("no-cache-dir", "pip install --no-cache-dir beta srcpep"),
    Scenario("already-satisfied", "pip install beta && pip install -r /kit/plain.txt"),
    Scenario("quiet", "pip install -q beta"),
    Scenario("upgrade-pip", "pip install --upgrade pip && pip install beta"),
    Scenario("two-at-once", "pip install --target /tmp/a beta & pip install --target /tmp/b srcpep & wait"),
    Scenario("download", "pip download -d /tmp/d beta srcpep"),
    Scenario("wheel", "pip wheel -w /tmp/d beta srcpep"),
    Scenario("resumed", BIG, [once(file(cut="Close", cutAfterBytes=700_000))], images=("3.14",)),
    Scenario("recovered", ALPHA, [once(page(cut="Reset"))]),
    Scenario("self-check-refused", ALPHA, [page("pip", cut="Reset")],
             environment={"PIP_DISABLE_PIP_VERSION_CHECK": "0"}),
    Scenario("verbose", "pip install -vvv beta"),
]

# the cache is kept as well
CACHE = [
    Scenario("filled", "pip install alpha srcpep", environment={"PIP_CACHE_DIR": "/out/cache"}),
]

GROUPS = {"network": NETWORK, "other": OTHER, "suspect": SUSPECT, "good": GOOD, "cache": CACHE}
