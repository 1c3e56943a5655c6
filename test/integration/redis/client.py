"""What people do with Python's redis package, told as JSON on standard output.

usage: client.py SESSION HOST PORT PROTOCOL [PREFIX]; the password is in REDIS_PASSWORD.
"""
import json
import os
import sys
import threading

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry


def connect(host, port, protocol, **options):
    password = os.environ["REDIS_PASSWORD"]
    return redis.Redis(host=host, port=port, password=password, protocol=protocol, decode_responses=True, **options)


def refusal(call):
    try:
        return call()
    except redis.RedisError as error:
        return f"{type(error).__name__}: {error}"


def basics(client):
    client.flushdb()
    return {
        "ping": client.ping(),
        "set": client.set("py:greeting", "hello"),
        "get": client.get("py:greeting"),
        "missing": client.get("py:nothing"),
        "nx": client.set("py:greeting", "again", nx=True),
        "xx": client.set("py:greeting", "grüße", xx=True, get=True),
        "utf8": client.get("py:greeting"),
        "append": client.append("py:log", "one"),
        "range": client.getrange("py:log", 0, 1),
        "mset": client.mset({"py:a": 1, "py:b": 2}),
        "mget": client.mget("py:a", "py:b", "py:c"),
        "incr": client.incr("py:a", 41),
        "float": client.incrbyfloat("py:b", 0.5),
        "wrong": refusal(lambda: client.incr("py:greeting")),
        "exists": client.exists("py:a", "py:b", "py:c"),
        "scan": sorted(client.scan_iter(match="py:[ab]")),
        "delete": client.delete("py:a", "py:b", "py:c"),
        "name": client.client_setname("py") and client.client_getname(),
        "unknown": refusal(lambda: client.execute_command("NOTHING")),
    }


def expiry(client):
    client.set("py:short", "x", px=50)
    client.set("py:long", "x", ex=100)
    ttl = client.ttl("py:long")
    pttl = client.pttl("py:long")
    gone = threading.Event()
    while client.get("py:short") is not None:
        gone.wait(0.01)
    return {
        "ttl": 90 < ttl <= 100,
        "pttl": 90_000 < pttl <= 100_000,
        "gone": client.ttl("py:short"),
        "persist": client.persist("py:long"),
        "persisted": client.ttl("py:long"),
        "expire": client.expire("py:long", 5, nx=True),
        "getex": client.getex("py:long", persist=True),
        "expireat": client.expireat("py:long", 1),
        "past": client.exists("py:long"),
    }


def pipelines(client):
    with client.pipeline(transaction=False) as pipeline:
        for number in range(500):
            pipeline.set(f"py:pipe:{number}", number)
        sets = pipeline.execute()
    with client.pipeline(transaction=False) as pipeline:
        pipeline.set("py:text", "x").incr("py:text").get("py:pipe:499")
        mixed = pipeline.execute(raise_on_error=False)
    return {
        "sets": sets == [True] * 500,
        "mixed": [f"{type(each).__name__}: {each}" if isinstance(each, Exception) else each for each in mixed],
    }


def transactions(client):
    client.delete("py:balance", "py:log")
    with client.pipeline() as pipeline:
        done = pipeline.set("py:balance", 10).incrby("py:balance", 5).get("py:balance").execute()

    def withdraw(pipeline):
        balance = int(pipeline.get("py:balance"))
        pipeline.multi()
        pipeline.set("py:balance", balance - 1)

    def many():
        for _ in range(20):
            client.transaction(withdraw, "py:balance")

    # Four threads that lose against each other, and try again until each has had its turn.
    client.set("py:balance", 100)
    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = client.get("py:balance")
    with client.pipeline() as pipeline:
        pipeline.watch("py:balance")
        client.set("py:balance", 7)
        pipeline.multi()
        pipeline.set("py:balance", 0)
        lost = refusal(pipeline.execute)
    with client.pipeline() as pipeline:
        aborted = refusal(lambda: pipeline.set("py:x", 1).execute_command("NOTHING").execute())
    return {
        "done": done,
        "left": left,
        "lost": lost,
        "balance": client.get("py:balance"),
        "aborted": aborted,
        "nothing": client.exists("py:x"),
    }


def write(host, port, protocol, prefix):
    """Each key until it is acknowledged, through elections and through the loss of the member that it is connected to."""
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    # SET may be done twice: what is of unknown outcome is asked again, as what was refused is.
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.01), 200)
    errors = [redis.ConnectionError, redis.TimeoutError, redis.ResponseError]
    client = connect(host, port, protocol, retry=retry, retry_on_error=errors, socket_timeout=10)
    number = 0
    while not stopped.is_set():
        number += 1
        client.set(f"{prefix}:{number}", number)
        print(number, flush=True)


def main():
    session, host, port, protocol, *more = sys.argv[1:]
    if session == "write":
        write(host, int(port), int(protocol), *more)
        return
    sessions = {each.__name__: each for each in (basics, expiry, pipelines, transactions)}
    client = connect(host, int(port), int(protocol))
    print(json.dumps(sessions[session](client)))


main()
