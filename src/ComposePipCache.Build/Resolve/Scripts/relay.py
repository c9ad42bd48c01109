# Carries connections, the output of a command and files over stdin and stdout. For Python 3.6 and later.
# Relaying/FrameKind.cs says what each frame is for; numbers of channels are odd where this side chose them.
import sys
sys.path[:] = [p for p in sys.path if p not in ('', '.')]
import collections
import itertools
import json
import os
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading

HELLO, ACCEPTED, DIAL, OPENED, FAILED, DATA, CREDIT, END, RESET, RUN, EXITED, READ = range(12)
HEAD = struct.Struct('>BII')
WINDOW = 1 << 20  # bytes that either side may send on a channel before they are taken
PIECE = 1 << 16


class Channel(object):
    def __init__(self, number, owner, takes):
        self.number, self.owner, self.place = number, owner, owner.fileno()
        self.gives, self.takes = True, takes  # which of its directions are open
        self.credit, self.taken, self.pending, self.events = WINDOW, 0, b'', 0
        os.set_blocking(self.place, False)
        channels[number] = self
        self.watch()

    def watch(self):
        events = selectors.EVENT_READ if self.gives and self.credit else 0
        events |= selectors.EVENT_WRITE if self.pending else 0
        if self.events and not events:
            selector.unregister(self.place)
        elif events != self.events:
            (selector.modify if self.events else selector.register)(self.place, events, self.turn)
        self.events = events
        if not self.gives and not self.takes and not self.pending:
            self.close()

    def turn(self, events):
        # another one's turn in the same round may have closed this one
        if events & selectors.EVENT_WRITE and self.number in channels:
            data, self.pending = self.pending, b''
            self.write(data)
        if events & selectors.EVENT_READ and self.number in channels and self.gives:
            self.read()

    def read(self):
        try:
            data = os.read(self.place, min(self.credit, PIECE))
        except BlockingIOError:
            return False
        except OSError:
            return self.fail()
        send(DATA if data else END, self.number, data)
        self.credit -= len(data)
        self.gives = len(data) > 0
        self.watch()
        return self.gives

    def write(self, data):
        try:
            count = 0 if self.pending else os.write(self.place, data)
        except BlockingIOError:
            count = 0
        except OSError:
            return self.fail()
        self.pending += bytes(data[count:])
        self.taken += count
        if self.taken >= WINDOW // 4:
            send(CREDIT, self.number, struct.pack('>I', self.taken))
            self.taken = 0
        self.finish()

    def finish(self):
        if not self.takes and not self.pending:
            try:
                self.owner.shutdown(socket.SHUT_WR)
            except (OSError, AttributeError):
                pass  # the other end has gone
        self.watch()

    def fail(self):
        send(RESET, self.number)
        self.close()

    def reset(self):
        if isinstance(self.owner, socket.socket):
            self.owner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.close()

    def close(self):
        if channels.pop(self.number, None):
            if self.events:
                selector.unregister(self.place)
            self.owner.close()


def send(kind, number, data=b''):
    data = HEAD.pack(kind, number, len(data)) + data
    try:
        while data:
            data = data[os.write(output, data):]
    except OSError:
        leave()


def accept(_):
    try:
        client = listener.accept()[0]
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        return
    number = next(numbers)
    send(ACCEPTED, number)
    Channel(number, client, True)


def dial(number, request):
    try:
        connection = socket.create_connection((request['host'], request['port']), request['seconds'])
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        later(opened, number, connection, True)
    except socket.timeout:
        later(send, FAILED, number, b'timed out')
    except (socket.gaierror, UnicodeError):
        later(send, FAILED, number, b'name not resolved')
    except OSError as error:
        later(send, FAILED, number, reason(error))


def opened(number, owner, takes):
    if number in wanted:
        wanted.remove(number)
        send(OPENED, number)
        Channel(number, owner, takes)
    else:
        owner.close()


def read(number, path):
    try:
        opened(number, open(path, 'rb', 0), False)
    except OSError as error:
        send(FAILED, number, reason(error))


def run(number, request):
    try:
        for name, content in request['files'].items():
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(content.encode())
        environment = dict(os.environb)
        for name in request['unset']:
            environment.pop(name.encode(), None)
        environment.update((name.encode(), value.encode()) for name, value in request['set'].items())
        source, target = os.pipe()
        Channel(number, os.fdopen(source, 'rb', 0), False)
        try:
            child = children[number] = subprocess.Popen(
                [argument.encode() for argument in request['arguments']], env=environment, stdin=subprocess.DEVNULL,
                stdout=target, stderr=target, cwd=request['directory'] or None, start_new_session=True)
        finally:
            os.close(target)
        start(lambda: later(exited, number, child.wait()))
    except (OSError, ValueError) as error:
        if number in channels:
            channels[number].close()
        send(FAILED, number, reason(error))


def exited(number, code):
    kill(number)
    channel = channels.get(number)
    for _ in range(2 * WINDOW // PIECE if channel else 0):  # no pipe holds more
        channel.credit += PIECE
        if not channel.read():
            break
    send(EXITED, number, struct.pack('>i', code))
    if channel:
        channel.close()


def kill(number):
    try:
        os.killpg(children.pop(number).pid, signal.SIGKILL)
    except (OSError, KeyError):
        pass


def reason(error):
    return str(getattr(error, 'strerror', None) or error).lower().encode()


def start(work):
    threading.Thread(target=work, daemon=True).start()


def later(*call):
    calls.append(call)
    os.write(waker, b'.')


def settle(_):
    os.read(wakened, PIECE)
    while calls:
        call = calls.popleft()
        call[0](*call[1:])


def obey(_):
    global left
    data = os.read(0, WINDOW)
    if not data:
        leave()
    data = left + data
    place, view = 0, memoryview(data)
    while len(data) - place >= HEAD.size:
        kind, number, length = HEAD.unpack_from(data, place)
        if len(data) - place - HEAD.size < length:
            break
        place += HEAD.size + length
        take(kind, number, view[place - length:place])
    left = data[place:]


def take(kind, number, data):
    channel = channels.get(number)
    if kind == DATA and channel:
        channel.write(data)
    elif kind == CREDIT and channel:
        channel.credit += struct.unpack('>I', data)[0]
        channel.watch()
    elif kind == END and channel:
        channel.takes = False
        channel.finish()
    elif kind == RESET:
        wanted.discard(number)
        if channel:
            channel.reset()
        if number in children:
            children[number].kill()
            kill(number)
    elif kind == DIAL:
        wanted.add(number)
        start(lambda request=json.loads(bytes(data).decode()): dial(number, request))
    elif kind == RUN:
        run(number, json.loads(bytes(data).decode()))
    elif kind == READ:
        wanted.add(number)
        read(number, bytes(data))


def leave(*_):
    for number in list(children):
        kill(number)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


folder = tempfile.mkdtemp()
children, channels, wanted, calls, left = {}, {}, set(), collections.deque(), b''
numbers = itertools.count(1, 2)
for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(one, leave)
output = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but frames may come out
for place in (0, output):
    os.set_blocking(place, True)
    try:
        import fcntl
        fcntl.fcntl(place, 1031, WINDOW)  # F_SETPIPE_SZ
    except (ImportError, OSError):
        pass
wakened, waker = os.pipe()
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(128)
listener.setblocking(False)
selector = selectors.PollSelector()  # takes files too
for place, work in ((0, obey), (wakened, settle), (listener, accept)):
    selector.register(place, selectors.EVENT_READ, work)
send(HELLO, 0, json.dumps({'port': listener.getsockname()[1], 'folder': folder}).encode())
while True:
    for key, events in selector.select():
        key.data(events)
