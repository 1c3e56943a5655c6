var __defProp = Object.defineProperty;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });

// test/simulation/builds.ts
async function loadBuilds(folder) {
  const load = /* @__PURE__ */ __name(async (name) => await import(`${folder}/${name}.mjs`), "load");
  return { first: await load("first"), second: await load("second") };
}
__name(loadBuilds, "loadBuilds");

// src/shared/ids.ts
var FIRST_GENERATION = { number: 1, id: "0000000000000000" };
var clusterIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
function parseClusterId(text) {
  return clusterIdPattern.test(text) ? text : null;
}
__name(parseClusterId, "parseClusterId");

// src/shared/assert.ts
var AssertionError = class extends Error {
  static {
    __name(this, "AssertionError");
  }
  name = "AssertionError";
};
function assert(condition, rule) {
  if (!condition) throw new AssertionError(rule);
}
__name(assert, "assert");
function assertNever(value) {
  throw new AssertionError(`unreachable value: ${JSON.stringify(value)}`);
}
__name(assertNever, "assertNever");
function present(value, rule) {
  if (value === null || value === void 0) throw new AssertionError(rule);
  return value;
}
__name(present, "present");

// src/shared/random.ts
var SeededRandom = class _SeededRandom {
  static {
    __name(this, "SeededRandom");
  }
  #a;
  #b;
  #c;
  #d;
  constructor(seed) {
    let state = seed >>> 0;
    const splitmix = /* @__PURE__ */ __name(() => {
      state = state + 2654435769 >>> 0;
      let z = state;
      z = Math.imul(z ^ z >>> 16, 569420461);
      z = Math.imul(z ^ z >>> 15, 1935289751);
      return (z ^ z >>> 15) >>> 0;
    }, "splitmix");
    this.#a = splitmix();
    this.#b = splitmix();
    this.#c = splitmix();
    this.#d = splitmix() | 1;
  }
  uint32() {
    const rotated = Math.imul(this.#b, 5);
    const result = Math.imul(rotated << 7 | rotated >>> 25, 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = this.#d << 11 | this.#d >>> 21;
    return result;
  }
  below(bound) {
    assert(Number.isInteger(bound) && bound > 0 && bound <= 4294967296, "a random bound is an integer in 1..2^32");
    return Math.floor(this.fraction() * bound);
  }
  fraction() {
    return this.uint32() / 4294967296;
  }
  hex(length) {
    let text = "";
    while (text.length < length) text += this.uint32().toString(16).padStart(8, "0");
    return text.slice(0, length);
  }
  split() {
    return new _SeededRandom(this.uint32());
  }
};

// test/support/resp-client.ts
var REPLY_BYTES_MAX = 64 * 1024 * 1024;
function encodeCommand(parts) {
  const chunks = [Buffer.from(`*${parts.length}\r
`)];
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    chunks.push(Buffer.from(`$${bytes.length}\r
`), bytes, Buffer.from("\r\n"));
  }
  return Buffer.concat(chunks);
}
__name(encodeCommand, "encodeCommand");
function decodeReply(bytes, start) {
  const lineEnd = bytes.indexOf("\r\n", start);
  if (lineEnd < 0) return null;
  const line = bytes.toString("utf8", start + 1, lineEnd);
  const end = lineEnd + 2;
  switch (bytes[start]) {
    case 43:
      return { reply: { type: "simple", text: line }, end };
    case 45:
      return { reply: { type: "error", message: line }, end };
    case 58:
      return { reply: { type: "integer", value: Number(line) }, end };
    case 36: {
      const length = Number(line);
      if (length < 0) return { reply: { type: "null" }, end };
      if (bytes.length < end + length + 2) return null;
      return { reply: { type: "bulk", bytes: bytes.subarray(end, end + length) }, end: end + length + 2 };
    }
    case 42:
      return decodeArray(bytes, end, Number(line));
    default:
      throw new Error(`no RESP2 reply: ${JSON.stringify(bytes.toString("latin1", start, start + 40))}`);
  }
}
__name(decodeReply, "decodeReply");
function decodeArray(bytes, start, length) {
  if (length < 0) return { reply: { type: "null" }, end: start };
  const items = [];
  let end = start;
  while (items.length < length) {
    const decoded = decodeReply(bytes, end);
    if (decoded === null) return null;
    items.push(decoded.reply);
    end = decoded.end;
  }
  return { reply: { type: "array", items }, end };
}
__name(decodeArray, "decodeArray");
function describeOutcome(outcome) {
  if (outcome.type !== "replied") return `${outcome.type}: ${outcome.reason}`;
  return describeReply(outcome.reply);
}
__name(describeOutcome, "describeOutcome");
function describeReply(reply) {
  switch (reply.type) {
    case "simple":
      return reply.text;
    case "error":
      return `-${reply.message}`;
    case "integer":
      return String(reply.value);
    case "bulk":
      return JSON.stringify(reply.bytes.toString());
    case "null":
      return "(nil)";
    case "array":
      return `[${reply.items.map(describeReply).join(", ")}]`;
  }
}
__name(describeReply, "describeReply");

// test/simulation/client-connection.ts
var ClientConnection = class {
  static {
    __name(this, "ClientConnection");
  }
  host;
  #network;
  #timeoutMs;
  #link;
  #pending = [];
  #unread = Buffer.alloc(0);
  #connected = /* @__PURE__ */ __name(() => void 0, "#connected");
  /** Resolves with whether there is a connection. */
  opened;
  #closedBecause = null;
  constructor(network, client, host, timeoutMs) {
    this.host = host;
    this.#network = network;
    this.#timeoutMs = timeoutMs;
    this.opened = new Promise((resolve) => this.#connected = resolve);
    this.#link = network.dial(client, host, "client", {
      onConnected: /* @__PURE__ */ __name(() => this.#connected(true), "onConnected"),
      onData: /* @__PURE__ */ __name((chunk) => this.#read(chunk), "onData"),
      onClosed: /* @__PURE__ */ __name(() => this.close("connection closed"), "onClosed")
    });
    network.scheduler.after(timeoutMs, () => this.#connected(false));
  }
  get isOpen() {
    return this.#closedBecause === null;
  }
  /** All leave together, in this order. */
  send(commands) {
    if (this.#closedBecause !== null) {
      const reason = this.#closedBecause;
      return commands.map(() => Promise.resolve({ type: "unsent", reason }));
    }
    const outcomes = commands.map(
      () => new Promise((done) => {
        const cancel = this.#network.scheduler.after(
          this.#timeoutMs,
          () => this.close(`no reply within ${this.#timeoutMs} ms`)
        );
        this.#pending.push({ done, cancel });
      })
    );
    this.#link.write(Buffer.concat(commands.map((words) => encodeCommand(words))));
    return outcomes;
  }
  close(reason) {
    if (this.#closedBecause !== null) return;
    this.#closedBecause = reason;
    this.#connected(false);
    this.#link.destroy();
    for (const { done, cancel } of this.#pending.splice(0)) {
      cancel();
      done({ type: "lost", reason });
    }
  }
  #read(chunk) {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let decoded = decodeReply(this.#unread, 0); decoded !== null; decoded = decodeReply(this.#unread, 0)) {
      this.#unread = this.#unread.subarray(decoded.end);
      const pending = this.#pending.shift();
      if (!pending) {
        this.close("a reply that nobody asked for");
        return;
      }
      pending.cancel();
      pending.done({ type: "replied", reply: decoded.reply });
    }
  }
};

// test/simulation/clients.ts
var RETRY_PAUSE_MS = 300;
var RETRIES_MAX = 3;
var PAIR = ["t0", "t1"];
var VALUE_STEP = 1e5;
var Client = class {
  static {
    __name(this, "Client");
  }
  host;
  isAlive = true;
  #world;
  #number;
  #options;
  #random;
  #nextValue;
  #connection = null;
  #isStopped = false;
  constructor(world, number, options, random, nextValue) {
    this.host = `client-${number}`;
    this.#world = world;
    this.#number = number;
    this.#options = options;
    this.#random = random;
    this.#nextValue = nextValue;
  }
  deliver(act) {
    act();
  }
  stop() {
    this.#isStopped = true;
  }
  async run() {
    const { scheduler } = this.#world.network;
    while (!this.#isStopped) {
      await scheduler.sleep(this.#random.fraction() * 2 * this.#options.thinkMs);
      const connection = await this.#connect();
      if (connection) await this.#act(connection);
    }
    this.#connection?.close("the client is done");
  }
  async #connect() {
    if (this.#connection?.isOpen === true && this.#random.below(40) > 0) return this.#connection;
    this.#connection?.close("the client goes elsewhere");
    const hosts = this.#world.hosts();
    const host = hosts[this.#random.below(Math.max(1, hosts.length))];
    if (host === void 0) return null;
    const connection = new ClientConnection(this.#world.network, this, host, this.#options.timeoutMs);
    this.#connection = connection;
    return await connection.opened ? connection : null;
  }
  async #act(connection) {
    if (this.#random.fraction() < this.#options.transactionShare) {
      await this.#transact(connection);
      return;
    }
    const length = this.#random.fraction() < this.#options.pipelineShare ? 2 + this.#random.below(5) : 1;
    const commands = Array.from({ length }, () => this.#drawCommand());
    await this.#send(connection, commands, RETRIES_MAX);
  }
  /** What was refused is safe to send again (rule S14), and is: elsewhere, after a while. */
  async #send(connection, commands, retries) {
    const ends = commands.map((words) => this.#begin({ type: "command", words }).ended);
    const outcomes = await Promise.all(connection.send(commands).map((outcome, at) => outcome.then(ends[at])));
    const refused = commands.filter((_, at) => outcomes[at] === "refused");
    if (refused.length === 0 || retries === 0 || this.#isStopped) return;
    connection.close("refused");
    await this.#world.network.scheduler.sleep(RETRY_PAUSE_MS * (0.5 + this.#random.fraction()));
    const next = await this.#connect();
    if (next) await this.#send(next, refused, retries - 1);
  }
  /** Looks at keys, decides, and writes only if nobody came between. */
  async #transact(connection) {
    const [first, second] = PAIR;
    const keys = this.#random.below(2) === 0 ? [first, second] : [this.#random.below(2) === 0 ? first : second];
    const watches = [];
    if (this.#random.below(3) > 0) {
      const { invoked, ended: ended2 } = this.#begin({ type: "watch", keys });
      watches.push(invoked);
      const outcome = await connection.send([["WATCH", ...keys]])[0].then(ended2);
      if (outcome !== "ok") return;
      await this.#send(connection, [["GET", keys[0] ?? first]], 0);
      if (this.#random.below(3) === 0) await this.#world.network.scheduler.sleep(this.#random.fraction() * 500);
    }
    const commands = keys.map((key) => this.#random.below(2) === 0 ? ["SET", key, this.#nextValue()] : ["INCR", key]);
    const { ended } = this.#begin({ type: "transaction", commands, watches });
    const outcomes = connection.send([["MULTI"], ...commands, ["EXEC"]]);
    const last = await outcomes.at(-1).then(ended);
    if (last !== "ok") connection.close("a transaction that did not end well");
  }
  #begin(call) {
    const open = this.#world.history.invoke(this.#number, call);
    const told = this.#world.asked();
    const ended = /* @__PURE__ */ __name((outcome) => {
      const kind = this.#world.history.return(open, outcome);
      told(kind === "ok");
      return kind;
    }, "ended");
    return { invoked: open.invoked, ended };
  }
  #drawKey() {
    const number = this.#random.below(this.#options.keys + 1);
    return number === this.#options.keys ? PAIR[this.#random.below(2)] : `k${number}`;
  }
  #drawCommand() {
    const key = this.#drawKey();
    if (this.#random.fraction() < this.#options.deadlineShare) return this.#drawDeadline(key);
    const die = this.#random.below(20);
    if (die < 8) return ["GET", key];
    if (die < 11) return ["INCR", key];
    if (die < 12) return ["DEL", key];
    if (die < 16) return ["SET", key, this.#nextValue()];
    return ["SET", key, this.#nextValue(), "NX"];
  }
  #drawDeadline(key) {
    const milliseconds = String(200 + this.#random.below(4e3));
    const die = this.#random.below(6);
    if (die < 2) return ["SET", key, this.#nextValue(), "PX", milliseconds];
    if (die < 4) return ["PEXPIRE", key, milliseconds];
    if (die < 5) return ["PERSIST", key];
    return ["GET", key];
  }
};
function startClients(world, options, random) {
  let values = 0;
  const nextValue = /* @__PURE__ */ __name(() => String(values += VALUE_STEP), "nextValue");
  const clients = Array.from(
    { length: options.clients },
    (_, number) => new Client(world, number, options, random.split(), nextValue)
  );
  return clients;
}
__name(startClients, "startClients");

// test/support/history/history.ts
import { performance } from "node:perf_hooks";
var HistoryRecorder = class {
  static {
    __name(this, "HistoryRecorder");
  }
  #nowMs;
  #open = /* @__PURE__ */ new Map();
  #operations = [];
  #events = 0;
  /** @param nowMs any clock that does not jump; milliseconds since the recorder began, unless it is given */
  constructor(nowMs) {
    const startedAtMs = performance.now();
    this.#nowMs = nowMs ?? (() => performance.now() - startedAtMs);
  }
  invoke(client, call) {
    this.#events += 1;
    const open = { client, call, invoked: this.#events, invokedAtMs: this.#nowMs() };
    this.#open.set(open.invoked, open);
    return open;
  }
  return(open, outcome) {
    this.#open.delete(open.invoked);
    this.#events += 1;
    this.#operations.push({ ...open, outcome, returned: this.#events, returnedAtMs: this.#nowMs() });
  }
  /** Whatever has not returned has an unknown outcome: for the end of a history. */
  abandonOpen(reason) {
    for (const open of [...this.#open.values()]) this.return(open, { type: "unknown", reason });
  }
  /** Those that returned, in the order of their returns. */
  operations() {
    return this.#operations;
  }
};
function answerOf(reply) {
  switch (reply.type) {
    case "simple":
      return { type: "simple", text: reply.text };
    case "error":
      return { type: "error", message: reply.message };
    case "integer":
      return { type: "integer", value: Number(reply.value) };
    case "bulk":
      return { type: "bulk", text: Buffer.from(reply.bytes).toString("latin1") };
    case "null":
    case "null-array":
      return { type: "null" };
    case "array":
      return { type: "array", items: reply.items.map(answerOf) };
    case "map":
    case "set":
    case "double":
    case "boolean":
    case "verbatim":
      throw new RangeError(`no recorded command answers with a ${reply.type}`);
    default:
      return assertNever(reply);
  }
}
__name(answerOf, "answerOf");

// test/support/history/contradiction.ts
function minimalContradiction(operations, hasNoOrder) {
  let rest = shortestBeginning(operations, hasNoOrder);
  let needed = answered(rest);
  for (let size = Math.ceil(needed.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let first = 0; first < needed.length; ) {
      const chunk = new Set(needed.slice(first, first + size).map(({ invoked }) => invoked));
      const weaker = weakened(rest, chunk);
      if (hasNoOrder(weaker)) {
        rest = weaker;
        needed = answered(rest);
      } else first += size;
    }
  }
  return needed;
}
__name(minimalContradiction, "minimalContradiction");
function answered(operations) {
  return operations.filter(({ outcome }) => outcome.type === "ok").sort((a, b) => a.invoked - b.invoked);
}
__name(answered, "answered");
function shortestBeginning(operations, hasNoOrder) {
  const returns = operations.map(({ returned }) => returned).sort((a, b) => a - b);
  let low = 0;
  let high = returns.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (hasNoOrder(until(operations, returns[middle]))) high = middle;
    else low = middle + 1;
  }
  return until(operations, returns[low] ?? 0);
}
__name(shortestBeginning, "shortestBeginning");
function until(operations, moment) {
  const later = new Set(operations.filter(({ returned }) => returned > moment).map(({ invoked }) => invoked));
  return weakened(
    operations.filter(({ invoked }) => invoked <= moment),
    later
  );
}
__name(until, "until");
function weakened(operations, those) {
  const isForgotten = /* @__PURE__ */ __name(({ call, invoked }) => call.type === "watch" && those.has(invoked), "isForgotten");
  const forgotten = new Set(operations.filter(isForgotten).map(({ invoked }) => invoked));
  return operations.filter((operation) => !isForgotten(operation)).map((operation) => {
    const call = withoutWatches(operation.call, forgotten);
    if (!those.has(operation.invoked) || operation.outcome.type === "refused") return { ...operation, call };
    return { ...operation, call, outcome: { type: "unknown", reason: "left open" } };
  });
}
__name(weakened, "weakened");
function withoutWatches(call, forgotten) {
  if (call.type !== "transaction" || !call.watches.some((watch) => forgotten.has(watch))) return call;
  return { ...call, watches: call.watches.filter((watch) => !forgotten.has(watch)) };
}
__name(withoutWatches, "withoutWatches");

// test/support/history/store-model.ts
var NO_KEY = { value: null, earliestMs: Number.NEGATIVE_INFINITY, latestMs: Number.NEGATIVE_INFINITY };
function keyWithValue(value) {
  return { value, earliestMs: Number.POSITIVE_INFINITY, latestMs: Number.POSITIVE_INFINITY };
}
__name(keyWithValue, "keyWithValue");
var CompiledCall = class {
  static {
    __name(this, "CompiledCall");
  }
  keys;
  /** Its effect depends on when it takes effect. */
  setsDeadline;
  #call;
  #commands;
  #watched;
  #positionOf = /* @__PURE__ */ new Map();
  #positions = [];
  #watchedPositions = [];
  /**
   * @param watched the keys that an EXEC rests on
   * @throws RangeError on what the judge does not know
   */
  constructor(call, watched = []) {
    this.#call = call;
    this.#watched = watched;
    this.#commands = wordsOf(call).map(compileCommand);
    const named = call.type === "watch" ? call.keys : this.#commands.flatMap(({ keys }) => keys);
    this.keys = [.../* @__PURE__ */ new Set([...named, ...watched])];
    this.setsDeadline = this.#commands.some(({ setsDeadline }) => setsDeadline);
  }
  /** Before it is run: where its keys stand in a state. */
  place(positionOf) {
    const placed = /* @__PURE__ */ __name((keys) => keys.map((key) => present(positionOf.get(key), "a key has a place")), "placed");
    this.#positionOf = positionOf;
    this.#positions = placed(this.keys);
    this.#watchedPositions = placed(this.#watched);
  }
  get positions() {
    return this.#positions;
  }
  /** Whether it changes nothing, whatever the state and its answer. */
  get isReadOnly() {
    return this.#call.type !== "watch" && this.#commands.every(({ isInert }) => isInert === ALWAYS);
  }
  /** Whether it changes nothing, whatever the state, when this is its answer. */
  isInert(answer) {
    if (this.#call.type === "watch") return false;
    const answers = this.#call.type === "transaction" ? itemsOf(answer) : [answer];
    return this.#commands.every(({ isInert }, index) => isInert(answers[index] ?? NULL));
  }
  /** The recorded answer in the form in which `effects` gives it. */
  expected(answer) {
    const foretold = /* @__PURE__ */ __name((own, index) => this.#commands[index]?.answersTime === true && own.type === "integer" && own.value >= 0 ? SOME_TIME : own, "foretold");
    if (this.#call.type === "transaction" && answer.type === "array") return { type: "array", items: answer.items.map(foretold) };
    return foretold(answer, 0);
  }
  /** Every way in which it may take effect within the window; none when it cannot. */
  effects(state, window) {
    const effects = [];
    this.#judgeDeadlines(0, state, window, [], (judged, touched) => effects.push(this.#run(judged, window, touched)));
    return effects;
  }
  /**
   * All keys are judged at one log time, from the `index`th on; `left` is what those before have left of the window. What has deadlines
   * that may or may not have come is judged both ways.
   */
  #judgeDeadlines(index, state, left, touched, found) {
    const position = this.#positions[index];
    if (position === void 0) {
      found(state, touched);
      return;
    }
    const { value, earliestMs, latestMs } = state[position];
    const past = { fromMs: Math.max(left.fromMs, earliestMs), toMs: left.toMs };
    if (value === null) {
      if (past.fromMs <= past.toMs) this.#judgeDeadlines(index + 1, state, past, touched, found);
      return;
    }
    const before = this.#call.type === "watch" ? left : { fromMs: left.fromMs, toMs: Math.min(left.toMs, latestMs) };
    if (before.fromMs <= before.toMs) this.#judgeDeadlines(index + 1, state, before, touched, found);
    if (earliestMs === Number.POSITIVE_INFINITY || past.fromMs > past.toMs || this.#watchedPositions.includes(position)) return;
    const gone = state.with(position, { value: null, earliestMs, latestMs: earliestMs });
    this.#judgeDeadlines(index + 1, gone, past, [...touched, position], found);
  }
  #run(state, window, touched) {
    if (this.#call.type === "watch") return { state, answer: OK, touched };
    const store = new Store(state, touched, window, this.#positionOf);
    const answers = this.#commands.map(({ run }) => run(store));
    const answer = this.#call.type === "transaction" ? { type: "array", items: answers } : answers[0] ?? NULL;
    return { state: store.state, answer, touched: store.touched };
  }
};
function wordsOf(call) {
  switch (call.type) {
    case "command":
      return [call.words];
    case "watch":
      return [];
    case "transaction":
      return call.commands;
    default:
      return assertNever(call);
  }
}
__name(wordsOf, "wordsOf");
function itemsOf(answer) {
  return answer.type === "array" ? answer.items : [];
}
__name(itemsOf, "itemsOf");
function isSameAnswer(a, b) {
  switch (a.type) {
    case "simple":
      return b.type === "simple" && a.text === b.text;
    case "error":
      return b.type === "error" && a.message === b.message;
    case "integer":
      return b.type === "integer" && a.value === b.value;
    case "bulk":
      return b.type === "bulk" && a.text === b.text;
    case "null":
      return b.type === "null";
    case "array":
      return b.type === "array" && a.items.length === b.items.length && a.items.every((item, index) => isSameAnswer(item, b.items[index]));
    default:
      return assertNever(a);
  }
}
__name(isSameAnswer, "isSameAnswer");
var Store = class {
  static {
    __name(this, "Store");
  }
  state;
  touched;
  #window;
  #positionOf;
  constructor(state, touched, window, positionOf) {
    this.state = state;
    this.touched = [...touched];
    this.#window = window;
    this.#positionOf = positionOf;
  }
  value(key) {
    return this.state[this.#at(key)].value;
  }
  hasDeadline(key) {
    const { value, latestMs } = this.state[this.#at(key)];
    return value !== null && latestMs !== Number.POSITIVE_INFINITY;
  }
  /** @param deadline milliseconds from now; `keep` is for what the key had, if it is there */
  put(key, value, deadline) {
    const before = this.state[this.#at(key)];
    if (typeof deadline === "number") {
      const { fromMs, toMs } = this.#window;
      this.#set(key, { value, earliestMs: fromMs + deadline, latestMs: toMs + deadline });
    } else this.#set(key, deadline === "keep" && before.value !== null ? { ...before, value } : keyWithValue(value));
  }
  /** Whether there was one. */
  remove(key) {
    if (this.value(key) === null) return false;
    this.#set(key, NO_KEY);
    return true;
  }
  #set(key, to) {
    const position = this.#at(key);
    this.state = this.state.with(position, to);
    if (!this.touched.includes(position)) this.touched.push(position);
  }
  #at(key) {
    return present(this.#positionOf.get(key), "a key has a place");
  }
};
var OK = { type: "simple", text: "OK" };
var NULL = { type: "null" };
var NOT_AN_INTEGER = { type: "error", message: "ERR value is not an integer or out of range" };
var SOME_TIME = { type: "integer", value: 0 };
var NO_KEY_HAS_TIME = integer(-2);
var NO_DEADLINE = integer(-1);
function integer(value) {
  return { type: "integer", value };
}
__name(integer, "integer");
function valueAnswer(value) {
  return value === null ? NULL : { type: "bulk", text: value };
}
__name(valueAnswer, "valueAnswer");
var ALWAYS = /* @__PURE__ */ __name(() => true, "ALWAYS");
var NEVER = /* @__PURE__ */ __name(() => false, "NEVER");
var WHEN_NULL = /* @__PURE__ */ __name((answer) => answer.type === "null", "WHEN_NULL");
var WHEN_ZERO = /* @__PURE__ */ __name((answer) => answer.type === "integer" && answer.value === 0, "WHEN_ZERO");
var WHEN_REFUSED = /* @__PURE__ */ __name((answer) => answer.type === "error", "WHEN_REFUSED");
function compileCommand(words) {
  const [name = "", ...rest] = words;
  if (words.some((word) => !isAscii(word))) throw unknown(words, "its words are not ASCII");
  const [key = "", second = ""] = rest;
  const command = /* @__PURE__ */ __name((keys, isInert, run) => ({
    keys,
    isInert,
    run,
    setsDeadline: false,
    answersTime: false
  }), "command");
  const arity = /* @__PURE__ */ __name((isRight) => {
    if (!isRight) throw unknown(words, "it has the wrong number of words");
  }, "arity");
  switch (name) {
    case "GET":
      arity(rest.length === 1);
      return command([key], ALWAYS, (store) => valueAnswer(store.value(key)));
    case "MGET":
      arity(rest.length > 0);
      return command(rest, ALWAYS, (store) => ({ type: "array", items: rest.map((each) => valueAnswer(store.value(each))) }));
    case "EXISTS":
      arity(rest.length > 0);
      return command(rest, ALWAYS, (store) => integer(rest.filter((each) => store.value(each) !== null).length));
    case "PTTL":
    case "TTL":
      arity(rest.length === 1);
      return { ...command([key], ALWAYS, (store) => timeToLive(store, key)), answersTime: true };
    case "SET":
      arity(rest.length >= 2);
      return compileSet(words);
    case "INCR":
    case "DECR":
      arity(rest.length === 1);
      return command([key], WHEN_REFUSED, (store) => increment(store, key, name === "INCR" ? 1 : -1));
    case "INCRBY":
    case "DECRBY": {
      arity(rest.length === 2);
      const by = integerIn(words, second) * (name === "INCRBY" ? 1 : -1);
      return command([key], WHEN_REFUSED, (store) => increment(store, key, by));
    }
    case "APPEND":
      arity(rest.length === 2);
      return command([key], NEVER, (store) => {
        const value = `${store.value(key) ?? ""}${second}`;
        store.put(key, value, "keep");
        return integer(value.length);
      });
    case "DEL":
      arity(rest.length > 0);
      return command(rest, WHEN_ZERO, (store) => integer(rest.filter((each) => store.remove(each)).length));
    case "GETDEL":
      arity(rest.length === 1);
      return command([key], WHEN_NULL, (store) => {
        const before = store.value(key);
        store.remove(key);
        return valueAnswer(before);
      });
    case "EXPIRE":
    case "PEXPIRE": {
      arity(rest.length === 2);
      const milliseconds = integerIn(words, second) * (name === "EXPIRE" ? 1e3 : 1);
      const run = /* @__PURE__ */ __name((store) => expire(store, key, milliseconds), "run");
      return { ...command([key], WHEN_ZERO, run), setsDeadline: milliseconds > 0 };
    }
    case "PERSIST":
      arity(rest.length === 1);
      return command([key], WHEN_ZERO, (store) => {
        if (!store.hasDeadline(key)) return integer(0);
        store.put(key, store.value(key) ?? "", "none");
        return integer(1);
      });
    case "MSET":
      arity(rest.length > 0 && rest.length % 2 === 0);
      return command(
        rest.filter((_, index) => index % 2 === 0),
        NEVER,
        (store) => {
          for (let at = 0; at < rest.length; at += 2) store.put(rest[at], rest[at + 1], "none");
          return OK;
        }
      );
    default:
      throw unknown(words, "there is no such command");
  }
}
__name(compileCommand, "compileCommand");
function compileSet(words) {
  const [, key = "", value = "", ...options] = words;
  let condition = null;
  let deadline = "none";
  let answersBefore = false;
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at];
    if (option === "NX" || option === "XX") condition = option;
    else if (option === "GET") answersBefore = true;
    else if (option === "KEEPTTL") deadline = "keep";
    else if (option === "PX" || option === "EX") {
      at += 1;
      deadline = integerIn(words, options[at] ?? "") * (option === "EX" ? 1e3 : 1);
      if (deadline <= 0) throw unknown(words, "its time to live is not positive");
    } else throw unknown(words, `there is no option ${option}`);
  }
  const isInert = /* @__PURE__ */ __name((answer) => {
    if (condition === null) return false;
    return answersBefore ? answer.type === "null" === (condition === "XX") : answer.type === "null";
  }, "isInert");
  const run = /* @__PURE__ */ __name((store) => {
    const before = store.value(key);
    const sets = condition === null || condition === "NX" === (before === null);
    if (sets) store.put(key, value, deadline);
    if (answersBefore) return valueAnswer(before);
    return sets ? OK : NULL;
  }, "run");
  return { keys: [key], isInert, run, setsDeadline: typeof deadline === "number", answersTime: false };
}
__name(compileSet, "compileSet");
function timeToLive(store, key) {
  if (store.value(key) === null) return NO_KEY_HAS_TIME;
  return store.hasDeadline(key) ? SOME_TIME : NO_DEADLINE;
}
__name(timeToLive, "timeToLive");
var INTEGER = /^(0|-?[1-9]\d*)$/;
function increment(store, key, by) {
  const before = store.value(key) ?? "0";
  if (!INTEGER.test(before)) return NOT_AN_INTEGER;
  const sum = Number(before) + by;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`the judge counts up to 2^53: ${before} + ${by}`);
  store.put(key, String(sum), "keep");
  return integer(sum);
}
__name(increment, "increment");
function expire(store, key, milliseconds) {
  const value = store.value(key);
  if (value === null) return integer(0);
  if (milliseconds > 0) store.put(key, value, milliseconds);
  else store.remove(key);
  return integer(1);
}
__name(expire, "expire");
function integerIn(words, text) {
  if (!INTEGER.test(text) || !Number.isSafeInteger(Number(text))) throw unknown(words, `${JSON.stringify(text)} is no integer`);
  return Number(text);
}
__name(integerIn, "integerIn");
function isAscii(text) {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
__name(isAscii, "isAscii");
function unknown(words, why) {
  return new RangeError(`the judge does not know ${words.join(" ")}: ${why}`);
}
__name(unknown, "unknown");

// test/support/history/partitions.ts
function partitionsOf(operations, options) {
  const byInvocation = new Map(operations.map((operation) => [operation.invoked, operation]));
  const mattering = matteringCalls(operations, byInvocation);
  const roots = new DisjointKeys();
  for (const { call } of mattering) roots.join(call.keys);
  const parts = /* @__PURE__ */ new Map();
  for (const each of mattering) {
    const root = roots.rootOf(each.call.keys[0] ?? "");
    const part = parts.get(root);
    if (part === void 0) parts.set(root, [each]);
    else part.push(each);
  }
  return [...parts.values()].map((part) => partitionOf(part, byInvocation, options));
}
__name(partitionsOf, "partitionsOf");
function watchesOf({ call }, byInvocation) {
  if (call.type !== "transaction") return [];
  return call.watches.map((invoked) => {
    const watch = present(byInvocation.get(invoked), "a transaction names WATCH calls that were recorded");
    if (watch.call.type !== "watch") throw new RangeError(`the call invoked at ${invoked} is no WATCH`);
    return watch;
  });
}
__name(watchesOf, "watchesOf");
function matteringCalls(operations, byInvocation) {
  const watched = /* @__PURE__ */ new Set();
  const mattering = [];
  for (const operation of operations) {
    const { call, outcome } = operation;
    if (outcome.type === "refused" || call.type === "watch") continue;
    const isAborted = call.type === "transaction" && outcome.type === "ok" && outcome.answer.type === "null";
    const watches = watchesOf(operation, byInvocation);
    const isDoubtful = outcome.type === "unknown" && watches.some((watch) => watch.outcome.type === "refused");
    if (isAborted || isDoubtful) continue;
    const keys = watches.flatMap((watch) => watch.call.type === "watch" ? watch.call.keys : []);
    const compiled = new CompiledCall(call, keys);
    if (outcome.type === "unknown" && compiled.isReadOnly) continue;
    mattering.push({ operation, call: compiled });
    for (const watch of watches) {
      if (watched.has(watch.invoked) || watch.outcome.type !== "ok") continue;
      watched.add(watch.invoked);
      mattering.push({ operation: watch, call: new CompiledCall(watch.call) });
    }
  }
  return mattering.sort((a, b) => a.operation.invoked - b.operation.invoked);
}
__name(matteringCalls, "matteringCalls");
function partitionOf(part, byInvocation, options) {
  const keys = [...new Set(part.flatMap(({ call }) => call.keys))];
  const positionOf = new Map(keys.map((key, position) => [key, position]));
  for (const { call } of part) call.place(positionOf);
  const ofType = /* @__PURE__ */ __name((type) => part.filter(({ operation }) => operation.outcome.type === type), "ofType");
  const known = ofType("ok");
  const knownAt = new Map(known.map(({ operation }, index) => [operation.invoked, { index, call: known[index].call }]));
  const watches = /* @__PURE__ */ __name((operation) => {
    const those = watchesOf(operation, byInvocation);
    if (those.some(({ outcome }) => outcome.type === "refused")) return null;
    return those.flatMap(({ invoked }) => {
      const at = knownAt.get(invoked);
      return at === void 0 ? [] : [{ watch: at.index, positions: at.call.positions }];
    });
  }, "watches");
  return {
    keys,
    calls: part.map(({ operation }) => operation),
    initial: keys.map((key) => {
      const value = options.initial?.get(key);
      return value === void 0 ? NO_KEY : keyWithValue(value);
    }),
    known: known.map(({ operation, call }) => {
      const answer = operation.outcome.type === "ok" ? operation.outcome.answer : { type: "null" };
      const isInert = call.isInert(answer);
      return {
        operation,
        call,
        window: windowOf(operation, call, options),
        answer: call.expected(answer),
        isInert,
        watches: watches(operation)
      };
    }),
    unknown: withTwins(
      ofType("unknown").map(({ operation, call }) => ({
        operation,
        call,
        window: windowOf(operation, call, options),
        watches: watches(operation) ?? []
      }))
    )
  };
}
__name(partitionOf, "partitionOf");
var ROUNDING_MS = 1;
function windowOf({ outcome, invokedAtMs, returnedAtMs, call }, compiled, { logTimeErrorMs }) {
  if (compiled.setsDeadline && logTimeErrorMs === void 0)
    throw new RangeError(`${JSON.stringify(call)} sets a deadline: the judge has to be told logTimeErrorMs`);
  const errorMs = (logTimeErrorMs ?? 0) + ROUNDING_MS;
  return { fromMs: invokedAtMs - errorMs, toMs: outcome.type === "ok" ? returnedAtMs + errorMs : Number.POSITIVE_INFINITY };
}
__name(windowOf, "windowOf");
function withTwins(calls) {
  const twins = /* @__PURE__ */ new Map();
  return calls.map((call, index) => {
    if (call.call.setsDeadline || call.watches.length > 0) return { ...call, earlierTwin: -1 };
    const text = JSON.stringify(call.operation.call);
    const earlierTwin = twins.get(text) ?? -1;
    twins.set(text, index);
    return { ...call, earlierTwin };
  });
}
__name(withTwins, "withTwins");
var DisjointKeys = class {
  static {
    __name(this, "DisjointKeys");
  }
  #parents = /* @__PURE__ */ new Map();
  join(keys) {
    const [first, ...others] = keys.map((key) => this.rootOf(key));
    if (first !== void 0) for (const other of others) this.#parents.set(this.rootOf(other), this.rootOf(first));
  }
  rootOf(key) {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== void 0 && parent !== root; parent = this.#parents.get(root))
      root = parent;
    if (root !== key) this.#parents.set(key, root);
    return root;
  }
};

// test/support/history/search.ts
function searchOrder(partition, configurationsMax) {
  return new Search(partition, configurationsMax).run();
}
__name(searchOrder, "searchOrder");
var Search = class {
  static {
    __name(this, "Search");
  }
  #known;
  #unknown;
  #configurationsMax;
  #names = new StateNames();
  #guards;
  #seen = /* @__PURE__ */ new Map();
  #first;
  #configurations = 0;
  constructor({ keys, initial, known, unknown: unknown2 }, configurationsMax) {
    this.#known = known;
    this.#unknown = unknown2;
    this.#configurationsMax = configurationsMax;
    this.#guards = guardsOf(keys.length, known, unknown2);
    this.#first = { state: this.#names.interned(initial), base: 0, ahead: [], unknowns: 0n };
  }
  run() {
    const stack = [{ at: this.#first, isTried: false }];
    for (let next = stack.pop(); next !== void 0; next = stack.pop()) {
      const { at, isTried } = next;
      if (isTried) {
        for (const to2 of this.#byChains(at)) stack.push({ at: to2, isTried: false });
        continue;
      }
      if (at.base === this.#known.length) return { type: "order", configurations: this.#configurations };
      if (this.#wasSeen(at)) continue;
      if (this.#configurations >= this.#configurationsMax) return { type: "gave-up", configurations: this.#configurations };
      this.#configurations += 1;
      const { isSettled, to } = this.#byKnown(at);
      if (!isSettled && this.#unknown.length > 0) stack.push({ at, isTried: true });
      for (const each of to) stack.push({ at: each, isTried: false });
    }
    return { type: "no-order", configurations: this.#configurations };
  }
  #wasSeen({ state, base, ahead, unknowns }) {
    const name = `${base}|${ahead.join()}|${this.#names.of(state)}`;
    const seen = this.#seen.get(name);
    if (seen === void 0) {
      this.#seen.set(name, [unknowns]);
      return false;
    }
    if (seen.some((fewer) => (fewer & unknowns) === fewer)) return true;
    seen.push(unknowns);
    return false;
  }
  /** The most promising last: what returned first. */
  #byKnown(from) {
    const to = [];
    for (const index of this.#candidates(from).candidates) {
      const { isInert, operation } = this.#known[index];
      for (const effect of this.#effectsOfKnown(from, index)) {
        const at = { ...taken(from, index), ...effect };
        if (isInert && effect.state === from.state) return { isSettled: true, to: [at] };
        to.push({ returned: operation.returned, at });
      }
    }
    to.sort((a, b) => b.returned - a.returned);
    return { isSettled: false, to: to.map(({ at }) => at) };
  }
  /** The shortest chain last. */
  #byChains(from) {
    const { candidates, horizon } = this.#candidates(from);
    return candidates.flatMap((index) => this.#chainsTo(from, index, horizon)).reverse();
  }
  /** What follows when the `index`th known call comes next, after at least one unknown call. */
  #chainsTo(from, index, horizon) {
    const found = [];
    const eligible = this.#eligible(from, index, horizon);
    if (eligible.length === 0) return found;
    const seen = /* @__PURE__ */ new Set();
    let chains = [{ state: from.state, unknowns: from.unknowns, last: null }];
    while (chains.length > 0 && this.#configurations < this.#configurationsMax) {
      const longer = [];
      for (const chain of chains) {
        if (chain.last !== null) found.push(...this.#closed(from, chain, chain.last, index));
        for (const next of eligible) {
          for (const to of this.#extended(from, chain, next)) {
            const name = `${to.unknowns}|${next}|${this.#names.of(to.state)}`;
            if (seen.has(name)) continue;
            seen.add(name);
            this.#configurations += 1;
            longer.push(to);
          }
        }
      }
      chains = longer;
    }
    return found;
  }
  /** Unknown calls that share keys with a known one, directly or through each other. */
  #eligible(from, index, horizon) {
    const open = [];
    for (const [at, { operation }] of this.#unknown.entries()) {
      if (operation.invoked > horizon) break;
      if (!has(from.unknowns, at)) open.push(at);
    }
    const reached = new Set(this.#known[index].call.positions);
    const eligible = /* @__PURE__ */ new Set();
    for (let grew = true; grew; ) {
      grew = false;
      for (const at of open) {
        const { positions } = this.#unknown[at].call;
        if (eligible.has(at) || !positions.some((position) => reached.has(position))) continue;
        eligible.add(at);
        for (const position of positions) reached.add(position);
        grew = true;
      }
    }
    return [...eligible].sort((a, b) => a - b);
  }
  #extended(from, chain, next) {
    const { last } = chain;
    const { earlierTwin } = this.#unknown[next];
    if (has(chain.unknowns, next) || earlierTwin >= 0 && !has(chain.unknowns, earlierTwin)) return [];
    return this.#effectsOfUnknown({ ...from, ...chain }, next).flatMap(({ state, unknowns }) => {
      if (state === chain.state) return [];
      if (last !== null) {
        const without = this.#effectsOfUnknown({ ...from, state: last.before, unknowns: last.unknownsBefore }, next);
        const canSwap = next < last.index && this.#canFollow(from, last.index, without, { state, unknowns });
        if (canSwap || isNeedless(without, { state, unknowns })) return [];
      }
      return [{ state, unknowns, last: { index: next, before: chain.state, unknownsBefore: chain.unknowns } }];
    });
  }
  /** The chain's end, if the known call tells the difference that the chain's last one makes. */
  #closed(from, chain, last, index) {
    const without = this.#effectsOfKnown({ ...from, state: last.before, unknowns: last.unknownsBefore }, index);
    return this.#effectsOfKnown({ ...from, ...chain }, index).flatMap((effect) => {
      if (isNeedless(without, effect) || this.#canFollow(taken(from, index), last.index, without, effect)) return [];
      return [{ ...taken(from, index), ...effect }];
    });
  }
  /** Whether the unknown call leads from one of those to where we are. */
  #canFollow(from, unknown2, those, here) {
    return those.some((step) => isNeedless(this.#effectsOfUnknown({ ...from, ...step }, unknown2), here));
  }
  #effectsOfKnown(from, index) {
    const { call, window, answer, watches } = this.#known[index];
    if (watches === null || !watches.every(({ watch }) => isTaken(from, watch))) return [];
    return call.effects(from.state, window).flatMap((effect) => {
      if (!isSameAnswer(effect.answer, answer)) return [];
      return this.#guarded(from, effect, { type: "known", index });
    });
  }
  #effectsOfUnknown(from, index) {
    const { call, window, watches } = this.#unknown[index];
    if (has(from.unknowns, index) || !watches.every(({ watch }) => isTaken(from, watch))) return [];
    const taking = { ...from, unknowns: from.unknowns | 1n << BigInt(index) };
    return call.effects(from.state, window).flatMap((effect) => this.#guarded(taking, effect, { type: "unknown", index }));
  }
  /** What was touched between a WATCH and its EXEC makes that impossible. */
  #guarded(from, { state, touched }, by) {
    let unknowns = from.unknowns;
    for (const position of touched) {
      for (const { watch, exec } of this.#guards[position]) {
        if (!isTaken(from, watch) || exec.type === by.type && exec.index === by.index) continue;
        if (exec.type === "unknown") unknowns |= 1n << BigInt(exec.index);
        else if (!isTaken(from, exec.index)) return [];
      }
    }
    return [{ state: this.#names.interned(state), unknowns }];
  }
  /** Known calls that were invoked before any untaken one had returned; `horizon` is the first such return. */
  #candidates(from) {
    const candidates = [];
    let horizon = Number.POSITIVE_INFINITY;
    for (let index = from.base; index < this.#known.length; index += 1) {
      const { invoked, returned } = this.#known[index].operation;
      if (invoked > horizon) break;
      if (from.ahead.includes(index)) continue;
      candidates.push(index);
      horizon = Math.min(horizon, returned);
    }
    return { candidates, horizon };
  }
};
function isNeedless(those, here) {
  return those.some(({ state, unknowns }) => state === here.state && (unknowns & here.unknowns) === unknowns);
}
__name(isNeedless, "isNeedless");
function guardsOf(keys, known, unknown2) {
  const guards = Array.from({ length: keys }, () => []);
  const add = /* @__PURE__ */ __name((watches, exec) => {
    for (const { watch, positions } of watches) for (const position of positions) guards[position].push({ watch, exec });
  }, "add");
  for (const [index, { watches }] of known.entries()) add(watches ?? [], { type: "known", index });
  for (const [index, { watches }] of unknown2.entries()) add(watches, { type: "unknown", index });
  return guards;
}
__name(guardsOf, "guardsOf");
var StateNames = class {
  static {
    __name(this, "StateNames");
  }
  #keyStates = /* @__PURE__ */ new Map();
  #keyIds = /* @__PURE__ */ new WeakMap();
  #states = /* @__PURE__ */ new Map();
  #names = /* @__PURE__ */ new WeakMap();
  of(state) {
    const known = this.#names.get(state);
    if (known !== void 0) return known;
    const name = state.map((key) => this.#keyId(key)).join();
    this.#names.set(state, name);
    return name;
  }
  interned(state) {
    const name = this.of(state);
    const same = this.#states.get(name);
    if (same !== void 0) return same;
    this.#states.set(name, state);
    return state;
  }
  #keyId(key) {
    const known = this.#keyIds.get(key);
    if (known !== void 0) return known;
    const text = `${key.earliestMs}|${key.latestMs}|${key.value === null ? "" : `=${key.value}`}`;
    const id = this.#keyStates.get(text)?.id ?? this.#keyStates.size;
    if (id === this.#keyStates.size) this.#keyStates.set(text, { id, state: key });
    this.#keyIds.set(key, id);
    return id;
  }
};
function has(unknowns, index) {
  return (unknowns >> BigInt(index) & 1n) === 1n;
}
__name(has, "has");
function isTaken({ base, ahead }, index) {
  return index < base || ahead.includes(index);
}
__name(isTaken, "isTaken");
function taken(from, index) {
  const ahead = [...from.ahead, index].sort((a, b) => a - b);
  let base = from.base;
  while (ahead[0] === base) {
    ahead.shift();
    base += 1;
  }
  return { ...from, base, ahead };
}
__name(taken, "taken");

// test/support/history/linearizability.ts
var CONFIGURATIONS_MAX = 5e5;
function checkLinearizable(operations, options = {}) {
  const configurationsMax = options.configurationsMax ?? CONFIGURATIONS_MAX;
  let configurations = 0;
  for (const partition of partitionsOf(operations, options)) {
    const found = searchOrder(partition, configurationsMax);
    configurations += found.configurations;
    if (found.type === "gave-up") return gaveUp(partition, found.configurations);
    if (found.type === "no-order") return contradicted(partition, operations, options);
  }
  return { type: "linearizable", operations: operations.length, configurations };
}
__name(checkLinearizable, "checkLinearizable");
function gaveUp({ keys }, configurations) {
  const explanation = `gave up on ${keys.join(", ")} after ${configurations} configurations: neither an order nor a contradiction was found`;
  return { type: "gave-up", keys, configurations, explanation };
}
__name(gaveUp, "gaveUp");
var CONTRADICTION_EFFORT = 1 / 25;
function contradicted({ keys, calls }, operations, options) {
  const configurationsMax = (options.configurationsMax ?? CONFIGURATIONS_MAX) * CONTRADICTION_EFFORT;
  const hasNoOrder = /* @__PURE__ */ __name((some) => partitionsOf(some, options).some((partition) => searchOrder(partition, configurationsMax).type === "no-order"), "hasNoOrder");
  const concerned = new Set(calls.map(({ invoked }) => invoked));
  const offending = minimalContradiction(
    operations.filter(({ invoked, call }) => concerned.has(invoked) || call.type === "watch"),
    hasNoOrder
  );
  const explanation = [
    `no order of the calls on ${keys.join(", ")} gives these answers, whatever the other calls did:`,
    ...offending.map(describeOperation)
  ].join("\n  ");
  return { type: "not-linearizable", keys, offending, explanation };
}
__name(contradicted, "contradicted");
function describeOperation({ client, call, outcome, invokedAtMs, returnedAtMs }) {
  const became = outcome.type === "ok" ? describeAnswer(outcome.answer) : `${outcome.type} (${outcome.reason})`;
  return `client ${client}: ${describeCall(call)} -> ${became} [${invokedAtMs.toFixed(1)}, ${returnedAtMs.toFixed(1)} ms]`;
}
__name(describeOperation, "describeOperation");
function describeCall(call) {
  switch (call.type) {
    case "command":
      return call.words.join(" ");
    case "watch":
      return `WATCH ${call.keys.join(" ")}`;
    case "transaction":
      return `MULTI; ${call.commands.map((words) => words.join(" ")).join("; ")}; EXEC`;
    default:
      return assertNever(call);
  }
}
__name(describeCall, "describeCall");
function describeAnswer(answer) {
  switch (answer.type) {
    case "simple":
      return answer.text;
    case "error":
      return `-${answer.message}`;
    case "integer":
      return String(answer.value);
    case "bulk":
      return JSON.stringify(answer.text);
    case "null":
      return "(nil)";
    case "array":
      return `[${answer.items.map(describeAnswer).join(", ")}]`;
    default:
      return assertNever(answer);
  }
}
__name(describeAnswer, "describeAnswer");

// test/simulation/history.ts
var SAFE_REFUSALS = /^(NOLEADER|BUSY|OOM|LOADING)\b/;
var UNKNOWN_OUTCOME = /^UNKNOWNOUTCOME\b/;
var History = class {
  static {
    __name(this, "History");
  }
  #recorder;
  constructor(scheduler) {
    this.#recorder = new HistoryRecorder(() => scheduler.nowMs);
  }
  invoke(client, call) {
    return this.#recorder.invoke(client, call);
  }
  return(open, outcome) {
    const recorded = outcomeOf(outcome);
    this.#recorder.return(open, recorded);
    return recorded.type;
  }
  /** Whatever has not returned has an unknown outcome. */
  abandonOpen() {
    this.#recorder.abandonOpen("the world ended");
  }
  count(kind) {
    return this.#recorder.operations().filter(({ outcome }) => outcome.type === kind).length;
  }
  /** Null when all is well, else what is not. */
  judge(logTimeErrorMs) {
    const verdict = checkLinearizable(this.#recorder.operations(), { logTimeErrorMs });
    return verdict.type === "linearizable" ? null : `the history is ${verdict.type}: ${verdict.explanation}`;
  }
};
function outcomeOf(outcome) {
  const reason = describeOutcome(outcome);
  if (outcome.type === "unsent") return { type: "refused", reason };
  if (outcome.type === "lost") return { type: "unknown", reason };
  const { reply } = outcome;
  if (reply.type === "error" && SAFE_REFUSALS.test(reply.message)) return { type: "refused", reason };
  if (reply.type === "error" && UNKNOWN_OUTCOME.test(reply.message)) return { type: "unknown", reason };
  return { type: "ok", answer: answerOf(reply) };
}
__name(outcomeOf, "outcomeOf");

// test/support/simulated-disk.ts
import { crc32 } from "node:zlib";

// src/wal/disk.ts
var DiskError = class extends Error {
  static {
    __name(this, "DiskError");
  }
  name = "DiskError";
  code;
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
};

// test/support/simulated-disk.ts
var TEAR_UNIT_BYTES = 512;
var FileNode = class {
  static {
    __name(this, "FileNode");
  }
  type = "file";
  /** Rises whenever what is durable changes. */
  version = 0;
  durable;
  current;
  unsynced = [];
  constructor(durable, current = durable) {
    this.durable = Buffer.from(durable);
    this.current = Buffer.from(current);
  }
};
var FolderNode = class {
  static {
    __name(this, "FolderNode");
  }
  type = "folder";
  durable = /* @__PURE__ */ new Map();
  current = /* @__PURE__ */ new Map();
};
var nextTurn = /* @__PURE__ */ __name(() => new Promise((resolve) => setImmediate(resolve)), "nextTurn");
var never = /* @__PURE__ */ __name(() => new Promise(() => void 0), "never");
var SimulatedDisk = class _SimulatedDisk {
  static {
    __name(this, "SimulatedDisk");
  }
  #state;
  #options;
  #operations = 0;
  #crashAt = Number.POSITIVE_INFINITY;
  #frozen = false;
  #onFrozen = /* @__PURE__ */ __name(() => void 0, "#onFrozen");
  /** Resolves when the operation given to `crashAt` was reached. */
  crashed;
  constructor(options = {}, state = { root: new FolderNode(), changes: [] }) {
    this.#options = options;
    this.#state = state;
    this.crashed = new Promise((resolve) => this.#onFrozen = resolve);
  }
  #error(code, message) {
    return this.#options.error?.(code, message) ?? new DiskError(code, message);
  }
  get operations() {
    return this.#operations;
  }
  /** From this operation on nothing takes effect, and no call returns. */
  crashAt(operationNumber) {
    this.#crashAt = operationNumber;
  }
  freeze() {
    this.#frozen = true;
    this.#onFrozen();
  }
  afterCrash(random, mode = "random", options = {}) {
    return new _SimulatedDisk(options, crash(this.#state, drawn(random, mode), drawn(random, mode)));
  }
  /**
   * The disks that a power cut may leave, one for each choice of what survives: first of the unsynced names, then, for each of these, of
   * the units of 512 bytes that were written to the files whose names are there. `choices` gives the choices among so many.
   */
  *crashOutcomes(choices, options = {}) {
    for (const names of choices(this.#state.changes.length)) {
      let count = 0;
      crash(this.#state, scripted(names), () => {
        count += 1;
        return false;
      });
      for (const units of choices(count)) {
        const disk = new _SimulatedDisk(options, crash(this.#state, scripted(names), scripted(units)));
        yield { names, units, disk };
      }
    }
  }
  fork(options = {}) {
    return new _SimulatedDisk(options, cloneState(this.#state));
  }
  /** Files of a folder that a crash would leave whatever its luck, by name, with the bytes that it would leave. */
  durableFiles(folder) {
    let node = this.#state.root;
    for (const name of folder.split("/").filter((part) => part !== "")) {
      node = node?.type === "folder" ? node.durable.get(name) : void 0;
    }
    if (node?.type !== "folder") return [];
    const files = [];
    for (const [name, child] of node.durable) {
      if (child.type === "file") files.push({ name, file: child, version: child.version, bytes: child.durable });
    }
    return files.sort((left, right) => left.name < right.name ? -1 : 1);
  }
  get usedBytes() {
    return this.#usedBytes();
  }
  /** Rot: flips one bit, on the disk and as read. */
  flipBit(path, byte, bit) {
    const file = this.#file(path);
    file.version += 1;
    for (const bytes of /* @__PURE__ */ new Set([file.current, file.durable])) bytes.writeUInt8(bytes.readUInt8(byte) ^ 1 << bit, byte);
  }
  /** Rot: other bytes, on the disk and as read. False when they are what was there. */
  overwrite(path, offset, bytes) {
    const file = this.#file(path);
    const isOther = !file.current.subarray(offset, offset + bytes.length).equals(bytes);
    file.current = overwrite(file.current, offset, bytes);
    file.durable = overwrite(file.durable, offset, bytes);
    return isOther;
  }
  /** Rot that takes the end of a file. */
  shorten(path, length) {
    const file = this.#file(path);
    file.current = Buffer.from(file.current.subarray(0, length));
    file.durable = Buffer.from(file.durable.subarray(0, length));
  }
  contents(path) {
    return Buffer.from(this.#file(path).current);
  }
  /** Bytes that the next datasync of this file has to bring to the disk. */
  unsyncedBytes(path) {
    return this.#file(path).unsynced.reduce((total, { bytes }) => total + bytes.length, 0);
  }
  /** Every file with its length and checksum, as a process sees it: to show that nothing was changed. */
  listing() {
    return listFolder(this.#state.root, "").map(({ path, file }) => `${path} ${file.current.length} ${crc32(file.current)}`);
  }
  async list(folder) {
    await this.#begin("read", folder);
    const node = this.#find(folder);
    return node?.type === "folder" ? [...node.current.keys()].sort() : [];
  }
  async exists(path) {
    await this.#begin("read", path);
    return this.#find(path) !== null;
  }
  async open(path, { create = false } = {}) {
    await this.#begin(create ? "create" : "read", path);
    const existing = this.#find(path);
    if (!create) {
      if (existing?.type !== "file") throw this.#error("ENOENT", `open ${path}: there is no such file`);
      return this.#handle(path, existing);
    }
    if (existing) throw this.#error("EEXIST", `open ${path}: it exists`);
    const { folder, name } = this.#parent(path);
    const node = new FileNode(Buffer.alloc(0));
    this.#change({ removals: [], additions: [[folder, name, node]] });
    return this.#handle(path, node);
  }
  async makeFolder(path) {
    await this.#begin("makeFolder", path);
    let folder = this.#state.root;
    for (const name of path.split("/").filter((part) => part !== "")) {
      const existing = folder.current.get(name);
      assert(existing?.type !== "file", "a folder is not made where a file is");
      const child = existing ?? new FolderNode();
      if (!existing) this.#change({ removals: [], additions: [[folder, name, child]] });
      folder = child;
    }
  }
  async rename(from, to) {
    await this.#begin("rename", to);
    const node = this.#find(from);
    if (!node) throw this.#error("ENOENT", `rename ${from}: there is no such file`);
    const target = this.#find(to);
    if (target?.type === "folder" && target.current.size > 0) throw this.#error("ENOTEMPTY", `rename to ${to}: it is not empty`);
    const source = this.#parent(from);
    const destination = this.#parent(to);
    this.#change({ removals: [[source.folder, source.name]], additions: [[destination.folder, destination.name, node]] });
  }
  async remove(path) {
    await this.#begin("remove", path);
    const node = this.#find(path);
    if (!node) return;
    const { folder, name } = this.#parent(path);
    this.#removeTree(folder, name, node);
  }
  /** What is in a folder goes first, each name by itself, as a recursive removal does. */
  #removeTree(folder, name, node) {
    if (node.type === "folder") for (const [childName, child] of [...node.current]) this.#removeTree(node, childName, child);
    this.#change({ removals: [[folder, name]], additions: [] });
  }
  async syncFolder(path) {
    const operation = await this.#begin("syncFolder", path);
    const folder = this.#find(path);
    if (folder?.type !== "folder") throw this.#error("ENOENT", `sync folder ${path}: there is no such folder`);
    if (this.#options.ignoreSync?.(operation)) return;
    const { changes } = this.#state;
    const synced = changes.filter((change) => touches(change, folder));
    for (const change of synced) {
      applyChange(change);
      changes.splice(changes.indexOf(change), 1);
    }
  }
  async space() {
    await this.#begin("space", "");
    const totalBytes = this.#options.capacityBytes ?? 2 ** 40;
    return { freeBytes: Math.max(0, totalBytes - this.#usedBytes()), totalBytes };
  }
  #usedBytes() {
    return listFolder(this.#state.root, "").reduce((total, { file }) => total + file.current.length, 0);
  }
  #handle(path, node) {
    return {
      size: /* @__PURE__ */ __name(async () => {
        await this.#begin("read", path);
        return node.current.length;
      }, "size"),
      read: /* @__PURE__ */ __name(async (offset, length) => {
        const operation = await this.#begin("read", path);
        const elsewhere = this.#options.misdirect?.(operation, offset, length);
        if (elsewhere) return this.#stray(elsewhere.path, elsewhere.offset, length);
        return Buffer.from(node.current.subarray(offset, offset + length));
      }, "read"),
      write: /* @__PURE__ */ __name(async (offset, chunks) => {
        const operation = await this.#begin("write", path);
        const bytes = Buffer.concat(chunks);
        const elsewhere = this.#options.misdirect?.(operation, offset, bytes.length);
        if (elsewhere) this.#write(elsewhere.path, this.#file(elsewhere.path), elsewhere.offset, bytes);
        else this.#write(path, node, offset, bytes);
      }, "write"),
      datasync: /* @__PURE__ */ __name(async () => {
        const operation = await this.#begin("datasync", path, () => node.unsynced = []);
        if (this.#options.ignoreSync?.(operation)) return;
        for (const write of node.unsynced) node.durable = overwrite(node.durable, write.offset, write.bytes);
        if (node.unsynced.length > 0) node.version += 1;
        node.unsynced = [];
      }, "datasync"),
      close: /* @__PURE__ */ __name(async () => {
        if (this.#frozen) await never();
      }, "close")
    };
  }
  #stray(path, offset, length) {
    return Buffer.from(this.#file(path).current.subarray(offset, offset + length));
  }
  #write(path, node, offset, bytes) {
    const growth = Math.max(0, offset + bytes.length - node.current.length);
    const { capacityBytes } = this.#options;
    if (growth > 0 && capacityBytes !== void 0 && this.#usedBytes() + growth > capacityBytes) {
      throw this.#error("ENOSPC", `write ${path}: no space left`);
    }
    node.current = overwrite(node.current, offset, bytes);
    node.unsynced.push({ offset, bytes });
  }
  /** An operation takes effect after a turn of the event loop: a caller that does not wait for it gets ahead of it. */
  async #begin(kind, path, onFault = () => void 0) {
    const isCounted = kind !== "read" && kind !== "space";
    const isSync = kind === "datasync" || kind === "syncFolder";
    const site = this.#options.trackSites === true && isSync ? callSite() : "";
    if (this.#frozen) await never();
    if (isCounted) this.#operations += 1;
    const operation = { number: isCounted ? this.#operations : 0, kind, path, site };
    if (isCounted && this.#operations >= this.#crashAt) this.freeze();
    else this.#options.beforeOperation?.(operation);
    await (this.#options.hop ?? nextTurn)(operation);
    if (this.#isFrozen()) await never();
    const code = this.#options.fault?.(operation) ?? null;
    if (code === null) return operation;
    onFault();
    throw this.#error(code, `${kind} ${path}: injected`);
  }
  #isFrozen() {
    return this.#frozen;
  }
  #change(change) {
    for (const [folder, name] of change.removals) folder.current.delete(name);
    for (const [folder, name, node] of change.additions) folder.current.set(name, node);
    this.#state.changes.push(change);
  }
  #find(path) {
    let node = this.#state.root;
    for (const name of path.split("/").filter((part) => part !== "")) {
      const child = node.type === "folder" ? node.current.get(name) : void 0;
      if (!child) return null;
      node = child;
    }
    return node;
  }
  #file(path) {
    const node = this.#find(path);
    assert(node?.type === "file", `there is a file ${path}`);
    return node;
  }
  #parent(path) {
    const slash = path.lastIndexOf("/");
    const folder = this.#find(slash < 0 ? "" : path.slice(0, slash));
    if (folder?.type !== "folder") throw this.#error("ENOENT", `${path}: there is no such folder`);
    return { folder, name: path.slice(slash + 1) };
  }
};
function overwrite(target, offset, bytes) {
  const end = offset + bytes.length;
  const result = end > target.length ? Buffer.concat([target, Buffer.alloc(end - target.length)]) : target;
  bytes.copy(result, offset);
  return result;
}
__name(overwrite, "overwrite");
function drawn(random, mode) {
  return () => mode === "random" ? random.below(2) === 1 : mode === "keep-all";
}
__name(drawn, "drawn");
function scripted(choice) {
  let position = 0;
  return () => {
    position += 1;
    return present(choice[position - 1], "a choice says of everything whether it survives");
  };
}
__name(scripted, "scripted");
function crash(state, nameSurvives, unitSurvives) {
  const { root, changes } = cloneState(state);
  for (const change of changes) if (nameSurvives()) applyChange(change);
  settle(root, unitSurvives);
  return { root, changes: [] };
}
__name(crash, "crash");
function touches(change, folder) {
  return change.removals.some(([each]) => each === folder) || change.additions.some(([each]) => each === folder);
}
__name(touches, "touches");
function applyChange(change) {
  for (const [folder, name] of change.removals) folder.durable.delete(name);
  for (const [folder, name, node] of change.additions) folder.durable.set(name, node);
}
__name(applyChange, "applyChange");
function settle(folder, survives) {
  folder.current.clear();
  for (const [name, node] of folder.durable) {
    folder.current.set(name, node);
    if (node.type === "folder") settle(node, survives);
    else settleFile(node, survives);
  }
}
__name(settle, "settle");
function settleFile(file, survives) {
  let bytes = file.durable;
  for (const write of file.unsynced) {
    for (let at = write.offset; at < write.offset + write.bytes.length; ) {
      const unitEnd = Math.min((Math.floor(at / TEAR_UNIT_BYTES) + 1) * TEAR_UNIT_BYTES, write.offset + write.bytes.length);
      if (survives()) bytes = overwrite(bytes, at, write.bytes.subarray(at - write.offset, unitEnd - write.offset));
      at = unitEnd;
    }
  }
  file.durable = bytes;
  file.version += 1;
  file.current = Buffer.from(bytes);
  file.unsynced = [];
}
__name(settleFile, "settleFile");
function cloneState({ root, changes }) {
  const copies = /* @__PURE__ */ new Map();
  const copyNode = /* @__PURE__ */ __name((node) => {
    const known = copies.get(node);
    if (known) return known;
    if (node.type === "file") {
      const copy = new FileNode(node.durable, node.current);
      copy.unsynced = [...node.unsynced];
      copies.set(node, copy);
      return copy;
    }
    return copyFolder(node);
  }, "copyNode");
  const copyFolder = /* @__PURE__ */ __name((folder) => {
    const known = copies.get(folder);
    if (known?.type === "folder") return known;
    const copy = new FolderNode();
    copies.set(folder, copy);
    for (const [name, child] of folder.durable) copy.durable.set(name, copyNode(child));
    for (const [name, child] of folder.current) copy.current.set(name, copyNode(child));
    return copy;
  }, "copyFolder");
  const copied = changes.map(({ removals, additions }) => ({
    removals: removals.map(([folder, name]) => [copyFolder(folder), name]),
    additions: additions.map(([folder, name, node]) => [copyFolder(folder), name, copyNode(node)])
  }));
  return { root: copyFolder(root), changes: copied };
}
__name(cloneState, "cloneState");
function listFolder(folder, prefix) {
  return [...folder.current.keys()].sort().flatMap((name) => {
    const node = present(folder.current.get(name), "a listed name is there");
    const path = prefix + name;
    return node.type === "file" ? [{ path, file: node }] : listFolder(node, `${path}/`);
  });
}
__name(listFolder, "listFolder");
function callSite() {
  for (const line of (new Error("site").stack ?? "").split("\n")) {
    const match = /at (?:async )?(?:(\S+) )?.*\/src\/wal\/([a-z-]+)\.ts:(\d+):(\d+)/.exec(line);
    if (match) return `${match[2] ?? ""} ${match[1] ?? ""} ${match[3] ?? ""}:${match[4] ?? ""}`;
  }
  return "elsewhere";
}
__name(callSite, "callSite");

// test/simulation/client-door.ts
var LIMITS = {
  clientsMax: 1e3,
  unreadBytesMax: 8 * 1024 * 1024,
  commandsInFlightMax: 64,
  pipelineBytesMax: 1024 * 1024
};
var ClientDoor = class {
  static {
    __name(this, "ClientDoor");
  }
  #process;
  #node;
  #network;
  constructor(process2, node, network) {
    this.#process = process2;
    this.#node = node;
    this.#network = network;
  }
  open() {
    const { build, clock } = this.#process;
    const registry = new build.ClientRegistry(clock);
    const service = new build.NodeService(this.#node, 1);
    const environment = { service, registry, password: /* @__PURE__ */ __name(() => null, "password"), limits: LIMITS };
    this.#network.listen(this.#process, "client", (link, from) => {
      const state = registry.open(from.host, this.#process.host, true);
      const session = new build.ClientSession(state, environment, {
        ready: /* @__PURE__ */ __name(() => queueMicrotask(() => this.#flush(session, link)), "ready"),
        unreadBytes: /* @__PURE__ */ __name(() => link.waitingBytes, "unreadBytes"),
        disconnect: /* @__PURE__ */ __name(() => link.destroy(), "disconnect")
      });
      const events = {
        onConnected: /* @__PURE__ */ __name(() => void 0, "onConnected"),
        onData: /* @__PURE__ */ __name((chunk) => session.receive(chunk), "onData"),
        onClosed: /* @__PURE__ */ __name(() => {
          session.disconnect();
          registry.close(state);
        }, "onClosed")
      };
      return events;
    });
  }
  #flush(session, link) {
    const output = session.takeOutput();
    if (session.isOver) link.end(output);
    else if (output.length > 0) link.write(output);
    session.resume();
  }
};

// test/simulation/durable-log.ts
var WAL_FOLDER = "current/wal";
var SNAPSHOTS_FOLDER = "current/snapshots";
var DurableLog = class {
  static {
    __name(this, "DurableLog");
  }
  #build;
  #disk;
  #segments = [];
  /** Terms of the entries from `#first` on. */
  #terms = [];
  #first = 1;
  #baseTerm = null;
  hardState = { term: 0, vote: null };
  constructor(build, disk) {
    this.#build = build;
    this.#disk = disk;
  }
  /** The disk as it is now: another object after each start. */
  refresh(disk) {
    this.#disk = disk;
    const files = disk.durableFiles(WAL_FOLDER).filter(({ name }) => name.endsWith(".wal"));
    const first = files[0];
    while (this.#segments.length > 0 && first && this.#segments[0].name < first.name) this.#segments.shift();
    const isContinued = this.#segments.every((segment, position) => files[position]?.file === segment.file);
    if (!isContinued || first && this.#segments.length === 0) this.#begin();
    for (const [position, file] of files.entries()) this.#readOn(position, file);
    return this;
  }
  get lastIndex() {
    return this.#first + this.#terms.length - 1;
  }
  /** A snapshot is named by its index; the log may only have been cut behind a durable one. */
  get baseIndex() {
    const newest = this.#disk.durableFiles(SNAPSHOTS_FOLDER).filter(({ name }) => name.endsWith(".snapshot")).at(-1);
    return newest ? Number(newest.name.slice(0, 16)) : 0;
  }
  termAt(index) {
    if (index === this.#first - 1) return this.#baseTerm;
    return this.#terms[index - this.#first] ?? null;
  }
  #begin() {
    this.#segments = [];
    this.#terms = [];
    this.#first = 1;
    this.#baseTerm = null;
    this.hardState = { term: 0, vote: null };
  }
  #readOn(position, { name, file, version, bytes }) {
    let segment = this.#segments[position];
    if (!segment) {
      const reading = this.#build.readSegmentHeader(bytes, { min: 1, max: Number.MAX_SAFE_INTEGER });
      if (reading.type !== "header") return;
      const { salt, follows, originIndex } = reading.header;
      if (position === 0) this.#first = originIndex + 1;
      segment = { name, file, version: -1, salt, follows, batches: 0, end: this.#build.SEGMENT_HEADER_BYTES };
      this.#segments.push(segment);
    }
    if (segment.version === version) return;
    segment.version = version;
    for (; ; ) {
      const reading = this.#build.readBatch(bytes, segment.end, segment.salt);
      if (reading.type !== "batch" || reading.header.sequence !== segment.follows + segment.batches + 1) return;
      segment.batches += 1;
      segment.end = reading.end;
      this.hardState = reading.header.hardState;
      for (const record of reading.records) this.#apply(record);
    }
  }
  #apply(record) {
    if (record.type === "base") {
      this.#first = record.base.index + 1;
      this.#baseTerm = record.base.term;
      this.#terms = [];
    } else if (record.type === "truncate") {
      if (record.from < this.#first) {
        this.#first = record.from;
        this.#terms = [];
      } else this.#terms.length = Math.min(this.#terms.length, record.from - this.#first);
    } else if (record.type === "entries") for (const { term } of record.entries) this.#terms.push(term);
  }
};

// test/simulation/machine-clock.ts
var EPOCH_MS = 17672256e5;
var MachineClock = class {
  static {
    __name(this, "MachineClock");
  }
  #scheduler;
  #fault;
  #startedAtMs;
  #deliver;
  /** @param deliver runs what is due in the process, unless that is paused or gone */
  constructor(scheduler, fault, deliver) {
    this.#scheduler = scheduler;
    this.#fault = fault;
    this.#startedAtMs = scheduler.nowMs;
    this.#deliver = deliver;
  }
  monotonicMs() {
    return (this.#scheduler.nowMs - this.#startedAtMs) * this.#fault.rate;
  }
  wallMs() {
    return Math.floor(EPOCH_MS + this.#scheduler.nowMs * this.#fault.rate + this.#fault.wallOffsetMs);
  }
  schedule(delayMs, callback) {
    let isCancelled = false;
    const cancel = this.#scheduler.after(
      delayMs / this.#fault.rate,
      () => this.#deliver(() => {
        if (!isCancelled) callback();
      })
    );
    return () => {
      isCancelled = true;
      cancel();
    };
  }
};

// test/simulation/network.ts
import { crc32 as crc322 } from "node:zlib";
var Network = class {
  static {
    __name(this, "Network");
  }
  scheduler;
  wires = { delayMs: [0.1, 1], slowShare: 0, slowMs: 0 };
  #random;
  #listeners = /* @__PURE__ */ new Map();
  /** `from>to` with the number of reasons why nothing passes; and until when a clog lasts. */
  #cuts = /* @__PURE__ */ new Map();
  #clogs = /* @__PURE__ */ new Map();
  #links = /* @__PURE__ */ new Set();
  delivered = 0;
  heldBack = 0;
  constructor(scheduler, random) {
    this.scheduler = scheduler;
    this.#random = random;
  }
  listen(endpoint, port, accept) {
    this.#listeners.set(`${endpoint.host}:${port}`, { endpoint, accept });
  }
  unlisten(endpoint, port) {
    const key = `${endpoint.host}:${port}`;
    if (this.#listeners.get(key)?.endpoint === endpoint) this.#listeners.delete(key);
  }
  dial(from, host, port, events) {
    const pair = new LinkPair(this, from, host, events);
    this.#links.add(pair);
    this.scheduler.after(this.drawDelayMs(), () => {
      if (pair.isOver || this.isCut(from.host, host)) return;
      const listener = this.#listeners.get(`${host}:${port}`);
      if (listener?.endpoint.isAlive === true) pair.open(listener.endpoint, listener.accept);
      else pair.refuse();
    });
    return pair.dialer;
  }
  /** Nothing passes in this direction until `mend`. */
  cut(from, to) {
    const key = `${from}>${to}`;
    this.#cuts.set(key, (this.#cuts.get(key) ?? 0) + 1);
  }
  mend(from, to) {
    const key = `${from}>${to}`;
    const left = (this.#cuts.get(key) ?? 0) - 1;
    if (left > 0) this.#cuts.set(key, left);
    else this.#cuts.delete(key);
    if (left <= 0) this.#release();
  }
  clog(from, to, untilMs) {
    this.#clogs.set(`${from}>${to}`, untilMs);
    this.scheduler.after(untilMs - this.scheduler.nowMs, () => this.#release());
  }
  isCut(from, to) {
    return this.#cuts.has(`${from}>${to}`);
  }
  blocks(from, to) {
    if (this.isCut(from, to)) return true;
    const untilMs = this.#clogs.get(`${from}>${to}`);
    return untilMs !== void 0 && untilMs > this.scheduler.nowMs;
  }
  /** All links between the two break at once, and both ends hear of it. */
  reset(one, other) {
    let broken = 0;
    for (const pair of [...this.#links]) if (pair.joins(one, other)) broken += pair.breakOff() ? 1 : 0;
    return broken;
  }
  /** The process is gone: its system closes its links, or with the power off nobody does. */
  abandon(endpoint, tells) {
    for (const [key, listener] of [...this.#listeners]) if (listener.endpoint === endpoint) this.#listeners.delete(key);
    for (const pair of [...this.#links]) pair.abandon(endpoint, tells);
  }
  drawDelayMs() {
    const [least, most] = this.wires.delayMs;
    const delayMs = least + this.#random.fraction() * (most - least);
    const isSlow = this.wires.slowShare > 0 && this.#random.fraction() < this.wires.slowShare;
    return isSlow ? delayMs + this.#random.fraction() * this.wires.slowMs : delayMs;
  }
  runs(host) {
    return this.#listeners.get(`${host}:peer`)?.endpoint.isAlive === true;
  }
  forget(pair) {
    this.#links.delete(pair);
  }
  #release() {
    for (const pair of [...this.#links]) pair.release();
  }
};
var Pipe = class {
  static {
    __name(this, "Pipe");
  }
  held = [];
  written = 0;
  lastDueMs = 0;
  sentBytes = 0;
  heldBytes = 0;
  isEnded = false;
  next(bytes) {
    this.written += 1;
    return { number: this.written, bytes };
  }
  /** What is held keeps the order in which it was written, whenever it was stopped. */
  hold(parcel) {
    let at = this.held.length;
    while (at > 0 && this.held[at - 1].number > parcel.number) at -= 1;
    this.held.splice(at, 0, parcel);
    this.heldBytes += parcel.bytes?.length ?? 0;
  }
};
var LinkPair = class {
  static {
    __name(this, "LinkPair");
  }
  dialer;
  #network;
  #from;
  #host;
  #dialerEvents;
  #to = null;
  #acceptorEvents = null;
  #out = new Pipe();
  #back = new Pipe();
  #dialerOpen = true;
  #acceptorOpen = false;
  constructor(network, from, host, events) {
    this.#network = network;
    this.#from = from;
    this.#host = host;
    this.#dialerEvents = events;
    this.dialer = this.#end(this.#out, host, () => this.#closeDialer());
  }
  get isOver() {
    return !this.#dialerOpen && !this.#acceptorOpen;
  }
  joins(one, other) {
    return this.#from.host === one && this.#host === other || this.#from.host === other && this.#host === one;
  }
  open(to, accept) {
    this.#to = to;
    this.#acceptorOpen = true;
    const link = this.#end(this.#back, this.#from.host, () => this.#closeAcceptor());
    to.deliver(() => {
      this.#acceptorEvents = accept(link, this.#from);
    });
    if (this.#dialerOpen) this.#from.deliver(() => this.#dialerEvents.onConnected());
  }
  refuse() {
    this.#closeDialer();
  }
  /** A reset: what was under way is lost, both ends are told. */
  breakOff() {
    const wasOpen = this.#dialerOpen || this.#acceptorOpen;
    this.#lose();
    this.#closeDialer();
    this.#closeAcceptor();
    return wasOpen;
  }
  abandon(endpoint, tells) {
    if (endpoint === this.#from && this.#dialerOpen) {
      this.#dialerOpen = false;
      if (tells) this.#pass(this.#out, null);
    } else if (endpoint === this.#to && this.#acceptorOpen) {
      this.#acceptorOpen = false;
      if (tells) this.#pass(this.#back, null);
    }
    this.#forgetIfOver();
  }
  release() {
    for (const pipe of [this.#out, this.#back]) {
      if (pipe.held.length === 0 || this.#isBlocked(pipe)) continue;
      const held = pipe.held.splice(0);
      pipe.heldBytes = 0;
      for (const parcel of held) this.#travel(pipe, parcel);
    }
  }
  #lose() {
    for (const pipe of [this.#out, this.#back]) {
      pipe.held.length = 0;
      pipe.heldBytes = 0;
    }
  }
  #end(pipe, remoteAddress, close) {
    const isOpen = /* @__PURE__ */ __name(() => pipe === this.#out ? this.#dialerOpen : this.#acceptorOpen, "isOpen");
    const write = /* @__PURE__ */ __name((bytes) => {
      if (!isOpen() || pipe.isEnded) return;
      this.#network.scheduler.mix(crc322(bytes));
      this.#pass(pipe, Buffer.from(bytes));
    }, "write");
    return {
      write,
      end: /* @__PURE__ */ __name((bytes) => {
        write(bytes);
        this.#pass(pipe, null);
        pipe.isEnded = true;
      }, "end"),
      destroy: /* @__PURE__ */ __name(() => close(), "destroy"),
      get isDestroyed() {
        return !isOpen();
      },
      get waitingBytes() {
        return pipe.heldBytes;
      },
      get sentBytes() {
        return pipe.sentBytes;
      },
      remoteAddress
    };
  }
  #isBlocked(pipe) {
    return pipe === this.#out ? this.#network.blocks(this.#from.host, this.#host) : this.#network.blocks(this.#host, this.#from.host);
  }
  #pass(pipe, bytes) {
    const parcel = pipe.next(bytes);
    if (pipe.held.length === 0 && !this.#isBlocked(pipe)) {
      this.#travel(pipe, parcel);
      return;
    }
    this.#network.heldBack += 1;
    pipe.hold(parcel);
  }
  #travel(pipe, parcel) {
    const { scheduler } = this.#network;
    pipe.sentBytes += parcel.bytes?.length ?? 0;
    pipe.lastDueMs = Math.max(pipe.lastDueMs, scheduler.nowMs + this.#network.drawDelayMs());
    scheduler.after(pipe.lastDueMs - scheduler.nowMs, () => this.#arrive(pipe, parcel));
  }
  #arrive(pipe, parcel) {
    if (pipe.held.length > 0 || this.#isBlocked(pipe)) {
      pipe.hold(parcel);
      return;
    }
    const isOut = pipe === this.#out;
    const { bytes } = parcel;
    if (bytes === null) {
      if (isOut) this.#closeAcceptor();
      else this.#closeDialer();
      return;
    }
    const receiver = isOut ? this.#to : this.#from;
    if (receiver?.isAlive === false) this.#bounce(isOut);
    receiver?.deliver(() => {
      if (!(isOut ? this.#acceptorOpen : this.#dialerOpen)) return;
      this.#network.delivered += 1;
      if (isOut) this.#acceptorEvents?.onData(bytes);
      else this.#dialerEvents.onData(bytes);
    });
  }
  /** Bytes for a process that is gone: while its machine is off nobody answers, and once it runs again its system does. */
  #bounce(isOut) {
    if (!this.#network.runs(isOut ? this.#host : this.#from.host)) return;
    if (isOut) this.#closeDialer();
    else this.#closeAcceptor();
  }
  #closeDialer() {
    if (!this.#dialerOpen) return;
    this.#dialerOpen = false;
    if (this.#acceptorOpen) this.#pass(this.#out, null);
    this.#network.scheduler.after(0, () => this.#from.deliver(() => this.#dialerEvents.onClosed()));
    this.#forgetIfOver();
  }
  #closeAcceptor() {
    if (!this.#acceptorOpen) return;
    this.#acceptorOpen = false;
    if (this.#dialerOpen) this.#pass(this.#back, null);
    this.#network.scheduler.after(0, () => this.#to?.deliver(() => this.#acceptorEvents?.onClosed()));
    this.#forgetIfOver();
  }
  #forgetIfOver() {
    if (this.isOver) this.#network.forget(this);
  }
};
function peerTransport(network, endpoint) {
  return {
    dial: /* @__PURE__ */ __name((name, events) => network.dial(endpoint, name, "peer", events), "dial"),
    listen: /* @__PURE__ */ __name(async (accept) => network.listen(endpoint, "peer", (link) => accept(link)), "listen"),
    close: /* @__PURE__ */ __name(async () => network.unlisten(endpoint, "peer"), "close")
  };
}
__name(peerTransport, "peerTransport");

// test/simulation/machine.ts
var NodeProcess = class {
  static {
    __name(this, "NodeProcess");
  }
  host;
  build;
  random;
  clock;
  disk;
  node = null;
  /** What the world last saw of it. */
  observed = null;
  isAlive = true;
  #isPaused = false;
  #backlog = [];
  #machine;
  constructor(machine, build, random, openDisk) {
    this.#machine = machine;
    this.host = machine.name;
    this.build = build;
    this.random = random;
    this.clock = new MachineClock(machine.world.network.scheduler, machine.clockFault, (act) => this.deliver(act));
    this.disk = openDisk(this.#diskOptions());
  }
  get isPaused() {
    return this.#isPaused;
  }
  deliver(act) {
    if (!this.isAlive) return;
    if (this.#isPaused) {
      this.#backlog.push(act);
      return;
    }
    this.#machine.touched = this;
    try {
      act();
    } catch (error) {
      this.#machine.world.failed(this.#machine, error);
    }
  }
  pause() {
    this.#isPaused = true;
  }
  /** What came meanwhile is met all at once, in the order in which it came. */
  resume() {
    this.#isPaused = false;
    for (const act of this.#backlog.splice(0)) this.deliver(act);
  }
  end() {
    this.isAlive = false;
    this.#backlog.length = 0;
    this.disk.freeze();
  }
  #diskOptions() {
    const machine = this.#machine;
    const { world } = machine;
    const { scheduler } = world.network;
    return {
      capacityBytes: machine.capacityBytes,
      error: /* @__PURE__ */ __name((code, message) => new this.build.DiskError(code, message), "error"),
      hop: /* @__PURE__ */ __name((operation) => {
        const delayMs = machine.diskDelayMs(operation, this.random);
        if (delayMs === 0) return Promise.resolve();
        return new Promise((resolve) => scheduler.after(delayMs, () => this.deliver(resolve)));
      }, "hop"),
      beforeOperation: /* @__PURE__ */ __name((operation) => world.beforeDiskOperation(machine, operation), "beforeOperation"),
      fault: /* @__PURE__ */ __name((operation) => world.diskFault(machine, operation), "fault"),
      misdirect: /* @__PURE__ */ __name((operation, offset, length) => world.misdirect(machine, operation, offset, length), "misdirect")
    };
  }
};
var Machine = class {
  static {
    __name(this, "Machine");
  }
  name;
  world;
  clockFault = { rate: 1, wallOffsetMs: 0 };
  pace = { writeMs: [0.02, 0.1], syncMs: [0.2, 2] };
  capacityBytes = 64 * 1024 * 1024;
  build;
  process = null;
  /** The process that ran last in this event. */
  touched = null;
  /** The volume, while nobody runs on it. */
  #volume = null;
  #diedBy = "killed";
  #random;
  durable;
  starts = 0;
  /** The id that its folder was last seen with. */
  shownId = null;
  constructor(name, world, build, random) {
    this.name = name;
    this.world = world;
    this.build = build;
    this.#random = random;
    this.durable = new DurableLog(build, new SimulatedDisk());
  }
  get isUp() {
    return this.process !== null;
  }
  get disk() {
    return this.process?.disk ?? this.#volume;
  }
  get node() {
    return this.process?.node ?? null;
  }
  get memberId() {
    return this.node?.dataFolder.identity.memberId ?? null;
  }
  /** The log as a crash would leave it. */
  durableLog() {
    const { disk } = this;
    return disk && this.durable.refresh(disk);
  }
  diskDelayMs({ kind }, random) {
    if (kind === "read" || kind === "space") return 0;
    const [least, most] = kind === "datasync" || kind === "syncFolder" ? this.pace.syncMs : this.pace.writeMs;
    return least + random.fraction() * (most - least);
  }
  start() {
    if (this.process) return;
    this.starts += 1;
    const volume = this.#volume;
    this.#volume = null;
    const process2 = new NodeProcess(this, this.build, this.#random.split(), (options) => {
      if (!volume) return new SimulatedDisk(options);
      return this.#diedBy === "killed" ? volume.fork(options) : volume.afterCrash(this.#random, "random", options);
    });
    this.process = process2;
    process2.deliver(() => {
      this.#boot(process2).catch((error) => this.#bootFailed(process2, error));
    });
  }
  die(death) {
    const { process: process2 } = this;
    if (!process2) return;
    this.process = null;
    process2.end();
    this.world.network.abandon(process2, death === "killed");
    this.#volume = process2.disk;
    this.#diedBy = death;
  }
  /** The volume is gone, and an empty one takes its place. */
  loseVolume() {
    this.die("power-lost");
    this.#volume = null;
  }
  /** For a disk of the past: what a copy of the volume taken now would hold, and a way to put such a copy in place. */
  copyVolume() {
    return this.disk?.fork() ?? null;
  }
  restoreVolume(copy) {
    this.die("killed");
    this.#volume = copy;
    this.#diedBy = "killed";
  }
  async #boot(process2) {
    const { build, random, clock, disk } = process2;
    const opened = await build.openDataFolder(disk, random.split());
    if (!opened.ok) {
      this.#exit(process2, `the data folder cannot be opened: ${opened.reason.file}: ${opened.reason.message}`);
      return;
    }
    const ports = {
      disk,
      clock,
      random: random.split(),
      openNetwork: /* @__PURE__ */ __name((handler) => this.#openNetwork(process2, handler), "openNetwork")
    };
    const node = new build.StorageNode({
      config: nodeConfig(this.name, this.world.limits),
      ports,
      dataFolder: opened.value,
      log: this.#log(),
      fatal: /* @__PURE__ */ __name((reason) => this.#exit(process2, reason), "fatal")
    });
    process2.node = node;
    new ClientDoor(process2, node, this.world.network).open();
    await node.start();
  }
  #bootFailed(process2, error) {
    if (error instanceof process2.build.DiskError) this.#exit(process2, `could not start: ${error.message}`);
    else this.world.failed(this, error);
  }
  #exit(process2, reason) {
    if (this.process !== process2) return;
    this.die("killed");
    this.world.exited(this, reason);
  }
  async #openNetwork(process2, handler) {
    const { world } = this;
    const network = await process2.build.MemberNetwork.open(
      {
        transport: peerTransport(world.network, process2),
        secret: /* @__PURE__ */ __name(() => "a secret that members share", "secret"),
        clock: process2.clock,
        random: process2.random.split()
      },
      handler
    );
    return {
      send: /* @__PURE__ */ __name((to, lane, frame) => {
        const copies = world.frameLeaves(this, to, frame);
        if (copies === 0) return true;
        const taken2 = network.send(to, lane, frame);
        for (let copy = 1; copy < copies; copy += 1) network.send(to, lane, frame);
        return taken2;
      }, "send"),
      spokenLevels: /* @__PURE__ */ __name((id) => network.spokenLevels(id), "spokenLevels"),
      keep: /* @__PURE__ */ __name((members) => network.keep(members), "keep"),
      close: /* @__PURE__ */ __name(() => network.close(), "close")
    };
  }
  #log() {
    const say = /* @__PURE__ */ __name((data, sentence) => this.world.trace(this, sentence, data), "say");
    return { debug: say, info: say, warn: say, error: say };
  }
};
function nodeConfig(name, limits) {
  return {
    name,
    dataFolder: "/data",
    host: "0.0.0.0",
    clientPort: 6379,
    peerPort: 7946,
    httpPort: 8080,
    peers: { hostTemplate: "{name}", port: 7946 },
    peerSecretFile: "/secret",
    adminTokenFile: "/token",
    clientPasswordFile: null,
    logLevel: "info",
    limits
  };
}
__name(nodeConfig, "nodeConfig");

// test/simulation/fault-table.ts
var FAULTS = {
  kill: { weight: 3, membersMin: 1 },
  "power-loss": { weight: 4, membersMin: 1 },
  "power-loss-at-sync": { weight: 4, membersMin: 1 },
  "power-loss-of-all": { weight: 1, membersMin: 1 },
  pause: { weight: 2, membersMin: 1 },
  isolate: { weight: 2, membersMin: 3 }
};

// test/simulation/plan.ts
var WIRE_DELAYS_MS = [
  [0.1, 1],
  [0.1, 1],
  [0.5, 20],
  [5, 80]
];
var PAUSE_MS_MAX = 6e3;
var MEMBERS = [1, 3, 3, 3, 3, 5, 5];
function drawPlan(seed) {
  const random = new SeededRandom(seed ^ 24301);
  const members = pick(random, MEMBERS);
  const faultsMs = 9e4 + random.below(1e4);
  const wireDelayMs = pick(random, WIRE_DELAYS_MS);
  const slowShare = random.below(2) === 0 ? 0 : random.fraction() * 0.05;
  const slowMs = 50 + random.below(1e3);
  const occurrences = drawOccurrences(random, faultsMs, members);
  const pauses = occurrences.some(({ fault }) => fault === "pause");
  const logTimeErrorMs = 300 + 2 * wireDelayMs[1] + (slowShare > 0 ? slowMs : 0) + (pauses ? PAUSE_MS_MAX : 0);
  return {
    seed,
    members,
    clients: {
      clients: 4 + random.below(4),
      thinkMs: 600 + random.below(500),
      keys: 6 + random.below(6),
      pipelineShare: random.fraction() * 0.3,
      transactionShare: random.fraction() * 0.25,
      deadlineShare: random.below(3) === 0 ? 0 : random.fraction() * 0.3,
      timeoutMs: 2e3 + random.below(5e3)
    },
    faultsMs,
    settleMs: 8e3,
    peaceMs: 25e3,
    wireDelayMs,
    slowShare,
    slowMs,
    lossShare: random.below(2) === 0 ? 0 : random.fraction() * 0.15,
    duplicateShare: random.below(2) === 0 ? 0 : random.fraction() * 0.1,
    logTimeErrorMs,
    logTimeAheadMs: 100,
    occurrences
  };
}
__name(drawPlan, "drawPlan");
function drawOccurrences(random, faultsMs, members) {
  const names = Object.keys(FAULTS).filter((name) => members >= FAULTS[name].membersMin);
  const chosen = names.filter(() => random.below(5) < 3);
  if (chosen.length === 0) return [];
  const weights = chosen.map((name) => FAULTS[name].weight * (0.25 + random.fraction()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanMs = 1e3 + random.below(4e3);
  const occurrences = [];
  for (let atMs = random.fraction() * 2 * meanMs; atMs < faultsMs; atMs += random.fraction() * 2 * meanMs) {
    let at = random.fraction() * total;
    const fault = chosen.find((_, position) => (at -= weights[position]) < 0) ?? chosen[0];
    occurrences.push({ number: occurrences.length, atMs, fault, seed: random.uint32() });
  }
  return occurrences;
}
__name(drawOccurrences, "drawOccurrences");
function pick(random, values) {
  return values[random.below(values.length)];
}
__name(pick, "pick");

// test/simulation/faults.ts
var Faults = class {
  static {
    __name(this, "Faults");
  }
  #world;
  #random;
  #underWay = false;
  #peace = false;
  /** Machines that stay down for now: nothing else starts them. */
  #down = /* @__PURE__ */ new Set();
  /** What ends the faults that are under way. */
  #undo = /* @__PURE__ */ new Set();
  /** Machines whose power goes at one of their next operations on a disk. */
  #armed = /* @__PURE__ */ new Map();
  constructor(world, random) {
    this.#world = world;
    this.#random = random;
  }
  get isPeace() {
    return this.#peace;
  }
  added(_machine) {
    return;
  }
  isDamaged(_machine) {
    return false;
  }
  mayStart(machine) {
    return !this.#down.has(machine) && !machine.isUp;
  }
  begin() {
    const { plan, network, scheduler } = this.#world;
    this.#underWay = true;
    network.wires.delayMs = plan.wireDelayMs;
    network.wires.slowShare = plan.slowShare;
    network.wires.slowMs = plan.slowMs;
    for (const occurrence of plan.occurrences) {
      scheduler.after(occurrence.atMs, () => {
        if (this.#underWay) this.#strike(occurrence);
      });
    }
  }
  /** Everything heals: who is down is started, what is cut is mended. */
  end() {
    this.#underWay = false;
    const { network } = this.#world;
    network.wires.delayMs = [0.1, 1];
    network.wires.slowShare = 0;
    this.#armed.clear();
    for (const undo of [...this.#undo]) undo();
    for (const machine of this.#world.machines) if (this.mayStart(machine)) machine.start();
  }
  beginPeace() {
    this.#peace = true;
  }
  copiesOf(_from, _to, frame) {
    if (!this.#underWay) return 1;
    const { lossShare, duplicateShare } = this.#world.plan;
    const isForward = frame.type === "forward-request" || frame.type === "forward-answer";
    const die = this.#random.fraction();
    if (die < (isForward ? lossShare / 8 : lossShare)) {
      this.#world.counters.count("frames lost");
      return 0;
    }
    if (isForward || die > 1 - duplicateShare) {
      if (isForward) return 1;
      this.#world.counters.count("frames duplicated");
      return 2;
    }
    return 1;
  }
  beforeDiskOperation(machine, { kind }) {
    const armed = this.#armed.get(machine);
    if (!armed || kind !== "datasync" && kind !== "syncFolder") return;
    armed.operations -= 1;
    if (armed.operations > 0) return;
    this.#armed.delete(machine);
    this.#world.scheduler.after(armed.random.below(3) === 0 ? 0 : armed.random.fraction() * 4, () => {
      if (this.#underWay && machine.isUp) this.#takeDown(machine, "power-lost", this.#downMs(armed.random));
    });
  }
  diskFault(_machine, _operation) {
    return null;
  }
  misdirect(_machine, _operation, _offset, _length) {
    return null;
  }
  #strike({ fault, seed, number }) {
    const { world } = { world: this.#world };
    const random = new SeededRandom(seed);
    const up = world.machines.filter((machine) => machine.isUp);
    const leader = up.find((machine) => machine.node?.serving?.replica.status.role === "leader");
    const target = leader && random.below(2) === 0 ? leader : up[random.below(Math.max(1, up.length))];
    if (!target) return;
    world.counters.count(`fault: ${fault}`);
    world.trace(target, `fault ${number}: ${fault}`, {});
    switch (fault) {
      case "kill":
        this.#takeDown(target, "killed", this.#downMs(random));
        return;
      case "power-loss":
        this.#takeDown(target, "power-lost", this.#downMs(random));
        return;
      case "power-loss-at-sync":
        this.#armed.set(target, { operations: 1 + random.below(4), random });
        return;
      case "power-loss-of-all":
        for (const machine of up) this.#takeDown(machine, "power-lost", this.#downMs(random));
        return;
      case "pause":
        this.#pause(target, 100 + random.fraction() * random.fraction() * (PAUSE_MS_MAX - 100));
        return;
      case "isolate":
        this.#isolate(target, 500 + random.fraction() * 6e3);
        return;
      default:
        assertNever(fault);
    }
  }
  #downMs(random) {
    return random.below(3) === 0 ? 50 + random.fraction() * 300 : random.fraction() * 4e3;
  }
  #takeDown(machine, death, downMs) {
    machine.die(death);
    this.#down.add(machine);
    this.#for(downMs, () => {
      this.#down.delete(machine);
      if (!machine.isUp) machine.start();
    });
  }
  #pause(machine, durationMs) {
    const { process: process2 } = machine;
    if (!process2 || process2.isPaused) return;
    process2.pause();
    this.#for(durationMs, () => process2.resume());
  }
  #isolate(machine, durationMs) {
    const { network, machines } = this.#world;
    const others = machines.filter((other) => other !== machine);
    for (const other of others) {
      network.cut(machine.name, other.name);
      network.cut(other.name, machine.name);
    }
    this.#for(durationMs, () => {
      for (const other of others) {
        network.mend(machine.name, other.name);
        network.mend(other.name, machine.name);
      }
    });
  }
  /** `undo` comes once: after this time, or when peace begins. */
  #for(durationMs, undo) {
    const once = /* @__PURE__ */ __name(() => {
      if (this.#undo.delete(once)) undo();
    }, "once");
    this.#undo.add(once);
    this.#world.scheduler.after(durationMs, once);
  }
};

// test/simulation/scheduler.ts
var STEPS_BETWEEN_TURNS = 4096;
var Scheduler = class {
  static {
    __name(this, "Scheduler");
  }
  #heap = [];
  #made = 0;
  #nowMs = 0;
  #steps = 0;
  #hash = 2166136261;
  /** Milliseconds since the world began. */
  get nowMs() {
    return this.#nowMs;
  }
  get steps() {
    return this.#steps;
  }
  /** Of everything that happened so far, in its order: the same for the same seed. */
  get traceHash() {
    return this.#hash.toString(16).padStart(8, "0");
  }
  mix(value) {
    this.#hash = (Math.imul(this.#hash ^ (value | 0), 16777619) ^ this.#hash >>> 15) >>> 0;
  }
  after(delayMs, act) {
    const scheduled = { dueMs: this.#nowMs + Math.max(0, delayMs), number: this.#made, act };
    this.#made += 1;
    this.#push(scheduled);
    return () => {
      scheduled.act = null;
    };
  }
  sleep(delayMs) {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }
  /** Rejects with what an event throws. `settled` runs after each event, when all that it set off has settled. */
  run(endMs, settled) {
    return new Promise((resolve, reject) => {
      const step = /* @__PURE__ */ __name(() => {
        try {
          settled();
          const next = this.#next(endMs);
          if (!next?.act) {
            this.#nowMs = Math.max(this.#nowMs, endMs);
            resolve();
            return;
          }
          this.#nowMs = Math.max(this.#nowMs, next.dueMs);
          this.mix(next.number);
          this.#steps += 1;
          next.act();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        if (this.#steps % STEPS_BETWEEN_TURNS === 0) setImmediate(step);
        else queueMicrotask(() => process.nextTick(step));
      }, "step");
      step();
    });
  }
  #next(endMs) {
    for (; ; ) {
      const first = this.#heap[0];
      if (!first || first.dueMs > endMs) return null;
      this.#pop();
      if (first.act) return first;
    }
  }
  #push(scheduled) {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(scheduled);
    while (at > 0) {
      const parent = at - 1 >> 1;
      if (!isBefore(scheduled, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = scheduled;
  }
  #pop() {
    const heap = this.#heap;
    const last = heap.pop();
    if (heap.length === 0) return;
    let at = 0;
    for (; ; ) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }
};
function isBefore(left, right) {
  return left.dueMs < right.dueMs || left.dueMs === right.dueMs && left.number < right.number;
}
__name(isBefore, "isBefore");

// test/simulation/watcher.ts
import { crc32 as crc323 } from "node:zlib";

// test/support/raft-checker.ts
var PropertyBroken = class extends Error {
  static {
    __name(this, "PropertyBroken");
  }
  name = "PropertyBroken";
};
function hold(condition, property) {
  if (!condition) throw new PropertyBroken(property);
}
__name(hold, "hold");
var RaftChecker = class {
  static {
    __name(this, "RaftChecker");
  }
  #leaders = /* @__PURE__ */ new Map();
  /** By index; the first member to commit an entry settles what it is. */
  #committed = /* @__PURE__ */ new Map();
  /** The highest commit index of any leader: what an acknowledged write may rest on. */
  leaderCommit = 0;
  /** Lower bounds of reads under way, by member and request. */
  #reads = /* @__PURE__ */ new Map();
  readsAnswered = 0;
  get committedCount() {
    return this.#committed.size;
  }
  get termsLed() {
    return this.#leaders.size;
  }
  noteRead(id, request) {
    this.#reads.set(`${id}/${request}`, this.leaderCommit);
  }
  /** After each step of a member. `diskOf` shows what would survive a crash right now. */
  afterStep(seen, effects, diskOf) {
    this.#checkEmission(seen, effects, seen.core.status().commitIndex);
    this.afterTurn(seen, diskOf);
    this.#checkReads(seen.core.status().id, effects);
  }
  /** The same for whoever sees what is applied by `emitted` and `installed`, and asks no reads. */
  afterTurn(seen, diskOf) {
    const status = seen.core.status();
    hold(status.term >= seen.term, "a term never falls");
    hold(status.commitIndex >= seen.commitIndex, "the commit index never falls");
    hold(status.durableIndex <= status.lastIndex, "nothing is durable that is not in the log");
    seen.term = status.term;
    if (status.role === "leader") this.#checkLeader(seen, status, diskOf);
    seen.commitIndex = status.commitIndex;
    const disk = diskOf(status.id);
    if (disk) checkDurableIndex(seen.core, status, disk);
  }
  /** State machine safety: no index is ever applied with two different entries; and each exactly once, in order. */
  #checkEmission(seen, effects, commitIndex) {
    if (effects.install) this.installed(seen, effects.install.index);
    for (const entry of effects.committed) this.emitted(seen, entry);
    hold(seen.emittedIndex === commitIndex, "everything committed is handed out at once");
  }
  emitted(seen, entry) {
    hold(entry.index === seen.emittedIndex + 1, "committed entries neither repeat nor skip");
    seen.emittedIndex = entry.index;
    this.#settle(entry);
  }
  installed(seen, index) {
    hold(index >= seen.emittedIndex, "a snapshot never rolls back what was handed out");
    seen.emittedIndex = index;
  }
  #settle(entry) {
    const payload = `${entry.kind}:${Buffer.from(entry.payload).toString("latin1")}`;
    const before = this.#committed.get(entry.index);
    if (!before) this.#committed.set(entry.index, { term: entry.term, payload });
    else hold(before.term === entry.term && before.payload === payload, `state machine safety at index ${entry.index}`);
  }
  #checkLeader(seen, status, diskOf) {
    const other = this.#leaders.get(status.term);
    hold(other === void 0 || other === status.id, `election safety: two leaders in term ${status.term}`);
    if (other === void 0) {
      this.#leaders.set(status.term, status.id);
      this.#checkCompleteness(seen, status);
    }
    if (status.commitIndex <= seen.commitIndex) return;
    this.leaderCommit = Math.max(this.leaderCommit, status.commitIndex);
    const term = seen.core.termAt(status.commitIndex);
    const voters = status.configuration.members.filter((member) => member.role === "voter");
    const holding = voters.filter(({ id }) => {
      const disk = diskOf(id);
      return disk !== null && holds(disk, status.commitIndex, term);
    });
    hold(holding.length * 2 > voters.length, `S10: index ${status.commitIndex} is committed without a majority of disks`);
  }
  #checkCompleteness(seen, status) {
    for (const [index, entry] of this.#committed) {
      if (entry.term >= status.term || index < status.firstIndex) continue;
      hold(seen.core.termAt(index) === entry.term, `leader completeness: term ${status.term} lacks committed index ${index}`);
    }
  }
  #checkReads(id, effects) {
    for (const answer of effects.answers) {
      if (answer.type !== "read-ready") continue;
      const bound = this.#reads.get(`${id}/${answer.request}`);
      hold(bound !== void 0, "a read is answered once");
      hold(answer.index >= bound, `a read at index ${answer.index} misses what was committed at ${bound} before it came`);
      this.#reads.delete(`${id}/${answer.request}`);
      this.readsAnswered += 1;
    }
  }
  /** What a message promises is on the sender's disk at the moment it leaves. */
  messageLeaves(disk, to, message) {
    if (message.type === "pre-vote-request" || message.type === "pre-vote-response" && message.granted) return;
    hold(message.term <= disk.hardState.term, `S10: ${message.type} leaves under a term that is not on disk`);
    if (message.type === "vote-response" && message.granted && message.term === disk.hardState.term)
      hold(disk.hardState.vote === to, "S10: a vote leaves only when it is on disk");
    if (message.type === "append-response" && message.accepted && message.term === disk.hardState.term)
      hold(message.matchIndex <= disk.lastIndex, "S10: an acknowledgement leaves only when its entries are on disk");
  }
  /** Log matching: logs that agree on an entry agree on all before it. */
  checkLogMatching(cores) {
    for (const [position, left] of cores.entries()) {
      for (const right of cores.slice(position + 1)) {
        const [one, other] = [left.status(), right.status()];
        const first = Math.max(one.firstIndex, other.firstIndex);
        let index = Math.min(one.lastIndex, other.lastIndex);
        while (index >= first && left.termAt(index) !== right.termAt(index)) index -= 1;
        for (; index >= first; index -= 1) hold(left.termAt(index) === right.termAt(index), `log matching at index ${index}`);
      }
    }
  }
};
function holds(disk, index, term) {
  return index < disk.baseIndex || disk.termAt(index) === term;
}
__name(holds, "holds");
function checkDurableIndex(core, status, disk) {
  const index = status.durableIndex;
  if (index < status.firstIndex || index < disk.baseIndex) return;
  hold(disk.termAt(index) === core.termAt(index), `S10: index ${index} counts as durable, and the disk has another entry there`);
}
__name(checkDurableIndex, "checkDurableIndex");

// test/simulation/watcher.ts
var Watcher = class {
  static {
    __name(this, "Watcher");
  }
  counters = {
    elections: 0,
    installedSnapshots: 0,
    truncations: 0,
    configurationsCommitted: 0,
    featureLevelRaises: 0
  };
  #world;
  #checker = new RaftChecker();
  #running = /* @__PURE__ */ new Map();
  /** Who drew which id, and on which volume (rule S2). */
  #ids = /* @__PURE__ */ new Map();
  /** Ids that some committed configuration dropped (rule S3). */
  #removed = /* @__PURE__ */ new Set();
  #identities = /* @__PURE__ */ new Map();
  #committed = null;
  /** Log time by index (rule S13). */
  #times = /* @__PURE__ */ new Map();
  #stateHashes = /* @__PURE__ */ new Map();
  constructor(world) {
    this.#world = world;
  }
  get committedConfiguration() {
    return this.#committed;
  }
  get committedIndex() {
    return this.#checker.leaderCommit;
  }
  wasRemoved(id) {
    return this.#removed.has(id);
  }
  serves(machine, process2, serving) {
    const { replica } = serving;
    const core = { status: /* @__PURE__ */ __name(() => replica.status, "status"), termAt: /* @__PURE__ */ __name((index) => replica.termAt(index), "termAt") };
    const status = replica.status;
    const applied = replica.appliedIndex;
    const seen = { core, commitIndex: status.commitIndex, emittedIndex: applied, term: status.term };
    this.#running.set(process2, { machine, seen, serving });
    const before = { status };
    replica.join({
      propose: /* @__PURE__ */ __name(() => void 0, "propose"),
      answered: /* @__PURE__ */ __name(() => void 0, "answered"),
      applied: /* @__PURE__ */ __name((entry) => this.#applied(machine, process2, serving, seen, entry), "applied"),
      installed: /* @__PURE__ */ __name((base) => this.#installed(seen, base), "installed"),
      settle: /* @__PURE__ */ __name((now) => {
        this.#turn(machine, seen, before.status, now);
        before.status = now;
      }, "settle")
    });
  }
  gone(process2) {
    this.#running.delete(process2);
  }
  /** After a start, a founding or a new format: which id does the folder show (rules S2, S3)? */
  identityShown(machine, id) {
    const before = this.#identities.get(machine);
    if (before === id) return;
    this.#identities.set(machine, id);
    const owner = this.#ids.get(id);
    hold(owner === void 0 || owner === machine, `S2: ${machine.name} shows id ${id}, which ${owner?.name ?? ""} drew`);
    hold(before === void 0 || owner === void 0, `S2: ${machine.name} shows id ${id} again`);
    this.#ids.set(id, machine);
    this.#checkDurableIdentity(machine, id);
  }
  /** A node set its folder aside (rule S3). */
  setAside(machine, id) {
    hold(this.#removed.has(id), `S3: ${machine.name} set aside the folder of ${id}, which no committed configuration dropped`);
  }
  forgetVolume(machine) {
    this.#identities.delete(machine);
  }
  frameLeaves(machine, to, frame) {
    if (frame.type !== "protocol" || !machine.process) return;
    const disk = machine.durableLog();
    if (disk) this.#checker.messageLeaves(disk, to, machine.process.build.decodeRaftMessage(frame.bytes));
  }
  /** Log matching among all that run. */
  checkLogs() {
    this.#checker.checkLogMatching([...this.#running].filter(([process2]) => process2.isAlive).map(([, { seen }]) => seen.core));
  }
  #checkDurableIdentity(machine, id) {
    const file = machine.disk?.durableFiles("current").find(({ name }) => name === "identity");
    const identity = file && machine.build.decodeIdentity(file.bytes, "identity");
    hold(identity?.ok === true && identity.value.memberId === id, `S2: ${machine.name} shows an id that its disk does not hold`);
  }
  #diskOf(id) {
    const machine = this.#ids.get(id);
    if (!machine || this.#identities.get(machine) !== id) return null;
    return this.#world.isDamaged(machine) ? everything : machine.durableLog();
  }
  #turn(machine, seen, before, now) {
    if (now.role === "leader" && (before.role !== "leader" || before.term !== now.term)) this.counters.elections += 1;
    if (now.lastIndex < before.lastIndex || now.term > before.term && now.lastTerm !== before.lastTerm && before.lastIndex >= now.lastIndex)
      this.counters.truncations += 1;
    this.#checker.afterTurn(seen, (id) => this.#diskOf(id));
    this.#checkConfigurations(machine, now);
  }
  /** Rule S1: one change at a time; what counts outside is committed, and the same everywhere. */
  #checkConfigurations(machine, { configuration, committedConfiguration, commitIndex }) {
    hold(committedConfiguration.index <= commitIndex, `S1: ${machine.name} takes an uncommitted configuration for committed`);
    hold(configuration.index >= committedConfiguration.index, `S1: ${machine.name} forgot a committed configuration`);
    if (configuration.index <= commitIndex)
      hold(
        configuration.index === committedConfiguration.index,
        `S1: ${machine.name} missed that its configuration is committed`
      );
    const known = this.#committed;
    if (!known || committedConfiguration.index > known.index) {
      if (known && committedConfiguration.members.length > 0) {
        this.counters.configurationsCommitted += 1;
        for (const { id } of committedConfiguration.removed) this.#removed.add(id);
      }
      if (committedConfiguration.members.length > 0) this.#committed = committedConfiguration;
    } else if (committedConfiguration.index === known.index && known.index > 0) {
      const same = JSON.stringify(known) === JSON.stringify(committedConfiguration);
      hold(same, `S1: two committed configurations at index ${known.index}`);
    }
  }
  #installed(seen, base) {
    this.counters.installedSnapshots += 1;
    this.#checker.installed(seen, base.index);
  }
  #applied(machine, process2, serving, seen, entry) {
    this.#checker.emitted(seen, entry);
    if (entry.kind !== "command") return;
    this.#checkTime(process2, entry);
    const { state } = serving.replica;
    const key = `${entry.index}/${state.featureLevel}`;
    const known = this.#stateHashes.get(key);
    if (!known) this.#stateHashes.set(key, { hash: state.stateHash, machine: machine.name });
    else hold(known.hash === state.stateHash, `S15: ${machine.name} and ${known.machine} differ after entry ${entry.index}`);
  }
  #checkTime(process2, entry) {
    const crc = crc323(entry.payload);
    if (this.#times.get(entry.index)?.crc === crc) return;
    const { timeMs } = process2.build.decodeBatch(entry.payload);
    this.#times.set(entry.index, { timeMs, crc });
    let previous = entry.index - 1;
    while (previous > 0 && entry.index - previous < 8 && !this.#times.has(previous)) previous -= 1;
    const earlier = this.#times.get(previous);
    hold(earlier === void 0 || timeMs >= earlier.timeMs, `S13: log time falls at entry ${entry.index}`);
    const trueMs = EPOCH_MS + this.#world.nowMs();
    hold(timeMs <= trueMs + this.#world.logTimeAheadMs, `S13: log time is ${timeMs - trueMs} ms ahead at entry ${entry.index}`);
  }
};
var everything = {
  hardState: { term: 0, vote: null },
  lastIndex: 0,
  baseIndex: Number.MAX_SAFE_INTEGER,
  termAt: /* @__PURE__ */ __name(() => null, "termAt")
};

// test/simulation/counters.ts
var Counters = class {
  static {
    __name(this, "Counters");
  }
  counts = {};
  duringFaults = { asked: 0, acknowledged: 0 };
  inPeace = { asked: 0, acknowledged: 0 };
  operations = 0;
  unknownOutcomes = 0;
  count(what, by = 1) {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }
  said(sentence) {
    if (sentence === "cut a torn tail from the log") this.count("torn tails cut");
    if (sentence === "took a snapshot") this.count("snapshots taken");
    if (sentence === "a snapshot is damaged") this.count("damaged snapshots skipped");
  }
  /** A call is asked; returns what is to be told of its end. During faults only what a quorum could have answered counts. */
  asked(isPeace, hasQuorum) {
    this.operations += 1;
    const hadQuorum = hasQuorum();
    return (acknowledged) => {
      const tally = isPeace ? this.inPeace : this.duringFaults;
      if (!isPeace && !acknowledged && !(hadQuorum && hasQuorum())) return;
      tally.asked += 1;
      if (acknowledged) tally.acknowledged += 1;
    };
  }
  finish({ watcher, history, network }) {
    this.unknownOutcomes = history.count("unknown");
    this.count("unknown outcomes", this.unknownOutcomes);
    this.count("refused", history.count("refused"));
    for (const [name, value] of Object.entries({ ...watcher.counters })) this.count(name, value);
    this.count("writes held back", network.heldBack);
  }
};

// test/simulation/world.ts
var CLUSTER_ID = present(parseClusterId("orders"), "a cluster id");
var LIMITS2 = {
  clientsMax: 1e3,
  clientUnreadBytesMax: 8 * 1024 * 1024,
  uncommittedBytesMax: 256 * 1024,
  entryBytesMax: 4096,
  requestsMax: 512,
  requestBytesMax: 256 * 1024,
  dataBytesMax: 4 * 1024 * 1024,
  segmentBytes: 8192,
  snapshotLogBytes: 8192,
  trailingEntries: 20,
  snapshotBytesPerSecond: 256 * 1024
};
var RESTART_MS = 500;
var World = class {
  static {
    __name(this, "World");
  }
  plan;
  builds;
  limits = LIMITS2;
  scheduler = new Scheduler();
  network;
  machines = [];
  history;
  watcher;
  counters = new Counters();
  random;
  faults;
  #trace;
  #clients = [];
  #failure = null;
  constructor(builds, plan, options) {
    this.plan = plan;
    this.builds = builds;
    this.#trace = options.trace === true ? [] : null;
    this.random = new SeededRandom(plan.seed);
    this.network = new Network(this.scheduler, this.random.split());
    this.history = new History(this.scheduler);
    this.faults = new Faults(this, this.random.split());
    this.watcher = new Watcher({
      machines: this.machines,
      nowMs: /* @__PURE__ */ __name(() => this.scheduler.nowMs, "nowMs"),
      isDamaged: /* @__PURE__ */ __name((machine) => this.faults.isDamaged(machine), "isDamaged"),
      logTimeAheadMs: plan.logTimeAheadMs
    });
  }
  get nowMs() {
    return this.scheduler.nowMs;
  }
  /** @throws whatever breaks a rule */
  async run() {
    const { plan } = this;
    for (let number = 0; number < plan.members; number += 1) this.addMachine();
    for (const machine of this.machines) machine.start();
    await this.#pass(200);
    await this.#found();
    await this.#pass(3e3);
    this.#clients = startClients(
      {
        network: this.network,
        history: this.history,
        hosts: /* @__PURE__ */ __name(() => this.machines.filter(({ isUp }) => isUp).map(({ name }) => name), "hosts"),
        asked: /* @__PURE__ */ __name(() => this.counters.asked(this.faults.isPeace, () => this.hasQuorum()), "asked")
      },
      plan.clients,
      this.random.split()
    );
    for (const client of this.#clients) void client.run().catch((error) => this.failed(null, error));
    this.faults.begin();
    await this.#pass(plan.faultsMs);
    this.faults.end();
    await this.#pass(plan.settleMs);
    this.faults.beginPeace();
    await this.#pass(plan.peaceMs);
    for (const client of this.#clients) client.stop();
    await this.#pass(plan.clients.timeoutMs + 5e3);
    this.#judge();
  }
  addMachine(build = this.builds.first) {
    const machine = new Machine(`m-${this.machines.length}`, this, build, this.random.split());
    this.machines.push(machine);
    this.faults.added(machine);
    return machine;
  }
  machineOf(id) {
    return this.machines.find((machine) => machine.memberId === id) ?? null;
  }
  /** A majority of the committed configuration's voters run, and reach each other both ways. */
  hasQuorum() {
    const configuration = this.watcher.committedConfiguration;
    if (!configuration) return false;
    const voters = configuration.members.filter(({ role }) => role === "voter");
    const up = voters.flatMap(({ id }) => {
      const machine = this.machineOf(id);
      return machine?.process?.isPaused === false && machine.node?.halt === null ? [machine] : [];
    });
    return up.some((one) => {
      const reached = up.filter(
        (other) => !this.network.blocks(one.name, other.name) && !this.network.blocks(other.name, one.name)
      );
      return reached.length * 2 > voters.length;
    });
  }
  failed(machine, error) {
    this.#failure ??= `${machine?.name ?? "the world"} at ${this.nowMs.toFixed(3)} ms: ${describeError(error)}`;
    throw error;
  }
  exited(machine, reason) {
    this.trace(machine, `the process ended: ${reason}`, {});
    this.counters.count("process exits");
    this.scheduler.after(RESTART_MS, () => this.faults.mayStart(machine) && machine.start());
  }
  served() {
    this.counters.count("logs opened");
  }
  frameLeaves(machine, to, frame) {
    this.watcher.frameLeaves(machine, to.id, frame);
    return this.faults.copiesOf(machine.name, to.name, frame);
  }
  beforeDiskOperation(machine, operation) {
    this.faults.beforeDiskOperation(machine, operation);
  }
  diskFault(machine, operation) {
    return this.faults.diskFault(machine, operation);
  }
  misdirect(machine, operation, offset, length) {
    return this.faults.misdirect(machine, operation, offset, length);
  }
  trace(machine, sentence, data) {
    this.counters.said(sentence);
    this.#trace?.push(
      `${(this.nowMs / 1e3).toFixed(4).padStart(9)} ${(machine?.name ?? "").padEnd(4)} ${sentence} ${JSON.stringify(data)}`
    );
  }
  get traceLines() {
    return this.#trace ?? [];
  }
  /** Founds the cluster of the machines that there are (rule S6). */
  async #found() {
    const members = this.machines.map((machine) => ({
      id: present(machine.memberId, "a node shows its id"),
      name: machine.name
    }));
    const request = { clusterId: CLUSTER_ID, generation: FIRST_GENERATION, epoch: 1, members };
    for (const machine of this.machines) void machine.node?.found(request);
  }
  #pass(durationMs) {
    return this.scheduler.run(this.nowMs + durationMs, () => this.#settled());
  }
  /** After each event: who opened or closed its log, and who shows another id? */
  #settled() {
    for (const machine of this.machines) {
      const process2 = machine.touched;
      if (!process2) continue;
      machine.touched = null;
      this.#look(machine, process2);
    }
  }
  #look(machine, process2) {
    const { node } = process2;
    if (!node || !process2.isAlive) return;
    const { identity } = node.dataFolder;
    const former = identity.formerIds[0];
    if (former !== void 0 && machine.shownId === former) this.watcher.setAside(machine, former);
    machine.shownId = identity.memberId;
    this.watcher.identityShown(machine, identity.memberId);
    if (node.serving === process2.observed) return;
    process2.observed = node.serving;
    if (node.serving) {
      this.watcher.serves(machine, process2, node.serving);
      this.served();
    } else this.watcher.gone(process2);
  }
  #judge() {
    this.history.abandonOpen();
    this.watcher.checkLogs();
    const finding = this.history.judge(this.plan.logTimeErrorMs);
    if (finding !== null) throw new Error(finding);
  }
  report(error) {
    let failure = this.#failure;
    if (failure === null && error !== null) failure = `at ${this.nowMs.toFixed(3)} ms: ${describeError(error)}`;
    this.counters.finish(this);
    return {
      seed: this.plan.seed,
      failure,
      traceHash: this.scheduler.traceHash,
      steps: this.scheduler.steps,
      virtualMs: this.nowMs,
      counters: this.counters,
      trace: this.traceLines
    };
  }
};
async function runSeed(builds, seed, options = {}) {
  const world = new World(builds, options.plan ?? drawPlan(seed), options);
  try {
    await world.run();
    return world.report(null);
  } catch (error) {
    return world.report(error);
  }
}
__name(runSeed, "runSeed");
function describeError(error) {
  return error instanceof Error ? error.stack ?? error.message : JSON.stringify(error);
}
__name(describeError, "describeError");

// test/simulation/run.ts
async function main() {
  const [folder, first, count, mode] = process.argv.slice(2);
  const builds = await loadBuilds(folder ?? "");
  const rejected = [];
  process.on("unhandledRejection", (reason) => rejected.push(describeError(reason)));
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
    const startedUs = cpuUs();
    const report = await runSeed(builds, seed, { trace: mode === "trace" });
    await new Promise((resolve) => setImmediate(resolve));
    const failure = report.failure ?? (rejected[0] === void 0 ? null : `a rejection that nobody handled: ${rejected[0]}`);
    rejected.length = 0;
    const cpuMs = (cpuUs() - startedUs) / 1e3;
    const { trace, ...rest } = report;
    if (mode === "trace") for (const line of trace) console.error(line);
    const said = { ...rest, failure, cpuMs };
    process.stdout.write(`${JSON.stringify(said)}
`);
  }
}
__name(main, "main");
function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
__name(cpuUs, "cpuUs");
void main();
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vLi4vdGVzdC9zaW11bGF0aW9uL2J1aWxkcy50cyIsICIuLi8uLi9zcmMvc2hhcmVkL2lkcy50cyIsICIuLi8uLi9zcmMvc2hhcmVkL2Fzc2VydC50cyIsICIuLi8uLi9zcmMvc2hhcmVkL3JhbmRvbS50cyIsICIuLi8uLi90ZXN0L3N1cHBvcnQvcmVzcC1jbGllbnQudHMiLCAiLi4vLi4vdGVzdC9zaW11bGF0aW9uL2NsaWVudC1jb25uZWN0aW9uLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9jbGllbnRzLnRzIiwgIi4uLy4uL3Rlc3Qvc3VwcG9ydC9oaXN0b3J5L2hpc3RvcnkudHMiLCAiLi4vLi4vdGVzdC9zdXBwb3J0L2hpc3RvcnkvY29udHJhZGljdGlvbi50cyIsICIuLi8uLi90ZXN0L3N1cHBvcnQvaGlzdG9yeS9zdG9yZS1tb2RlbC50cyIsICIuLi8uLi90ZXN0L3N1cHBvcnQvaGlzdG9yeS9wYXJ0aXRpb25zLnRzIiwgIi4uLy4uL3Rlc3Qvc3VwcG9ydC9oaXN0b3J5L3NlYXJjaC50cyIsICIuLi8uLi90ZXN0L3N1cHBvcnQvaGlzdG9yeS9saW5lYXJpemFiaWxpdHkudHMiLCAiLi4vLi4vdGVzdC9zaW11bGF0aW9uL2hpc3RvcnkudHMiLCAiLi4vLi4vdGVzdC9zdXBwb3J0L3NpbXVsYXRlZC1kaXNrLnRzIiwgIi4uLy4uL3NyYy93YWwvZGlzay50cyIsICIuLi8uLi90ZXN0L3NpbXVsYXRpb24vY2xpZW50LWRvb3IudHMiLCAiLi4vLi4vdGVzdC9zaW11bGF0aW9uL2R1cmFibGUtbG9nLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9tYWNoaW5lLWNsb2NrLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9uZXR3b3JrLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9tYWNoaW5lLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9mYXVsdC10YWJsZS50cyIsICIuLi8uLi90ZXN0L3NpbXVsYXRpb24vcGxhbi50cyIsICIuLi8uLi90ZXN0L3NpbXVsYXRpb24vZmF1bHRzLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9zY2hlZHVsZXIudHMiLCAiLi4vLi4vdGVzdC9zaW11bGF0aW9uL3dhdGNoZXIudHMiLCAiLi4vLi4vdGVzdC9zdXBwb3J0L3JhZnQtY2hlY2tlci50cyIsICIuLi8uLi90ZXN0L3NpbXVsYXRpb24vY291bnRlcnMudHMiLCAiLi4vLi4vdGVzdC9zaW11bGF0aW9uL3dvcmxkLnRzIiwgIi4uLy4uL3Rlc3Qvc2ltdWxhdGlvbi9ydW4udHMiXSwKICAic291cmNlc0NvbnRlbnQiOiBbIi8qKiBUaGUgYnVpbGRzIG9mIHRoZSBwcm9kdWN0aW9uIGNvZGUgdGhhdCBtYWNoaW5lcyBydW4sIGxvYWRlZCBzaWRlIGJ5IHNpZGUgZnJvbSB0aGVpciBidW5kbGVzLiAqL1xuaW1wb3J0IHR5cGUgKiBhcyBidWlsZCBmcm9tICcuL2J1aWxkLnRzJztcblxuZXhwb3J0IHR5cGUgQnVpbGQgPSB0eXBlb2YgYnVpbGQ7XG5cbmV4cG9ydCBpbnRlcmZhY2UgQnVpbGRzIHtcbiAgLyoqIFRoZSBvbmUgdGhhdCBhIGNsdXN0ZXIgYmVnaW5zIHdpdGgsIGF0IGZlYXR1cmUgbGV2ZWwgMS4gKi9cbiAgcmVhZG9ubHkgZmlyc3Q6IEJ1aWxkO1xuICAvKiogVGhlIG5leHQgb25lLCB3aGljaCBzcGVha3MgdGhlIGxldmVsIGFmdGVyIGl0LiAqL1xuICByZWFkb25seSBzZWNvbmQ6IEJ1aWxkO1xufVxuXG4vKiogQHBhcmFtIGZvbGRlciB3aGVyZSBgc2NyaXB0cy9zaW11bGF0ZS5tanNgIHB1dCB0aGUgYnVuZGxlcyAqL1xuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGxvYWRCdWlsZHMoZm9sZGVyOiBzdHJpbmcpOiBQcm9taXNlPEJ1aWxkcz4ge1xuICBjb25zdCBsb2FkID0gYXN5bmMgKG5hbWU6IHN0cmluZyk6IFByb21pc2U8QnVpbGQ+ID0+IChhd2FpdCBpbXBvcnQoYCR7Zm9sZGVyfS8ke25hbWV9Lm1qc2ApKSBhcyBCdWlsZDtcbiAgcmV0dXJuIHsgZmlyc3Q6IGF3YWl0IGxvYWQoJ2ZpcnN0JyksIHNlY29uZDogYXdhaXQgbG9hZCgnc2Vjb25kJykgfTtcbn1cbiIsICIvKiogSWRlbnRpdGllcy4gQnJhbmRlZCwgc28gdGhhdCBvbmUgY2FuIG5ldmVyIGJlIHBhc3NlZCB3aGVyZSBhbm90aGVyIGlzIG1lYW50LiAqL1xuZGVjbGFyZSBjb25zdCBicmFuZDogdW5pcXVlIHN5bWJvbDtcbnR5cGUgQnJhbmRlZDxCYXNlLCBOYW1lIGV4dGVuZHMgc3RyaW5nPiA9IEJhc2UgJiB7IHJlYWRvbmx5IFticmFuZF06IE5hbWUgfTtcblxuLyoqIDE2IGxvd2VyLWNhc2UgaGV4IGRpZ2l0cywgZHJhd24gYXQgcmFuZG9tIHdoZW4gYSBtZW1iZXIgZm9ybWF0cyBhbiBlbXB0eSBkaXNrOyBuZXZlciByZXVzZWQgKHJ1bGUgUzIpLiAqL1xuZXhwb3J0IHR5cGUgTWVtYmVySWQgPSBCcmFuZGVkPHN0cmluZywgJ01lbWJlcklkJz47XG5cbi8qKiBEcmF3biBhdCBmb3VuZGluZzogdGhlIFVJRCBvZiB0aGUgU3RvcmFnZUNsdXN0ZXIsIG9yIHdoYXQgYSBwZXJzb24gY2hvc2UgZm9yIGEgY2x1c3RlciBydW4gYnkgaGFuZCAocnVsZSBTNSkuICovXG5leHBvcnQgdHlwZSBDbHVzdGVySWQgPSBCcmFuZGVkPHN0cmluZywgJ0NsdXN0ZXJJZCc+O1xuXG4vKipcbiAqIFRoZSByZWNvdmVyeSBnZW5lcmF0aW9uIG9mIGEgY2x1c3RlciAocnVsZSBTNSk6IHJhaXNlZCBieSByZWNvdmVyeSwgcmVzdG9yZSBhbmQgZm91bmRpbmcgYW5ldy4gT25seSBlcXVhbHMgdGFsazsgdGhlIG51bWJlciBvcmRlcnNcbiAqIGdlbmVyYXRpb25zLCB0aGUgcmFuZG9tIGlkIHRlbGxzIHR3byByZWNvdmVyaWVzIHRoYXQgZHJldyB0aGUgc2FtZSBudW1iZXIgYXBhcnQuXG4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgR2VuZXJhdGlvbiB7XG4gIHJlYWRvbmx5IG51bWJlcjogbnVtYmVyO1xuICAvKiogMTYgbG93ZXItY2FzZSBoZXggZGlnaXRzOyBhbGwgemVyb3MgaW4gdGhlIGZpcnN0IGdlbmVyYXRpb24uICovXG4gIHJlYWRvbmx5IGlkOiBzdHJpbmc7XG59XG5cbmV4cG9ydCBjb25zdCBGSVJTVF9HRU5FUkFUSU9OOiBHZW5lcmF0aW9uID0geyBudW1iZXI6IDEsIGlkOiAnMDAwMDAwMDAwMDAwMDAwMCcgfTtcblxuZXhwb3J0IGZ1bmN0aW9uIHNhbWVHZW5lcmF0aW9uKGxlZnQ6IEdlbmVyYXRpb24sIHJpZ2h0OiBHZW5lcmF0aW9uKTogYm9vbGVhbiB7XG4gIHJldHVybiBsZWZ0Lm51bWJlciA9PT0gcmlnaHQubnVtYmVyICYmIGxlZnQuaWQgPT09IHJpZ2h0LmlkO1xufVxuXG5jb25zdCBtZW1iZXJJZFBhdHRlcm4gPSAvXlswLTlhLWZdezE2fSQvO1xuXG5leHBvcnQgZnVuY3Rpb24gaXNNZW1iZXJJZCh0ZXh0OiBzdHJpbmcpOiB0ZXh0IGlzIE1lbWJlcklkIHtcbiAgcmV0dXJuIG1lbWJlcklkUGF0dGVybi50ZXN0KHRleHQpO1xufVxuXG4vKiogTnVsbCB3aGVuIGB0ZXh0YCBpcyBub3QgMTYgbG93ZXItY2FzZSBoZXggZGlnaXRzLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHBhcnNlTWVtYmVySWQodGV4dDogc3RyaW5nKTogTWVtYmVySWQgfCBudWxsIHtcbiAgcmV0dXJuIGlzTWVtYmVySWQodGV4dCkgPyB0ZXh0IDogbnVsbDtcbn1cblxuY29uc3QgY2x1c3RlcklkUGF0dGVybiA9IC9eW0EtWmEtejAtOV1bQS1aYS16MC05Ll8tXXswLDYyfSQvO1xuXG4vKiogTnVsbCB3aGVuIGB0ZXh0YCBpcyBub3QgMSB0byA2MyBsZXR0ZXJzLCBkaWdpdHMsIGAuYCwgYF9gIG9yIGAtYCwgYmVnaW5uaW5nIHdpdGggYSBsZXR0ZXIgb3IgZGlnaXQuICovXG5leHBvcnQgZnVuY3Rpb24gcGFyc2VDbHVzdGVySWQodGV4dDogc3RyaW5nKTogQ2x1c3RlcklkIHwgbnVsbCB7XG4gIHJldHVybiBjbHVzdGVySWRQYXR0ZXJuLnRlc3QodGV4dCkgPyAodGV4dCBhcyBDbHVzdGVySWQpIDogbnVsbDtcbn1cbiIsICIvKipcbiAqIEFzc2VydGlvbnMgc3RheSBvbiBpbiBwcm9kdWN0aW9uOiBlYWNoIHN0YXRlcyBvbmUgcnVsZSBpbiB3b3JkcywgYW5kIGEgYnJva2VuIHJ1bGUgZW5kcyB0aGUgcHJvY2VzcyBiZWZvcmUgaXQgY2FuIHNwcmVhZC5cbiAqIFRoZXkgYXJlIGZvciBvdXIgb3duIG1pc3Rha2VzIG9ubHk7IHdoYXQgYSBjYWxsZXIgb3IgdGhlIHdvcmxkIGNhbiBjYXVzZSBpcyBhIHZhbHVlIG9yIGEgdHlwZWQgZXJyb3IuXG4gKi9cbmV4cG9ydCBjbGFzcyBBc3NlcnRpb25FcnJvciBleHRlbmRzIEVycm9yIHtcbiAgb3ZlcnJpZGUgcmVhZG9ubHkgbmFtZSA9ICdBc3NlcnRpb25FcnJvcic7XG59XG5cbi8qKiBAdGhyb3dzIEFzc2VydGlvbkVycm9yIHdoZW4gYGNvbmRpdGlvbmAgaXMgZmFsc2U7IGBydWxlYCBpcyB0aGUgcnVsZSB0aGF0IHdhcyBicm9rZW4sIGluIHdvcmRzLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGFzc2VydChjb25kaXRpb246IGJvb2xlYW4sIHJ1bGU6IHN0cmluZyk6IGFzc2VydHMgY29uZGl0aW9uIHtcbiAgaWYgKCFjb25kaXRpb24pIHRocm93IG5ldyBBc3NlcnRpb25FcnJvcihydWxlKTtcbn1cblxuLyoqIENsb3NlcyBhIGBzd2l0Y2hgIG92ZXIgYSB1bmlvbjogdGhlIGNvbXBpbGVyIHJlZnVzZXMgYSBtaXNzaW5nIGNhc2UsIGFuZCBhIHZhbHVlIGZyb20gb3V0c2lkZSB0aGUgdHlwZXMgc3RpbGwgZW5kcyB0aGUgcHJvY2Vzcy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBhc3NlcnROZXZlcih2YWx1ZTogbmV2ZXIpOiBuZXZlciB7XG4gIHRocm93IG5ldyBBc3NlcnRpb25FcnJvcihgdW5yZWFjaGFibGUgdmFsdWU6ICR7SlNPTi5zdHJpbmdpZnkodmFsdWUpfWApO1xufVxuXG4vKiogVGhlIHZhbHVlLCBvciBhbiBBc3NlcnRpb25FcnJvciBuYW1pbmcgdGhlIHJ1bGUgYnkgd2hpY2ggaXQgaGFkIHRvIGJlIHRoZXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHByZXNlbnQ8VD4odmFsdWU6IFQgfCBudWxsIHwgdW5kZWZpbmVkLCBydWxlOiBzdHJpbmcpOiBUIHtcbiAgaWYgKHZhbHVlID09PSBudWxsIHx8IHZhbHVlID09PSB1bmRlZmluZWQpIHRocm93IG5ldyBBc3NlcnRpb25FcnJvcihydWxlKTtcbiAgcmV0dXJuIHZhbHVlO1xufVxuIiwgImltcG9ydCB7IGFzc2VydCB9IGZyb20gJy4vYXNzZXJ0LnRzJztcblxuLyoqIFRoZSBvbmUgZG9vciB0byByYW5kb21uZXNzLiBQcm9kdWN0aW9uIHNlZWRzIGl0IGZyb20gdGhlIHN5c3RlbTsgYSBzaW11bGF0aW9uIGZyb20gaXRzIHNlZWQuICovXG5leHBvcnQgaW50ZXJmYWNlIFJhbmRvbSB7XG4gIC8qKiBVbmlmb3JtIGluIFswLCAyXjMyKS4gKi9cbiAgdWludDMyKCk6IG51bWJlcjtcbiAgLyoqIFVuaWZvcm0gaW4gWzAsIGJvdW5kKTsgYm91bmQgYXQgbW9zdCAyXjMyLiAqL1xuICBiZWxvdyhib3VuZDogbnVtYmVyKTogbnVtYmVyO1xuICAvKiogVW5pZm9ybSBpbiBbMCwgMSkuICovXG4gIGZyYWN0aW9uKCk6IG51bWJlcjtcbiAgLyoqIGBsZW5ndGhgIGxvd2VyLWNhc2UgaGV4IGRpZ2l0cy4gKi9cbiAgaGV4KGxlbmd0aDogbnVtYmVyKTogc3RyaW5nO1xuICAvKiogQW4gaW5kZXBlbmRlbnQgc3RyZWFtLCBzbyB0aGF0IG9uZSB1c2VyJ3MgZHJhd3MgZG8gbm90IHNoaWZ0IGFub3RoZXIncy4gKi9cbiAgc3BsaXQoKTogUmFuZG9tO1xufVxuXG4vKiogeG9zaGlybzEyOCoqIDEuMSAoQmxhY2ttYW4gYW5kIFZpZ25hKSwgc2VlZGVkIHRocm91Z2ggc3BsaXRtaXgzMi4gKi9cbmV4cG9ydCBjbGFzcyBTZWVkZWRSYW5kb20gaW1wbGVtZW50cyBSYW5kb20ge1xuICAjYTogbnVtYmVyO1xuICAjYjogbnVtYmVyO1xuICAjYzogbnVtYmVyO1xuICAjZDogbnVtYmVyO1xuXG4gIGNvbnN0cnVjdG9yKHNlZWQ6IG51bWJlcikge1xuICAgIGxldCBzdGF0ZSA9IHNlZWQgPj4+IDA7XG4gICAgY29uc3Qgc3BsaXRtaXggPSAoKTogbnVtYmVyID0+IHtcbiAgICAgIHN0YXRlID0gKHN0YXRlICsgMHg5ZTM3NzliOSkgPj4+IDA7XG4gICAgICBsZXQgeiA9IHN0YXRlO1xuICAgICAgeiA9IE1hdGguaW11bCh6IF4gKHogPj4+IDE2KSwgMHgyMWYwYWFhZCk7XG4gICAgICB6ID0gTWF0aC5pbXVsKHogXiAoeiA+Pj4gMTUpLCAweDczNWEyZDk3KTtcbiAgICAgIHJldHVybiAoeiBeICh6ID4+PiAxNSkpID4+PiAwO1xuICAgIH07XG4gICAgdGhpcy4jYSA9IHNwbGl0bWl4KCk7XG4gICAgdGhpcy4jYiA9IHNwbGl0bWl4KCk7XG4gICAgdGhpcy4jYyA9IHNwbGl0bWl4KCk7XG4gICAgdGhpcy4jZCA9IHNwbGl0bWl4KCkgfCAxO1xuICB9XG5cbiAgdWludDMyKCk6IG51bWJlciB7XG4gICAgY29uc3Qgcm90YXRlZCA9IE1hdGguaW11bCh0aGlzLiNiLCA1KTtcbiAgICBjb25zdCByZXN1bHQgPSBNYXRoLmltdWwoKHJvdGF0ZWQgPDwgNykgfCAocm90YXRlZCA+Pj4gMjUpLCA5KSA+Pj4gMDtcbiAgICBjb25zdCBzaGlmdGVkID0gdGhpcy4jYiA8PCA5O1xuICAgIHRoaXMuI2MgXj0gdGhpcy4jYTtcbiAgICB0aGlzLiNkIF49IHRoaXMuI2I7XG4gICAgdGhpcy4jYiBePSB0aGlzLiNjO1xuICAgIHRoaXMuI2EgXj0gdGhpcy4jZDtcbiAgICB0aGlzLiNjIF49IHNoaWZ0ZWQ7XG4gICAgdGhpcy4jZCA9ICh0aGlzLiNkIDw8IDExKSB8ICh0aGlzLiNkID4+PiAyMSk7XG4gICAgcmV0dXJuIHJlc3VsdDtcbiAgfVxuXG4gIGJlbG93KGJvdW5kOiBudW1iZXIpOiBudW1iZXIge1xuICAgIGFzc2VydChOdW1iZXIuaXNJbnRlZ2VyKGJvdW5kKSAmJiBib3VuZCA+IDAgJiYgYm91bmQgPD0gMHgxXzAwMDBfMDAwMCwgJ2EgcmFuZG9tIGJvdW5kIGlzIGFuIGludGVnZXIgaW4gMS4uMl4zMicpO1xuICAgIHJldHVybiBNYXRoLmZsb29yKHRoaXMuZnJhY3Rpb24oKSAqIGJvdW5kKTtcbiAgfVxuXG4gIGZyYWN0aW9uKCk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMudWludDMyKCkgLyAweDFfMDAwMF8wMDAwO1xuICB9XG5cbiAgaGV4KGxlbmd0aDogbnVtYmVyKTogc3RyaW5nIHtcbiAgICBsZXQgdGV4dCA9ICcnO1xuICAgIHdoaWxlICh0ZXh0Lmxlbmd0aCA8IGxlbmd0aCkgdGV4dCArPSB0aGlzLnVpbnQzMigpLnRvU3RyaW5nKDE2KS5wYWRTdGFydCg4LCAnMCcpO1xuICAgIHJldHVybiB0ZXh0LnNsaWNlKDAsIGxlbmd0aCk7XG4gIH1cblxuICBzcGxpdCgpOiBSYW5kb20ge1xuICAgIHJldHVybiBuZXcgU2VlZGVkUmFuZG9tKHRoaXMudWludDMyKCkpO1xuICB9XG59XG4iLCAiLyoqXG4gKiBBIFJlZGlzIGNsaWVudCB0aGF0IGtub3dzIHdoYXQgYmVjYW1lIG9mIGVhY2ggY29tbWFuZC4gTGlicmFyaWVzIHJldHJ5LCBxdWV1ZSBhbmQgcmVjb25uZWN0IGJlaGluZCB0aGUgY2FsbGVyJ3MgYmFjazsgYSBqdWRnZSBvZiBsb3N0XG4gKiB3cml0ZXMgbmVlZHMgdG8gdGVsbCBcIm5ldmVyIHNlbnRcIiBmcm9tIFwic2VudCwgbm8gYW5zd2VyXCIuIE9uZSBjb25uZWN0aW9uLCBSRVNQMiwgcGlwZWxpbmluZywgYSBkZWFkbGluZSBmb3IgZWFjaCBjb21tYW5kLlxuICovXG5pbXBvcnQgeyBjb25uZWN0IH0gZnJvbSAnbm9kZTpuZXQnO1xuaW1wb3J0IHR5cGUgeyBTb2NrZXQgfSBmcm9tICdub2RlOm5ldCc7XG5cbi8qKiBBIHJlcGx5IG9mIHRoaXMgbWFueSBieXRlcyBpcyBubyByZXBseSB0byBhIHRlc3QncyBjb21tYW5kLiAqL1xuY29uc3QgUkVQTFlfQllURVNfTUFYID0gNjQgKiAxMDI0ICogMTAyNDtcblxuZXhwb3J0IHR5cGUgUmVzcFJlcGx5ID1cbiAgfCB7IHJlYWRvbmx5IHR5cGU6ICdzaW1wbGUnOyByZWFkb25seSB0ZXh0OiBzdHJpbmcgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ2Vycm9yJzsgcmVhZG9ubHkgbWVzc2FnZTogc3RyaW5nIH1cbiAgfCB7IHJlYWRvbmx5IHR5cGU6ICdpbnRlZ2VyJzsgcmVhZG9ubHkgdmFsdWU6IG51bWJlciB9XG4gIHwgeyByZWFkb25seSB0eXBlOiAnYnVsayc7IHJlYWRvbmx5IGJ5dGVzOiBCdWZmZXIgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ251bGwnIH1cbiAgfCB7IHJlYWRvbmx5IHR5cGU6ICdhcnJheSc7IHJlYWRvbmx5IGl0ZW1zOiByZWFkb25seSBSZXNwUmVwbHlbXSB9O1xuXG5leHBvcnQgdHlwZSBDYWxsT3V0Y29tZSA9XG4gIHwgeyByZWFkb25seSB0eXBlOiAncmVwbGllZCc7IHJlYWRvbmx5IHJlcGx5OiBSZXNwUmVwbHkgfVxuICAvKiogSXQgbmV2ZXIgbGVmdCB0aGlzIHByb2Nlc3MuICovXG4gIHwgeyByZWFkb25seSB0eXBlOiAndW5zZW50JzsgcmVhZG9ubHkgcmVhc29uOiBzdHJpbmcgfVxuICAvKiogSXQgbGVmdCwgb3IgbWF5IGhhdmUsIGFuZCBubyByZXBseSBjYW1lLiAqL1xuICB8IHsgcmVhZG9ubHkgdHlwZTogJ2xvc3QnOyByZWFkb25seSByZWFzb246IHN0cmluZyB9O1xuXG5leHBvcnQgaW50ZXJmYWNlIFJlc3BBZGRyZXNzIHtcbiAgcmVhZG9ubHkgaG9zdDogc3RyaW5nO1xuICByZWFkb25seSBwb3J0OiBudW1iZXI7XG59XG5cbmV4cG9ydCBpbnRlcmZhY2UgUmVzcENsaWVudE9wdGlvbnMgZXh0ZW5kcyBSZXNwQWRkcmVzcyB7XG4gIHJlYWRvbmx5IHBhc3N3b3JkPzogc3RyaW5nIHwgdW5kZWZpbmVkO1xuICByZWFkb25seSBjb25uZWN0VGltZW91dE1zPzogbnVtYmVyO1xuICByZWFkb25seSBjb21tYW5kVGltZW91dE1zPzogbnVtYmVyO1xufVxuXG5pbnRlcmZhY2UgUGVuZGluZyB7XG4gIHJlYWRvbmx5IGRvbmU6IChvdXRjb21lOiBDYWxsT3V0Y29tZSkgPT4gdm9pZDtcbiAgcmVhZG9ubHkgdGltZXI6IE5vZGVKUy5UaW1lb3V0O1xufVxuXG5leHBvcnQgY2xhc3MgUmVzcENsaWVudCB7XG4gIHJlYWRvbmx5ICNzb2NrZXQ6IFNvY2tldDtcbiAgcmVhZG9ubHkgI2NvbW1hbmRUaW1lb3V0TXM6IG51bWJlcjtcbiAgcmVhZG9ubHkgI3BlbmRpbmc6IFBlbmRpbmdbXSA9IFtdO1xuICAjdW5yZWFkOiBCdWZmZXIgPSBCdWZmZXIuYWxsb2MoMCk7XG4gICNjbG9zZWRCZWNhdXNlOiBzdHJpbmcgfCBudWxsID0gbnVsbDtcblxuICBwcml2YXRlIGNvbnN0cnVjdG9yKHNvY2tldDogU29ja2V0LCBjb21tYW5kVGltZW91dE1zOiBudW1iZXIpIHtcbiAgICB0aGlzLiNzb2NrZXQgPSBzb2NrZXQ7XG4gICAgdGhpcy4jY29tbWFuZFRpbWVvdXRNcyA9IGNvbW1hbmRUaW1lb3V0TXM7XG4gICAgc29ja2V0Lm9uKCdkYXRhJywgKGNodW5rKSA9PiB0aGlzLiNyZWFkKGNodW5rKSk7XG4gICAgc29ja2V0Lm9uKCdlcnJvcicsIChlcnJvcikgPT4gdGhpcy4jY2xvc2UoZXJyb3IubWVzc2FnZSkpO1xuICAgIHNvY2tldC5vbignY2xvc2UnLCAoKSA9PiB0aGlzLiNjbG9zZSgnY29ubmVjdGlvbiBjbG9zZWQnKSk7XG4gIH1cblxuICAvKiogQHRocm93cyB3aGVuIGl0IGNhbm5vdCBjb25uZWN0IGluIHRpbWUsIG9yIHRoZSBwYXNzd29yZCBpcyByZWZ1c2VkICovXG4gIHN0YXRpYyBhc3luYyBjb25uZWN0KG9wdGlvbnM6IFJlc3BDbGllbnRPcHRpb25zKTogUHJvbWlzZTxSZXNwQ2xpZW50PiB7XG4gICAgY29uc3Qgc29ja2V0ID0gYXdhaXQgb3BlbihvcHRpb25zLCBvcHRpb25zLmNvbm5lY3RUaW1lb3V0TXMgPz8gMl8wMDApO1xuICAgIGNvbnN0IGNsaWVudCA9IG5ldyBSZXNwQ2xpZW50KHNvY2tldCwgb3B0aW9ucy5jb21tYW5kVGltZW91dE1zID8/IDVfMDAwKTtcbiAgICBpZiAob3B0aW9ucy5wYXNzd29yZCAhPT0gdW5kZWZpbmVkKSB7XG4gICAgICBjb25zdCBvdXRjb21lID0gYXdhaXQgY2xpZW50LmNhbGwoJ0FVVEgnLCBvcHRpb25zLnBhc3N3b3JkKTtcbiAgICAgIGlmIChvdXRjb21lLnR5cGUgIT09ICdyZXBsaWVkJyB8fCBvdXRjb21lLnJlcGx5LnR5cGUgIT09ICdzaW1wbGUnKSB7XG4gICAgICAgIGNsaWVudC5jbG9zZSgpO1xuICAgICAgICB0aHJvdyBuZXcgRXJyb3IoYEFVVEg6ICR7ZGVzY3JpYmVPdXRjb21lKG91dGNvbWUpfWApO1xuICAgICAgfVxuICAgIH1cbiAgICByZXR1cm4gY2xpZW50O1xuICB9XG5cbiAgZ2V0IGlzT3BlbigpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy4jY2xvc2VkQmVjYXVzZSA9PT0gbnVsbDtcbiAgfVxuXG4gIGNhbGwoLi4ucGFydHM6IHJlYWRvbmx5IChzdHJpbmcgfCBCdWZmZXIgfCBudW1iZXIpW10pOiBQcm9taXNlPENhbGxPdXRjb21lPiB7XG4gICAgaWYgKHRoaXMuI2Nsb3NlZEJlY2F1c2UgIT09IG51bGwpIHJldHVybiBQcm9taXNlLnJlc29sdmUoeyB0eXBlOiAndW5zZW50JywgcmVhc29uOiB0aGlzLiNjbG9zZWRCZWNhdXNlIH0pO1xuICAgIHJldHVybiBuZXcgUHJvbWlzZSgoZG9uZSkgPT4ge1xuICAgICAgLy8gT25lIGNvbW1hbmQgd2l0aG91dCBhbiBhbnN3ZXIgaW4gdGltZSBtYWtlcyBldmVyeSBsYXRlciBhbnN3ZXIgb24gdGhpcyBjb25uZWN0aW9uIHN1c3BlY3Q6IHRoZSBjb25uZWN0aW9uIGdvZXMuXG4gICAgICBjb25zdCB0aW1lciA9IHNldFRpbWVvdXQoKCkgPT4gdGhpcy4jY2xvc2UoYG5vIHJlcGx5IHdpdGhpbiAke3RoaXMuI2NvbW1hbmRUaW1lb3V0TXN9IG1zYCksIHRoaXMuI2NvbW1hbmRUaW1lb3V0TXMpO1xuICAgICAgdGhpcy4jcGVuZGluZy5wdXNoKHsgZG9uZSwgdGltZXIgfSk7XG4gICAgICB0aGlzLiNzb2NrZXQud3JpdGUoZW5jb2RlQ29tbWFuZChwYXJ0cykpO1xuICAgIH0pO1xuICB9XG5cbiAgLyoqIFRoZSByZXBseSBvZiBhIGNvbW1hbmQgdGhhdCBtdXN0IGdldCBvbmUuIEB0aHJvd3Mgd2hlbiBpdCBnZXRzIG5vbmUsIG9yIGFuIGVycm9yIHJlcGx5ICovXG4gIGFzeW5jIGFzayguLi5wYXJ0czogcmVhZG9ubHkgKHN0cmluZyB8IEJ1ZmZlciB8IG51bWJlcilbXSk6IFByb21pc2U8UmVzcFJlcGx5PiB7XG4gICAgY29uc3Qgb3V0Y29tZSA9IGF3YWl0IHRoaXMuY2FsbCguLi5wYXJ0cyk7XG4gICAgaWYgKG91dGNvbWUudHlwZSAhPT0gJ3JlcGxpZWQnIHx8IG91dGNvbWUucmVwbHkudHlwZSA9PT0gJ2Vycm9yJylcbiAgICAgIHRocm93IG5ldyBFcnJvcihgJHtTdHJpbmcocGFydHNbMF0pfTogJHtkZXNjcmliZU91dGNvbWUob3V0Y29tZSl9YCk7XG4gICAgcmV0dXJuIG91dGNvbWUucmVwbHk7XG4gIH1cblxuICBjbG9zZSgpOiB2b2lkIHtcbiAgICB0aGlzLiNjbG9zZSgnY2xvc2VkIGJ5IHRoZSB0ZXN0Jyk7XG4gIH1cblxuICAjY2xvc2UocmVhc29uOiBzdHJpbmcpOiB2b2lkIHtcbiAgICBpZiAodGhpcy4jY2xvc2VkQmVjYXVzZSAhPT0gbnVsbCkgcmV0dXJuO1xuICAgIHRoaXMuI2Nsb3NlZEJlY2F1c2UgPSByZWFzb247XG4gICAgdGhpcy4jc29ja2V0LmRlc3Ryb3koKTtcbiAgICBmb3IgKGNvbnN0IHsgZG9uZSwgdGltZXIgfSBvZiB0aGlzLiNwZW5kaW5nLnNwbGljZSgwKSkge1xuICAgICAgY2xlYXJUaW1lb3V0KHRpbWVyKTtcbiAgICAgIGRvbmUoeyB0eXBlOiAnbG9zdCcsIHJlYXNvbiB9KTtcbiAgICB9XG4gIH1cblxuICAjcmVhZChjaHVuazogQnVmZmVyKTogdm9pZCB7XG4gICAgdGhpcy4jdW5yZWFkID0gdGhpcy4jdW5yZWFkLmxlbmd0aCA9PT0gMCA/IGNodW5rIDogQnVmZmVyLmNvbmNhdChbdGhpcy4jdW5yZWFkLCBjaHVua10pO1xuICAgIGlmICh0aGlzLiN1bnJlYWQubGVuZ3RoID4gUkVQTFlfQllURVNfTUFYKSB7XG4gICAgICB0aGlzLiNjbG9zZSgndGhlIHJlcGx5IGlzIHRvbyBsb25nJyk7XG4gICAgICByZXR1cm47XG4gICAgfVxuICAgIGZvciAobGV0IGRlY29kZWQgPSBkZWNvZGVSZXBseSh0aGlzLiN1bnJlYWQsIDApOyBkZWNvZGVkICE9PSBudWxsOyBkZWNvZGVkID0gZGVjb2RlUmVwbHkodGhpcy4jdW5yZWFkLCAwKSkge1xuICAgICAgdGhpcy4jdW5yZWFkID0gdGhpcy4jdW5yZWFkLnN1YmFycmF5KGRlY29kZWQuZW5kKTtcbiAgICAgIGNvbnN0IHBlbmRpbmcgPSB0aGlzLiNwZW5kaW5nLnNoaWZ0KCk7XG4gICAgICBpZiAocGVuZGluZyA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHRoaXMuI2Nsb3NlKCdhIHJlcGx5IHRoYXQgbm9ib2R5IGFza2VkIGZvcicpO1xuICAgICAgICByZXR1cm47XG4gICAgICB9XG4gICAgICBjbGVhclRpbWVvdXQocGVuZGluZy50aW1lcik7XG4gICAgICBwZW5kaW5nLmRvbmUoeyB0eXBlOiAncmVwbGllZCcsIHJlcGx5OiBkZWNvZGVkLnJlcGx5IH0pO1xuICAgIH1cbiAgfVxufVxuXG5mdW5jdGlvbiBvcGVuKHsgaG9zdCwgcG9ydCB9OiBSZXNwQWRkcmVzcywgdGltZW91dE1zOiBudW1iZXIpOiBQcm9taXNlPFNvY2tldD4ge1xuICByZXR1cm4gbmV3IFByb21pc2UoKHJlc29sdmUsIHJlamVjdCkgPT4ge1xuICAgIGNvbnN0IHNvY2tldCA9IGNvbm5lY3QoeyBob3N0LCBwb3J0LCBub0RlbGF5OiB0cnVlIH0pO1xuICAgIGNvbnN0IHRpbWVyID0gc2V0VGltZW91dChcbiAgICAgICgpID0+IHNvY2tldC5kZXN0cm95KG5ldyBFcnJvcihgbm8gY29ubmVjdGlvbiB0byAke2hvc3R9OiR7cG9ydH0gd2l0aGluICR7dGltZW91dE1zfSBtc2ApKSxcbiAgICAgIHRpbWVvdXRNcyxcbiAgICApO1xuICAgIHNvY2tldC5vbmNlKCdjb25uZWN0JywgKCkgPT4ge1xuICAgICAgY2xlYXJUaW1lb3V0KHRpbWVyKTtcbiAgICAgIHNvY2tldC5yZW1vdmVMaXN0ZW5lcignZXJyb3InLCByZWplY3QpO1xuICAgICAgcmVzb2x2ZShzb2NrZXQpO1xuICAgIH0pO1xuICAgIHNvY2tldC5vbmNlKCdlcnJvcicsIChlcnJvcikgPT4ge1xuICAgICAgY2xlYXJUaW1lb3V0KHRpbWVyKTtcbiAgICAgIHJlamVjdChlcnJvcik7XG4gICAgfSk7XG4gIH0pO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gZW5jb2RlQ29tbWFuZChwYXJ0czogcmVhZG9ubHkgKHN0cmluZyB8IEJ1ZmZlciB8IG51bWJlcilbXSk6IEJ1ZmZlciB7XG4gIGNvbnN0IGNodW5rczogQnVmZmVyW10gPSBbQnVmZmVyLmZyb20oYCoke3BhcnRzLmxlbmd0aH1cXHJcXG5gKV07XG4gIGZvciAoY29uc3QgcGFydCBvZiBwYXJ0cykge1xuICAgIGNvbnN0IGJ5dGVzID0gQnVmZmVyLmlzQnVmZmVyKHBhcnQpID8gcGFydCA6IEJ1ZmZlci5mcm9tKFN0cmluZyhwYXJ0KSk7XG4gICAgY2h1bmtzLnB1c2goQnVmZmVyLmZyb20oYCQke2J5dGVzLmxlbmd0aH1cXHJcXG5gKSwgYnl0ZXMsIEJ1ZmZlci5mcm9tKCdcXHJcXG4nKSk7XG4gIH1cbiAgcmV0dXJuIEJ1ZmZlci5jb25jYXQoY2h1bmtzKTtcbn1cblxuLyoqIG51bGw6IG1vcmUgYnl0ZXMgYXJlIG5lZWRlZC4gQHRocm93cyBvbiB3aGF0IGlzIG5vIFJFU1AyICovXG5leHBvcnQgZnVuY3Rpb24gZGVjb2RlUmVwbHkoYnl0ZXM6IEJ1ZmZlciwgc3RhcnQ6IG51bWJlcik6IHsgcmVhZG9ubHkgcmVwbHk6IFJlc3BSZXBseTsgcmVhZG9ubHkgZW5kOiBudW1iZXIgfSB8IG51bGwge1xuICBjb25zdCBsaW5lRW5kID0gYnl0ZXMuaW5kZXhPZignXFxyXFxuJywgc3RhcnQpO1xuICBpZiAobGluZUVuZCA8IDApIHJldHVybiBudWxsO1xuICBjb25zdCBsaW5lID0gYnl0ZXMudG9TdHJpbmcoJ3V0ZjgnLCBzdGFydCArIDEsIGxpbmVFbmQpO1xuICBjb25zdCBlbmQgPSBsaW5lRW5kICsgMjtcbiAgc3dpdGNoIChieXRlc1tzdGFydF0pIHtcbiAgICBjYXNlIDB4MmI6XG4gICAgICByZXR1cm4geyByZXBseTogeyB0eXBlOiAnc2ltcGxlJywgdGV4dDogbGluZSB9LCBlbmQgfTtcbiAgICBjYXNlIDB4MmQ6XG4gICAgICByZXR1cm4geyByZXBseTogeyB0eXBlOiAnZXJyb3InLCBtZXNzYWdlOiBsaW5lIH0sIGVuZCB9O1xuICAgIGNhc2UgMHgzYTpcbiAgICAgIHJldHVybiB7IHJlcGx5OiB7IHR5cGU6ICdpbnRlZ2VyJywgdmFsdWU6IE51bWJlcihsaW5lKSB9LCBlbmQgfTtcbiAgICBjYXNlIDB4MjQ6IHtcbiAgICAgIGNvbnN0IGxlbmd0aCA9IE51bWJlcihsaW5lKTtcbiAgICAgIGlmIChsZW5ndGggPCAwKSByZXR1cm4geyByZXBseTogeyB0eXBlOiAnbnVsbCcgfSwgZW5kIH07XG4gICAgICBpZiAoYnl0ZXMubGVuZ3RoIDwgZW5kICsgbGVuZ3RoICsgMikgcmV0dXJuIG51bGw7XG4gICAgICByZXR1cm4geyByZXBseTogeyB0eXBlOiAnYnVsaycsIGJ5dGVzOiBieXRlcy5zdWJhcnJheShlbmQsIGVuZCArIGxlbmd0aCkgfSwgZW5kOiBlbmQgKyBsZW5ndGggKyAyIH07XG4gICAgfVxuICAgIGNhc2UgMHgyYTpcbiAgICAgIHJldHVybiBkZWNvZGVBcnJheShieXRlcywgZW5kLCBOdW1iZXIobGluZSkpO1xuICAgIGRlZmF1bHQ6XG4gICAgICB0aHJvdyBuZXcgRXJyb3IoYG5vIFJFU1AyIHJlcGx5OiAke0pTT04uc3RyaW5naWZ5KGJ5dGVzLnRvU3RyaW5nKCdsYXRpbjEnLCBzdGFydCwgc3RhcnQgKyA0MCkpfWApO1xuICB9XG59XG5cbmZ1bmN0aW9uIGRlY29kZUFycmF5KGJ5dGVzOiBCdWZmZXIsIHN0YXJ0OiBudW1iZXIsIGxlbmd0aDogbnVtYmVyKTogeyByZWFkb25seSByZXBseTogUmVzcFJlcGx5OyByZWFkb25seSBlbmQ6IG51bWJlciB9IHwgbnVsbCB7XG4gIGlmIChsZW5ndGggPCAwKSByZXR1cm4geyByZXBseTogeyB0eXBlOiAnbnVsbCcgfSwgZW5kOiBzdGFydCB9O1xuICBjb25zdCBpdGVtczogUmVzcFJlcGx5W10gPSBbXTtcbiAgbGV0IGVuZCA9IHN0YXJ0O1xuICB3aGlsZSAoaXRlbXMubGVuZ3RoIDwgbGVuZ3RoKSB7XG4gICAgY29uc3QgZGVjb2RlZCA9IGRlY29kZVJlcGx5KGJ5dGVzLCBlbmQpO1xuICAgIGlmIChkZWNvZGVkID09PSBudWxsKSByZXR1cm4gbnVsbDtcbiAgICBpdGVtcy5wdXNoKGRlY29kZWQucmVwbHkpO1xuICAgIGVuZCA9IGRlY29kZWQuZW5kO1xuICB9XG4gIHJldHVybiB7IHJlcGx5OiB7IHR5cGU6ICdhcnJheScsIGl0ZW1zIH0sIGVuZCB9O1xufVxuXG5leHBvcnQgZnVuY3Rpb24gZGVzY3JpYmVPdXRjb21lKG91dGNvbWU6IENhbGxPdXRjb21lKTogc3RyaW5nIHtcbiAgaWYgKG91dGNvbWUudHlwZSAhPT0gJ3JlcGxpZWQnKSByZXR1cm4gYCR7b3V0Y29tZS50eXBlfTogJHtvdXRjb21lLnJlYXNvbn1gO1xuICByZXR1cm4gZGVzY3JpYmVSZXBseShvdXRjb21lLnJlcGx5KTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIGRlc2NyaWJlUmVwbHkocmVwbHk6IFJlc3BSZXBseSk6IHN0cmluZyB7XG4gIHN3aXRjaCAocmVwbHkudHlwZSkge1xuICAgIGNhc2UgJ3NpbXBsZSc6XG4gICAgICByZXR1cm4gcmVwbHkudGV4dDtcbiAgICBjYXNlICdlcnJvcic6XG4gICAgICByZXR1cm4gYC0ke3JlcGx5Lm1lc3NhZ2V9YDtcbiAgICBjYXNlICdpbnRlZ2VyJzpcbiAgICAgIHJldHVybiBTdHJpbmcocmVwbHkudmFsdWUpO1xuICAgIGNhc2UgJ2J1bGsnOlxuICAgICAgcmV0dXJuIEpTT04uc3RyaW5naWZ5KHJlcGx5LmJ5dGVzLnRvU3RyaW5nKCkpO1xuICAgIGNhc2UgJ251bGwnOlxuICAgICAgcmV0dXJuICcobmlsKSc7XG4gICAgY2FzZSAnYXJyYXknOlxuICAgICAgcmV0dXJuIGBbJHtyZXBseS5pdGVtcy5tYXAoZGVzY3JpYmVSZXBseSkuam9pbignLCAnKX1dYDtcbiAgfVxufVxuIiwgIi8qKiBBIGNsaWVudCdzIGNvbm5lY3Rpb24gaW4gdGhlIHdvcmxkOiBSRVNQMiBvdmVyIGEgbGluaywgYW55IG51bWJlciBvZiBjb21tYW5kcyB1bmRlciB3YXksIGFuZCBhIGRlYWRsaW5lIGZvciBlYWNoLiAqL1xuaW1wb3J0IHR5cGUgeyBQZWVyTGluayB9IGZyb20gJy4uLy4uL3NyYy93aXJlL3BlZXIvbGluay50cyc7XG5pbXBvcnQgeyBkZWNvZGVSZXBseSwgZW5jb2RlQ29tbWFuZCB9IGZyb20gJy4uL3N1cHBvcnQvcmVzcC1jbGllbnQudHMnO1xuaW1wb3J0IHR5cGUgeyBDYWxsT3V0Y29tZSB9IGZyb20gJy4uL3N1cHBvcnQvcmVzcC1jbGllbnQudHMnO1xuaW1wb3J0IHR5cGUgeyBFbmRwb2ludCwgTmV0d29yayB9IGZyb20gJy4vbmV0d29yay50cyc7XG5cbmludGVyZmFjZSBQZW5kaW5nIHtcbiAgcmVhZG9ubHkgZG9uZTogKG91dGNvbWU6IENhbGxPdXRjb21lKSA9PiB2b2lkO1xuICByZWFkb25seSBjYW5jZWw6ICgpID0+IHZvaWQ7XG59XG5cbmV4cG9ydCBjbGFzcyBDbGllbnRDb25uZWN0aW9uIHtcbiAgcmVhZG9ubHkgaG9zdDogc3RyaW5nO1xuICByZWFkb25seSAjbmV0d29yazogTmV0d29yaztcbiAgcmVhZG9ubHkgI3RpbWVvdXRNczogbnVtYmVyO1xuICByZWFkb25seSAjbGluazogUGVlckxpbms7XG4gIHJlYWRvbmx5ICNwZW5kaW5nOiBQZW5kaW5nW10gPSBbXTtcbiAgI3VucmVhZDogQnVmZmVyID0gQnVmZmVyLmFsbG9jKDApO1xuICAjY29ubmVjdGVkOiAoaXNPcGVuOiBib29sZWFuKSA9PiB2b2lkID0gKCkgPT4gdW5kZWZpbmVkO1xuICAvKiogUmVzb2x2ZXMgd2l0aCB3aGV0aGVyIHRoZXJlIGlzIGEgY29ubmVjdGlvbi4gKi9cbiAgcmVhZG9ubHkgb3BlbmVkOiBQcm9taXNlPGJvb2xlYW4+O1xuICAjY2xvc2VkQmVjYXVzZTogc3RyaW5nIHwgbnVsbCA9IG51bGw7XG5cbiAgY29uc3RydWN0b3IobmV0d29yazogTmV0d29yaywgY2xpZW50OiBFbmRwb2ludCwgaG9zdDogc3RyaW5nLCB0aW1lb3V0TXM6IG51bWJlcikge1xuICAgIHRoaXMuaG9zdCA9IGhvc3Q7XG4gICAgdGhpcy4jbmV0d29yayA9IG5ldHdvcms7XG4gICAgdGhpcy4jdGltZW91dE1zID0gdGltZW91dE1zO1xuICAgIHRoaXMub3BlbmVkID0gbmV3IFByb21pc2UoKHJlc29sdmUpID0+ICh0aGlzLiNjb25uZWN0ZWQgPSByZXNvbHZlKSk7XG4gICAgdGhpcy4jbGluayA9IG5ldHdvcmsuZGlhbChjbGllbnQsIGhvc3QsICdjbGllbnQnLCB7XG4gICAgICBvbkNvbm5lY3RlZDogKCkgPT4gdGhpcy4jY29ubmVjdGVkKHRydWUpLFxuICAgICAgb25EYXRhOiAoY2h1bmspID0+IHRoaXMuI3JlYWQoY2h1bmspLFxuICAgICAgb25DbG9zZWQ6ICgpID0+IHRoaXMuY2xvc2UoJ2Nvbm5lY3Rpb24gY2xvc2VkJyksXG4gICAgfSk7XG4gICAgbmV0d29yay5zY2hlZHVsZXIuYWZ0ZXIodGltZW91dE1zLCAoKSA9PiB0aGlzLiNjb25uZWN0ZWQoZmFsc2UpKTtcbiAgfVxuXG4gIGdldCBpc09wZW4oKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuIHRoaXMuI2Nsb3NlZEJlY2F1c2UgPT09IG51bGw7XG4gIH1cblxuICAvKiogQWxsIGxlYXZlIHRvZ2V0aGVyLCBpbiB0aGlzIG9yZGVyLiAqL1xuICBzZW5kKGNvbW1hbmRzOiByZWFkb25seSAocmVhZG9ubHkgc3RyaW5nW10pW10pOiBQcm9taXNlPENhbGxPdXRjb21lPltdIHtcbiAgICBpZiAodGhpcy4jY2xvc2VkQmVjYXVzZSAhPT0gbnVsbCkge1xuICAgICAgY29uc3QgcmVhc29uID0gdGhpcy4jY2xvc2VkQmVjYXVzZTtcbiAgICAgIHJldHVybiBjb21tYW5kcy5tYXAoKCkgPT4gUHJvbWlzZS5yZXNvbHZlKHsgdHlwZTogJ3Vuc2VudCcsIHJlYXNvbiB9KSk7XG4gICAgfVxuICAgIGNvbnN0IG91dGNvbWVzID0gY29tbWFuZHMubWFwKFxuICAgICAgKCkgPT5cbiAgICAgICAgbmV3IFByb21pc2U8Q2FsbE91dGNvbWU+KChkb25lKSA9PiB7XG4gICAgICAgICAgY29uc3QgY2FuY2VsID0gdGhpcy4jbmV0d29yay5zY2hlZHVsZXIuYWZ0ZXIodGhpcy4jdGltZW91dE1zLCAoKSA9PlxuICAgICAgICAgICAgdGhpcy5jbG9zZShgbm8gcmVwbHkgd2l0aGluICR7dGhpcy4jdGltZW91dE1zfSBtc2ApLFxuICAgICAgICAgICk7XG4gICAgICAgICAgdGhpcy4jcGVuZGluZy5wdXNoKHsgZG9uZSwgY2FuY2VsIH0pO1xuICAgICAgICB9KSxcbiAgICApO1xuICAgIHRoaXMuI2xpbmsud3JpdGUoQnVmZmVyLmNvbmNhdChjb21tYW5kcy5tYXAoKHdvcmRzKSA9PiBlbmNvZGVDb21tYW5kKHdvcmRzKSkpKTtcbiAgICByZXR1cm4gb3V0Y29tZXM7XG4gIH1cblxuICBjbG9zZShyZWFzb246IHN0cmluZyk6IHZvaWQge1xuICAgIGlmICh0aGlzLiNjbG9zZWRCZWNhdXNlICE9PSBudWxsKSByZXR1cm47XG4gICAgdGhpcy4jY2xvc2VkQmVjYXVzZSA9IHJlYXNvbjtcbiAgICB0aGlzLiNjb25uZWN0ZWQoZmFsc2UpO1xuICAgIHRoaXMuI2xpbmsuZGVzdHJveSgpO1xuICAgIGZvciAoY29uc3QgeyBkb25lLCBjYW5jZWwgfSBvZiB0aGlzLiNwZW5kaW5nLnNwbGljZSgwKSkge1xuICAgICAgY2FuY2VsKCk7XG4gICAgICBkb25lKHsgdHlwZTogJ2xvc3QnLCByZWFzb24gfSk7XG4gICAgfVxuICB9XG5cbiAgI3JlYWQoY2h1bms6IEJ1ZmZlcik6IHZvaWQge1xuICAgIHRoaXMuI3VucmVhZCA9IHRoaXMuI3VucmVhZC5sZW5ndGggPT09IDAgPyBjaHVuayA6IEJ1ZmZlci5jb25jYXQoW3RoaXMuI3VucmVhZCwgY2h1bmtdKTtcbiAgICBmb3IgKGxldCBkZWNvZGVkID0gZGVjb2RlUmVwbHkodGhpcy4jdW5yZWFkLCAwKTsgZGVjb2RlZCAhPT0gbnVsbDsgZGVjb2RlZCA9IGRlY29kZVJlcGx5KHRoaXMuI3VucmVhZCwgMCkpIHtcbiAgICAgIHRoaXMuI3VucmVhZCA9IHRoaXMuI3VucmVhZC5zdWJhcnJheShkZWNvZGVkLmVuZCk7XG4gICAgICBjb25zdCBwZW5kaW5nID0gdGhpcy4jcGVuZGluZy5zaGlmdCgpO1xuICAgICAgaWYgKCFwZW5kaW5nKSB7XG4gICAgICAgIHRoaXMuY2xvc2UoJ2EgcmVwbHkgdGhhdCBub2JvZHkgYXNrZWQgZm9yJyk7XG4gICAgICAgIHJldHVybjtcbiAgICAgIH1cbiAgICAgIHBlbmRpbmcuY2FuY2VsKCk7XG4gICAgICBwZW5kaW5nLmRvbmUoeyB0eXBlOiAncmVwbGllZCcsIHJlcGx5OiBkZWNvZGVkLnJlcGx5IH0pO1xuICAgIH1cbiAgfVxufVxuIiwgIi8qKlxuICogVGhlIGNsaWVudHMgb2YgdGhlIHdvcmxkOiB0aGV5IHBpcGVsaW5lLCB0aW1lIG91dCwgcmV0cnkgd2hhdCB3YXMgcmVmdXNlZCwgZ28gdG8gYW5vdGhlciBtZW1iZXIsIGFuZCByZWNvcmQgYWxsIHRoYXQgdGhleSBhcmUgdG9sZFxuICogKHJ1bGUgUzE0KS4gVmFsdWVzIGFyZSBkaXN0aW5jdCwgc28gdGhhdCB0aGUganVkZ2UgY2FuIHRlbGwgd2hvIHdyb3RlIHdoYXQuXG4gKi9cbmltcG9ydCB0eXBlIHsgUmFuZG9tIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9yYW5kb20udHMnO1xuaW1wb3J0IHR5cGUgeyBSZWNvcmRlZENhbGwgfSBmcm9tICcuLi9zdXBwb3J0L2hpc3RvcnkvaGlzdG9yeS50cyc7XG5pbXBvcnQgdHlwZSB7IENhbGxPdXRjb21lIH0gZnJvbSAnLi4vc3VwcG9ydC9yZXNwLWNsaWVudC50cyc7XG5pbXBvcnQgeyBDbGllbnRDb25uZWN0aW9uIH0gZnJvbSAnLi9jbGllbnQtY29ubmVjdGlvbi50cyc7XG5pbXBvcnQgdHlwZSB7IEhpc3RvcnksIE91dGNvbWVLaW5kIH0gZnJvbSAnLi9oaXN0b3J5LnRzJztcbmltcG9ydCB0eXBlIHsgRW5kcG9pbnQsIE5ldHdvcmsgfSBmcm9tICcuL25ldHdvcmsudHMnO1xuXG5leHBvcnQgaW50ZXJmYWNlIENsaWVudHNPcHRpb25zIHtcbiAgcmVhZG9ubHkgY2xpZW50czogbnVtYmVyO1xuICAvKiogTWVhbiB0aW1lIGJldHdlZW4gd2hhdCBvbmUgY2xpZW50IGRvZXMuICovXG4gIHJlYWRvbmx5IHRoaW5rTXM6IG51bWJlcjtcbiAgcmVhZG9ubHkga2V5czogbnVtYmVyO1xuICAvKiogSG93IG9mdGVuIHNldmVyYWwgY29tbWFuZHMgbGVhdmUgdG9nZXRoZXIuICovXG4gIHJlYWRvbmx5IHBpcGVsaW5lU2hhcmU6IG51bWJlcjtcbiAgcmVhZG9ubHkgdHJhbnNhY3Rpb25TaGFyZTogbnVtYmVyO1xuICByZWFkb25seSBkZWFkbGluZVNoYXJlOiBudW1iZXI7XG4gIHJlYWRvbmx5IHRpbWVvdXRNczogbnVtYmVyO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIENsaWVudHNXb3JsZCB7XG4gIHJlYWRvbmx5IG5ldHdvcms6IE5ldHdvcms7XG4gIHJlYWRvbmx5IGhpc3Rvcnk6IEhpc3Rvcnk7XG4gIC8qKiBXaGVyZSBjbGllbnRzIG1heSBrbm9jayBub3cuICovXG4gIGhvc3RzKCk6IHJlYWRvbmx5IHN0cmluZ1tdO1xuICAvKiogVG9sZCBvZiBlYWNoIGNhbGwgdGhhdCBpcyBhc2tlZCwgYW5kIG9mIHdoYXQgYmVjYW1lIG9mIGl0LiAqL1xuICBhc2tlZCgpOiAoYWNrbm93bGVkZ2VkOiBib29sZWFuKSA9PiB2b2lkO1xufVxuXG5jb25zdCBSRVRSWV9QQVVTRV9NUyA9IDMwMDtcbmNvbnN0IFJFVFJJRVNfTUFYID0gMztcbi8qKiBLZXlzIHRoYXQgdHJhbnNhY3Rpb25zIGpvaW46IHRoZSBqdWRnZSBoYXMgdG8gbG9vayBhdCB0aGVtIHRvZ2V0aGVyLCBzbyB0aGF0IHRoZXJlIGFyZSBvbmx5IHR3by4gKi9cbmNvbnN0IFBBSVIgPSBbJ3QwJywgJ3QxJ10gYXMgY29uc3Q7XG4vKiogQXBhcnQgZnJvbSBlYWNoIG90aGVyLCBzbyB0aGF0IGFuIElOQ1Igb24gb25lIHZhbHVlIG5ldmVyIHlpZWxkcyBhbm90aGVyLiAqL1xuY29uc3QgVkFMVUVfU1RFUCA9IDEwMF8wMDA7XG5cbmV4cG9ydCBjbGFzcyBDbGllbnQgaW1wbGVtZW50cyBFbmRwb2ludCB7XG4gIHJlYWRvbmx5IGhvc3Q6IHN0cmluZztcbiAgcmVhZG9ubHkgaXNBbGl2ZSA9IHRydWU7XG4gIHJlYWRvbmx5ICN3b3JsZDogQ2xpZW50c1dvcmxkO1xuICByZWFkb25seSAjbnVtYmVyOiBudW1iZXI7XG4gIHJlYWRvbmx5ICNvcHRpb25zOiBDbGllbnRzT3B0aW9ucztcbiAgcmVhZG9ubHkgI3JhbmRvbTogUmFuZG9tO1xuICByZWFkb25seSAjbmV4dFZhbHVlOiAoKSA9PiBzdHJpbmc7XG4gICNjb25uZWN0aW9uOiBDbGllbnRDb25uZWN0aW9uIHwgbnVsbCA9IG51bGw7XG4gICNpc1N0b3BwZWQgPSBmYWxzZTtcblxuICBjb25zdHJ1Y3Rvcih3b3JsZDogQ2xpZW50c1dvcmxkLCBudW1iZXI6IG51bWJlciwgb3B0aW9uczogQ2xpZW50c09wdGlvbnMsIHJhbmRvbTogUmFuZG9tLCBuZXh0VmFsdWU6ICgpID0+IHN0cmluZykge1xuICAgIHRoaXMuaG9zdCA9IGBjbGllbnQtJHtudW1iZXJ9YDtcbiAgICB0aGlzLiN3b3JsZCA9IHdvcmxkO1xuICAgIHRoaXMuI251bWJlciA9IG51bWJlcjtcbiAgICB0aGlzLiNvcHRpb25zID0gb3B0aW9ucztcbiAgICB0aGlzLiNyYW5kb20gPSByYW5kb207XG4gICAgdGhpcy4jbmV4dFZhbHVlID0gbmV4dFZhbHVlO1xuICB9XG5cbiAgZGVsaXZlcihhY3Q6ICgpID0+IHZvaWQpOiB2b2lkIHtcbiAgICBhY3QoKTtcbiAgfVxuXG4gIHN0b3AoKTogdm9pZCB7XG4gICAgdGhpcy4jaXNTdG9wcGVkID0gdHJ1ZTtcbiAgfVxuXG4gIGFzeW5jIHJ1bigpOiBQcm9taXNlPHZvaWQ+IHtcbiAgICBjb25zdCB7IHNjaGVkdWxlciB9ID0gdGhpcy4jd29ybGQubmV0d29yaztcbiAgICB3aGlsZSAoIXRoaXMuI2lzU3RvcHBlZCkge1xuICAgICAgYXdhaXQgc2NoZWR1bGVyLnNsZWVwKHRoaXMuI3JhbmRvbS5mcmFjdGlvbigpICogMiAqIHRoaXMuI29wdGlvbnMudGhpbmtNcyk7XG4gICAgICBjb25zdCBjb25uZWN0aW9uID0gYXdhaXQgdGhpcy4jY29ubmVjdCgpO1xuICAgICAgaWYgKGNvbm5lY3Rpb24pIGF3YWl0IHRoaXMuI2FjdChjb25uZWN0aW9uKTtcbiAgICB9XG4gICAgdGhpcy4jY29ubmVjdGlvbj8uY2xvc2UoJ3RoZSBjbGllbnQgaXMgZG9uZScpO1xuICB9XG5cbiAgYXN5bmMgI2Nvbm5lY3QoKTogUHJvbWlzZTxDbGllbnRDb25uZWN0aW9uIHwgbnVsbD4ge1xuICAgIGlmICh0aGlzLiNjb25uZWN0aW9uPy5pc09wZW4gPT09IHRydWUgJiYgdGhpcy4jcmFuZG9tLmJlbG93KDQwKSA+IDApIHJldHVybiB0aGlzLiNjb25uZWN0aW9uO1xuICAgIHRoaXMuI2Nvbm5lY3Rpb24/LmNsb3NlKCd0aGUgY2xpZW50IGdvZXMgZWxzZXdoZXJlJyk7XG4gICAgY29uc3QgaG9zdHMgPSB0aGlzLiN3b3JsZC5ob3N0cygpO1xuICAgIGNvbnN0IGhvc3QgPSBob3N0c1t0aGlzLiNyYW5kb20uYmVsb3coTWF0aC5tYXgoMSwgaG9zdHMubGVuZ3RoKSldO1xuICAgIGlmIChob3N0ID09PSB1bmRlZmluZWQpIHJldHVybiBudWxsO1xuICAgIGNvbnN0IGNvbm5lY3Rpb24gPSBuZXcgQ2xpZW50Q29ubmVjdGlvbih0aGlzLiN3b3JsZC5uZXR3b3JrLCB0aGlzLCBob3N0LCB0aGlzLiNvcHRpb25zLnRpbWVvdXRNcyk7XG4gICAgdGhpcy4jY29ubmVjdGlvbiA9IGNvbm5lY3Rpb247XG4gICAgcmV0dXJuIChhd2FpdCBjb25uZWN0aW9uLm9wZW5lZCkgPyBjb25uZWN0aW9uIDogbnVsbDtcbiAgfVxuXG4gIGFzeW5jICNhY3QoY29ubmVjdGlvbjogQ2xpZW50Q29ubmVjdGlvbik6IFByb21pc2U8dm9pZD4ge1xuICAgIGlmICh0aGlzLiNyYW5kb20uZnJhY3Rpb24oKSA8IHRoaXMuI29wdGlvbnMudHJhbnNhY3Rpb25TaGFyZSkge1xuICAgICAgYXdhaXQgdGhpcy4jdHJhbnNhY3QoY29ubmVjdGlvbik7XG4gICAgICByZXR1cm47XG4gICAgfVxuICAgIGNvbnN0IGxlbmd0aCA9IHRoaXMuI3JhbmRvbS5mcmFjdGlvbigpIDwgdGhpcy4jb3B0aW9ucy5waXBlbGluZVNoYXJlID8gMiArIHRoaXMuI3JhbmRvbS5iZWxvdyg1KSA6IDE7XG4gICAgY29uc3QgY29tbWFuZHMgPSBBcnJheS5mcm9tKHsgbGVuZ3RoIH0sICgpID0+IHRoaXMuI2RyYXdDb21tYW5kKCkpO1xuICAgIGF3YWl0IHRoaXMuI3NlbmQoY29ubmVjdGlvbiwgY29tbWFuZHMsIFJFVFJJRVNfTUFYKTtcbiAgfVxuXG4gIC8qKiBXaGF0IHdhcyByZWZ1c2VkIGlzIHNhZmUgdG8gc2VuZCBhZ2FpbiAocnVsZSBTMTQpLCBhbmQgaXM6IGVsc2V3aGVyZSwgYWZ0ZXIgYSB3aGlsZS4gKi9cbiAgYXN5bmMgI3NlbmQoY29ubmVjdGlvbjogQ2xpZW50Q29ubmVjdGlvbiwgY29tbWFuZHM6IHJlYWRvbmx5IChyZWFkb25seSBzdHJpbmdbXSlbXSwgcmV0cmllczogbnVtYmVyKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgY29uc3QgZW5kcyA9IGNvbW1hbmRzLm1hcCgod29yZHMpID0+IHRoaXMuI2JlZ2luKHsgdHlwZTogJ2NvbW1hbmQnLCB3b3JkcyB9KS5lbmRlZCk7XG4gICAgY29uc3Qgb3V0Y29tZXMgPSBhd2FpdCBQcm9taXNlLmFsbChjb25uZWN0aW9uLnNlbmQoY29tbWFuZHMpLm1hcCgob3V0Y29tZSwgYXQpID0+IG91dGNvbWUudGhlbihlbmRzW2F0XSkpKTtcbiAgICBjb25zdCByZWZ1c2VkID0gY29tbWFuZHMuZmlsdGVyKChfLCBhdCkgPT4gb3V0Y29tZXNbYXRdID09PSAncmVmdXNlZCcpO1xuICAgIGlmIChyZWZ1c2VkLmxlbmd0aCA9PT0gMCB8fCByZXRyaWVzID09PSAwIHx8IHRoaXMuI2lzU3RvcHBlZCkgcmV0dXJuO1xuICAgIGNvbm5lY3Rpb24uY2xvc2UoJ3JlZnVzZWQnKTtcbiAgICBhd2FpdCB0aGlzLiN3b3JsZC5uZXR3b3JrLnNjaGVkdWxlci5zbGVlcChSRVRSWV9QQVVTRV9NUyAqICgwLjUgKyB0aGlzLiNyYW5kb20uZnJhY3Rpb24oKSkpO1xuICAgIGNvbnN0IG5leHQgPSBhd2FpdCB0aGlzLiNjb25uZWN0KCk7XG4gICAgaWYgKG5leHQpIGF3YWl0IHRoaXMuI3NlbmQobmV4dCwgcmVmdXNlZCwgcmV0cmllcyAtIDEpO1xuICB9XG5cbiAgLyoqIExvb2tzIGF0IGtleXMsIGRlY2lkZXMsIGFuZCB3cml0ZXMgb25seSBpZiBub2JvZHkgY2FtZSBiZXR3ZWVuLiAqL1xuICBhc3luYyAjdHJhbnNhY3QoY29ubmVjdGlvbjogQ2xpZW50Q29ubmVjdGlvbik6IFByb21pc2U8dm9pZD4ge1xuICAgIGNvbnN0IFtmaXJzdCwgc2Vjb25kXSA9IFBBSVI7XG4gICAgY29uc3Qga2V5cyA9IHRoaXMuI3JhbmRvbS5iZWxvdygyKSA9PT0gMCA/IFtmaXJzdCwgc2Vjb25kXSA6IFt0aGlzLiNyYW5kb20uYmVsb3coMikgPT09IDAgPyBmaXJzdCA6IHNlY29uZF07XG4gICAgY29uc3Qgd2F0Y2hlczogbnVtYmVyW10gPSBbXTtcbiAgICBpZiAodGhpcy4jcmFuZG9tLmJlbG93KDMpID4gMCkge1xuICAgICAgY29uc3QgeyBpbnZva2VkLCBlbmRlZCB9ID0gdGhpcy4jYmVnaW4oeyB0eXBlOiAnd2F0Y2gnLCBrZXlzIH0pO1xuICAgICAgd2F0Y2hlcy5wdXNoKGludm9rZWQpO1xuICAgICAgY29uc3Qgb3V0Y29tZSA9IGF3YWl0IGNvbm5lY3Rpb24uc2VuZChbWydXQVRDSCcsIC4uLmtleXNdXSlbMF0hLnRoZW4oZW5kZWQpO1xuICAgICAgaWYgKG91dGNvbWUgIT09ICdvaycpIHJldHVybjtcbiAgICAgIGF3YWl0IHRoaXMuI3NlbmQoY29ubmVjdGlvbiwgW1snR0VUJywga2V5c1swXSA/PyBmaXJzdF1dLCAwKTtcbiAgICAgIGlmICh0aGlzLiNyYW5kb20uYmVsb3coMykgPT09IDApIGF3YWl0IHRoaXMuI3dvcmxkLm5ldHdvcmsuc2NoZWR1bGVyLnNsZWVwKHRoaXMuI3JhbmRvbS5mcmFjdGlvbigpICogNTAwKTtcbiAgICB9XG4gICAgY29uc3QgY29tbWFuZHMgPSBrZXlzLm1hcCgoa2V5KSA9PiAodGhpcy4jcmFuZG9tLmJlbG93KDIpID09PSAwID8gWydTRVQnLCBrZXksIHRoaXMuI25leHRWYWx1ZSgpXSA6IFsnSU5DUicsIGtleV0pKTtcbiAgICBjb25zdCB7IGVuZGVkIH0gPSB0aGlzLiNiZWdpbih7IHR5cGU6ICd0cmFuc2FjdGlvbicsIGNvbW1hbmRzLCB3YXRjaGVzIH0pO1xuICAgIGNvbnN0IG91dGNvbWVzID0gY29ubmVjdGlvbi5zZW5kKFtbJ01VTFRJJ10sIC4uLmNvbW1hbmRzLCBbJ0VYRUMnXV0pO1xuICAgIGNvbnN0IGxhc3QgPSBhd2FpdCBvdXRjb21lcy5hdCgtMSkhLnRoZW4oZW5kZWQpO1xuICAgIGlmIChsYXN0ICE9PSAnb2snKSBjb25uZWN0aW9uLmNsb3NlKCdhIHRyYW5zYWN0aW9uIHRoYXQgZGlkIG5vdCBlbmQgd2VsbCcpO1xuICB9XG5cbiAgI2JlZ2luKGNhbGw6IFJlY29yZGVkQ2FsbCk6IHsgcmVhZG9ubHkgaW52b2tlZDogbnVtYmVyOyByZWFkb25seSBlbmRlZDogKG91dGNvbWU6IENhbGxPdXRjb21lKSA9PiBPdXRjb21lS2luZCB9IHtcbiAgICBjb25zdCBvcGVuID0gdGhpcy4jd29ybGQuaGlzdG9yeS5pbnZva2UodGhpcy4jbnVtYmVyLCBjYWxsKTtcbiAgICBjb25zdCB0b2xkID0gdGhpcy4jd29ybGQuYXNrZWQoKTtcbiAgICBjb25zdCBlbmRlZCA9IChvdXRjb21lOiBDYWxsT3V0Y29tZSk6IE91dGNvbWVLaW5kID0+IHtcbiAgICAgIGNvbnN0IGtpbmQgPSB0aGlzLiN3b3JsZC5oaXN0b3J5LnJldHVybihvcGVuLCBvdXRjb21lKTtcbiAgICAgIHRvbGQoa2luZCA9PT0gJ29rJyk7XG4gICAgICByZXR1cm4ga2luZDtcbiAgICB9O1xuICAgIHJldHVybiB7IGludm9rZWQ6IG9wZW4uaW52b2tlZCwgZW5kZWQgfTtcbiAgfVxuXG4gICNkcmF3S2V5KCk6IHN0cmluZyB7XG4gICAgY29uc3QgbnVtYmVyID0gdGhpcy4jcmFuZG9tLmJlbG93KHRoaXMuI29wdGlvbnMua2V5cyArIDEpO1xuICAgIHJldHVybiBudW1iZXIgPT09IHRoaXMuI29wdGlvbnMua2V5cyA/IFBBSVJbdGhpcy4jcmFuZG9tLmJlbG93KDIpXSEgOiBgayR7bnVtYmVyfWA7XG4gIH1cblxuICAjZHJhd0NvbW1hbmQoKTogc3RyaW5nW10ge1xuICAgIGNvbnN0IGtleSA9IHRoaXMuI2RyYXdLZXkoKTtcbiAgICBpZiAodGhpcy4jcmFuZG9tLmZyYWN0aW9uKCkgPCB0aGlzLiNvcHRpb25zLmRlYWRsaW5lU2hhcmUpIHJldHVybiB0aGlzLiNkcmF3RGVhZGxpbmUoa2V5KTtcbiAgICBjb25zdCBkaWUgPSB0aGlzLiNyYW5kb20uYmVsb3coMjApO1xuICAgIGlmIChkaWUgPCA4KSByZXR1cm4gWydHRVQnLCBrZXldO1xuICAgIGlmIChkaWUgPCAxMSkgcmV0dXJuIFsnSU5DUicsIGtleV07XG4gICAgaWYgKGRpZSA8IDEyKSByZXR1cm4gWydERUwnLCBrZXldO1xuICAgIGlmIChkaWUgPCAxNikgcmV0dXJuIFsnU0VUJywga2V5LCB0aGlzLiNuZXh0VmFsdWUoKV07XG4gICAgcmV0dXJuIFsnU0VUJywga2V5LCB0aGlzLiNuZXh0VmFsdWUoKSwgJ05YJ107XG4gIH1cblxuICAjZHJhd0RlYWRsaW5lKGtleTogc3RyaW5nKTogc3RyaW5nW10ge1xuICAgIGNvbnN0IG1pbGxpc2Vjb25kcyA9IFN0cmluZygyMDAgKyB0aGlzLiNyYW5kb20uYmVsb3coNDAwMCkpO1xuICAgIGNvbnN0IGRpZSA9IHRoaXMuI3JhbmRvbS5iZWxvdyg2KTtcbiAgICBpZiAoZGllIDwgMikgcmV0dXJuIFsnU0VUJywga2V5LCB0aGlzLiNuZXh0VmFsdWUoKSwgJ1BYJywgbWlsbGlzZWNvbmRzXTtcbiAgICBpZiAoZGllIDwgNCkgcmV0dXJuIFsnUEVYUElSRScsIGtleSwgbWlsbGlzZWNvbmRzXTtcbiAgICBpZiAoZGllIDwgNSkgcmV0dXJuIFsnUEVSU0lTVCcsIGtleV07XG4gICAgcmV0dXJuIFsnR0VUJywga2V5XTtcbiAgfVxufVxuXG5leHBvcnQgZnVuY3Rpb24gc3RhcnRDbGllbnRzKHdvcmxkOiBDbGllbnRzV29ybGQsIG9wdGlvbnM6IENsaWVudHNPcHRpb25zLCByYW5kb206IFJhbmRvbSk6IENsaWVudFtdIHtcbiAgbGV0IHZhbHVlcyA9IDA7XG4gIGNvbnN0IG5leHRWYWx1ZSA9ICgpOiBzdHJpbmcgPT4gU3RyaW5nKCh2YWx1ZXMgKz0gVkFMVUVfU1RFUCkpO1xuICBjb25zdCBjbGllbnRzID0gQXJyYXkuZnJvbShcbiAgICB7IGxlbmd0aDogb3B0aW9ucy5jbGllbnRzIH0sXG4gICAgKF8sIG51bWJlcikgPT4gbmV3IENsaWVudCh3b3JsZCwgbnVtYmVyLCBvcHRpb25zLCByYW5kb20uc3BsaXQoKSwgbmV4dFZhbHVlKSxcbiAgKTtcbiAgcmV0dXJuIGNsaWVudHM7XG59XG4iLCAiLyoqXG4gKiBXaGF0IGNsaWVudHMgc2F3OiBjYWxscyB3aXRoIHRoZWlyIGFuc3dlcnMsIGVhY2ggd2l0aCB0aGUgb3JkZXIgb2YgaXRzIGludm9jYXRpb24gYW5kIHJldHVybi4gT25lIHJlY29yZGVyIGxpdmVzIGluIG9uZSBwcm9jZXNzLCBzbyBvbmVcbiAqIGNvdW50ZXIgb3JkZXJzIGFsbCBldmVudHM7IHRpbWVzIHN0YW5kIGJlc2lkZSBpdCwgYnkgd2hpY2ggZGVhZGxpbmVzIGFyZSBqdWRnZWQuIFdyaXR0ZW4gZG93biBhcyBKU09OLCBmb3Igb3RoZXIgY2hlY2tlcnMgdG8gcmVhZC5cbiAqL1xuaW1wb3J0IHsgcGVyZm9ybWFuY2UgfSBmcm9tICdub2RlOnBlcmZfaG9va3MnO1xuaW1wb3J0IHsgYXNzZXJ0TmV2ZXIgfSBmcm9tICcuLi8uLi8uLi9zcmMvc2hhcmVkL2Fzc2VydC50cyc7XG5pbXBvcnQgdHlwZSB7IFJlcGx5IH0gZnJvbSAnLi4vLi4vLi4vc3JjL3NoYXJlZC9yZXBseS50cyc7XG5cbi8qKiBBIGNvbW1hbmQgYXMgYSBjbGllbnQgc2VuZHMgaXQsIGUuZy4gYFsnU0VUJywgJ2snLCAndicsICdQWCcsICcxMDAnXWA7IEFTQ0lJLiBXaGF0IHRoZSBqdWRnZSBrbm93cyBpcyBsaXN0ZWQgaW4gc3RvcmUtbW9kZWwudHMuICovXG5leHBvcnQgdHlwZSBXb3JkcyA9IHJlYWRvbmx5IHN0cmluZ1tdO1xuXG5leHBvcnQgdHlwZSBSZWNvcmRlZENhbGwgPVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ2NvbW1hbmQnOyByZWFkb25seSB3b3JkczogV29yZHMgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ3dhdGNoJzsgcmVhZG9ubHkga2V5czogcmVhZG9ubHkgc3RyaW5nW10gfVxuICAvKiogRnJvbSBNVUxUSSB0byBFWEVDLCBhcyBvbmUgY2FsbDsgaXRzIGFuc3dlciBpcyBFWEVDJ3MuICovXG4gIHwge1xuICAgICAgcmVhZG9ubHkgdHlwZTogJ3RyYW5zYWN0aW9uJztcbiAgICAgIHJlYWRvbmx5IGNvbW1hbmRzOiByZWFkb25seSBXb3Jkc1tdO1xuICAgICAgLyoqIGBpbnZva2VkYCBvZiB0aGUgV0FUQ0ggY2FsbHMgb2YgdGhlIHNhbWUgY29ubmVjdGlvbiB0aGF0IEVYRUMgcmVzdHMgb24uICovXG4gICAgICByZWFkb25seSB3YXRjaGVzOiByZWFkb25seSBudW1iZXJbXTtcbiAgICB9O1xuXG4vKiogQSByZXBseSwgd2l0aCB0ZXh0IGZvciBieXRlcy4gQW4gRVhFQyB0aGF0IGFib3J0ZWQgYW5zd2VycyBgbnVsbGAuICovXG5leHBvcnQgdHlwZSBSZWNvcmRlZEFuc3dlciA9XG4gIHwgeyByZWFkb25seSB0eXBlOiAnc2ltcGxlJzsgcmVhZG9ubHkgdGV4dDogc3RyaW5nIH1cbiAgfCB7IHJlYWRvbmx5IHR5cGU6ICdlcnJvcic7IHJlYWRvbmx5IG1lc3NhZ2U6IHN0cmluZyB9XG4gIHwgeyByZWFkb25seSB0eXBlOiAnaW50ZWdlcic7IHJlYWRvbmx5IHZhbHVlOiBudW1iZXIgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ2J1bGsnOyByZWFkb25seSB0ZXh0OiBzdHJpbmcgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ251bGwnIH1cbiAgfCB7IHJlYWRvbmx5IHR5cGU6ICdhcnJheSc7IHJlYWRvbmx5IGl0ZW1zOiByZWFkb25seSBSZWNvcmRlZEFuc3dlcltdIH07XG5cbmV4cG9ydCB0eXBlIFJlY29yZGVkT3V0Y29tZSA9XG4gIHwgeyByZWFkb25seSB0eXBlOiAnb2snOyByZWFkb25seSBhbnN3ZXI6IFJlY29yZGVkQW5zd2VyIH1cbiAgLyoqIEJlZm9yZSBhbnl0aGluZyB3YXMgYXBwZW5kZWQgKHJ1bGUgUzE0KTogaXQgbmV2ZXIgdGFrZXMgZWZmZWN0LiAqL1xuICB8IHsgcmVhZG9ubHkgdHlwZTogJ3JlZnVzZWQnOyByZWFkb25seSByZWFzb246IHN0cmluZyB9XG4gIC8qKiBJdCB0YWtlcyBlZmZlY3QgYXQgYW55IHRpbWUgYWZ0ZXIgaXRzIGludm9jYXRpb24sIG9yIG5ldmVyLiAqL1xuICB8IHsgcmVhZG9ubHkgdHlwZTogJ3Vua25vd24nOyByZWFkb25seSByZWFzb246IHN0cmluZyB9O1xuXG5leHBvcnQgaW50ZXJmYWNlIE9wZW5PcGVyYXRpb24ge1xuICByZWFkb25seSBjbGllbnQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgY2FsbDogUmVjb3JkZWRDYWxsO1xuICAvKiogUG9zaXRpb24gYW1vbmcgYWxsIGludm9jYXRpb25zIGFuZCByZXR1cm5zOyBkaXN0aW5jdCwgc28gdGhhdCBpdCBhbHNvIG5hbWVzIHRoZSBvcGVyYXRpb24uICovXG4gIHJlYWRvbmx5IGludm9rZWQ6IG51bWJlcjtcbiAgLyoqIE1pbGxpc2Vjb25kcyBieSB0aGUgcmVjb3JkZXIncyBjbG9jay4gKi9cbiAgcmVhZG9ubHkgaW52b2tlZEF0TXM6IG51bWJlcjtcbn1cblxuZXhwb3J0IGludGVyZmFjZSBSZWNvcmRlZE9wZXJhdGlvbiBleHRlbmRzIE9wZW5PcGVyYXRpb24ge1xuICByZWFkb25seSBvdXRjb21lOiBSZWNvcmRlZE91dGNvbWU7XG4gIHJlYWRvbmx5IHJldHVybmVkOiBudW1iZXI7XG4gIHJlYWRvbmx5IHJldHVybmVkQXRNczogbnVtYmVyO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIFJlY29yZGVkSGlzdG9yeSB7XG4gIHJlYWRvbmx5IG5hbWU6IHN0cmluZztcbiAgLyoqIFZhbHVlcyB0aGF0IGtleXMgaGFkIGJlZm9yZTsgYWxsIG90aGVycyBoYWQgbm9uZS4gKi9cbiAgcmVhZG9ubHkgaW5pdGlhbDogUmVhZG9ubHk8UmVjb3JkPHN0cmluZywgc3RyaW5nPj47XG4gIC8qKiBTZWUgQ2hlY2tPcHRpb25zOyBudWxsIHdoZW4gbm8gY2FsbCBzZXRzIGEgZGVhZGxpbmUuICovXG4gIHJlYWRvbmx5IGxvZ1RpbWVFcnJvck1zOiBudW1iZXIgfCBudWxsO1xuICByZWFkb25seSBvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdO1xufVxuXG5leHBvcnQgY2xhc3MgSGlzdG9yeVJlY29yZGVyIHtcbiAgcmVhZG9ubHkgI25vd01zOiAoKSA9PiBudW1iZXI7XG4gIHJlYWRvbmx5ICNvcGVuID0gbmV3IE1hcDxudW1iZXIsIE9wZW5PcGVyYXRpb24+KCk7XG4gIHJlYWRvbmx5ICNvcGVyYXRpb25zOiBSZWNvcmRlZE9wZXJhdGlvbltdID0gW107XG4gICNldmVudHMgPSAwO1xuXG4gIC8qKiBAcGFyYW0gbm93TXMgYW55IGNsb2NrIHRoYXQgZG9lcyBub3QganVtcDsgbWlsbGlzZWNvbmRzIHNpbmNlIHRoZSByZWNvcmRlciBiZWdhbiwgdW5sZXNzIGl0IGlzIGdpdmVuICovXG4gIGNvbnN0cnVjdG9yKG5vd01zPzogKCkgPT4gbnVtYmVyKSB7XG4gICAgY29uc3Qgc3RhcnRlZEF0TXMgPSBwZXJmb3JtYW5jZS5ub3coKTtcbiAgICB0aGlzLiNub3dNcyA9IG5vd01zID8/ICgoKSA9PiBwZXJmb3JtYW5jZS5ub3coKSAtIHN0YXJ0ZWRBdE1zKTtcbiAgfVxuXG4gIGludm9rZShjbGllbnQ6IG51bWJlciwgY2FsbDogUmVjb3JkZWRDYWxsKTogT3Blbk9wZXJhdGlvbiB7XG4gICAgdGhpcy4jZXZlbnRzICs9IDE7XG4gICAgY29uc3Qgb3BlbiA9IHsgY2xpZW50LCBjYWxsLCBpbnZva2VkOiB0aGlzLiNldmVudHMsIGludm9rZWRBdE1zOiB0aGlzLiNub3dNcygpIH07XG4gICAgdGhpcy4jb3Blbi5zZXQob3Blbi5pbnZva2VkLCBvcGVuKTtcbiAgICByZXR1cm4gb3BlbjtcbiAgfVxuXG4gIHJldHVybihvcGVuOiBPcGVuT3BlcmF0aW9uLCBvdXRjb21lOiBSZWNvcmRlZE91dGNvbWUpOiB2b2lkIHtcbiAgICB0aGlzLiNvcGVuLmRlbGV0ZShvcGVuLmludm9rZWQpO1xuICAgIHRoaXMuI2V2ZW50cyArPSAxO1xuICAgIHRoaXMuI29wZXJhdGlvbnMucHVzaCh7IC4uLm9wZW4sIG91dGNvbWUsIHJldHVybmVkOiB0aGlzLiNldmVudHMsIHJldHVybmVkQXRNczogdGhpcy4jbm93TXMoKSB9KTtcbiAgfVxuXG4gIC8qKiBXaGF0ZXZlciBoYXMgbm90IHJldHVybmVkIGhhcyBhbiB1bmtub3duIG91dGNvbWU6IGZvciB0aGUgZW5kIG9mIGEgaGlzdG9yeS4gKi9cbiAgYWJhbmRvbk9wZW4ocmVhc29uOiBzdHJpbmcpOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IG9wZW4gb2YgWy4uLnRoaXMuI29wZW4udmFsdWVzKCldKSB0aGlzLnJldHVybihvcGVuLCB7IHR5cGU6ICd1bmtub3duJywgcmVhc29uIH0pO1xuICB9XG5cbiAgLyoqIFRob3NlIHRoYXQgcmV0dXJuZWQsIGluIHRoZSBvcmRlciBvZiB0aGVpciByZXR1cm5zLiAqL1xuICBvcGVyYXRpb25zKCk6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICAgIHJldHVybiB0aGlzLiNvcGVyYXRpb25zO1xuICB9XG59XG5cbi8qKiBAdGhyb3dzIG9uIGEgcmVwbHkgdGhhdCBubyByZWNvcmRlZCBjb21tYW5kIGhhcyAqL1xuZXhwb3J0IGZ1bmN0aW9uIGFuc3dlck9mKHJlcGx5OiBSZXBseSk6IFJlY29yZGVkQW5zd2VyIHtcbiAgc3dpdGNoIChyZXBseS50eXBlKSB7XG4gICAgY2FzZSAnc2ltcGxlJzpcbiAgICAgIHJldHVybiB7IHR5cGU6ICdzaW1wbGUnLCB0ZXh0OiByZXBseS50ZXh0IH07XG4gICAgY2FzZSAnZXJyb3InOlxuICAgICAgcmV0dXJuIHsgdHlwZTogJ2Vycm9yJywgbWVzc2FnZTogcmVwbHkubWVzc2FnZSB9O1xuICAgIGNhc2UgJ2ludGVnZXInOlxuICAgICAgcmV0dXJuIHsgdHlwZTogJ2ludGVnZXInLCB2YWx1ZTogTnVtYmVyKHJlcGx5LnZhbHVlKSB9O1xuICAgIGNhc2UgJ2J1bGsnOlxuICAgICAgcmV0dXJuIHsgdHlwZTogJ2J1bGsnLCB0ZXh0OiBCdWZmZXIuZnJvbShyZXBseS5ieXRlcykudG9TdHJpbmcoJ2xhdGluMScpIH07XG4gICAgY2FzZSAnbnVsbCc6XG4gICAgY2FzZSAnbnVsbC1hcnJheSc6XG4gICAgICByZXR1cm4geyB0eXBlOiAnbnVsbCcgfTtcbiAgICBjYXNlICdhcnJheSc6XG4gICAgICByZXR1cm4geyB0eXBlOiAnYXJyYXknLCBpdGVtczogcmVwbHkuaXRlbXMubWFwKGFuc3dlck9mKSB9O1xuICAgIGNhc2UgJ21hcCc6XG4gICAgY2FzZSAnc2V0JzpcbiAgICBjYXNlICdkb3VibGUnOlxuICAgIGNhc2UgJ2Jvb2xlYW4nOlxuICAgIGNhc2UgJ3ZlcmJhdGltJzpcbiAgICAgIHRocm93IG5ldyBSYW5nZUVycm9yKGBubyByZWNvcmRlZCBjb21tYW5kIGFuc3dlcnMgd2l0aCBhICR7cmVwbHkudHlwZX1gKTtcbiAgICBkZWZhdWx0OlxuICAgICAgcmV0dXJuIGFzc2VydE5ldmVyKHJlcGx5KTtcbiAgfVxufVxuXG4vKiogQSBKU09OIGRvY3VtZW50IHdpdGggb25lIG9wZXJhdGlvbiBhIGxpbmUuICovXG5leHBvcnQgZnVuY3Rpb24gZW5jb2RlSGlzdG9yeSh7IG9wZXJhdGlvbnMsIC4uLmhlYWQgfTogUmVjb3JkZWRIaXN0b3J5KTogc3RyaW5nIHtcbiAgY29uc3Qgb3BlbmluZyA9IEpTT04uc3RyaW5naWZ5KGhlYWQpLnNsaWNlKDAsIC0xKTtcbiAgcmV0dXJuIGAke29wZW5pbmd9LFwib3BlcmF0aW9uc1wiOltcXG4ke29wZXJhdGlvbnMubWFwKChvcGVyYXRpb24pID0+IEpTT04uc3RyaW5naWZ5KG9wZXJhdGlvbikpLmpvaW4oJyxcXG4nKX1cXG5dfVxcbmA7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBkZWNvZGVIaXN0b3J5KHRleHQ6IHN0cmluZyk6IFJlY29yZGVkSGlzdG9yeSB7XG4gIHJldHVybiBKU09OLnBhcnNlKHRleHQpIGFzIFJlY29yZGVkSGlzdG9yeTtcbn1cbiIsICIvKipcbiAqIFdoeSBhIGhpc3RvcnkgaGFzIG5vIG9yZGVyLCBpbiBhcyBmZXcgY2FsbHMgYXMgY2FuIGJlLiBXaGF0IGlzIGFza2VkIG9mIGEgY2FsbCBjYW4gYmUgd2Vha2VuZWQ6IGl0IG1heSB0YWtlIGVmZmVjdCBhdCBhbnkgdGltZSBhZnRlciBpdHNcbiAqIGludm9jYXRpb24sIG9yIG5ldmVyLCBhbmQgYW5zd2VyIGFueXRoaW5nLiBFdmVyeSBoaXN0b3J5IHdpdGggYW4gb3JkZXIga2VlcHMgb25lIHdoZW4gY2FsbHMgYXJlIHdlYWtlbmVkOyBzbyB3aGVyZSB3ZWFrZW5pbmcgYWxsIGJ1dCBhIGZld1xuICogbGVhdmVzIG5vbmUsIHRoZSBhbnN3ZXJzIG9mIHRob3NlIGZldyBjb250cmFkaWN0IGVhY2ggb3RoZXIgd2hhdGV2ZXIgZWxzZSB3ZW50IG9uLlxuICovXG5pbXBvcnQgdHlwZSB7IFJlY29yZGVkQ2FsbCwgUmVjb3JkZWRPcGVyYXRpb24gfSBmcm9tICcuL2hpc3RvcnkudHMnO1xuXG4vKiogV2hldGhlciBpdCBpcyBjZXJ0YWluIHRoYXQgdGhlc2UgaGF2ZSBubyBvcmRlci4gKi9cbmV4cG9ydCB0eXBlIEhhc05vT3JkZXIgPSAob3BlcmF0aW9uczogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXSkgPT4gYm9vbGVhbjtcblxuLyoqXG4gKiBAcGFyYW0gb3BlcmF0aW9ucyB0aGF0IGhhdmUgbm8gb3JkZXJcbiAqIEByZXR1cm5zIHRob3NlIG9mIHRoZW0gd2hvc2UgYW5zd2VycyBjYW5ub3QgYWxsIGJlIHRydWUsIGluIHRoZSBvcmRlciBvZiBpbnZvY2F0aW9uXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBtaW5pbWFsQ29udHJhZGljdGlvbihcbiAgb3BlcmF0aW9uczogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXSxcbiAgaGFzTm9PcmRlcjogSGFzTm9PcmRlcixcbik6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICBsZXQgcmVzdCA9IHNob3J0ZXN0QmVnaW5uaW5nKG9wZXJhdGlvbnMsIGhhc05vT3JkZXIpO1xuICBsZXQgbmVlZGVkID0gYW5zd2VyZWQocmVzdCk7XG4gIGZvciAobGV0IHNpemUgPSBNYXRoLmNlaWwobmVlZGVkLmxlbmd0aCAvIDIpOyBzaXplID49IDE7IHNpemUgPSBzaXplID09PSAxID8gMCA6IE1hdGguY2VpbChzaXplIC8gMikpIHtcbiAgICBmb3IgKGxldCBmaXJzdCA9IDA7IGZpcnN0IDwgbmVlZGVkLmxlbmd0aDspIHtcbiAgICAgIGNvbnN0IGNodW5rID0gbmV3IFNldChuZWVkZWQuc2xpY2UoZmlyc3QsIGZpcnN0ICsgc2l6ZSkubWFwKCh7IGludm9rZWQgfSkgPT4gaW52b2tlZCkpO1xuICAgICAgY29uc3Qgd2Vha2VyID0gd2Vha2VuZWQocmVzdCwgY2h1bmspO1xuICAgICAgaWYgKGhhc05vT3JkZXIod2Vha2VyKSkge1xuICAgICAgICByZXN0ID0gd2Vha2VyO1xuICAgICAgICBuZWVkZWQgPSBhbnN3ZXJlZChyZXN0KTtcbiAgICAgIH0gZWxzZSBmaXJzdCArPSBzaXplO1xuICAgIH1cbiAgfVxuICByZXR1cm4gbmVlZGVkO1xufVxuXG5mdW5jdGlvbiBhbnN3ZXJlZChvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdKTogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXSB7XG4gIHJldHVybiBvcGVyYXRpb25zLmZpbHRlcigoeyBvdXRjb21lIH0pID0+IG91dGNvbWUudHlwZSA9PT0gJ29rJykuc29ydCgoYSwgYikgPT4gYS5pbnZva2VkIC0gYi5pbnZva2VkKTtcbn1cblxuLyoqIEEgYmVnaW5uaW5nIG9mIGEgaGlzdG9yeSB3aXRoIGFuIG9yZGVyIGhhcyBvbmU6IGhhbHZpbmcgZmluZHMgdGhlIHNob3J0ZXN0IG9uZSB0aGF0IGhhcyBub25lLiAqL1xuZnVuY3Rpb24gc2hvcnRlc3RCZWdpbm5pbmcob3BlcmF0aW9uczogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXSwgaGFzTm9PcmRlcjogSGFzTm9PcmRlcik6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICBjb25zdCByZXR1cm5zID0gb3BlcmF0aW9ucy5tYXAoKHsgcmV0dXJuZWQgfSkgPT4gcmV0dXJuZWQpLnNvcnQoKGEsIGIpID0+IGEgLSBiKTtcbiAgbGV0IGxvdyA9IDA7XG4gIGxldCBoaWdoID0gcmV0dXJucy5sZW5ndGggLSAxO1xuICB3aGlsZSAobG93IDwgaGlnaCkge1xuICAgIGNvbnN0IG1pZGRsZSA9IE1hdGguZmxvb3IoKGxvdyArIGhpZ2gpIC8gMik7XG4gICAgaWYgKGhhc05vT3JkZXIodW50aWwob3BlcmF0aW9ucywgcmV0dXJuc1ttaWRkbGVdISkpKSBoaWdoID0gbWlkZGxlO1xuICAgIGVsc2UgbG93ID0gbWlkZGxlICsgMTtcbiAgfVxuICByZXR1cm4gdW50aWwob3BlcmF0aW9ucywgcmV0dXJuc1tsb3ddID8/IDApO1xufVxuXG4vKiogV2hhdCB3YXMga25vd24gYXQgdGhhdCBtb21lbnQuICovXG5mdW5jdGlvbiB1bnRpbChvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdLCBtb21lbnQ6IG51bWJlcik6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICBjb25zdCBsYXRlciA9IG5ldyBTZXQob3BlcmF0aW9ucy5maWx0ZXIoKHsgcmV0dXJuZWQgfSkgPT4gcmV0dXJuZWQgPiBtb21lbnQpLm1hcCgoeyBpbnZva2VkIH0pID0+IGludm9rZWQpKTtcbiAgcmV0dXJuIHdlYWtlbmVkKFxuICAgIG9wZXJhdGlvbnMuZmlsdGVyKCh7IGludm9rZWQgfSkgPT4gaW52b2tlZCA8PSBtb21lbnQpLFxuICAgIGxhdGVyLFxuICApO1xufVxuXG5mdW5jdGlvbiB3ZWFrZW5lZChvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdLCB0aG9zZTogUmVhZG9ubHlTZXQ8bnVtYmVyPik6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICBjb25zdCBpc0ZvcmdvdHRlbiA9ICh7IGNhbGwsIGludm9rZWQgfTogUmVjb3JkZWRPcGVyYXRpb24pOiBib29sZWFuID0+IGNhbGwudHlwZSA9PT0gJ3dhdGNoJyAmJiB0aG9zZS5oYXMoaW52b2tlZCk7XG4gIGNvbnN0IGZvcmdvdHRlbiA9IG5ldyBTZXQob3BlcmF0aW9ucy5maWx0ZXIoaXNGb3Jnb3R0ZW4pLm1hcCgoeyBpbnZva2VkIH0pID0+IGludm9rZWQpKTtcbiAgcmV0dXJuIG9wZXJhdGlvbnNcbiAgICAuZmlsdGVyKChvcGVyYXRpb24pID0+ICFpc0ZvcmdvdHRlbihvcGVyYXRpb24pKVxuICAgIC5tYXAoKG9wZXJhdGlvbikgPT4ge1xuICAgICAgY29uc3QgY2FsbCA9IHdpdGhvdXRXYXRjaGVzKG9wZXJhdGlvbi5jYWxsLCBmb3Jnb3R0ZW4pO1xuICAgICAgaWYgKCF0aG9zZS5oYXMob3BlcmF0aW9uLmludm9rZWQpIHx8IG9wZXJhdGlvbi5vdXRjb21lLnR5cGUgPT09ICdyZWZ1c2VkJykgcmV0dXJuIHsgLi4ub3BlcmF0aW9uLCBjYWxsIH07XG4gICAgICByZXR1cm4geyAuLi5vcGVyYXRpb24sIGNhbGwsIG91dGNvbWU6IHsgdHlwZTogJ3Vua25vd24nLCByZWFzb246ICdsZWZ0IG9wZW4nIH0gfTtcbiAgICB9KTtcbn1cblxuZnVuY3Rpb24gd2l0aG91dFdhdGNoZXMoY2FsbDogUmVjb3JkZWRDYWxsLCBmb3Jnb3R0ZW46IFJlYWRvbmx5U2V0PG51bWJlcj4pOiBSZWNvcmRlZENhbGwge1xuICBpZiAoY2FsbC50eXBlICE9PSAndHJhbnNhY3Rpb24nIHx8ICFjYWxsLndhdGNoZXMuc29tZSgod2F0Y2gpID0+IGZvcmdvdHRlbi5oYXMod2F0Y2gpKSkgcmV0dXJuIGNhbGw7XG4gIHJldHVybiB7IC4uLmNhbGwsIHdhdGNoZXM6IGNhbGwud2F0Y2hlcy5maWx0ZXIoKHdhdGNoKSA9PiAhZm9yZ290dGVuLmhhcyh3YXRjaCkpIH07XG59XG4iLCAiLyoqXG4gKiBXaGF0IHRoZSBzdG9yZSBkb2VzLCBzYWlkIG9uY2UgYW5kIGFwYXJ0IGZyb20gaXRzIG93biBjb2RlOiBzdHJpbmdzLCBjb3VudGVycywgZGVhZGxpbmVzIGFuZCB0cmFuc2FjdGlvbnMsIG9uZSBjYWxsIGFmdGVyIHRoZSBvdGhlci5cbiAqIFRoaXMgaXMgd2hhdCBhIGxpbmVhcml6YWJsZSBoaXN0b3J5IG11c3QgbG9vayBsaWtlLlxuICpcbiAqIERlYWRsaW5lcyBhcmUganVkZ2VkIGJ5IGxvZyB0aW1lIChydWxlIFMxMyksIHdoaWNoIG5vYm9keSByZWNvcmRlZC4gV2hhdCBpcyBrbm93biBvZiBpdDogd2hpbGUgYSBjYWxsIHdhcyBvcGVuLCBsb2cgdGltZSBsYXkgYmV0d2VlbiBpdHNcbiAqIGludm9jYXRpb24gYW5kIGl0cyByZXR1cm4gYnkgdGhlIHJlY29yZGVyJ3MgY2xvY2ssIGdpdmUgb3IgdGFrZSBhIHN0YXRlZCBlcnJvci4gU28gYSBkZWFkbGluZSBpcyBhbiBpbnRlcnZhbCwgYW5kIGEgY2FsbCB0aGF0IG1lZXRzIGEga2V5XG4gKiB3aXRoIG9uZSBmaW5kcyBpdCB0aGVyZSwgaWYgbG9nIHRpbWUgbWF5IHN0aWxsIGhhdmUgYmVlbiBiZWZvcmUsIG9yIGdvbmUsIGlmIGl0IG1heSBoYXZlIGJlZW4gcGFzdDsgb25jZSBnb25lLCBpdCBpcyBnb25lLlxuICovXG5pbXBvcnQgeyBhc3NlcnROZXZlciwgcHJlc2VudCB9IGZyb20gJy4uLy4uLy4uL3NyYy9zaGFyZWQvYXNzZXJ0LnRzJztcbmltcG9ydCB0eXBlIHsgUmVjb3JkZWRBbnN3ZXIsIFJlY29yZGVkQ2FsbCwgV29yZHMgfSBmcm9tICcuL2hpc3RvcnkudHMnO1xuXG5leHBvcnQgaW50ZXJmYWNlIEtleVN0YXRlIHtcbiAgLyoqIG51bGw6IHRoZXJlIGlzIG5vIGtleS4gKi9cbiAgcmVhZG9ubHkgdmFsdWU6IHN0cmluZyB8IG51bGw7XG4gIC8qKlxuICAgKiBXaXRoIGEgdmFsdWU6IGl0cyBkZWFkbGluZSBsaWVzIGJldHdlZW4gdGhlc2UgdHdvOyBib3RoIEluZmluaXR5IHdoZW4gaXQgaGFzIG5vbmUuIFdpdGhvdXQgb25lOiBsb2cgdGltZSBoYXMgY29tZSB0byBgZWFybGllc3RNc2AsIHNpbmNlXG4gICAqIGEga2V5IHdpdGggdGhhdCBkZWFkbGluZSB3YXMgc2VlbiBnb25lOyAtSW5maW5pdHkgd2hlbiBub3RoaW5nIGlzIGtub3duLlxuICAgKi9cbiAgcmVhZG9ubHkgZWFybGllc3RNczogbnVtYmVyO1xuICByZWFkb25seSBsYXRlc3RNczogbnVtYmVyO1xufVxuXG4vKiogQnkgcG9zaXRpb24gb2YgdGhlIGtleSBhbW9uZyB0aG9zZSBvZiBpdHMgcGFydGl0aW9uLiAqL1xuZXhwb3J0IHR5cGUgU3RvcmVTdGF0ZSA9IHJlYWRvbmx5IEtleVN0YXRlW107XG5cbi8qKiBCZXR3ZWVuIHdoaWNoIGxvZyB0aW1lcyBhIGNhbGwgbWF5IGhhdmUgdGFrZW4gZWZmZWN0LiAqL1xuZXhwb3J0IGludGVyZmFjZSBXaW5kb3cge1xuICByZWFkb25seSBmcm9tTXM6IG51bWJlcjtcbiAgcmVhZG9ubHkgdG9NczogbnVtYmVyO1xufVxuXG4vKiogT25lIG9mIHRoZSB0aGluZ3MgdGhhdCBhIGNhbGwgbWF5IGRvLiAqL1xuZXhwb3J0IGludGVyZmFjZSBFZmZlY3Qge1xuICByZWFkb25seSBzdGF0ZTogU3RvcmVTdGF0ZTtcbiAgcmVhZG9ubHkgYW5zd2VyOiBSZWNvcmRlZEFuc3dlcjtcbiAgLyoqIFBvc2l0aW9ucyBvZiBrZXlzIHRoYXQgd2VyZSB3cml0dGVuLCBkZWxldGVkIG9yIGV4cGlyZWQ6IHdoYXQgV0FUQ0ggaXMgYWJvdXQuICovXG4gIHJlYWRvbmx5IHRvdWNoZWQ6IHJlYWRvbmx5IG51bWJlcltdO1xufVxuXG5leHBvcnQgY29uc3QgTk9fS0VZOiBLZXlTdGF0ZSA9IHsgdmFsdWU6IG51bGwsIGVhcmxpZXN0TXM6IE51bWJlci5ORUdBVElWRV9JTkZJTklUWSwgbGF0ZXN0TXM6IE51bWJlci5ORUdBVElWRV9JTkZJTklUWSB9O1xuXG5leHBvcnQgZnVuY3Rpb24ga2V5V2l0aFZhbHVlKHZhbHVlOiBzdHJpbmcpOiBLZXlTdGF0ZSB7XG4gIHJldHVybiB7IHZhbHVlLCBlYXJsaWVzdE1zOiBOdW1iZXIuUE9TSVRJVkVfSU5GSU5JVFksIGxhdGVzdE1zOiBOdW1iZXIuUE9TSVRJVkVfSU5GSU5JVFkgfTtcbn1cblxuLyoqIEEgY2FsbCBhcyB0aGUganVkZ2UgcnVucyBpdC4gKi9cbmV4cG9ydCBjbGFzcyBDb21waWxlZENhbGwge1xuICByZWFkb25seSBrZXlzOiByZWFkb25seSBzdHJpbmdbXTtcbiAgLyoqIEl0cyBlZmZlY3QgZGVwZW5kcyBvbiB3aGVuIGl0IHRha2VzIGVmZmVjdC4gKi9cbiAgcmVhZG9ubHkgc2V0c0RlYWRsaW5lOiBib29sZWFuO1xuICByZWFkb25seSAjY2FsbDogUmVjb3JkZWRDYWxsO1xuICByZWFkb25seSAjY29tbWFuZHM6IHJlYWRvbmx5IENvbW1hbmRbXTtcbiAgcmVhZG9ubHkgI3dhdGNoZWQ6IHJlYWRvbmx5IHN0cmluZ1tdO1xuICAjcG9zaXRpb25PZjogUmVhZG9ubHlNYXA8c3RyaW5nLCBudW1iZXI+ID0gbmV3IE1hcCgpO1xuICAjcG9zaXRpb25zOiByZWFkb25seSBudW1iZXJbXSA9IFtdO1xuICAjd2F0Y2hlZFBvc2l0aW9uczogcmVhZG9ubHkgbnVtYmVyW10gPSBbXTtcblxuICAvKipcbiAgICogQHBhcmFtIHdhdGNoZWQgdGhlIGtleXMgdGhhdCBhbiBFWEVDIHJlc3RzIG9uXG4gICAqIEB0aHJvd3MgUmFuZ2VFcnJvciBvbiB3aGF0IHRoZSBqdWRnZSBkb2VzIG5vdCBrbm93XG4gICAqL1xuICBjb25zdHJ1Y3RvcihjYWxsOiBSZWNvcmRlZENhbGwsIHdhdGNoZWQ6IHJlYWRvbmx5IHN0cmluZ1tdID0gW10pIHtcbiAgICB0aGlzLiNjYWxsID0gY2FsbDtcbiAgICB0aGlzLiN3YXRjaGVkID0gd2F0Y2hlZDtcbiAgICB0aGlzLiNjb21tYW5kcyA9IHdvcmRzT2YoY2FsbCkubWFwKGNvbXBpbGVDb21tYW5kKTtcbiAgICBjb25zdCBuYW1lZCA9IGNhbGwudHlwZSA9PT0gJ3dhdGNoJyA/IGNhbGwua2V5cyA6IHRoaXMuI2NvbW1hbmRzLmZsYXRNYXAoKHsga2V5cyB9KSA9PiBrZXlzKTtcbiAgICB0aGlzLmtleXMgPSBbLi4ubmV3IFNldChbLi4ubmFtZWQsIC4uLndhdGNoZWRdKV07XG4gICAgdGhpcy5zZXRzRGVhZGxpbmUgPSB0aGlzLiNjb21tYW5kcy5zb21lKCh7IHNldHNEZWFkbGluZSB9KSA9PiBzZXRzRGVhZGxpbmUpO1xuICB9XG5cbiAgLyoqIEJlZm9yZSBpdCBpcyBydW46IHdoZXJlIGl0cyBrZXlzIHN0YW5kIGluIGEgc3RhdGUuICovXG4gIHBsYWNlKHBvc2l0aW9uT2Y6IFJlYWRvbmx5TWFwPHN0cmluZywgbnVtYmVyPik6IHZvaWQge1xuICAgIGNvbnN0IHBsYWNlZCA9IChrZXlzOiByZWFkb25seSBzdHJpbmdbXSk6IHJlYWRvbmx5IG51bWJlcltdID0+XG4gICAgICBrZXlzLm1hcCgoa2V5KSA9PiBwcmVzZW50KHBvc2l0aW9uT2YuZ2V0KGtleSksICdhIGtleSBoYXMgYSBwbGFjZScpKTtcbiAgICB0aGlzLiNwb3NpdGlvbk9mID0gcG9zaXRpb25PZjtcbiAgICB0aGlzLiNwb3NpdGlvbnMgPSBwbGFjZWQodGhpcy5rZXlzKTtcbiAgICB0aGlzLiN3YXRjaGVkUG9zaXRpb25zID0gcGxhY2VkKHRoaXMuI3dhdGNoZWQpO1xuICB9XG5cbiAgZ2V0IHBvc2l0aW9ucygpOiByZWFkb25seSBudW1iZXJbXSB7XG4gICAgcmV0dXJuIHRoaXMuI3Bvc2l0aW9ucztcbiAgfVxuXG4gIC8qKiBXaGV0aGVyIGl0IGNoYW5nZXMgbm90aGluZywgd2hhdGV2ZXIgdGhlIHN0YXRlIGFuZCBpdHMgYW5zd2VyLiAqL1xuICBnZXQgaXNSZWFkT25seSgpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy4jY2FsbC50eXBlICE9PSAnd2F0Y2gnICYmIHRoaXMuI2NvbW1hbmRzLmV2ZXJ5KCh7IGlzSW5lcnQgfSkgPT4gaXNJbmVydCA9PT0gQUxXQVlTKTtcbiAgfVxuXG4gIC8qKiBXaGV0aGVyIGl0IGNoYW5nZXMgbm90aGluZywgd2hhdGV2ZXIgdGhlIHN0YXRlLCB3aGVuIHRoaXMgaXMgaXRzIGFuc3dlci4gKi9cbiAgaXNJbmVydChhbnN3ZXI6IFJlY29yZGVkQW5zd2VyKTogYm9vbGVhbiB7XG4gICAgaWYgKHRoaXMuI2NhbGwudHlwZSA9PT0gJ3dhdGNoJykgcmV0dXJuIGZhbHNlO1xuICAgIGNvbnN0IGFuc3dlcnMgPSB0aGlzLiNjYWxsLnR5cGUgPT09ICd0cmFuc2FjdGlvbicgPyBpdGVtc09mKGFuc3dlcikgOiBbYW5zd2VyXTtcbiAgICByZXR1cm4gdGhpcy4jY29tbWFuZHMuZXZlcnkoKHsgaXNJbmVydCB9LCBpbmRleCkgPT4gaXNJbmVydChhbnN3ZXJzW2luZGV4XSA/PyBOVUxMKSk7XG4gIH1cblxuICAvKiogVGhlIHJlY29yZGVkIGFuc3dlciBpbiB0aGUgZm9ybSBpbiB3aGljaCBgZWZmZWN0c2AgZ2l2ZXMgaXQuICovXG4gIGV4cGVjdGVkKGFuc3dlcjogUmVjb3JkZWRBbnN3ZXIpOiBSZWNvcmRlZEFuc3dlciB7XG4gICAgY29uc3QgZm9yZXRvbGQgPSAob3duOiBSZWNvcmRlZEFuc3dlciwgaW5kZXg6IG51bWJlcik6IFJlY29yZGVkQW5zd2VyID0+XG4gICAgICB0aGlzLiNjb21tYW5kc1tpbmRleF0/LmFuc3dlcnNUaW1lID09PSB0cnVlICYmIG93bi50eXBlID09PSAnaW50ZWdlcicgJiYgb3duLnZhbHVlID49IDAgPyBTT01FX1RJTUUgOiBvd247XG4gICAgaWYgKHRoaXMuI2NhbGwudHlwZSA9PT0gJ3RyYW5zYWN0aW9uJyAmJiBhbnN3ZXIudHlwZSA9PT0gJ2FycmF5JykgcmV0dXJuIHsgdHlwZTogJ2FycmF5JywgaXRlbXM6IGFuc3dlci5pdGVtcy5tYXAoZm9yZXRvbGQpIH07XG4gICAgcmV0dXJuIGZvcmV0b2xkKGFuc3dlciwgMCk7XG4gIH1cblxuICAvKiogRXZlcnkgd2F5IGluIHdoaWNoIGl0IG1heSB0YWtlIGVmZmVjdCB3aXRoaW4gdGhlIHdpbmRvdzsgbm9uZSB3aGVuIGl0IGNhbm5vdC4gKi9cbiAgZWZmZWN0cyhzdGF0ZTogU3RvcmVTdGF0ZSwgd2luZG93OiBXaW5kb3cpOiByZWFkb25seSBFZmZlY3RbXSB7XG4gICAgY29uc3QgZWZmZWN0czogRWZmZWN0W10gPSBbXTtcbiAgICB0aGlzLiNqdWRnZURlYWRsaW5lcygwLCBzdGF0ZSwgd2luZG93LCBbXSwgKGp1ZGdlZCwgdG91Y2hlZCkgPT4gZWZmZWN0cy5wdXNoKHRoaXMuI3J1bihqdWRnZWQsIHdpbmRvdywgdG91Y2hlZCkpKTtcbiAgICByZXR1cm4gZWZmZWN0cztcbiAgfVxuXG4gIC8qKlxuICAgKiBBbGwga2V5cyBhcmUganVkZ2VkIGF0IG9uZSBsb2cgdGltZSwgZnJvbSB0aGUgYGluZGV4YHRoIG9uOyBgbGVmdGAgaXMgd2hhdCB0aG9zZSBiZWZvcmUgaGF2ZSBsZWZ0IG9mIHRoZSB3aW5kb3cuIFdoYXQgaGFzIGRlYWRsaW5lc1xuICAgKiB0aGF0IG1heSBvciBtYXkgbm90IGhhdmUgY29tZSBpcyBqdWRnZWQgYm90aCB3YXlzLlxuICAgKi9cbiAgI2p1ZGdlRGVhZGxpbmVzKGluZGV4OiBudW1iZXIsIHN0YXRlOiBTdG9yZVN0YXRlLCBsZWZ0OiBXaW5kb3csIHRvdWNoZWQ6IHJlYWRvbmx5IG51bWJlcltdLCBmb3VuZDogSnVkZ2VkKTogdm9pZCB7XG4gICAgY29uc3QgcG9zaXRpb24gPSB0aGlzLiNwb3NpdGlvbnNbaW5kZXhdO1xuICAgIGlmIChwb3NpdGlvbiA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICBmb3VuZChzdGF0ZSwgdG91Y2hlZCk7XG4gICAgICByZXR1cm47XG4gICAgfVxuICAgIGNvbnN0IHsgdmFsdWUsIGVhcmxpZXN0TXMsIGxhdGVzdE1zIH0gPSBzdGF0ZVtwb3NpdGlvbl0hO1xuICAgIGNvbnN0IHBhc3QgPSB7IGZyb21NczogTWF0aC5tYXgobGVmdC5mcm9tTXMsIGVhcmxpZXN0TXMpLCB0b01zOiBsZWZ0LnRvTXMgfTtcbiAgICBpZiAodmFsdWUgPT09IG51bGwpIHtcbiAgICAgIGlmIChwYXN0LmZyb21NcyA8PSBwYXN0LnRvTXMpIHRoaXMuI2p1ZGdlRGVhZGxpbmVzKGluZGV4ICsgMSwgc3RhdGUsIHBhc3QsIHRvdWNoZWQsIGZvdW5kKTtcbiAgICAgIHJldHVybjtcbiAgICB9XG4gICAgLy8gV0FUQ0ggc2VlcyB0b3VjaGVzLCBub3QgZGVhZGxpbmVzOiBhIGtleSB0aGF0IGlzIGR1ZSBpcyBzdGlsbCB0aGVyZSBmb3IgaXQuXG4gICAgY29uc3QgYmVmb3JlID0gdGhpcy4jY2FsbC50eXBlID09PSAnd2F0Y2gnID8gbGVmdCA6IHsgZnJvbU1zOiBsZWZ0LmZyb21NcywgdG9NczogTWF0aC5taW4obGVmdC50b01zLCBsYXRlc3RNcykgfTtcbiAgICBpZiAoYmVmb3JlLmZyb21NcyA8PSBiZWZvcmUudG9NcykgdGhpcy4janVkZ2VEZWFkbGluZXMoaW5kZXggKyAxLCBzdGF0ZSwgYmVmb3JlLCB0b3VjaGVkLCBmb3VuZCk7XG4gICAgLy8gQW4gZXhwaXJ5IGlzIGEgdG91Y2g6IEVYRUMgYWJvcnRzIHdoZW4gaXQgaXMgb25lIG9mIHdoYXQgd2FzIHdhdGNoZWQuXG4gICAgaWYgKGVhcmxpZXN0TXMgPT09IE51bWJlci5QT1NJVElWRV9JTkZJTklUWSB8fCBwYXN0LmZyb21NcyA+IHBhc3QudG9NcyB8fCB0aGlzLiN3YXRjaGVkUG9zaXRpb25zLmluY2x1ZGVzKHBvc2l0aW9uKSkgcmV0dXJuO1xuICAgIGNvbnN0IGdvbmUgPSBzdGF0ZS53aXRoKHBvc2l0aW9uLCB7IHZhbHVlOiBudWxsLCBlYXJsaWVzdE1zLCBsYXRlc3RNczogZWFybGllc3RNcyB9KTtcbiAgICB0aGlzLiNqdWRnZURlYWRsaW5lcyhpbmRleCArIDEsIGdvbmUsIHBhc3QsIFsuLi50b3VjaGVkLCBwb3NpdGlvbl0sIGZvdW5kKTtcbiAgfVxuXG4gICNydW4oc3RhdGU6IFN0b3JlU3RhdGUsIHdpbmRvdzogV2luZG93LCB0b3VjaGVkOiByZWFkb25seSBudW1iZXJbXSk6IEVmZmVjdCB7XG4gICAgaWYgKHRoaXMuI2NhbGwudHlwZSA9PT0gJ3dhdGNoJykgcmV0dXJuIHsgc3RhdGUsIGFuc3dlcjogT0ssIHRvdWNoZWQgfTtcbiAgICBjb25zdCBzdG9yZSA9IG5ldyBTdG9yZShzdGF0ZSwgdG91Y2hlZCwgd2luZG93LCB0aGlzLiNwb3NpdGlvbk9mKTtcbiAgICBjb25zdCBhbnN3ZXJzID0gdGhpcy4jY29tbWFuZHMubWFwKCh7IHJ1biB9KSA9PiBydW4oc3RvcmUpKTtcbiAgICBjb25zdCBhbnN3ZXI6IFJlY29yZGVkQW5zd2VyID0gdGhpcy4jY2FsbC50eXBlID09PSAndHJhbnNhY3Rpb24nID8geyB0eXBlOiAnYXJyYXknLCBpdGVtczogYW5zd2VycyB9IDogKGFuc3dlcnNbMF0gPz8gTlVMTCk7XG4gICAgcmV0dXJuIHsgc3RhdGU6IHN0b3JlLnN0YXRlLCBhbnN3ZXIsIHRvdWNoZWQ6IHN0b3JlLnRvdWNoZWQgfTtcbiAgfVxufVxuXG50eXBlIEp1ZGdlZCA9IChzdGF0ZTogU3RvcmVTdGF0ZSwgdG91Y2hlZDogcmVhZG9ubHkgbnVtYmVyW10pID0+IHZvaWQ7XG5cbmZ1bmN0aW9uIHdvcmRzT2YoY2FsbDogUmVjb3JkZWRDYWxsKTogcmVhZG9ubHkgV29yZHNbXSB7XG4gIHN3aXRjaCAoY2FsbC50eXBlKSB7XG4gICAgY2FzZSAnY29tbWFuZCc6XG4gICAgICByZXR1cm4gW2NhbGwud29yZHNdO1xuICAgIGNhc2UgJ3dhdGNoJzpcbiAgICAgIHJldHVybiBbXTtcbiAgICBjYXNlICd0cmFuc2FjdGlvbic6XG4gICAgICByZXR1cm4gY2FsbC5jb21tYW5kcztcbiAgICBkZWZhdWx0OlxuICAgICAgcmV0dXJuIGFzc2VydE5ldmVyKGNhbGwpO1xuICB9XG59XG5cbmZ1bmN0aW9uIGl0ZW1zT2YoYW5zd2VyOiBSZWNvcmRlZEFuc3dlcik6IHJlYWRvbmx5IFJlY29yZGVkQW5zd2VyW10ge1xuICByZXR1cm4gYW5zd2VyLnR5cGUgPT09ICdhcnJheScgPyBhbnN3ZXIuaXRlbXMgOiBbXTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIGlzU2FtZUFuc3dlcihhOiBSZWNvcmRlZEFuc3dlciwgYjogUmVjb3JkZWRBbnN3ZXIpOiBib29sZWFuIHtcbiAgc3dpdGNoIChhLnR5cGUpIHtcbiAgICBjYXNlICdzaW1wbGUnOlxuICAgICAgcmV0dXJuIGIudHlwZSA9PT0gJ3NpbXBsZScgJiYgYS50ZXh0ID09PSBiLnRleHQ7XG4gICAgY2FzZSAnZXJyb3InOlxuICAgICAgcmV0dXJuIGIudHlwZSA9PT0gJ2Vycm9yJyAmJiBhLm1lc3NhZ2UgPT09IGIubWVzc2FnZTtcbiAgICBjYXNlICdpbnRlZ2VyJzpcbiAgICAgIHJldHVybiBiLnR5cGUgPT09ICdpbnRlZ2VyJyAmJiBhLnZhbHVlID09PSBiLnZhbHVlO1xuICAgIGNhc2UgJ2J1bGsnOlxuICAgICAgcmV0dXJuIGIudHlwZSA9PT0gJ2J1bGsnICYmIGEudGV4dCA9PT0gYi50ZXh0O1xuICAgIGNhc2UgJ251bGwnOlxuICAgICAgcmV0dXJuIGIudHlwZSA9PT0gJ251bGwnO1xuICAgIGNhc2UgJ2FycmF5JzpcbiAgICAgIHJldHVybiAoXG4gICAgICAgIGIudHlwZSA9PT0gJ2FycmF5JyAmJlxuICAgICAgICBhLml0ZW1zLmxlbmd0aCA9PT0gYi5pdGVtcy5sZW5ndGggJiZcbiAgICAgICAgYS5pdGVtcy5ldmVyeSgoaXRlbSwgaW5kZXgpID0+IGlzU2FtZUFuc3dlcihpdGVtLCBiLml0ZW1zW2luZGV4XSEpKVxuICAgICAgKTtcbiAgICBkZWZhdWx0OlxuICAgICAgcmV0dXJuIGFzc2VydE5ldmVyKGEpO1xuICB9XG59XG5cbi8qKiBUaGUga2V5cyBhcyBvbmUgY2FsbCBjaGFuZ2VzIHRoZW0uICovXG5jbGFzcyBTdG9yZSB7XG4gIHN0YXRlOiBTdG9yZVN0YXRlO1xuICByZWFkb25seSB0b3VjaGVkOiBudW1iZXJbXTtcbiAgcmVhZG9ubHkgI3dpbmRvdzogV2luZG93O1xuICByZWFkb25seSAjcG9zaXRpb25PZjogUmVhZG9ubHlNYXA8c3RyaW5nLCBudW1iZXI+O1xuXG4gIGNvbnN0cnVjdG9yKHN0YXRlOiBTdG9yZVN0YXRlLCB0b3VjaGVkOiByZWFkb25seSBudW1iZXJbXSwgd2luZG93OiBXaW5kb3csIHBvc2l0aW9uT2Y6IFJlYWRvbmx5TWFwPHN0cmluZywgbnVtYmVyPikge1xuICAgIHRoaXMuc3RhdGUgPSBzdGF0ZTtcbiAgICB0aGlzLnRvdWNoZWQgPSBbLi4udG91Y2hlZF07XG4gICAgdGhpcy4jd2luZG93ID0gd2luZG93O1xuICAgIHRoaXMuI3Bvc2l0aW9uT2YgPSBwb3NpdGlvbk9mO1xuICB9XG5cbiAgdmFsdWUoa2V5OiBzdHJpbmcpOiBzdHJpbmcgfCBudWxsIHtcbiAgICByZXR1cm4gdGhpcy5zdGF0ZVt0aGlzLiNhdChrZXkpXSEudmFsdWU7XG4gIH1cblxuICBoYXNEZWFkbGluZShrZXk6IHN0cmluZyk6IGJvb2xlYW4ge1xuICAgIGNvbnN0IHsgdmFsdWUsIGxhdGVzdE1zIH0gPSB0aGlzLnN0YXRlW3RoaXMuI2F0KGtleSldITtcbiAgICByZXR1cm4gdmFsdWUgIT09IG51bGwgJiYgbGF0ZXN0TXMgIT09IE51bWJlci5QT1NJVElWRV9JTkZJTklUWTtcbiAgfVxuXG4gIC8qKiBAcGFyYW0gZGVhZGxpbmUgbWlsbGlzZWNvbmRzIGZyb20gbm93OyBga2VlcGAgaXMgZm9yIHdoYXQgdGhlIGtleSBoYWQsIGlmIGl0IGlzIHRoZXJlICovXG4gIHB1dChrZXk6IHN0cmluZywgdmFsdWU6IHN0cmluZywgZGVhZGxpbmU6IG51bWJlciB8ICdrZWVwJyB8ICdub25lJyk6IHZvaWQge1xuICAgIGNvbnN0IGJlZm9yZSA9IHRoaXMuc3RhdGVbdGhpcy4jYXQoa2V5KV0hO1xuICAgIGlmICh0eXBlb2YgZGVhZGxpbmUgPT09ICdudW1iZXInKSB7XG4gICAgICBjb25zdCB7IGZyb21NcywgdG9NcyB9ID0gdGhpcy4jd2luZG93O1xuICAgICAgdGhpcy4jc2V0KGtleSwgeyB2YWx1ZSwgZWFybGllc3RNczogZnJvbU1zICsgZGVhZGxpbmUsIGxhdGVzdE1zOiB0b01zICsgZGVhZGxpbmUgfSk7XG4gICAgfSBlbHNlIHRoaXMuI3NldChrZXksIGRlYWRsaW5lID09PSAna2VlcCcgJiYgYmVmb3JlLnZhbHVlICE9PSBudWxsID8geyAuLi5iZWZvcmUsIHZhbHVlIH0gOiBrZXlXaXRoVmFsdWUodmFsdWUpKTtcbiAgfVxuXG4gIC8qKiBXaGV0aGVyIHRoZXJlIHdhcyBvbmUuICovXG4gIHJlbW92ZShrZXk6IHN0cmluZyk6IGJvb2xlYW4ge1xuICAgIGlmICh0aGlzLnZhbHVlKGtleSkgPT09IG51bGwpIHJldHVybiBmYWxzZTtcbiAgICB0aGlzLiNzZXQoa2V5LCBOT19LRVkpO1xuICAgIHJldHVybiB0cnVlO1xuICB9XG5cbiAgI3NldChrZXk6IHN0cmluZywgdG86IEtleVN0YXRlKTogdm9pZCB7XG4gICAgY29uc3QgcG9zaXRpb24gPSB0aGlzLiNhdChrZXkpO1xuICAgIHRoaXMuc3RhdGUgPSB0aGlzLnN0YXRlLndpdGgocG9zaXRpb24sIHRvKTtcbiAgICBpZiAoIXRoaXMudG91Y2hlZC5pbmNsdWRlcyhwb3NpdGlvbikpIHRoaXMudG91Y2hlZC5wdXNoKHBvc2l0aW9uKTtcbiAgfVxuXG4gICNhdChrZXk6IHN0cmluZyk6IG51bWJlciB7XG4gICAgcmV0dXJuIHByZXNlbnQodGhpcy4jcG9zaXRpb25PZi5nZXQoa2V5KSwgJ2Ega2V5IGhhcyBhIHBsYWNlJyk7XG4gIH1cbn1cblxuY29uc3QgT0s6IFJlY29yZGVkQW5zd2VyID0geyB0eXBlOiAnc2ltcGxlJywgdGV4dDogJ09LJyB9O1xuY29uc3QgTlVMTDogUmVjb3JkZWRBbnN3ZXIgPSB7IHR5cGU6ICdudWxsJyB9O1xuY29uc3QgTk9UX0FOX0lOVEVHRVI6IFJlY29yZGVkQW5zd2VyID0geyB0eXBlOiAnZXJyb3InLCBtZXNzYWdlOiAnRVJSIHZhbHVlIGlzIG5vdCBhbiBpbnRlZ2VyIG9yIG91dCBvZiByYW5nZScgfTtcbi8qKiBBIHJlbWFpbmluZyB0aW1lIHRvIGxpdmUgaXMgbm90IGZvcmV0b2xkOiBvZiB0aG9zZSB0aGF0IGFyZSBub25lIG9mIC0yIGFuZCAtMSwgYWxsIGFyZSB0aGUgc2FtZS4gKi9cbmNvbnN0IFNPTUVfVElNRTogUmVjb3JkZWRBbnN3ZXIgPSB7IHR5cGU6ICdpbnRlZ2VyJywgdmFsdWU6IDAgfTtcbmNvbnN0IE5PX0tFWV9IQVNfVElNRSA9IGludGVnZXIoLTIpO1xuY29uc3QgTk9fREVBRExJTkUgPSBpbnRlZ2VyKC0xKTtcblxuZnVuY3Rpb24gaW50ZWdlcih2YWx1ZTogbnVtYmVyKTogUmVjb3JkZWRBbnN3ZXIge1xuICByZXR1cm4geyB0eXBlOiAnaW50ZWdlcicsIHZhbHVlIH07XG59XG5cbmZ1bmN0aW9uIHZhbHVlQW5zd2VyKHZhbHVlOiBzdHJpbmcgfCBudWxsKTogUmVjb3JkZWRBbnN3ZXIge1xuICByZXR1cm4gdmFsdWUgPT09IG51bGwgPyBOVUxMIDogeyB0eXBlOiAnYnVsaycsIHRleHQ6IHZhbHVlIH07XG59XG5cbmludGVyZmFjZSBDb21tYW5kIHtcbiAgcmVhZG9ubHkga2V5czogcmVhZG9ubHkgc3RyaW5nW107XG4gIHJlYWRvbmx5IHNldHNEZWFkbGluZTogYm9vbGVhbjtcbiAgcmVhZG9ubHkgYW5zd2Vyc1RpbWU6IGJvb2xlYW47XG4gIC8qKiBXaGV0aGVyIGl0IGNoYW5nZXMgbm90aGluZywgd2hhdGV2ZXIgdGhlIHN0YXRlLCB3aGVuIHRoaXMgaXMgaXRzIGFuc3dlci4gKi9cbiAgcmVhZG9ubHkgaXNJbmVydDogKGFuc3dlcjogUmVjb3JkZWRBbnN3ZXIpID0+IGJvb2xlYW47XG4gIC8qKiBXaGF0IGl0IGRvZXMgdG8ga2V5cyB3aG9zZSBkZWFkbGluZXMgaGF2ZSBiZWVuIGp1ZGdlZC4gKi9cbiAgcmVhZG9ubHkgcnVuOiAoc3RvcmU6IFN0b3JlKSA9PiBSZWNvcmRlZEFuc3dlcjtcbn1cblxuY29uc3QgQUxXQVlTID0gKCk6IGJvb2xlYW4gPT4gdHJ1ZTtcbmNvbnN0IE5FVkVSID0gKCk6IGJvb2xlYW4gPT4gZmFsc2U7XG5jb25zdCBXSEVOX05VTEwgPSAoYW5zd2VyOiBSZWNvcmRlZEFuc3dlcik6IGJvb2xlYW4gPT4gYW5zd2VyLnR5cGUgPT09ICdudWxsJztcbmNvbnN0IFdIRU5fWkVSTyA9IChhbnN3ZXI6IFJlY29yZGVkQW5zd2VyKTogYm9vbGVhbiA9PiBhbnN3ZXIudHlwZSA9PT0gJ2ludGVnZXInICYmIGFuc3dlci52YWx1ZSA9PT0gMDtcbmNvbnN0IFdIRU5fUkVGVVNFRCA9IChhbnN3ZXI6IFJlY29yZGVkQW5zd2VyKTogYm9vbGVhbiA9PiBhbnN3ZXIudHlwZSA9PT0gJ2Vycm9yJztcblxuLyoqIEB0aHJvd3MgUmFuZ2VFcnJvciBvbiBhIGNvbW1hbmQgb3IgYW4gb3B0aW9uIHRoYXQgdGhlIGp1ZGdlIGRvZXMgbm90IGtub3cgKi9cbmZ1bmN0aW9uIGNvbXBpbGVDb21tYW5kKHdvcmRzOiBXb3Jkcyk6IENvbW1hbmQge1xuICBjb25zdCBbbmFtZSA9ICcnLCAuLi5yZXN0XSA9IHdvcmRzO1xuICBpZiAod29yZHMuc29tZSgod29yZCkgPT4gIWlzQXNjaWkod29yZCkpKSB0aHJvdyB1bmtub3duKHdvcmRzLCAnaXRzIHdvcmRzIGFyZSBub3QgQVNDSUknKTtcbiAgY29uc3QgW2tleSA9ICcnLCBzZWNvbmQgPSAnJ10gPSByZXN0O1xuICBjb25zdCBjb21tYW5kID0gKGtleXM6IHJlYWRvbmx5IHN0cmluZ1tdLCBpc0luZXJ0OiBDb21tYW5kWydpc0luZXJ0J10sIHJ1bjogQ29tbWFuZFsncnVuJ10pOiBDb21tYW5kID0+ICh7XG4gICAga2V5cyxcbiAgICBpc0luZXJ0LFxuICAgIHJ1bixcbiAgICBzZXRzRGVhZGxpbmU6IGZhbHNlLFxuICAgIGFuc3dlcnNUaW1lOiBmYWxzZSxcbiAgfSk7XG4gIGNvbnN0IGFyaXR5ID0gKGlzUmlnaHQ6IGJvb2xlYW4pOiB2b2lkID0+IHtcbiAgICBpZiAoIWlzUmlnaHQpIHRocm93IHVua25vd24od29yZHMsICdpdCBoYXMgdGhlIHdyb25nIG51bWJlciBvZiB3b3JkcycpO1xuICB9O1xuICBzd2l0Y2ggKG5hbWUpIHtcbiAgICBjYXNlICdHRVQnOlxuICAgICAgYXJpdHkocmVzdC5sZW5ndGggPT09IDEpO1xuICAgICAgcmV0dXJuIGNvbW1hbmQoW2tleV0sIEFMV0FZUywgKHN0b3JlKSA9PiB2YWx1ZUFuc3dlcihzdG9yZS52YWx1ZShrZXkpKSk7XG4gICAgY2FzZSAnTUdFVCc6XG4gICAgICBhcml0eShyZXN0Lmxlbmd0aCA+IDApO1xuICAgICAgcmV0dXJuIGNvbW1hbmQocmVzdCwgQUxXQVlTLCAoc3RvcmUpID0+ICh7IHR5cGU6ICdhcnJheScsIGl0ZW1zOiByZXN0Lm1hcCgoZWFjaCkgPT4gdmFsdWVBbnN3ZXIoc3RvcmUudmFsdWUoZWFjaCkpKSB9KSk7XG4gICAgY2FzZSAnRVhJU1RTJzpcbiAgICAgIGFyaXR5KHJlc3QubGVuZ3RoID4gMCk7XG4gICAgICByZXR1cm4gY29tbWFuZChyZXN0LCBBTFdBWVMsIChzdG9yZSkgPT4gaW50ZWdlcihyZXN0LmZpbHRlcigoZWFjaCkgPT4gc3RvcmUudmFsdWUoZWFjaCkgIT09IG51bGwpLmxlbmd0aCkpO1xuICAgIGNhc2UgJ1BUVEwnOlxuICAgIGNhc2UgJ1RUTCc6XG4gICAgICBhcml0eShyZXN0Lmxlbmd0aCA9PT0gMSk7XG4gICAgICByZXR1cm4geyAuLi5jb21tYW5kKFtrZXldLCBBTFdBWVMsIChzdG9yZSkgPT4gdGltZVRvTGl2ZShzdG9yZSwga2V5KSksIGFuc3dlcnNUaW1lOiB0cnVlIH07XG4gICAgY2FzZSAnU0VUJzpcbiAgICAgIGFyaXR5KHJlc3QubGVuZ3RoID49IDIpO1xuICAgICAgcmV0dXJuIGNvbXBpbGVTZXQod29yZHMpO1xuICAgIGNhc2UgJ0lOQ1InOlxuICAgIGNhc2UgJ0RFQ1InOlxuICAgICAgYXJpdHkocmVzdC5sZW5ndGggPT09IDEpO1xuICAgICAgcmV0dXJuIGNvbW1hbmQoW2tleV0sIFdIRU5fUkVGVVNFRCwgKHN0b3JlKSA9PiBpbmNyZW1lbnQoc3RvcmUsIGtleSwgbmFtZSA9PT0gJ0lOQ1InID8gMSA6IC0xKSk7XG4gICAgY2FzZSAnSU5DUkJZJzpcbiAgICBjYXNlICdERUNSQlknOiB7XG4gICAgICBhcml0eShyZXN0Lmxlbmd0aCA9PT0gMik7XG4gICAgICBjb25zdCBieSA9IGludGVnZXJJbih3b3Jkcywgc2Vjb25kKSAqIChuYW1lID09PSAnSU5DUkJZJyA/IDEgOiAtMSk7XG4gICAgICByZXR1cm4gY29tbWFuZChba2V5XSwgV0hFTl9SRUZVU0VELCAoc3RvcmUpID0+IGluY3JlbWVudChzdG9yZSwga2V5LCBieSkpO1xuICAgIH1cbiAgICBjYXNlICdBUFBFTkQnOlxuICAgICAgYXJpdHkocmVzdC5sZW5ndGggPT09IDIpO1xuICAgICAgcmV0dXJuIGNvbW1hbmQoW2tleV0sIE5FVkVSLCAoc3RvcmUpID0+IHtcbiAgICAgICAgY29uc3QgdmFsdWUgPSBgJHtzdG9yZS52YWx1ZShrZXkpID8/ICcnfSR7c2Vjb25kfWA7XG4gICAgICAgIHN0b3JlLnB1dChrZXksIHZhbHVlLCAna2VlcCcpO1xuICAgICAgICByZXR1cm4gaW50ZWdlcih2YWx1ZS5sZW5ndGgpO1xuICAgICAgfSk7XG4gICAgY2FzZSAnREVMJzpcbiAgICAgIGFyaXR5KHJlc3QubGVuZ3RoID4gMCk7XG4gICAgICByZXR1cm4gY29tbWFuZChyZXN0LCBXSEVOX1pFUk8sIChzdG9yZSkgPT4gaW50ZWdlcihyZXN0LmZpbHRlcigoZWFjaCkgPT4gc3RvcmUucmVtb3ZlKGVhY2gpKS5sZW5ndGgpKTtcbiAgICBjYXNlICdHRVRERUwnOlxuICAgICAgYXJpdHkocmVzdC5sZW5ndGggPT09IDEpO1xuICAgICAgcmV0dXJuIGNvbW1hbmQoW2tleV0sIFdIRU5fTlVMTCwgKHN0b3JlKSA9PiB7XG4gICAgICAgIGNvbnN0IGJlZm9yZSA9IHN0b3JlLnZhbHVlKGtleSk7XG4gICAgICAgIHN0b3JlLnJlbW92ZShrZXkpO1xuICAgICAgICByZXR1cm4gdmFsdWVBbnN3ZXIoYmVmb3JlKTtcbiAgICAgIH0pO1xuICAgIGNhc2UgJ0VYUElSRSc6XG4gICAgY2FzZSAnUEVYUElSRSc6IHtcbiAgICAgIGFyaXR5KHJlc3QubGVuZ3RoID09PSAyKTtcbiAgICAgIGNvbnN0IG1pbGxpc2Vjb25kcyA9IGludGVnZXJJbih3b3Jkcywgc2Vjb25kKSAqIChuYW1lID09PSAnRVhQSVJFJyA/IDEwMDAgOiAxKTtcbiAgICAgIGNvbnN0IHJ1bjogQ29tbWFuZFsncnVuJ10gPSAoc3RvcmUpID0+IGV4cGlyZShzdG9yZSwga2V5LCBtaWxsaXNlY29uZHMpO1xuICAgICAgcmV0dXJuIHsgLi4uY29tbWFuZChba2V5XSwgV0hFTl9aRVJPLCBydW4pLCBzZXRzRGVhZGxpbmU6IG1pbGxpc2Vjb25kcyA+IDAgfTtcbiAgICB9XG4gICAgY2FzZSAnUEVSU0lTVCc6XG4gICAgICBhcml0eShyZXN0Lmxlbmd0aCA9PT0gMSk7XG4gICAgICByZXR1cm4gY29tbWFuZChba2V5XSwgV0hFTl9aRVJPLCAoc3RvcmUpID0+IHtcbiAgICAgICAgaWYgKCFzdG9yZS5oYXNEZWFkbGluZShrZXkpKSByZXR1cm4gaW50ZWdlcigwKTtcbiAgICAgICAgc3RvcmUucHV0KGtleSwgc3RvcmUudmFsdWUoa2V5KSA/PyAnJywgJ25vbmUnKTtcbiAgICAgICAgcmV0dXJuIGludGVnZXIoMSk7XG4gICAgICB9KTtcbiAgICBjYXNlICdNU0VUJzpcbiAgICAgIGFyaXR5KHJlc3QubGVuZ3RoID4gMCAmJiByZXN0Lmxlbmd0aCAlIDIgPT09IDApO1xuICAgICAgcmV0dXJuIGNvbW1hbmQoXG4gICAgICAgIHJlc3QuZmlsdGVyKChfLCBpbmRleCkgPT4gaW5kZXggJSAyID09PSAwKSxcbiAgICAgICAgTkVWRVIsXG4gICAgICAgIChzdG9yZSkgPT4ge1xuICAgICAgICAgIGZvciAobGV0IGF0ID0gMDsgYXQgPCByZXN0Lmxlbmd0aDsgYXQgKz0gMikgc3RvcmUucHV0KHJlc3RbYXRdISwgcmVzdFthdCArIDFdISwgJ25vbmUnKTtcbiAgICAgICAgICByZXR1cm4gT0s7XG4gICAgICAgIH0sXG4gICAgICApO1xuICAgIGRlZmF1bHQ6XG4gICAgICB0aHJvdyB1bmtub3duKHdvcmRzLCAndGhlcmUgaXMgbm8gc3VjaCBjb21tYW5kJyk7XG4gIH1cbn1cblxuZnVuY3Rpb24gY29tcGlsZVNldCh3b3JkczogV29yZHMpOiBDb21tYW5kIHtcbiAgY29uc3QgWywga2V5ID0gJycsIHZhbHVlID0gJycsIC4uLm9wdGlvbnNdID0gd29yZHM7XG4gIGxldCBjb25kaXRpb246ICdOWCcgfCAnWFgnIHwgbnVsbCA9IG51bGw7XG4gIGxldCBkZWFkbGluZTogbnVtYmVyIHwgJ2tlZXAnIHwgJ25vbmUnID0gJ25vbmUnO1xuICBsZXQgYW5zd2Vyc0JlZm9yZSA9IGZhbHNlO1xuICBmb3IgKGxldCBhdCA9IDA7IGF0IDwgb3B0aW9ucy5sZW5ndGg7IGF0ICs9IDEpIHtcbiAgICBjb25zdCBvcHRpb24gPSBvcHRpb25zW2F0XSE7XG4gICAgaWYgKG9wdGlvbiA9PT0gJ05YJyB8fCBvcHRpb24gPT09ICdYWCcpIGNvbmRpdGlvbiA9IG9wdGlvbjtcbiAgICBlbHNlIGlmIChvcHRpb24gPT09ICdHRVQnKSBhbnN3ZXJzQmVmb3JlID0gdHJ1ZTtcbiAgICBlbHNlIGlmIChvcHRpb24gPT09ICdLRUVQVFRMJykgZGVhZGxpbmUgPSAna2VlcCc7XG4gICAgZWxzZSBpZiAob3B0aW9uID09PSAnUFgnIHx8IG9wdGlvbiA9PT0gJ0VYJykge1xuICAgICAgYXQgKz0gMTtcbiAgICAgIGRlYWRsaW5lID0gaW50ZWdlckluKHdvcmRzLCBvcHRpb25zW2F0XSA/PyAnJykgKiAob3B0aW9uID09PSAnRVgnID8gMTAwMCA6IDEpO1xuICAgICAgaWYgKGRlYWRsaW5lIDw9IDApIHRocm93IHVua25vd24od29yZHMsICdpdHMgdGltZSB0byBsaXZlIGlzIG5vdCBwb3NpdGl2ZScpO1xuICAgIH0gZWxzZSB0aHJvdyB1bmtub3duKHdvcmRzLCBgdGhlcmUgaXMgbm8gb3B0aW9uICR7b3B0aW9ufWApO1xuICB9XG4gIGNvbnN0IGlzSW5lcnQgPSAoYW5zd2VyOiBSZWNvcmRlZEFuc3dlcik6IGJvb2xlYW4gPT4ge1xuICAgIGlmIChjb25kaXRpb24gPT09IG51bGwpIHJldHVybiBmYWxzZTtcbiAgICByZXR1cm4gYW5zd2Vyc0JlZm9yZSA/IChhbnN3ZXIudHlwZSA9PT0gJ251bGwnKSA9PT0gKGNvbmRpdGlvbiA9PT0gJ1hYJykgOiBhbnN3ZXIudHlwZSA9PT0gJ251bGwnO1xuICB9O1xuICBjb25zdCBydW4gPSAoc3RvcmU6IFN0b3JlKTogUmVjb3JkZWRBbnN3ZXIgPT4ge1xuICAgIGNvbnN0IGJlZm9yZSA9IHN0b3JlLnZhbHVlKGtleSk7XG4gICAgY29uc3Qgc2V0cyA9IGNvbmRpdGlvbiA9PT0gbnVsbCB8fCAoY29uZGl0aW9uID09PSAnTlgnKSA9PT0gKGJlZm9yZSA9PT0gbnVsbCk7XG4gICAgaWYgKHNldHMpIHN0b3JlLnB1dChrZXksIHZhbHVlLCBkZWFkbGluZSk7XG4gICAgaWYgKGFuc3dlcnNCZWZvcmUpIHJldHVybiB2YWx1ZUFuc3dlcihiZWZvcmUpO1xuICAgIHJldHVybiBzZXRzID8gT0sgOiBOVUxMO1xuICB9O1xuICByZXR1cm4geyBrZXlzOiBba2V5XSwgaXNJbmVydCwgcnVuLCBzZXRzRGVhZGxpbmU6IHR5cGVvZiBkZWFkbGluZSA9PT0gJ251bWJlcicsIGFuc3dlcnNUaW1lOiBmYWxzZSB9O1xufVxuXG5mdW5jdGlvbiB0aW1lVG9MaXZlKHN0b3JlOiBTdG9yZSwga2V5OiBzdHJpbmcpOiBSZWNvcmRlZEFuc3dlciB7XG4gIGlmIChzdG9yZS52YWx1ZShrZXkpID09PSBudWxsKSByZXR1cm4gTk9fS0VZX0hBU19USU1FO1xuICByZXR1cm4gc3RvcmUuaGFzRGVhZGxpbmUoa2V5KSA/IFNPTUVfVElNRSA6IE5PX0RFQURMSU5FO1xufVxuXG4vKiogQXMgc3RyaWN0IGFzIFJlZGlzOiBubyBwbHVzLCBubyBsZWFkaW5nIHplcm9zLCBubyBzcGFjZXMuICovXG5jb25zdCBJTlRFR0VSID0gL14oMHwtP1sxLTldXFxkKikkLztcblxuZnVuY3Rpb24gaW5jcmVtZW50KHN0b3JlOiBTdG9yZSwga2V5OiBzdHJpbmcsIGJ5OiBudW1iZXIpOiBSZWNvcmRlZEFuc3dlciB7XG4gIGNvbnN0IGJlZm9yZSA9IHN0b3JlLnZhbHVlKGtleSkgPz8gJzAnO1xuICBpZiAoIUlOVEVHRVIudGVzdChiZWZvcmUpKSByZXR1cm4gTk9UX0FOX0lOVEVHRVI7XG4gIGNvbnN0IHN1bSA9IE51bWJlcihiZWZvcmUpICsgYnk7XG4gIGlmICghTnVtYmVyLmlzU2FmZUludGVnZXIoc3VtKSkgdGhyb3cgbmV3IFJhbmdlRXJyb3IoYHRoZSBqdWRnZSBjb3VudHMgdXAgdG8gMl41MzogJHtiZWZvcmV9ICsgJHtieX1gKTtcbiAgc3RvcmUucHV0KGtleSwgU3RyaW5nKHN1bSksICdrZWVwJyk7XG4gIHJldHVybiBpbnRlZ2VyKHN1bSk7XG59XG5cbi8qKiBBIHRpbWUgdG8gbGl2ZSB0aGF0IGlzIG5vdCBwb3NpdGl2ZSBkZWxldGVzLiAqL1xuZnVuY3Rpb24gZXhwaXJlKHN0b3JlOiBTdG9yZSwga2V5OiBzdHJpbmcsIG1pbGxpc2Vjb25kczogbnVtYmVyKTogUmVjb3JkZWRBbnN3ZXIge1xuICBjb25zdCB2YWx1ZSA9IHN0b3JlLnZhbHVlKGtleSk7XG4gIGlmICh2YWx1ZSA9PT0gbnVsbCkgcmV0dXJuIGludGVnZXIoMCk7XG4gIGlmIChtaWxsaXNlY29uZHMgPiAwKSBzdG9yZS5wdXQoa2V5LCB2YWx1ZSwgbWlsbGlzZWNvbmRzKTtcbiAgZWxzZSBzdG9yZS5yZW1vdmUoa2V5KTtcbiAgcmV0dXJuIGludGVnZXIoMSk7XG59XG5cbmZ1bmN0aW9uIGludGVnZXJJbih3b3JkczogV29yZHMsIHRleHQ6IHN0cmluZyk6IG51bWJlciB7XG4gIGlmICghSU5URUdFUi50ZXN0KHRleHQpIHx8ICFOdW1iZXIuaXNTYWZlSW50ZWdlcihOdW1iZXIodGV4dCkpKSB0aHJvdyB1bmtub3duKHdvcmRzLCBgJHtKU09OLnN0cmluZ2lmeSh0ZXh0KX0gaXMgbm8gaW50ZWdlcmApO1xuICByZXR1cm4gTnVtYmVyKHRleHQpO1xufVxuXG5mdW5jdGlvbiBpc0FzY2lpKHRleHQ6IHN0cmluZyk6IGJvb2xlYW4ge1xuICBmb3IgKGxldCBhdCA9IDA7IGF0IDwgdGV4dC5sZW5ndGg7IGF0ICs9IDEpIGlmICh0ZXh0LmNoYXJDb2RlQXQoYXQpID4gMTI3KSByZXR1cm4gZmFsc2U7XG4gIHJldHVybiB0cnVlO1xufVxuXG5mdW5jdGlvbiB1bmtub3duKHdvcmRzOiBXb3Jkcywgd2h5OiBzdHJpbmcpOiBSYW5nZUVycm9yIHtcbiAgcmV0dXJuIG5ldyBSYW5nZUVycm9yKGB0aGUganVkZ2UgZG9lcyBub3Qga25vdyAke3dvcmRzLmpvaW4oJyAnKX06ICR7d2h5fWApO1xufVxuIiwgIi8qKlxuICogQSBoaXN0b3J5LCBjdXQgaW50byBwYXJ0cyB0aGF0IGNhbiBiZSBqdWRnZWQgYWxvbmU6IGtleXMgdGhhdCBtZXQgaW4gb25lIGNhbGwsIHRyYW5zYWN0aW9uIG9yIFdBVENIIGFyZSBvbmUgcGFydC4gV2hhdCBjYW5ub3QgbWF0dGVyIGlzXG4gKiBsZWZ0IG91dDogY2FsbHMgdGhhdCB3ZXJlIHJlZnVzZWQsIEVYRUNzIHRoYXQgYWJvcnRlZCwgY2FsbHMgb2YgdW5rbm93biBvdXRjb21lIHRoYXQgY2hhbmdlIG5vdGhpbmcuXG4gKi9cbmltcG9ydCB7IHByZXNlbnQgfSBmcm9tICcuLi8uLi8uLi9zcmMvc2hhcmVkL2Fzc2VydC50cyc7XG5pbXBvcnQgdHlwZSB7IENoZWNrT3B0aW9ucyB9IGZyb20gJy4vbGluZWFyaXphYmlsaXR5LnRzJztcbmltcG9ydCB0eXBlIHsgUmVjb3JkZWRBbnN3ZXIsIFJlY29yZGVkT3BlcmF0aW9uIH0gZnJvbSAnLi9oaXN0b3J5LnRzJztcbmltcG9ydCB7IENvbXBpbGVkQ2FsbCwga2V5V2l0aFZhbHVlLCBOT19LRVkgfSBmcm9tICcuL3N0b3JlLW1vZGVsLnRzJztcbmltcG9ydCB0eXBlIHsgU3RvcmVTdGF0ZSwgV2luZG93IH0gZnJvbSAnLi9zdG9yZS1tb2RlbC50cyc7XG5cbi8qKiBBIGNhbGwgdGhhdCB0b29rIGVmZmVjdCBiZXR3ZWVuIGl0cyBpbnZvY2F0aW9uIGFuZCBpdHMgcmV0dXJuLiAqL1xuZXhwb3J0IGludGVyZmFjZSBLbm93bkNhbGwge1xuICByZWFkb25seSBvcGVyYXRpb246IFJlY29yZGVkT3BlcmF0aW9uO1xuICByZWFkb25seSBjYWxsOiBDb21waWxlZENhbGw7XG4gIHJlYWRvbmx5IHdpbmRvdzogV2luZG93O1xuICByZWFkb25seSBhbnN3ZXI6IFJlY29yZGVkQW5zd2VyO1xuICAvKiogV2l0aCB0aGlzIGFuc3dlciBpdCBjaGFuZ2VzIG5vdGhpbmcsIHdoYXRldmVyIHRoZSBzdGF0ZS4gKi9cbiAgcmVhZG9ubHkgaXNJbmVydDogYm9vbGVhbjtcbiAgLyoqIFdoYXQgd2FzIHdhdGNoZWQgZm9yIGl0OyBudWxsIHdoZW4gYSBXQVRDSCBvZiBpdCB3YXMgcmVmdXNlZCwgc28gdGhhdCBpdCBoYWQgdG8gYWJvcnQgKHJ1bGUgUzE0KS4gKi9cbiAgcmVhZG9ubHkgd2F0Y2hlczogcmVhZG9ubHkgV2F0Y2hbXSB8IG51bGw7XG59XG5cbi8qKiBBIGNhbGwgdGhhdCB0YWtlcyBlZmZlY3QgYXQgYW55IHRpbWUgYWZ0ZXIgaXRzIGludm9jYXRpb24sIG9yIG5ldmVyLiAqL1xuZXhwb3J0IGludGVyZmFjZSBVbmtub3duQ2FsbCB7XG4gIHJlYWRvbmx5IG9wZXJhdGlvbjogUmVjb3JkZWRPcGVyYXRpb247XG4gIHJlYWRvbmx5IGNhbGw6IENvbXBpbGVkQ2FsbDtcbiAgcmVhZG9ubHkgd2luZG93OiBXaW5kb3c7XG4gIHJlYWRvbmx5IHdhdGNoZXM6IHJlYWRvbmx5IFdhdGNoW107XG4gIC8qKiBUaGUgbmVhcmVzdCBlYXJsaWVyIG9uZSB0aGF0IGRvZXMganVzdCB0aGUgc2FtZSwgLTEgZm9yIG5vbmUuICovXG4gIHJlYWRvbmx5IGVhcmxpZXJUd2luOiBudW1iZXI7XG59XG5cbi8qKiBBIFdBVENIIHRoYXQgYW5zd2VyZWQsIGFuZCB0aGF0IGFuIEVYRUMgcmVzdHMgb24uICovXG5leHBvcnQgaW50ZXJmYWNlIFdhdGNoIHtcbiAgLyoqIFBvc2l0aW9uIGFtb25nIHRoZSBrbm93biBjYWxscy4gKi9cbiAgcmVhZG9ubHkgd2F0Y2g6IG51bWJlcjtcbiAgcmVhZG9ubHkgcG9zaXRpb25zOiByZWFkb25seSBudW1iZXJbXTtcbn1cblxuZXhwb3J0IGludGVyZmFjZSBQYXJ0aXRpb24ge1xuICByZWFkb25seSBrZXlzOiByZWFkb25seSBzdHJpbmdbXTtcbiAgcmVhZG9ubHkgY2FsbHM6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW107XG4gIHJlYWRvbmx5IGluaXRpYWw6IFN0b3JlU3RhdGU7XG4gIC8qKiBJbiB0aGUgb3JkZXIgb2YgaW52b2NhdGlvbiwgYm90aC4gKi9cbiAgcmVhZG9ubHkga25vd246IHJlYWRvbmx5IEtub3duQ2FsbFtdO1xuICByZWFkb25seSB1bmtub3duOiByZWFkb25seSBVbmtub3duQ2FsbFtdO1xufVxuXG4vKiogQHRocm93cyBSYW5nZUVycm9yIGFzIGNoZWNrTGluZWFyaXphYmxlICovXG5leHBvcnQgZnVuY3Rpb24gcGFydGl0aW9uc09mKG9wZXJhdGlvbnM6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10sIG9wdGlvbnM6IENoZWNrT3B0aW9ucyk6IHJlYWRvbmx5IFBhcnRpdGlvbltdIHtcbiAgY29uc3QgYnlJbnZvY2F0aW9uID0gbmV3IE1hcChvcGVyYXRpb25zLm1hcCgob3BlcmF0aW9uKSA9PiBbb3BlcmF0aW9uLmludm9rZWQsIG9wZXJhdGlvbl0pKTtcbiAgY29uc3QgbWF0dGVyaW5nID0gbWF0dGVyaW5nQ2FsbHMob3BlcmF0aW9ucywgYnlJbnZvY2F0aW9uKTtcbiAgY29uc3Qgcm9vdHMgPSBuZXcgRGlzam9pbnRLZXlzKCk7XG4gIGZvciAoY29uc3QgeyBjYWxsIH0gb2YgbWF0dGVyaW5nKSByb290cy5qb2luKGNhbGwua2V5cyk7XG4gIGNvbnN0IHBhcnRzID0gbmV3IE1hcDxzdHJpbmcsIE1hdHRlcmluZ1tdPigpO1xuICBmb3IgKGNvbnN0IGVhY2ggb2YgbWF0dGVyaW5nKSB7XG4gICAgLy8gQSB0cmFuc2FjdGlvbiBtYXkgYmUgZW1wdHkuXG4gICAgY29uc3Qgcm9vdCA9IHJvb3RzLnJvb3RPZihlYWNoLmNhbGwua2V5c1swXSA/PyAnJyk7XG4gICAgY29uc3QgcGFydCA9IHBhcnRzLmdldChyb290KTtcbiAgICBpZiAocGFydCA9PT0gdW5kZWZpbmVkKSBwYXJ0cy5zZXQocm9vdCwgW2VhY2hdKTtcbiAgICBlbHNlIHBhcnQucHVzaChlYWNoKTtcbiAgfVxuICByZXR1cm4gWy4uLnBhcnRzLnZhbHVlcygpXS5tYXAoKHBhcnQpID0+IHBhcnRpdGlvbk9mKHBhcnQsIGJ5SW52b2NhdGlvbiwgb3B0aW9ucykpO1xufVxuXG5pbnRlcmZhY2UgTWF0dGVyaW5nIHtcbiAgcmVhZG9ubHkgb3BlcmF0aW9uOiBSZWNvcmRlZE9wZXJhdGlvbjtcbiAgcmVhZG9ubHkgY2FsbDogQ29tcGlsZWRDYWxsO1xufVxuXG50eXBlIEJ5SW52b2NhdGlvbiA9IFJlYWRvbmx5TWFwPG51bWJlciwgUmVjb3JkZWRPcGVyYXRpb24+O1xuXG5mdW5jdGlvbiB3YXRjaGVzT2YoeyBjYWxsIH06IFJlY29yZGVkT3BlcmF0aW9uLCBieUludm9jYXRpb246IEJ5SW52b2NhdGlvbik6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10ge1xuICBpZiAoY2FsbC50eXBlICE9PSAndHJhbnNhY3Rpb24nKSByZXR1cm4gW107XG4gIHJldHVybiBjYWxsLndhdGNoZXMubWFwKChpbnZva2VkKSA9PiB7XG4gICAgY29uc3Qgd2F0Y2ggPSBwcmVzZW50KGJ5SW52b2NhdGlvbi5nZXQoaW52b2tlZCksICdhIHRyYW5zYWN0aW9uIG5hbWVzIFdBVENIIGNhbGxzIHRoYXQgd2VyZSByZWNvcmRlZCcpO1xuICAgIGlmICh3YXRjaC5jYWxsLnR5cGUgIT09ICd3YXRjaCcpIHRocm93IG5ldyBSYW5nZUVycm9yKGB0aGUgY2FsbCBpbnZva2VkIGF0ICR7aW52b2tlZH0gaXMgbm8gV0FUQ0hgKTtcbiAgICByZXR1cm4gd2F0Y2g7XG4gIH0pO1xufVxuXG5mdW5jdGlvbiBtYXR0ZXJpbmdDYWxscyhvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdLCBieUludm9jYXRpb246IEJ5SW52b2NhdGlvbik6IHJlYWRvbmx5IE1hdHRlcmluZ1tdIHtcbiAgY29uc3Qgd2F0Y2hlZCA9IG5ldyBTZXQ8bnVtYmVyPigpO1xuICBjb25zdCBtYXR0ZXJpbmc6IE1hdHRlcmluZ1tdID0gW107XG4gIGZvciAoY29uc3Qgb3BlcmF0aW9uIG9mIG9wZXJhdGlvbnMpIHtcbiAgICBjb25zdCB7IGNhbGwsIG91dGNvbWUgfSA9IG9wZXJhdGlvbjtcbiAgICBpZiAob3V0Y29tZS50eXBlID09PSAncmVmdXNlZCcgfHwgY2FsbC50eXBlID09PSAnd2F0Y2gnKSBjb250aW51ZTtcbiAgICBjb25zdCBpc0Fib3J0ZWQgPSBjYWxsLnR5cGUgPT09ICd0cmFuc2FjdGlvbicgJiYgb3V0Y29tZS50eXBlID09PSAnb2snICYmIG91dGNvbWUuYW5zd2VyLnR5cGUgPT09ICdudWxsJztcbiAgICBjb25zdCB3YXRjaGVzID0gd2F0Y2hlc09mKG9wZXJhdGlvbiwgYnlJbnZvY2F0aW9uKTtcbiAgICBjb25zdCBpc0RvdWJ0ZnVsID0gb3V0Y29tZS50eXBlID09PSAndW5rbm93bicgJiYgd2F0Y2hlcy5zb21lKCh3YXRjaCkgPT4gd2F0Y2gub3V0Y29tZS50eXBlID09PSAncmVmdXNlZCcpO1xuICAgIGlmIChpc0Fib3J0ZWQgfHwgaXNEb3VidGZ1bCkgY29udGludWU7XG4gICAgY29uc3Qga2V5cyA9IHdhdGNoZXMuZmxhdE1hcCgod2F0Y2gpID0+ICh3YXRjaC5jYWxsLnR5cGUgPT09ICd3YXRjaCcgPyB3YXRjaC5jYWxsLmtleXMgOiBbXSkpO1xuICAgIGNvbnN0IGNvbXBpbGVkID0gbmV3IENvbXBpbGVkQ2FsbChjYWxsLCBrZXlzKTtcbiAgICBpZiAob3V0Y29tZS50eXBlID09PSAndW5rbm93bicgJiYgY29tcGlsZWQuaXNSZWFkT25seSkgY29udGludWU7XG4gICAgbWF0dGVyaW5nLnB1c2goeyBvcGVyYXRpb24sIGNhbGw6IGNvbXBpbGVkIH0pO1xuICAgIGZvciAoY29uc3Qgd2F0Y2ggb2Ygd2F0Y2hlcykge1xuICAgICAgaWYgKHdhdGNoZWQuaGFzKHdhdGNoLmludm9rZWQpIHx8IHdhdGNoLm91dGNvbWUudHlwZSAhPT0gJ29rJykgY29udGludWU7XG4gICAgICB3YXRjaGVkLmFkZCh3YXRjaC5pbnZva2VkKTtcbiAgICAgIG1hdHRlcmluZy5wdXNoKHsgb3BlcmF0aW9uOiB3YXRjaCwgY2FsbDogbmV3IENvbXBpbGVkQ2FsbCh3YXRjaC5jYWxsKSB9KTtcbiAgICB9XG4gIH1cbiAgcmV0dXJuIG1hdHRlcmluZy5zb3J0KChhLCBiKSA9PiBhLm9wZXJhdGlvbi5pbnZva2VkIC0gYi5vcGVyYXRpb24uaW52b2tlZCk7XG59XG5cbmZ1bmN0aW9uIHBhcnRpdGlvbk9mKHBhcnQ6IHJlYWRvbmx5IE1hdHRlcmluZ1tdLCBieUludm9jYXRpb246IEJ5SW52b2NhdGlvbiwgb3B0aW9uczogQ2hlY2tPcHRpb25zKTogUGFydGl0aW9uIHtcbiAgY29uc3Qga2V5cyA9IFsuLi5uZXcgU2V0KHBhcnQuZmxhdE1hcCgoeyBjYWxsIH0pID0+IGNhbGwua2V5cykpXTtcbiAgY29uc3QgcG9zaXRpb25PZiA9IG5ldyBNYXAoa2V5cy5tYXAoKGtleSwgcG9zaXRpb24pID0+IFtrZXksIHBvc2l0aW9uXSkpO1xuICBmb3IgKGNvbnN0IHsgY2FsbCB9IG9mIHBhcnQpIGNhbGwucGxhY2UocG9zaXRpb25PZik7XG4gIGNvbnN0IG9mVHlwZSA9ICh0eXBlOiAnb2snIHwgJ3Vua25vd24nKTogcmVhZG9ubHkgTWF0dGVyaW5nW10gPT5cbiAgICBwYXJ0LmZpbHRlcigoeyBvcGVyYXRpb24gfSkgPT4gb3BlcmF0aW9uLm91dGNvbWUudHlwZSA9PT0gdHlwZSk7XG4gIGNvbnN0IGtub3duID0gb2ZUeXBlKCdvaycpO1xuICBjb25zdCBrbm93bkF0ID0gbmV3IE1hcChrbm93bi5tYXAoKHsgb3BlcmF0aW9uIH0sIGluZGV4KSA9PiBbb3BlcmF0aW9uLmludm9rZWQsIHsgaW5kZXgsIGNhbGw6IGtub3duW2luZGV4XSEuY2FsbCB9XSkpO1xuICBjb25zdCB3YXRjaGVzID0gKG9wZXJhdGlvbjogUmVjb3JkZWRPcGVyYXRpb24pOiByZWFkb25seSBXYXRjaFtdIHwgbnVsbCA9PiB7XG4gICAgY29uc3QgdGhvc2UgPSB3YXRjaGVzT2Yob3BlcmF0aW9uLCBieUludm9jYXRpb24pO1xuICAgIGlmICh0aG9zZS5zb21lKCh7IG91dGNvbWUgfSkgPT4gb3V0Y29tZS50eXBlID09PSAncmVmdXNlZCcpKSByZXR1cm4gbnVsbDtcbiAgICByZXR1cm4gdGhvc2UuZmxhdE1hcCgoeyBpbnZva2VkIH0pID0+IHtcbiAgICAgIGNvbnN0IGF0ID0ga25vd25BdC5nZXQoaW52b2tlZCk7XG4gICAgICByZXR1cm4gYXQgPT09IHVuZGVmaW5lZCA/IFtdIDogW3sgd2F0Y2g6IGF0LmluZGV4LCBwb3NpdGlvbnM6IGF0LmNhbGwucG9zaXRpb25zIH1dO1xuICAgIH0pO1xuICB9O1xuICByZXR1cm4ge1xuICAgIGtleXMsXG4gICAgY2FsbHM6IHBhcnQubWFwKCh7IG9wZXJhdGlvbiB9KSA9PiBvcGVyYXRpb24pLFxuICAgIGluaXRpYWw6IGtleXMubWFwKChrZXkpID0+IHtcbiAgICAgIGNvbnN0IHZhbHVlID0gb3B0aW9ucy5pbml0aWFsPy5nZXQoa2V5KTtcbiAgICAgIHJldHVybiB2YWx1ZSA9PT0gdW5kZWZpbmVkID8gTk9fS0VZIDoga2V5V2l0aFZhbHVlKHZhbHVlKTtcbiAgICB9KSxcbiAgICBrbm93bjoga25vd24ubWFwKCh7IG9wZXJhdGlvbiwgY2FsbCB9KSA9PiB7XG4gICAgICBjb25zdCBhbnN3ZXI6IFJlY29yZGVkQW5zd2VyID0gb3BlcmF0aW9uLm91dGNvbWUudHlwZSA9PT0gJ29rJyA/IG9wZXJhdGlvbi5vdXRjb21lLmFuc3dlciA6IHsgdHlwZTogJ251bGwnIH07XG4gICAgICBjb25zdCBpc0luZXJ0ID0gY2FsbC5pc0luZXJ0KGFuc3dlcik7XG4gICAgICByZXR1cm4ge1xuICAgICAgICBvcGVyYXRpb24sXG4gICAgICAgIGNhbGwsXG4gICAgICAgIHdpbmRvdzogd2luZG93T2Yob3BlcmF0aW9uLCBjYWxsLCBvcHRpb25zKSxcbiAgICAgICAgYW5zd2VyOiBjYWxsLmV4cGVjdGVkKGFuc3dlciksXG4gICAgICAgIGlzSW5lcnQsXG4gICAgICAgIHdhdGNoZXM6IHdhdGNoZXMob3BlcmF0aW9uKSxcbiAgICAgIH07XG4gICAgfSksXG4gICAgdW5rbm93bjogd2l0aFR3aW5zKFxuICAgICAgb2ZUeXBlKCd1bmtub3duJykubWFwKCh7IG9wZXJhdGlvbiwgY2FsbCB9KSA9PiAoe1xuICAgICAgICBvcGVyYXRpb24sXG4gICAgICAgIGNhbGwsXG4gICAgICAgIHdpbmRvdzogd2luZG93T2Yob3BlcmF0aW9uLCBjYWxsLCBvcHRpb25zKSxcbiAgICAgICAgd2F0Y2hlczogd2F0Y2hlcyhvcGVyYXRpb24pID8/IFtdLFxuICAgICAgfSkpLFxuICAgICksXG4gIH07XG59XG5cbi8qKiBMb2cgdGltZSBpcyB3aG9sZSBtaWxsaXNlY29uZHMuICovXG5jb25zdCBST1VORElOR19NUyA9IDE7XG5cbmZ1bmN0aW9uIHdpbmRvd09mKFxuICB7IG91dGNvbWUsIGludm9rZWRBdE1zLCByZXR1cm5lZEF0TXMsIGNhbGwgfTogUmVjb3JkZWRPcGVyYXRpb24sXG4gIGNvbXBpbGVkOiBDb21waWxlZENhbGwsXG4gIHsgbG9nVGltZUVycm9yTXMgfTogQ2hlY2tPcHRpb25zLFxuKTogV2luZG93IHtcbiAgaWYgKGNvbXBpbGVkLnNldHNEZWFkbGluZSAmJiBsb2dUaW1lRXJyb3JNcyA9PT0gdW5kZWZpbmVkKVxuICAgIHRocm93IG5ldyBSYW5nZUVycm9yKGAke0pTT04uc3RyaW5naWZ5KGNhbGwpfSBzZXRzIGEgZGVhZGxpbmU6IHRoZSBqdWRnZSBoYXMgdG8gYmUgdG9sZCBsb2dUaW1lRXJyb3JNc2ApO1xuICBjb25zdCBlcnJvck1zID0gKGxvZ1RpbWVFcnJvck1zID8/IDApICsgUk9VTkRJTkdfTVM7XG4gIHJldHVybiB7IGZyb21NczogaW52b2tlZEF0TXMgLSBlcnJvck1zLCB0b01zOiBvdXRjb21lLnR5cGUgPT09ICdvaycgPyByZXR1cm5lZEF0TXMgKyBlcnJvck1zIDogTnVtYmVyLlBPU0lUSVZFX0lORklOSVRZIH07XG59XG5cbmZ1bmN0aW9uIHdpdGhUd2lucyhjYWxsczogcmVhZG9ubHkgT21pdDxVbmtub3duQ2FsbCwgJ2VhcmxpZXJUd2luJz5bXSk6IHJlYWRvbmx5IFVua25vd25DYWxsW10ge1xuICBjb25zdCB0d2lucyA9IG5ldyBNYXA8c3RyaW5nLCBudW1iZXI+KCk7XG4gIHJldHVybiBjYWxscy5tYXAoKGNhbGwsIGluZGV4KSA9PiB7XG4gICAgLy8gV2l0aCBhIGRlYWRsaW5lIG9mIGl0cyBvd24sIG9yIGtleXMgd2F0Y2hlZCBhdCBhIHRpbWUgb2YgaXRzIG93biwgYSBjYWxsIGlzIGxpa2Ugbm8gb3RoZXIuXG4gICAgaWYgKGNhbGwuY2FsbC5zZXRzRGVhZGxpbmUgfHwgY2FsbC53YXRjaGVzLmxlbmd0aCA+IDApIHJldHVybiB7IC4uLmNhbGwsIGVhcmxpZXJUd2luOiAtMSB9O1xuICAgIGNvbnN0IHRleHQgPSBKU09OLnN0cmluZ2lmeShjYWxsLm9wZXJhdGlvbi5jYWxsKTtcbiAgICBjb25zdCBlYXJsaWVyVHdpbiA9IHR3aW5zLmdldCh0ZXh0KSA/PyAtMTtcbiAgICB0d2lucy5zZXQodGV4dCwgaW5kZXgpO1xuICAgIHJldHVybiB7IC4uLmNhbGwsIGVhcmxpZXJUd2luIH07XG4gIH0pO1xufVxuXG5jbGFzcyBEaXNqb2ludEtleXMge1xuICByZWFkb25seSAjcGFyZW50cyA9IG5ldyBNYXA8c3RyaW5nLCBzdHJpbmc+KCk7XG5cbiAgam9pbihrZXlzOiByZWFkb25seSBzdHJpbmdbXSk6IHZvaWQge1xuICAgIGNvbnN0IFtmaXJzdCwgLi4ub3RoZXJzXSA9IGtleXMubWFwKChrZXkpID0+IHRoaXMucm9vdE9mKGtleSkpO1xuICAgIGlmIChmaXJzdCAhPT0gdW5kZWZpbmVkKSBmb3IgKGNvbnN0IG90aGVyIG9mIG90aGVycykgdGhpcy4jcGFyZW50cy5zZXQodGhpcy5yb290T2Yob3RoZXIpLCB0aGlzLnJvb3RPZihmaXJzdCkpO1xuICB9XG5cbiAgcm9vdE9mKGtleTogc3RyaW5nKTogc3RyaW5nIHtcbiAgICBsZXQgcm9vdCA9IGtleTtcbiAgICBmb3IgKGxldCBwYXJlbnQgPSB0aGlzLiNwYXJlbnRzLmdldChyb290KTsgcGFyZW50ICE9PSB1bmRlZmluZWQgJiYgcGFyZW50ICE9PSByb290OyBwYXJlbnQgPSB0aGlzLiNwYXJlbnRzLmdldChyb290KSlcbiAgICAgIHJvb3QgPSBwYXJlbnQ7XG4gICAgaWYgKHJvb3QgIT09IGtleSkgdGhpcy4jcGFyZW50cy5zZXQoa2V5LCByb290KTtcbiAgICByZXR1cm4gcm9vdDtcbiAgfVxufVxuIiwgIi8qKlxuICogVGhlIHNlYXJjaCBmb3IgYW4gb3JkZXIgaW4gd2hpY2ggYSBwYXJ0aXRpb24ncyBjYWxscyBnaXZlIHRoZSBhbnN3ZXJzIHRoYXQgdGhleSBnYXZlOiB0aGF0IG9mIFdpbmcgYW5kIEdvbmcgKDE5OTMpIHdpdGggTG93ZSdzIG1lbW9yeSBvZlxuICogY29uZmlndXJhdGlvbnMgKDIwMTcpLlxuICpcbiAqIEEgY2FsbCBvZiB1bmtub3duIG91dGNvbWUgaGFzIG5vIGVuZCwgc28gdGhhdCBtYW55IG9mIHRoZW0gaGF2ZSB2ZXJ5IG1hbnkgb3JkZXJzLiBJZiB0aGVyZSBpcyBhbiBvcmRlciBhdCBhbGwsIHRoZXJlIGlzIG9uZSB3aXRoIHRoZVxuICogZmV3ZXN0IHVua25vd24gY2FsbHMsIHRob3NlIGFzIGxhdGUgYXMgY2FuIGJlLCBhbmQgaW4gdGhlIG9yZGVyIG9mIHRoZWlyIGludm9jYXRpb24gd2hlcmUgdGhhdCBtYWtlcyBubyBkaWZmZXJlbmNlOyBvbmx5IHN1Y2ggb3JkZXJzIGFyZVxuICogc2VhcmNoZWQuIFNvIGFuIHVua25vd24gY2FsbCBpcyB0YWtlbiBvbmx5IGluIGEgY2hhaW4gb2YgdGhlbSByaWdodCBiZWZvcmUgYSBrbm93biBvbmUgdGhhdCB0ZWxscyB0aGUgZGlmZmVyZW5jZTpcbiAqIC0gaXQgaXMgbm90IHRha2VuIGlmIHRoZSBuZXh0IGNhbGwsIHdpdGhvdXQgaXQsIGFuc3dlcnMgdGhlIHNhbWUgYW5kIGxlYXZlcyB0aGUgc2FtZSBiZWhpbmQsIGF0IG9uY2UgKGl0IHdhcyBuZWVkbGVzcykgb3Igb25jZSBpdCBmb2xsb3dzXG4gKiAgIChpdCB3YXMgdG9vIGVhcmx5KTtcbiAqIC0gb2YgdHdvIG5laWdoYm91cnMgdGhhdCBjb3VsZCBjaGFuZ2UgcGxhY2VzLCB0aGUgb25lIGludm9rZWQgZmlyc3QgY29tZXMgZmlyc3Q7IG9mIHR3byB0aGF0IGRvIGp1c3QgdGhlIHNhbWUsIGxpa2V3aXNlLlxuICogQW5kIGEga25vd24gY2FsbCB0aGF0IGNoYW5nZXMgbm90aGluZyBhbmQgYW5zd2VycyByaWdodCBpcyB0YWtlbiBhdCBvbmNlOiBtb3ZlZCB0byB0aGUgZnJvbnQsIGl0IGlzIGluIG5vYm9keSdzIHdheS5cbiAqXG4gKiBPZiB0d28gY29uZmlndXJhdGlvbnMgd2l0aCB0aGUgc2FtZSBrbm93biBjYWxscyB0YWtlbiBhbmQgdGhlIHNhbWUgc3RhdGUsIHRoZSBvbmUgd2l0aCBmZXdlciB1bmtub3duIGNhbGxzIHRha2VuIGNhbiBkbyBhbGwgdGhhdCB0aGVcbiAqIG90aGVyIGNhbi5cbiAqL1xuaW1wb3J0IHR5cGUgeyBLbm93bkNhbGwsIFBhcnRpdGlvbiwgVW5rbm93bkNhbGwsIFdhdGNoIH0gZnJvbSAnLi9wYXJ0aXRpb25zLnRzJztcbmltcG9ydCB7IGlzU2FtZUFuc3dlciB9IGZyb20gJy4vc3RvcmUtbW9kZWwudHMnO1xuaW1wb3J0IHR5cGUgeyBFZmZlY3QsIEtleVN0YXRlLCBTdG9yZVN0YXRlIH0gZnJvbSAnLi9zdG9yZS1tb2RlbC50cyc7XG5cbmV4cG9ydCBpbnRlcmZhY2UgRm91bmQge1xuICByZWFkb25seSB0eXBlOiAnb3JkZXInIHwgJ25vLW9yZGVyJyB8ICdnYXZlLXVwJztcbiAgLyoqIEhvdyBtYW55IHdlcmUgbG9va2VkIGF0LiAqL1xuICByZWFkb25seSBjb25maWd1cmF0aW9uczogbnVtYmVyO1xufVxuXG4vKiogV2hhdCBoYXMgYmVlbiBnaXZlbiBpdHMgaW5zdGFudCBzbyBmYXIsIGFuZCB3aGF0IHRoZSBrZXlzIGhvbGQgdGhlbi4gKi9cbmludGVyZmFjZSBDb25maWd1cmF0aW9uIHtcbiAgcmVhZG9ubHkgc3RhdGU6IFN0b3JlU3RhdGU7XG4gIC8qKiBBbGwga25vd24gY2FsbHMgYmVmb3JlIHRoaXMgb25lLCBpbiB0aGUgb3JkZXIgb2YgaW52b2NhdGlvbiwgYXJlIHRha2VuLiAqL1xuICByZWFkb25seSBiYXNlOiBudW1iZXI7XG4gIC8qKiBBbmQgdGhlc2UgYmV5b25kIGl0LCByaXNpbmcuICovXG4gIHJlYWRvbmx5IGFoZWFkOiByZWFkb25seSBudW1iZXJbXTtcbiAgLyoqIEEgYml0IGZvciBlYWNoIHVua25vd24gY2FsbCB0aGF0IHRvb2sgZWZmZWN0LCBvciBubyBsb25nZXIgY2FuIHNpbmNlIHNvbWV0aGluZyB0aGF0IGl0IHdhdGNoZXMgd2FzIHRvdWNoZWQuICovXG4gIHJlYWRvbmx5IHVua25vd25zOiBiaWdpbnQ7XG59XG5cbi8qKiBBIHJvdyBvZiB1bmtub3duIGNhbGxzIHRoYXQgdG9vayBlZmZlY3QsIG9uZSByaWdodCBhZnRlciB0aGUgb3RoZXIuICovXG5pbnRlcmZhY2UgQ2hhaW4ge1xuICByZWFkb25seSBzdGF0ZTogU3RvcmVTdGF0ZTtcbiAgcmVhZG9ubHkgdW5rbm93bnM6IGJpZ2ludDtcbiAgcmVhZG9ubHkgbGFzdDogeyByZWFkb25seSBpbmRleDogbnVtYmVyOyByZWFkb25seSBiZWZvcmU6IFN0b3JlU3RhdGU7IHJlYWRvbmx5IHVua25vd25zQmVmb3JlOiBiaWdpbnQgfSB8IG51bGw7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBzZWFyY2hPcmRlcihwYXJ0aXRpb246IFBhcnRpdGlvbiwgY29uZmlndXJhdGlvbnNNYXg6IG51bWJlcik6IEZvdW5kIHtcbiAgcmV0dXJuIG5ldyBTZWFyY2gocGFydGl0aW9uLCBjb25maWd1cmF0aW9uc01heCkucnVuKCk7XG59XG5cbmNsYXNzIFNlYXJjaCB7XG4gIHJlYWRvbmx5ICNrbm93bjogcmVhZG9ubHkgS25vd25DYWxsW107XG4gIHJlYWRvbmx5ICN1bmtub3duOiByZWFkb25seSBVbmtub3duQ2FsbFtdO1xuICByZWFkb25seSAjY29uZmlndXJhdGlvbnNNYXg6IG51bWJlcjtcbiAgcmVhZG9ubHkgI25hbWVzID0gbmV3IFN0YXRlTmFtZXMoKTtcbiAgcmVhZG9ubHkgI2d1YXJkczogcmVhZG9ubHkgKHJlYWRvbmx5IEd1YXJkW10pW107XG4gIHJlYWRvbmx5ICNzZWVuID0gbmV3IE1hcDxzdHJpbmcsIGJpZ2ludFtdPigpO1xuICByZWFkb25seSAjZmlyc3Q6IENvbmZpZ3VyYXRpb247XG4gICNjb25maWd1cmF0aW9ucyA9IDA7XG5cbiAgY29uc3RydWN0b3IoeyBrZXlzLCBpbml0aWFsLCBrbm93biwgdW5rbm93biB9OiBQYXJ0aXRpb24sIGNvbmZpZ3VyYXRpb25zTWF4OiBudW1iZXIpIHtcbiAgICB0aGlzLiNrbm93biA9IGtub3duO1xuICAgIHRoaXMuI3Vua25vd24gPSB1bmtub3duO1xuICAgIHRoaXMuI2NvbmZpZ3VyYXRpb25zTWF4ID0gY29uZmlndXJhdGlvbnNNYXg7XG4gICAgdGhpcy4jZ3VhcmRzID0gZ3VhcmRzT2Yoa2V5cy5sZW5ndGgsIGtub3duLCB1bmtub3duKTtcbiAgICB0aGlzLiNmaXJzdCA9IHsgc3RhdGU6IHRoaXMuI25hbWVzLmludGVybmVkKGluaXRpYWwpLCBiYXNlOiAwLCBhaGVhZDogW10sIHVua25vd25zOiAwbiB9O1xuICB9XG5cbiAgcnVuKCk6IEZvdW5kIHtcbiAgICAvKiogVGhlIGxhc3Qgb25lIHB1c2hlZCBpcyBsb29rZWQgYXQgZmlyc3QuIFdoYXQgbmVlZHMgdW5rbm93biBjYWxscyBpcyB3b3JrZWQgb3V0IG9ubHkgd2hlbiBub3RoaW5nIGVsc2UgaGFzIGxlZCBvbi4gKi9cbiAgICBjb25zdCBzdGFjazogeyByZWFkb25seSBhdDogQ29uZmlndXJhdGlvbjsgcmVhZG9ubHkgaXNUcmllZDogYm9vbGVhbiB9W10gPSBbeyBhdDogdGhpcy4jZmlyc3QsIGlzVHJpZWQ6IGZhbHNlIH1dO1xuICAgIGZvciAobGV0IG5leHQgPSBzdGFjay5wb3AoKTsgbmV4dCAhPT0gdW5kZWZpbmVkOyBuZXh0ID0gc3RhY2sucG9wKCkpIHtcbiAgICAgIGNvbnN0IHsgYXQsIGlzVHJpZWQgfSA9IG5leHQ7XG4gICAgICBpZiAoaXNUcmllZCkge1xuICAgICAgICBmb3IgKGNvbnN0IHRvIG9mIHRoaXMuI2J5Q2hhaW5zKGF0KSkgc3RhY2sucHVzaCh7IGF0OiB0bywgaXNUcmllZDogZmFsc2UgfSk7XG4gICAgICAgIGNvbnRpbnVlO1xuICAgICAgfVxuICAgICAgaWYgKGF0LmJhc2UgPT09IHRoaXMuI2tub3duLmxlbmd0aCkgcmV0dXJuIHsgdHlwZTogJ29yZGVyJywgY29uZmlndXJhdGlvbnM6IHRoaXMuI2NvbmZpZ3VyYXRpb25zIH07XG4gICAgICBpZiAodGhpcy4jd2FzU2VlbihhdCkpIGNvbnRpbnVlO1xuICAgICAgaWYgKHRoaXMuI2NvbmZpZ3VyYXRpb25zID49IHRoaXMuI2NvbmZpZ3VyYXRpb25zTWF4KSByZXR1cm4geyB0eXBlOiAnZ2F2ZS11cCcsIGNvbmZpZ3VyYXRpb25zOiB0aGlzLiNjb25maWd1cmF0aW9ucyB9O1xuICAgICAgdGhpcy4jY29uZmlndXJhdGlvbnMgKz0gMTtcbiAgICAgIGNvbnN0IHsgaXNTZXR0bGVkLCB0byB9ID0gdGhpcy4jYnlLbm93bihhdCk7XG4gICAgICBpZiAoIWlzU2V0dGxlZCAmJiB0aGlzLiN1bmtub3duLmxlbmd0aCA+IDApIHN0YWNrLnB1c2goeyBhdCwgaXNUcmllZDogdHJ1ZSB9KTtcbiAgICAgIGZvciAoY29uc3QgZWFjaCBvZiB0bykgc3RhY2sucHVzaCh7IGF0OiBlYWNoLCBpc1RyaWVkOiBmYWxzZSB9KTtcbiAgICB9XG4gICAgcmV0dXJuIHsgdHlwZTogJ25vLW9yZGVyJywgY29uZmlndXJhdGlvbnM6IHRoaXMuI2NvbmZpZ3VyYXRpb25zIH07XG4gIH1cblxuICAjd2FzU2Vlbih7IHN0YXRlLCBiYXNlLCBhaGVhZCwgdW5rbm93bnMgfTogQ29uZmlndXJhdGlvbik6IGJvb2xlYW4ge1xuICAgIGNvbnN0IG5hbWUgPSBgJHtiYXNlfXwke2FoZWFkLmpvaW4oKX18JHt0aGlzLiNuYW1lcy5vZihzdGF0ZSl9YDtcbiAgICBjb25zdCBzZWVuID0gdGhpcy4jc2Vlbi5nZXQobmFtZSk7XG4gICAgaWYgKHNlZW4gPT09IHVuZGVmaW5lZCkge1xuICAgICAgdGhpcy4jc2Vlbi5zZXQobmFtZSwgW3Vua25vd25zXSk7XG4gICAgICByZXR1cm4gZmFsc2U7XG4gICAgfVxuICAgIGlmIChzZWVuLnNvbWUoKGZld2VyKSA9PiAoZmV3ZXIgJiB1bmtub3ducykgPT09IGZld2VyKSkgcmV0dXJuIHRydWU7XG4gICAgc2Vlbi5wdXNoKHVua25vd25zKTtcbiAgICByZXR1cm4gZmFsc2U7XG4gIH1cblxuICAvKiogVGhlIG1vc3QgcHJvbWlzaW5nIGxhc3Q6IHdoYXQgcmV0dXJuZWQgZmlyc3QuICovXG4gICNieUtub3duKGZyb206IENvbmZpZ3VyYXRpb24pOiB7IHJlYWRvbmx5IGlzU2V0dGxlZDogYm9vbGVhbjsgcmVhZG9ubHkgdG86IHJlYWRvbmx5IENvbmZpZ3VyYXRpb25bXSB9IHtcbiAgICBjb25zdCB0bzogeyByZWFkb25seSByZXR1cm5lZDogbnVtYmVyOyByZWFkb25seSBhdDogQ29uZmlndXJhdGlvbiB9W10gPSBbXTtcbiAgICBmb3IgKGNvbnN0IGluZGV4IG9mIHRoaXMuI2NhbmRpZGF0ZXMoZnJvbSkuY2FuZGlkYXRlcykge1xuICAgICAgY29uc3QgeyBpc0luZXJ0LCBvcGVyYXRpb24gfSA9IHRoaXMuI2tub3duW2luZGV4XSE7XG4gICAgICBmb3IgKGNvbnN0IGVmZmVjdCBvZiB0aGlzLiNlZmZlY3RzT2ZLbm93bihmcm9tLCBpbmRleCkpIHtcbiAgICAgICAgY29uc3QgYXQgPSB7IC4uLnRha2VuKGZyb20sIGluZGV4KSwgLi4uZWZmZWN0IH07XG4gICAgICAgIGlmIChpc0luZXJ0ICYmIGVmZmVjdC5zdGF0ZSA9PT0gZnJvbS5zdGF0ZSkgcmV0dXJuIHsgaXNTZXR0bGVkOiB0cnVlLCB0bzogW2F0XSB9O1xuICAgICAgICB0by5wdXNoKHsgcmV0dXJuZWQ6IG9wZXJhdGlvbi5yZXR1cm5lZCwgYXQgfSk7XG4gICAgICB9XG4gICAgfVxuICAgIHRvLnNvcnQoKGEsIGIpID0+IGIucmV0dXJuZWQgLSBhLnJldHVybmVkKTtcbiAgICByZXR1cm4geyBpc1NldHRsZWQ6IGZhbHNlLCB0bzogdG8ubWFwKCh7IGF0IH0pID0+IGF0KSB9O1xuICB9XG5cbiAgLyoqIFRoZSBzaG9ydGVzdCBjaGFpbiBsYXN0LiAqL1xuICAjYnlDaGFpbnMoZnJvbTogQ29uZmlndXJhdGlvbik6IHJlYWRvbmx5IENvbmZpZ3VyYXRpb25bXSB7XG4gICAgY29uc3QgeyBjYW5kaWRhdGVzLCBob3Jpem9uIH0gPSB0aGlzLiNjYW5kaWRhdGVzKGZyb20pO1xuICAgIHJldHVybiBjYW5kaWRhdGVzLmZsYXRNYXAoKGluZGV4KSA9PiB0aGlzLiNjaGFpbnNUbyhmcm9tLCBpbmRleCwgaG9yaXpvbikpLnJldmVyc2UoKTtcbiAgfVxuXG4gIC8qKiBXaGF0IGZvbGxvd3Mgd2hlbiB0aGUgYGluZGV4YHRoIGtub3duIGNhbGwgY29tZXMgbmV4dCwgYWZ0ZXIgYXQgbGVhc3Qgb25lIHVua25vd24gY2FsbC4gKi9cbiAgI2NoYWluc1RvKGZyb206IENvbmZpZ3VyYXRpb24sIGluZGV4OiBudW1iZXIsIGhvcml6b246IG51bWJlcik6IHJlYWRvbmx5IENvbmZpZ3VyYXRpb25bXSB7XG4gICAgY29uc3QgZm91bmQ6IENvbmZpZ3VyYXRpb25bXSA9IFtdO1xuICAgIGNvbnN0IGVsaWdpYmxlID0gdGhpcy4jZWxpZ2libGUoZnJvbSwgaW5kZXgsIGhvcml6b24pO1xuICAgIGlmIChlbGlnaWJsZS5sZW5ndGggPT09IDApIHJldHVybiBmb3VuZDtcbiAgICBjb25zdCBzZWVuID0gbmV3IFNldDxzdHJpbmc+KCk7XG4gICAgbGV0IGNoYWluczogcmVhZG9ubHkgQ2hhaW5bXSA9IFt7IHN0YXRlOiBmcm9tLnN0YXRlLCB1bmtub3duczogZnJvbS51bmtub3ducywgbGFzdDogbnVsbCB9XTtcbiAgICB3aGlsZSAoY2hhaW5zLmxlbmd0aCA+IDAgJiYgdGhpcy4jY29uZmlndXJhdGlvbnMgPCB0aGlzLiNjb25maWd1cmF0aW9uc01heCkge1xuICAgICAgY29uc3QgbG9uZ2VyOiBDaGFpbltdID0gW107XG4gICAgICBmb3IgKGNvbnN0IGNoYWluIG9mIGNoYWlucykge1xuICAgICAgICBpZiAoY2hhaW4ubGFzdCAhPT0gbnVsbCkgZm91bmQucHVzaCguLi50aGlzLiNjbG9zZWQoZnJvbSwgY2hhaW4sIGNoYWluLmxhc3QsIGluZGV4KSk7XG4gICAgICAgIGZvciAoY29uc3QgbmV4dCBvZiBlbGlnaWJsZSkge1xuICAgICAgICAgIGZvciAoY29uc3QgdG8gb2YgdGhpcy4jZXh0ZW5kZWQoZnJvbSwgY2hhaW4sIG5leHQpKSB7XG4gICAgICAgICAgICBjb25zdCBuYW1lID0gYCR7dG8udW5rbm93bnN9fCR7bmV4dH18JHt0aGlzLiNuYW1lcy5vZih0by5zdGF0ZSl9YDtcbiAgICAgICAgICAgIGlmIChzZWVuLmhhcyhuYW1lKSkgY29udGludWU7XG4gICAgICAgICAgICBzZWVuLmFkZChuYW1lKTtcbiAgICAgICAgICAgIHRoaXMuI2NvbmZpZ3VyYXRpb25zICs9IDE7XG4gICAgICAgICAgICBsb25nZXIucHVzaCh0byk7XG4gICAgICAgICAgfVxuICAgICAgICB9XG4gICAgICB9XG4gICAgICBjaGFpbnMgPSBsb25nZXI7XG4gICAgfVxuICAgIHJldHVybiBmb3VuZDtcbiAgfVxuXG4gIC8qKiBVbmtub3duIGNhbGxzIHRoYXQgc2hhcmUga2V5cyB3aXRoIGEga25vd24gb25lLCBkaXJlY3RseSBvciB0aHJvdWdoIGVhY2ggb3RoZXIuICovXG4gICNlbGlnaWJsZShmcm9tOiBDb25maWd1cmF0aW9uLCBpbmRleDogbnVtYmVyLCBob3Jpem9uOiBudW1iZXIpOiByZWFkb25seSBudW1iZXJbXSB7XG4gICAgY29uc3Qgb3BlbjogbnVtYmVyW10gPSBbXTtcbiAgICBmb3IgKGNvbnN0IFthdCwgeyBvcGVyYXRpb24gfV0gb2YgdGhpcy4jdW5rbm93bi5lbnRyaWVzKCkpIHtcbiAgICAgIGlmIChvcGVyYXRpb24uaW52b2tlZCA+IGhvcml6b24pIGJyZWFrO1xuICAgICAgaWYgKCFoYXMoZnJvbS51bmtub3ducywgYXQpKSBvcGVuLnB1c2goYXQpO1xuICAgIH1cbiAgICBjb25zdCByZWFjaGVkID0gbmV3IFNldCh0aGlzLiNrbm93bltpbmRleF0hLmNhbGwucG9zaXRpb25zKTtcbiAgICBjb25zdCBlbGlnaWJsZSA9IG5ldyBTZXQ8bnVtYmVyPigpO1xuICAgIGZvciAobGV0IGdyZXcgPSB0cnVlOyBncmV3Oykge1xuICAgICAgZ3JldyA9IGZhbHNlO1xuICAgICAgZm9yIChjb25zdCBhdCBvZiBvcGVuKSB7XG4gICAgICAgIGNvbnN0IHsgcG9zaXRpb25zIH0gPSB0aGlzLiN1bmtub3duW2F0XSEuY2FsbDtcbiAgICAgICAgaWYgKGVsaWdpYmxlLmhhcyhhdCkgfHwgIXBvc2l0aW9ucy5zb21lKChwb3NpdGlvbikgPT4gcmVhY2hlZC5oYXMocG9zaXRpb24pKSkgY29udGludWU7XG4gICAgICAgIGVsaWdpYmxlLmFkZChhdCk7XG4gICAgICAgIGZvciAoY29uc3QgcG9zaXRpb24gb2YgcG9zaXRpb25zKSByZWFjaGVkLmFkZChwb3NpdGlvbik7XG4gICAgICAgIGdyZXcgPSB0cnVlO1xuICAgICAgfVxuICAgIH1cbiAgICByZXR1cm4gWy4uLmVsaWdpYmxlXS5zb3J0KChhLCBiKSA9PiBhIC0gYik7XG4gIH1cblxuICAjZXh0ZW5kZWQoZnJvbTogQ29uZmlndXJhdGlvbiwgY2hhaW46IENoYWluLCBuZXh0OiBudW1iZXIpOiByZWFkb25seSBDaGFpbltdIHtcbiAgICBjb25zdCB7IGxhc3QgfSA9IGNoYWluO1xuICAgIGNvbnN0IHsgZWFybGllclR3aW4gfSA9IHRoaXMuI3Vua25vd25bbmV4dF0hO1xuICAgIGlmIChoYXMoY2hhaW4udW5rbm93bnMsIG5leHQpIHx8IChlYXJsaWVyVHdpbiA+PSAwICYmICFoYXMoY2hhaW4udW5rbm93bnMsIGVhcmxpZXJUd2luKSkpIHJldHVybiBbXTtcbiAgICByZXR1cm4gdGhpcy4jZWZmZWN0c09mVW5rbm93bih7IC4uLmZyb20sIC4uLmNoYWluIH0sIG5leHQpLmZsYXRNYXAoKHsgc3RhdGUsIHVua25vd25zIH0pID0+IHtcbiAgICAgIGlmIChzdGF0ZSA9PT0gY2hhaW4uc3RhdGUpIHJldHVybiBbXTtcbiAgICAgIGlmIChsYXN0ICE9PSBudWxsKSB7XG4gICAgICAgIGNvbnN0IHdpdGhvdXQgPSB0aGlzLiNlZmZlY3RzT2ZVbmtub3duKHsgLi4uZnJvbSwgc3RhdGU6IGxhc3QuYmVmb3JlLCB1bmtub3duczogbGFzdC51bmtub3duc0JlZm9yZSB9LCBuZXh0KTtcbiAgICAgICAgY29uc3QgY2FuU3dhcCA9IG5leHQgPCBsYXN0LmluZGV4ICYmIHRoaXMuI2NhbkZvbGxvdyhmcm9tLCBsYXN0LmluZGV4LCB3aXRob3V0LCB7IHN0YXRlLCB1bmtub3ducyB9KTtcbiAgICAgICAgaWYgKGNhblN3YXAgfHwgaXNOZWVkbGVzcyh3aXRob3V0LCB7IHN0YXRlLCB1bmtub3ducyB9KSkgcmV0dXJuIFtdO1xuICAgICAgfVxuICAgICAgcmV0dXJuIFt7IHN0YXRlLCB1bmtub3ducywgbGFzdDogeyBpbmRleDogbmV4dCwgYmVmb3JlOiBjaGFpbi5zdGF0ZSwgdW5rbm93bnNCZWZvcmU6IGNoYWluLnVua25vd25zIH0gfV07XG4gICAgfSk7XG4gIH1cblxuICAvKiogVGhlIGNoYWluJ3MgZW5kLCBpZiB0aGUga25vd24gY2FsbCB0ZWxscyB0aGUgZGlmZmVyZW5jZSB0aGF0IHRoZSBjaGFpbidzIGxhc3Qgb25lIG1ha2VzLiAqL1xuICAjY2xvc2VkKGZyb206IENvbmZpZ3VyYXRpb24sIGNoYWluOiBDaGFpbiwgbGFzdDogQ2hhaW5bJ2xhc3QnXSAmIG9iamVjdCwgaW5kZXg6IG51bWJlcik6IHJlYWRvbmx5IENvbmZpZ3VyYXRpb25bXSB7XG4gICAgY29uc3Qgd2l0aG91dCA9IHRoaXMuI2VmZmVjdHNPZktub3duKHsgLi4uZnJvbSwgc3RhdGU6IGxhc3QuYmVmb3JlLCB1bmtub3duczogbGFzdC51bmtub3duc0JlZm9yZSB9LCBpbmRleCk7XG4gICAgcmV0dXJuIHRoaXMuI2VmZmVjdHNPZktub3duKHsgLi4uZnJvbSwgLi4uY2hhaW4gfSwgaW5kZXgpLmZsYXRNYXAoKGVmZmVjdCkgPT4ge1xuICAgICAgaWYgKGlzTmVlZGxlc3Mod2l0aG91dCwgZWZmZWN0KSB8fCB0aGlzLiNjYW5Gb2xsb3codGFrZW4oZnJvbSwgaW5kZXgpLCBsYXN0LmluZGV4LCB3aXRob3V0LCBlZmZlY3QpKSByZXR1cm4gW107XG4gICAgICByZXR1cm4gW3sgLi4udGFrZW4oZnJvbSwgaW5kZXgpLCAuLi5lZmZlY3QgfV07XG4gICAgfSk7XG4gIH1cblxuICAvKiogV2hldGhlciB0aGUgdW5rbm93biBjYWxsIGxlYWRzIGZyb20gb25lIG9mIHRob3NlIHRvIHdoZXJlIHdlIGFyZS4gKi9cbiAgI2NhbkZvbGxvdyhmcm9tOiBDb25maWd1cmF0aW9uLCB1bmtub3duOiBudW1iZXIsIHRob3NlOiByZWFkb25seSBTdGVwW10sIGhlcmU6IFN0ZXApOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhvc2Uuc29tZSgoc3RlcCkgPT4gaXNOZWVkbGVzcyh0aGlzLiNlZmZlY3RzT2ZVbmtub3duKHsgLi4uZnJvbSwgLi4uc3RlcCB9LCB1bmtub3duKSwgaGVyZSkpO1xuICB9XG5cbiAgI2VmZmVjdHNPZktub3duKGZyb206IENvbmZpZ3VyYXRpb24sIGluZGV4OiBudW1iZXIpOiByZWFkb25seSBTdGVwW10ge1xuICAgIGNvbnN0IHsgY2FsbCwgd2luZG93LCBhbnN3ZXIsIHdhdGNoZXMgfSA9IHRoaXMuI2tub3duW2luZGV4XSE7XG4gICAgaWYgKHdhdGNoZXMgPT09IG51bGwgfHwgIXdhdGNoZXMuZXZlcnkoKHsgd2F0Y2ggfSkgPT4gaXNUYWtlbihmcm9tLCB3YXRjaCkpKSByZXR1cm4gW107XG4gICAgcmV0dXJuIGNhbGwuZWZmZWN0cyhmcm9tLnN0YXRlLCB3aW5kb3cpLmZsYXRNYXAoKGVmZmVjdCkgPT4ge1xuICAgICAgaWYgKCFpc1NhbWVBbnN3ZXIoZWZmZWN0LmFuc3dlciwgYW5zd2VyKSkgcmV0dXJuIFtdO1xuICAgICAgcmV0dXJuIHRoaXMuI2d1YXJkZWQoZnJvbSwgZWZmZWN0LCB7IHR5cGU6ICdrbm93bicsIGluZGV4IH0pO1xuICAgIH0pO1xuICB9XG5cbiAgI2VmZmVjdHNPZlVua25vd24oZnJvbTogQ29uZmlndXJhdGlvbiwgaW5kZXg6IG51bWJlcik6IHJlYWRvbmx5IFN0ZXBbXSB7XG4gICAgY29uc3QgeyBjYWxsLCB3aW5kb3csIHdhdGNoZXMgfSA9IHRoaXMuI3Vua25vd25baW5kZXhdITtcbiAgICBpZiAoaGFzKGZyb20udW5rbm93bnMsIGluZGV4KSB8fCAhd2F0Y2hlcy5ldmVyeSgoeyB3YXRjaCB9KSA9PiBpc1Rha2VuKGZyb20sIHdhdGNoKSkpIHJldHVybiBbXTtcbiAgICBjb25zdCB0YWtpbmcgPSB7IC4uLmZyb20sIHVua25vd25zOiBmcm9tLnVua25vd25zIHwgKDFuIDw8IEJpZ0ludChpbmRleCkpIH07XG4gICAgcmV0dXJuIGNhbGwuZWZmZWN0cyhmcm9tLnN0YXRlLCB3aW5kb3cpLmZsYXRNYXAoKGVmZmVjdCkgPT4gdGhpcy4jZ3VhcmRlZCh0YWtpbmcsIGVmZmVjdCwgeyB0eXBlOiAndW5rbm93bicsIGluZGV4IH0pKTtcbiAgfVxuXG4gIC8qKiBXaGF0IHdhcyB0b3VjaGVkIGJldHdlZW4gYSBXQVRDSCBhbmQgaXRzIEVYRUMgbWFrZXMgdGhhdCBpbXBvc3NpYmxlLiAqL1xuICAjZ3VhcmRlZChmcm9tOiBDb25maWd1cmF0aW9uLCB7IHN0YXRlLCB0b3VjaGVkIH06IEVmZmVjdCwgYnk6IENhbGxlcik6IHJlYWRvbmx5IFN0ZXBbXSB7XG4gICAgbGV0IHVua25vd25zID0gZnJvbS51bmtub3ducztcbiAgICBmb3IgKGNvbnN0IHBvc2l0aW9uIG9mIHRvdWNoZWQpIHtcbiAgICAgIGZvciAoY29uc3QgeyB3YXRjaCwgZXhlYyB9IG9mIHRoaXMuI2d1YXJkc1twb3NpdGlvbl0hKSB7XG4gICAgICAgIGlmICghaXNUYWtlbihmcm9tLCB3YXRjaCkgfHwgKGV4ZWMudHlwZSA9PT0gYnkudHlwZSAmJiBleGVjLmluZGV4ID09PSBieS5pbmRleCkpIGNvbnRpbnVlO1xuICAgICAgICBpZiAoZXhlYy50eXBlID09PSAndW5rbm93bicpIHVua25vd25zIHw9IDFuIDw8IEJpZ0ludChleGVjLmluZGV4KTtcbiAgICAgICAgZWxzZSBpZiAoIWlzVGFrZW4oZnJvbSwgZXhlYy5pbmRleCkpIHJldHVybiBbXTtcbiAgICAgIH1cbiAgICB9XG4gICAgcmV0dXJuIFt7IHN0YXRlOiB0aGlzLiNuYW1lcy5pbnRlcm5lZChzdGF0ZSksIHVua25vd25zIH1dO1xuICB9XG5cbiAgLyoqIEtub3duIGNhbGxzIHRoYXQgd2VyZSBpbnZva2VkIGJlZm9yZSBhbnkgdW50YWtlbiBvbmUgaGFkIHJldHVybmVkOyBgaG9yaXpvbmAgaXMgdGhlIGZpcnN0IHN1Y2ggcmV0dXJuLiAqL1xuICAjY2FuZGlkYXRlcyhmcm9tOiBDb25maWd1cmF0aW9uKTogeyByZWFkb25seSBjYW5kaWRhdGVzOiByZWFkb25seSBudW1iZXJbXTsgcmVhZG9ubHkgaG9yaXpvbjogbnVtYmVyIH0ge1xuICAgIGNvbnN0IGNhbmRpZGF0ZXM6IG51bWJlcltdID0gW107XG4gICAgbGV0IGhvcml6b24gPSBOdW1iZXIuUE9TSVRJVkVfSU5GSU5JVFk7XG4gICAgZm9yIChsZXQgaW5kZXggPSBmcm9tLmJhc2U7IGluZGV4IDwgdGhpcy4ja25vd24ubGVuZ3RoOyBpbmRleCArPSAxKSB7XG4gICAgICBjb25zdCB7IGludm9rZWQsIHJldHVybmVkIH0gPSB0aGlzLiNrbm93bltpbmRleF0hLm9wZXJhdGlvbjtcbiAgICAgIGlmIChpbnZva2VkID4gaG9yaXpvbikgYnJlYWs7XG4gICAgICBpZiAoZnJvbS5haGVhZC5pbmNsdWRlcyhpbmRleCkpIGNvbnRpbnVlO1xuICAgICAgY2FuZGlkYXRlcy5wdXNoKGluZGV4KTtcbiAgICAgIGhvcml6b24gPSBNYXRoLm1pbihob3Jpem9uLCByZXR1cm5lZCk7XG4gICAgfVxuICAgIHJldHVybiB7IGNhbmRpZGF0ZXMsIGhvcml6b24gfTtcbiAgfVxufVxuXG5pbnRlcmZhY2UgU3RlcCB7XG4gIHJlYWRvbmx5IHN0YXRlOiBTdG9yZVN0YXRlO1xuICByZWFkb25seSB1bmtub3duczogYmlnaW50O1xufVxuXG4vKiogV2hldGhlciBvbmUgb2YgdGhvc2UgaXMgd2hlcmUgd2UgYXJlLCB3aXRoIG5vIG1vcmUgdW5rbm93biBjYWxscyB0YWtlbi4gKi9cbmZ1bmN0aW9uIGlzTmVlZGxlc3ModGhvc2U6IHJlYWRvbmx5IFN0ZXBbXSwgaGVyZTogU3RlcCk6IGJvb2xlYW4ge1xuICByZXR1cm4gdGhvc2Uuc29tZSgoeyBzdGF0ZSwgdW5rbm93bnMgfSkgPT4gc3RhdGUgPT09IGhlcmUuc3RhdGUgJiYgKHVua25vd25zICYgaGVyZS51bmtub3ducykgPT09IHVua25vd25zKTtcbn1cblxuaW50ZXJmYWNlIENhbGxlciB7XG4gIHJlYWRvbmx5IHR5cGU6ICdrbm93bicgfCAndW5rbm93bic7XG4gIHJlYWRvbmx5IGluZGV4OiBudW1iZXI7XG59XG5cbmludGVyZmFjZSBHdWFyZCB7XG4gIHJlYWRvbmx5IHdhdGNoOiBudW1iZXI7XG4gIHJlYWRvbmx5IGV4ZWM6IENhbGxlcjtcbn1cblxuLyoqIEZvciBlYWNoIGtleSwgd2hhdCB3YXRjaGVzIGl0LiAqL1xuZnVuY3Rpb24gZ3VhcmRzT2Yoa2V5czogbnVtYmVyLCBrbm93bjogcmVhZG9ubHkgS25vd25DYWxsW10sIHVua25vd246IHJlYWRvbmx5IFVua25vd25DYWxsW10pOiByZWFkb25seSAocmVhZG9ubHkgR3VhcmRbXSlbXSB7XG4gIGNvbnN0IGd1YXJkcyA9IEFycmF5LmZyb20oeyBsZW5ndGg6IGtleXMgfSwgKCk6IEd1YXJkW10gPT4gW10pO1xuICBjb25zdCBhZGQgPSAod2F0Y2hlczogcmVhZG9ubHkgV2F0Y2hbXSwgZXhlYzogQ2FsbGVyKTogdm9pZCA9PiB7XG4gICAgZm9yIChjb25zdCB7IHdhdGNoLCBwb3NpdGlvbnMgfSBvZiB3YXRjaGVzKSBmb3IgKGNvbnN0IHBvc2l0aW9uIG9mIHBvc2l0aW9ucykgZ3VhcmRzW3Bvc2l0aW9uXSEucHVzaCh7IHdhdGNoLCBleGVjIH0pO1xuICB9O1xuICBmb3IgKGNvbnN0IFtpbmRleCwgeyB3YXRjaGVzIH1dIG9mIGtub3duLmVudHJpZXMoKSkgYWRkKHdhdGNoZXMgPz8gW10sIHsgdHlwZTogJ2tub3duJywgaW5kZXggfSk7XG4gIGZvciAoY29uc3QgW2luZGV4LCB7IHdhdGNoZXMgfV0gb2YgdW5rbm93bi5lbnRyaWVzKCkpIGFkZCh3YXRjaGVzLCB7IHR5cGU6ICd1bmtub3duJywgaW5kZXggfSk7XG4gIHJldHVybiBndWFyZHM7XG59XG5cbi8qKiBFcXVhbCBzdGF0ZXMgYXJlIG9uZSBvYmplY3QsIHNvIHRoYXQgdGhleSBjb21wYXJlIGFzIHN1Y2gsIGFuZCBoYXZlIHNob3J0IG5hbWVzLiAqL1xuY2xhc3MgU3RhdGVOYW1lcyB7XG4gIHJlYWRvbmx5ICNrZXlTdGF0ZXMgPSBuZXcgTWFwPHN0cmluZywgeyByZWFkb25seSBpZDogbnVtYmVyOyByZWFkb25seSBzdGF0ZTogS2V5U3RhdGUgfT4oKTtcbiAgcmVhZG9ubHkgI2tleUlkcyA9IG5ldyBXZWFrTWFwPEtleVN0YXRlLCBudW1iZXI+KCk7XG4gIHJlYWRvbmx5ICNzdGF0ZXMgPSBuZXcgTWFwPHN0cmluZywgU3RvcmVTdGF0ZT4oKTtcbiAgcmVhZG9ubHkgI25hbWVzID0gbmV3IFdlYWtNYXA8U3RvcmVTdGF0ZSwgc3RyaW5nPigpO1xuXG4gIG9mKHN0YXRlOiBTdG9yZVN0YXRlKTogc3RyaW5nIHtcbiAgICBjb25zdCBrbm93biA9IHRoaXMuI25hbWVzLmdldChzdGF0ZSk7XG4gICAgaWYgKGtub3duICE9PSB1bmRlZmluZWQpIHJldHVybiBrbm93bjtcbiAgICBjb25zdCBuYW1lID0gc3RhdGUubWFwKChrZXkpID0+IHRoaXMuI2tleUlkKGtleSkpLmpvaW4oKTtcbiAgICB0aGlzLiNuYW1lcy5zZXQoc3RhdGUsIG5hbWUpO1xuICAgIHJldHVybiBuYW1lO1xuICB9XG5cbiAgaW50ZXJuZWQoc3RhdGU6IFN0b3JlU3RhdGUpOiBTdG9yZVN0YXRlIHtcbiAgICBjb25zdCBuYW1lID0gdGhpcy5vZihzdGF0ZSk7XG4gICAgY29uc3Qgc2FtZSA9IHRoaXMuI3N0YXRlcy5nZXQobmFtZSk7XG4gICAgaWYgKHNhbWUgIT09IHVuZGVmaW5lZCkgcmV0dXJuIHNhbWU7XG4gICAgdGhpcy4jc3RhdGVzLnNldChuYW1lLCBzdGF0ZSk7XG4gICAgcmV0dXJuIHN0YXRlO1xuICB9XG5cbiAgI2tleUlkKGtleTogS2V5U3RhdGUpOiBudW1iZXIge1xuICAgIGNvbnN0IGtub3duID0gdGhpcy4ja2V5SWRzLmdldChrZXkpO1xuICAgIGlmIChrbm93biAhPT0gdW5kZWZpbmVkKSByZXR1cm4ga25vd247XG4gICAgY29uc3QgdGV4dCA9IGAke2tleS5lYXJsaWVzdE1zfXwke2tleS5sYXRlc3RNc318JHtrZXkudmFsdWUgPT09IG51bGwgPyAnJyA6IGA9JHtrZXkudmFsdWV9YH1gO1xuICAgIGNvbnN0IGlkID0gdGhpcy4ja2V5U3RhdGVzLmdldCh0ZXh0KT8uaWQgPz8gdGhpcy4ja2V5U3RhdGVzLnNpemU7XG4gICAgaWYgKGlkID09PSB0aGlzLiNrZXlTdGF0ZXMuc2l6ZSkgdGhpcy4ja2V5U3RhdGVzLnNldCh0ZXh0LCB7IGlkLCBzdGF0ZToga2V5IH0pO1xuICAgIHRoaXMuI2tleUlkcy5zZXQoa2V5LCBpZCk7XG4gICAgcmV0dXJuIGlkO1xuICB9XG59XG5cbmZ1bmN0aW9uIGhhcyh1bmtub3duczogYmlnaW50LCBpbmRleDogbnVtYmVyKTogYm9vbGVhbiB7XG4gIHJldHVybiAoKHVua25vd25zID4+IEJpZ0ludChpbmRleCkpICYgMW4pID09PSAxbjtcbn1cblxuZnVuY3Rpb24gaXNUYWtlbih7IGJhc2UsIGFoZWFkIH06IENvbmZpZ3VyYXRpb24sIGluZGV4OiBudW1iZXIpOiBib29sZWFuIHtcbiAgcmV0dXJuIGluZGV4IDwgYmFzZSB8fCBhaGVhZC5pbmNsdWRlcyhpbmRleCk7XG59XG5cbmZ1bmN0aW9uIHRha2VuKGZyb206IENvbmZpZ3VyYXRpb24sIGluZGV4OiBudW1iZXIpOiBDb25maWd1cmF0aW9uIHtcbiAgY29uc3QgYWhlYWQgPSBbLi4uZnJvbS5haGVhZCwgaW5kZXhdLnNvcnQoKGEsIGIpID0+IGEgLSBiKTtcbiAgbGV0IGJhc2UgPSBmcm9tLmJhc2U7XG4gIHdoaWxlIChhaGVhZFswXSA9PT0gYmFzZSkge1xuICAgIGFoZWFkLnNoaWZ0KCk7XG4gICAgYmFzZSArPSAxO1xuICB9XG4gIHJldHVybiB7IC4uLmZyb20sIGJhc2UsIGFoZWFkIH07XG59XG4iLCAiLyoqXG4gKiBEZWNpZGVzIHdoZXRoZXIgYSBoaXN0b3J5IGlzIGxpbmVhcml6YWJsZTogd2hldGhlciBldmVyeSBjYWxsIGNhbiBiZSBnaXZlbiBvbmUgaW5zdGFudCBiZXR3ZWVuIGl0cyBpbnZvY2F0aW9uIGFuZCBpdHMgcmV0dXJuLCBzdWNoIHRoYXRcbiAqIHRoZSBzdG9yZSBvZiBzdG9yZS1tb2RlbC50cywgcnVuIGluIHRoYXQgb3JkZXIsIGFuc3dlcnMgd2hhdCB3YXMgYW5zd2VyZWQuIExpbmVhcml6YWJpbGl0eSBpcyBsb2NhbCAoSGVybGloeSBhbmQgV2luZyAxOTkwLCB0aGVvcmVtIDEpOlxuICoga2V5cyBhcmUganVkZ2VkIGFsb25lLCBhbmQgdGhvc2UgdGhhdCBtZXQgaW4gb25lIGNhbGwgb3IgdHJhbnNhY3Rpb24gdG9nZXRoZXIuXG4gKi9cbmltcG9ydCB7IGFzc2VydE5ldmVyIH0gZnJvbSAnLi4vLi4vLi4vc3JjL3NoYXJlZC9hc3NlcnQudHMnO1xuaW1wb3J0IHsgbWluaW1hbENvbnRyYWRpY3Rpb24gfSBmcm9tICcuL2NvbnRyYWRpY3Rpb24udHMnO1xuaW1wb3J0IHR5cGUgeyBSZWNvcmRlZEFuc3dlciwgUmVjb3JkZWRDYWxsLCBSZWNvcmRlZE9wZXJhdGlvbiB9IGZyb20gJy4vaGlzdG9yeS50cyc7XG5pbXBvcnQgeyBwYXJ0aXRpb25zT2YgfSBmcm9tICcuL3BhcnRpdGlvbnMudHMnO1xuaW1wb3J0IHR5cGUgeyBQYXJ0aXRpb24gfSBmcm9tICcuL3BhcnRpdGlvbnMudHMnO1xuaW1wb3J0IHsgc2VhcmNoT3JkZXIgfSBmcm9tICcuL3NlYXJjaC50cyc7XG5cbi8qKiBDb25maWd1cmF0aW9ucyBsb29rZWQgYXQgZm9yIG9uZSBwYXJ0aXRpb247IGJleW9uZCBpdCB0aGUganVkZ2UgZ2l2ZXMgdXAsIHdoaWNoIG5vIHRlc3QgbWF5IHRha2UgZm9yIGEgeWVzLiAqL1xuZXhwb3J0IGNvbnN0IENPTkZJR1VSQVRJT05TX01BWCA9IDUwMF8wMDA7XG5cbmV4cG9ydCBpbnRlcmZhY2UgQ2hlY2tPcHRpb25zIHtcbiAgLyoqIFZhbHVlcyB0aGF0IGtleXMgaGFkIGJlZm9yZTsgYWxsIG90aGVycyBoYWQgbm9uZS4gKi9cbiAgcmVhZG9ubHkgaW5pdGlhbD86IFJlYWRvbmx5TWFwPHN0cmluZywgc3RyaW5nPjtcbiAgLyoqXG4gICAqIEhvdyBmYXIgbG9nIHRpbWUgKHJ1bGUgUzEzKSBtYXkgYmUgZnJvbSB0aGUgcmVjb3JkZXIncyBjbG9jayBwbHVzIGEgY29uc3RhbnQgdGhhdCBpcyB0aGUgc2FtZSBmb3IgdGhlIHdob2xlIGhpc3Rvcnk6IHRoZSBsYXJnZXN0IGVycm9yXG4gICAqIG9mIHRoZSBtZWRpYW4gb2YgdGhlIG1lbWJlcnMnIGNsb2Nrcywgd2l0aCB3aGF0IGl0IGxhZ3MgYmVoaW5kLiBBIGhpc3RvcnkgaW4gd2hpY2ggYSBjYWxsIHNldHMgYSBkZWFkbGluZSBuZWVkcyBpdC5cbiAgICovXG4gIHJlYWRvbmx5IGxvZ1RpbWVFcnJvck1zPzogbnVtYmVyIHwgdW5kZWZpbmVkO1xuICByZWFkb25seSBjb25maWd1cmF0aW9uc01heD86IG51bWJlcjtcbn1cblxuZXhwb3J0IHR5cGUgVmVyZGljdCA9XG4gIHwgeyByZWFkb25seSB0eXBlOiAnbGluZWFyaXphYmxlJzsgcmVhZG9ubHkgb3BlcmF0aW9uczogbnVtYmVyOyByZWFkb25seSBjb25maWd1cmF0aW9uczogbnVtYmVyIH1cbiAgfCB7XG4gICAgICByZWFkb25seSB0eXBlOiAnbm90LWxpbmVhcml6YWJsZSc7XG4gICAgICByZWFkb25seSBrZXlzOiByZWFkb25seSBzdHJpbmdbXTtcbiAgICAgIC8qKiBUaGUgZmV3ZXN0IGZvdW5kIHRoYXQgY29udHJhZGljdCBlYWNoIG90aGVyOiB3aGF0ZXZlciB0aGUgb3RoZXIgY2FsbHMgZGlkLCB0aGVzZSBhbnN3ZXJzIGNhbm5vdCBhbGwgYmUgdHJ1ZS4gKi9cbiAgICAgIHJlYWRvbmx5IG9mZmVuZGluZzogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXTtcbiAgICAgIHJlYWRvbmx5IGV4cGxhbmF0aW9uOiBzdHJpbmc7XG4gICAgfVxuICB8IHsgcmVhZG9ubHkgdHlwZTogJ2dhdmUtdXAnOyByZWFkb25seSBrZXlzOiByZWFkb25seSBzdHJpbmdbXTsgcmVhZG9ubHkgY29uZmlndXJhdGlvbnM6IG51bWJlcjsgcmVhZG9ubHkgZXhwbGFuYXRpb246IHN0cmluZyB9O1xuXG4vKiogQHRocm93cyBSYW5nZUVycm9yIG9uIGEgY2FsbCB0aGF0IHRoZSBqdWRnZSBkb2VzIG5vdCBrbm93LCBvciB0aGF0IHNldHMgYSBkZWFkbGluZSB3aGlsZSBgbG9nVGltZUVycm9yTXNgIGlzIG5vdCBnaXZlbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNoZWNrTGluZWFyaXphYmxlKG9wZXJhdGlvbnM6IHJlYWRvbmx5IFJlY29yZGVkT3BlcmF0aW9uW10sIG9wdGlvbnM6IENoZWNrT3B0aW9ucyA9IHt9KTogVmVyZGljdCB7XG4gIGNvbnN0IGNvbmZpZ3VyYXRpb25zTWF4ID0gb3B0aW9ucy5jb25maWd1cmF0aW9uc01heCA/PyBDT05GSUdVUkFUSU9OU19NQVg7XG4gIGxldCBjb25maWd1cmF0aW9ucyA9IDA7XG4gIGZvciAoY29uc3QgcGFydGl0aW9uIG9mIHBhcnRpdGlvbnNPZihvcGVyYXRpb25zLCBvcHRpb25zKSkge1xuICAgIGNvbnN0IGZvdW5kID0gc2VhcmNoT3JkZXIocGFydGl0aW9uLCBjb25maWd1cmF0aW9uc01heCk7XG4gICAgY29uZmlndXJhdGlvbnMgKz0gZm91bmQuY29uZmlndXJhdGlvbnM7XG4gICAgaWYgKGZvdW5kLnR5cGUgPT09ICdnYXZlLXVwJykgcmV0dXJuIGdhdmVVcChwYXJ0aXRpb24sIGZvdW5kLmNvbmZpZ3VyYXRpb25zKTtcbiAgICBpZiAoZm91bmQudHlwZSA9PT0gJ25vLW9yZGVyJykgcmV0dXJuIGNvbnRyYWRpY3RlZChwYXJ0aXRpb24sIG9wZXJhdGlvbnMsIG9wdGlvbnMpO1xuICB9XG4gIHJldHVybiB7IHR5cGU6ICdsaW5lYXJpemFibGUnLCBvcGVyYXRpb25zOiBvcGVyYXRpb25zLmxlbmd0aCwgY29uZmlndXJhdGlvbnMgfTtcbn1cblxuZnVuY3Rpb24gZ2F2ZVVwKHsga2V5cyB9OiBQYXJ0aXRpb24sIGNvbmZpZ3VyYXRpb25zOiBudW1iZXIpOiBWZXJkaWN0IHtcbiAgY29uc3QgZXhwbGFuYXRpb24gPSBgZ2F2ZSB1cCBvbiAke2tleXMuam9pbignLCAnKX0gYWZ0ZXIgJHtjb25maWd1cmF0aW9uc30gY29uZmlndXJhdGlvbnM6IG5laXRoZXIgYW4gb3JkZXIgbm9yIGEgY29udHJhZGljdGlvbiB3YXMgZm91bmRgO1xuICByZXR1cm4geyB0eXBlOiAnZ2F2ZS11cCcsIGtleXMsIGNvbmZpZ3VyYXRpb25zLCBleHBsYW5hdGlvbiB9O1xufVxuXG4vKiogRWFjaCBvZiB0aGUgY2hlY2tzIHRoYXQgbG9vayBmb3IgdGhlIGNvbnRyYWRpY3Rpb24gbWF5IGNvc3QgdGhpcyBwYXJ0IG9mIHRoZSB3aG9sZTogd2l0aCBzbyBtdWNoIGxlZnQgb3Blbiwgc29tZSB3b3VsZCB0YWtlIGZvcmV2ZXIuICovXG5jb25zdCBDT05UUkFESUNUSU9OX0VGRk9SVCA9IDEgLyAyNTtcblxuZnVuY3Rpb24gY29udHJhZGljdGVkKHsga2V5cywgY2FsbHMgfTogUGFydGl0aW9uLCBvcGVyYXRpb25zOiByZWFkb25seSBSZWNvcmRlZE9wZXJhdGlvbltdLCBvcHRpb25zOiBDaGVja09wdGlvbnMpOiBWZXJkaWN0IHtcbiAgY29uc3QgY29uZmlndXJhdGlvbnNNYXggPSAob3B0aW9ucy5jb25maWd1cmF0aW9uc01heCA/PyBDT05GSUdVUkFUSU9OU19NQVgpICogQ09OVFJBRElDVElPTl9FRkZPUlQ7XG4gIGNvbnN0IGhhc05vT3JkZXIgPSAoc29tZTogcmVhZG9ubHkgUmVjb3JkZWRPcGVyYXRpb25bXSk6IGJvb2xlYW4gPT5cbiAgICBwYXJ0aXRpb25zT2Yoc29tZSwgb3B0aW9ucykuc29tZSgocGFydGl0aW9uKSA9PiBzZWFyY2hPcmRlcihwYXJ0aXRpb24sIGNvbmZpZ3VyYXRpb25zTWF4KS50eXBlID09PSAnbm8tb3JkZXInKTtcbiAgY29uc3QgY29uY2VybmVkID0gbmV3IFNldChjYWxscy5tYXAoKHsgaW52b2tlZCB9KSA9PiBpbnZva2VkKSk7XG4gIC8vIEEgV0FUQ0ggdGhhdCB3YXMgcmVmdXNlZCBpcyBhIHJlYXNvbjsgb25lIHRoYXQgbWF0dGVycyB0byBub2JvZHkgaXMgc29vbiBnb25lLlxuICBjb25zdCBvZmZlbmRpbmcgPSBtaW5pbWFsQ29udHJhZGljdGlvbihcbiAgICBvcGVyYXRpb25zLmZpbHRlcigoeyBpbnZva2VkLCBjYWxsIH0pID0+IGNvbmNlcm5lZC5oYXMoaW52b2tlZCkgfHwgY2FsbC50eXBlID09PSAnd2F0Y2gnKSxcbiAgICBoYXNOb09yZGVyLFxuICApO1xuICBjb25zdCBleHBsYW5hdGlvbiA9IFtcbiAgICBgbm8gb3JkZXIgb2YgdGhlIGNhbGxzIG9uICR7a2V5cy5qb2luKCcsICcpfSBnaXZlcyB0aGVzZSBhbnN3ZXJzLCB3aGF0ZXZlciB0aGUgb3RoZXIgY2FsbHMgZGlkOmAsXG4gICAgLi4ub2ZmZW5kaW5nLm1hcChkZXNjcmliZU9wZXJhdGlvbiksXG4gIF0uam9pbignXFxuICAnKTtcbiAgcmV0dXJuIHsgdHlwZTogJ25vdC1saW5lYXJpemFibGUnLCBrZXlzLCBvZmZlbmRpbmcsIGV4cGxhbmF0aW9uIH07XG59XG5cbi8qKiBGb3IgcGVvcGxlLCBvbiBvbmUgbGluZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBkZXNjcmliZU9wZXJhdGlvbih7IGNsaWVudCwgY2FsbCwgb3V0Y29tZSwgaW52b2tlZEF0TXMsIHJldHVybmVkQXRNcyB9OiBSZWNvcmRlZE9wZXJhdGlvbik6IHN0cmluZyB7XG4gIGNvbnN0IGJlY2FtZSA9IG91dGNvbWUudHlwZSA9PT0gJ29rJyA/IGRlc2NyaWJlQW5zd2VyKG91dGNvbWUuYW5zd2VyKSA6IGAke291dGNvbWUudHlwZX0gKCR7b3V0Y29tZS5yZWFzb259KWA7XG4gIHJldHVybiBgY2xpZW50ICR7Y2xpZW50fTogJHtkZXNjcmliZUNhbGwoY2FsbCl9IC0+ICR7YmVjYW1lfSBbJHtpbnZva2VkQXRNcy50b0ZpeGVkKDEpfSwgJHtyZXR1cm5lZEF0TXMudG9GaXhlZCgxKX0gbXNdYDtcbn1cblxuZnVuY3Rpb24gZGVzY3JpYmVDYWxsKGNhbGw6IFJlY29yZGVkQ2FsbCk6IHN0cmluZyB7XG4gIHN3aXRjaCAoY2FsbC50eXBlKSB7XG4gICAgY2FzZSAnY29tbWFuZCc6XG4gICAgICByZXR1cm4gY2FsbC53b3Jkcy5qb2luKCcgJyk7XG4gICAgY2FzZSAnd2F0Y2gnOlxuICAgICAgcmV0dXJuIGBXQVRDSCAke2NhbGwua2V5cy5qb2luKCcgJyl9YDtcbiAgICBjYXNlICd0cmFuc2FjdGlvbic6XG4gICAgICByZXR1cm4gYE1VTFRJOyAke2NhbGwuY29tbWFuZHMubWFwKCh3b3JkcykgPT4gd29yZHMuam9pbignICcpKS5qb2luKCc7ICcpfTsgRVhFQ2A7XG4gICAgZGVmYXVsdDpcbiAgICAgIHJldHVybiBhc3NlcnROZXZlcihjYWxsKTtcbiAgfVxufVxuXG5mdW5jdGlvbiBkZXNjcmliZUFuc3dlcihhbnN3ZXI6IFJlY29yZGVkQW5zd2VyKTogc3RyaW5nIHtcbiAgc3dpdGNoIChhbnN3ZXIudHlwZSkge1xuICAgIGNhc2UgJ3NpbXBsZSc6XG4gICAgICByZXR1cm4gYW5zd2VyLnRleHQ7XG4gICAgY2FzZSAnZXJyb3InOlxuICAgICAgcmV0dXJuIGAtJHthbnN3ZXIubWVzc2FnZX1gO1xuICAgIGNhc2UgJ2ludGVnZXInOlxuICAgICAgcmV0dXJuIFN0cmluZyhhbnN3ZXIudmFsdWUpO1xuICAgIGNhc2UgJ2J1bGsnOlxuICAgICAgcmV0dXJuIEpTT04uc3RyaW5naWZ5KGFuc3dlci50ZXh0KTtcbiAgICBjYXNlICdudWxsJzpcbiAgICAgIHJldHVybiAnKG5pbCknO1xuICAgIGNhc2UgJ2FycmF5JzpcbiAgICAgIHJldHVybiBgWyR7YW5zd2VyLml0ZW1zLm1hcChkZXNjcmliZUFuc3dlcikuam9pbignLCAnKX1dYDtcbiAgICBkZWZhdWx0OlxuICAgICAgcmV0dXJuIGFzc2VydE5ldmVyKGFuc3dlcik7XG4gIH1cbn1cbiIsICIvKiogV2hhdCBjbGllbnRzIG9mIHRoZSB3b3JsZCB3ZXJlIHRvbGQsIGFuZCB0aGUganVkZ2VtZW50IG9mIGl0LiAqL1xuaW1wb3J0IHsgSGlzdG9yeVJlY29yZGVyIH0gZnJvbSAnLi4vc3VwcG9ydC9oaXN0b3J5L2hpc3RvcnkudHMnO1xuaW1wb3J0IHR5cGUgeyBPcGVuT3BlcmF0aW9uLCBSZWNvcmRlZENhbGwsIFJlY29yZGVkT3V0Y29tZSB9IGZyb20gJy4uL3N1cHBvcnQvaGlzdG9yeS9oaXN0b3J5LnRzJztcbmltcG9ydCB7IGFuc3dlck9mIH0gZnJvbSAnLi4vc3VwcG9ydC9oaXN0b3J5L2hpc3RvcnkudHMnO1xuaW1wb3J0IHsgY2hlY2tMaW5lYXJpemFibGUgfSBmcm9tICcuLi9zdXBwb3J0L2hpc3RvcnkvbGluZWFyaXphYmlsaXR5LnRzJztcbmltcG9ydCB7IGRlc2NyaWJlT3V0Y29tZSB9IGZyb20gJy4uL3N1cHBvcnQvcmVzcC1jbGllbnQudHMnO1xuaW1wb3J0IHR5cGUgeyBDYWxsT3V0Y29tZSB9IGZyb20gJy4uL3N1cHBvcnQvcmVzcC1jbGllbnQudHMnO1xuaW1wb3J0IHR5cGUgeyBTY2hlZHVsZXIgfSBmcm9tICcuL3NjaGVkdWxlci50cyc7XG5cbmV4cG9ydCB0eXBlIE91dGNvbWVLaW5kID0gUmVjb3JkZWRPdXRjb21lWyd0eXBlJ107XG5cbmNvbnN0IFNBRkVfUkVGVVNBTFMgPSAvXihOT0xFQURFUnxCVVNZfE9PTXxMT0FESU5HKVxcYi87XG5jb25zdCBVTktOT1dOX09VVENPTUUgPSAvXlVOS05PV05PVVRDT01FXFxiLztcblxuZXhwb3J0IGNsYXNzIEhpc3Rvcnkge1xuICByZWFkb25seSAjcmVjb3JkZXI6IEhpc3RvcnlSZWNvcmRlcjtcblxuICBjb25zdHJ1Y3RvcihzY2hlZHVsZXI6IFNjaGVkdWxlcikge1xuICAgIHRoaXMuI3JlY29yZGVyID0gbmV3IEhpc3RvcnlSZWNvcmRlcigoKSA9PiBzY2hlZHVsZXIubm93TXMpO1xuICB9XG5cbiAgaW52b2tlKGNsaWVudDogbnVtYmVyLCBjYWxsOiBSZWNvcmRlZENhbGwpOiBPcGVuT3BlcmF0aW9uIHtcbiAgICByZXR1cm4gdGhpcy4jcmVjb3JkZXIuaW52b2tlKGNsaWVudCwgY2FsbCk7XG4gIH1cblxuICByZXR1cm4ob3BlbjogT3Blbk9wZXJhdGlvbiwgb3V0Y29tZTogQ2FsbE91dGNvbWUpOiBPdXRjb21lS2luZCB7XG4gICAgY29uc3QgcmVjb3JkZWQgPSBvdXRjb21lT2Yob3V0Y29tZSk7XG4gICAgdGhpcy4jcmVjb3JkZXIucmV0dXJuKG9wZW4sIHJlY29yZGVkKTtcbiAgICByZXR1cm4gcmVjb3JkZWQudHlwZTtcbiAgfVxuXG4gIC8qKiBXaGF0ZXZlciBoYXMgbm90IHJldHVybmVkIGhhcyBhbiB1bmtub3duIG91dGNvbWUuICovXG4gIGFiYW5kb25PcGVuKCk6IHZvaWQge1xuICAgIHRoaXMuI3JlY29yZGVyLmFiYW5kb25PcGVuKCd0aGUgd29ybGQgZW5kZWQnKTtcbiAgfVxuXG4gIGNvdW50KGtpbmQ6IE91dGNvbWVLaW5kKTogbnVtYmVyIHtcbiAgICByZXR1cm4gdGhpcy4jcmVjb3JkZXIub3BlcmF0aW9ucygpLmZpbHRlcigoeyBvdXRjb21lIH0pID0+IG91dGNvbWUudHlwZSA9PT0ga2luZCkubGVuZ3RoO1xuICB9XG5cbiAgLyoqIE51bGwgd2hlbiBhbGwgaXMgd2VsbCwgZWxzZSB3aGF0IGlzIG5vdC4gKi9cbiAganVkZ2UobG9nVGltZUVycm9yTXM6IG51bWJlcik6IHN0cmluZyB8IG51bGwge1xuICAgIGNvbnN0IHZlcmRpY3QgPSBjaGVja0xpbmVhcml6YWJsZSh0aGlzLiNyZWNvcmRlci5vcGVyYXRpb25zKCksIHsgbG9nVGltZUVycm9yTXMgfSk7XG4gICAgcmV0dXJuIHZlcmRpY3QudHlwZSA9PT0gJ2xpbmVhcml6YWJsZScgPyBudWxsIDogYHRoZSBoaXN0b3J5IGlzICR7dmVyZGljdC50eXBlfTogJHt2ZXJkaWN0LmV4cGxhbmF0aW9ufWA7XG4gIH1cbn1cblxuLyoqIFJ1bGUgUzE0OiByZWZ1c2VkIGJlZm9yZSBhbnl0aGluZyB3YXMgYXBwZW5kZWQsIG9yIHVua25vd24uICovXG5mdW5jdGlvbiBvdXRjb21lT2Yob3V0Y29tZTogQ2FsbE91dGNvbWUpOiBSZWNvcmRlZE91dGNvbWUge1xuICBjb25zdCByZWFzb24gPSBkZXNjcmliZU91dGNvbWUob3V0Y29tZSk7XG4gIGlmIChvdXRjb21lLnR5cGUgPT09ICd1bnNlbnQnKSByZXR1cm4geyB0eXBlOiAncmVmdXNlZCcsIHJlYXNvbiB9O1xuICBpZiAob3V0Y29tZS50eXBlID09PSAnbG9zdCcpIHJldHVybiB7IHR5cGU6ICd1bmtub3duJywgcmVhc29uIH07XG4gIGNvbnN0IHsgcmVwbHkgfSA9IG91dGNvbWU7XG4gIGlmIChyZXBseS50eXBlID09PSAnZXJyb3InICYmIFNBRkVfUkVGVVNBTFMudGVzdChyZXBseS5tZXNzYWdlKSkgcmV0dXJuIHsgdHlwZTogJ3JlZnVzZWQnLCByZWFzb24gfTtcbiAgaWYgKHJlcGx5LnR5cGUgPT09ICdlcnJvcicgJiYgVU5LTk9XTl9PVVRDT01FLnRlc3QocmVwbHkubWVzc2FnZSkpIHJldHVybiB7IHR5cGU6ICd1bmtub3duJywgcmVhc29uIH07XG4gIHJldHVybiB7IHR5cGU6ICdvaycsIGFuc3dlcjogYW5zd2VyT2YocmVwbHkpIH07XG59XG4iLCAiLyoqXG4gKiBBIGRpc2sgaW4gbWVtb3J5IHRoYXQgZG9lcyBhdCBhIGNyYXNoIHdoYXQgYHNyYy93YWwvZGlzay50c2Agc2F5cyBhIGNyYXNoIG1heSBkby4gSXQga2VlcHMsIGJlc2lkZSB3aGF0IGEgcHJvY2VzcyBzZWVzLCB3aGF0IGlzIGR1cmFibGU6XG4gKiBmaWxlcyBieSB0aGVpciBzeW5jZWQgYnl0ZXMsIGZvbGRlcnMgYnkgdGhlaXIgc3luY2VkIG5hbWVzLiBgYWZ0ZXJDcmFzaGAgZ2l2ZXMgdGhlIGRpc2sgdGhhdCBhIHBvd2VyIGN1dCBsZWF2ZXMgKHVuc3luY2VkIHdyaXRlcyB0aGVyZSxcbiAqIG1pc3Npbmcgb3IgdG9ybiBpbiB1bml0cyBvZiA1MTIgYnl0ZXMsIHVuc3luY2VkIG5hbWVzIHRoZXJlIG9yIG5vdCk7IGBmb3JrYCBnaXZlcyB0aGUgb25lIHRoYXQgYSBraWxsZWQgcHJvY2VzcyBsZWF2ZXMgKGFsbCB0aGF0IGl0IHNhdykuXG4gKiBFaXRoZXIgaXMgYSBuZXcgZGlzazsgdGhlIG9sZCBvbmUgY2FuIGdvIG9uLCBvciBpcyBmcm96ZW4gYnkgYGNyYXNoQXRgLiBEZXRlcm1pbmlzdGljOiB0aGUgc2FtZSBjYWxscyBhbmQgdGhlIHNhbWUgcmFuZG9tLCB0aGUgc2FtZSBkaXNrLlxuICovXG5pbXBvcnQgeyBjcmMzMiB9IGZyb20gJ25vZGU6emxpYic7XG5pbXBvcnQgeyBhc3NlcnQsIHByZXNlbnQgfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL2Fzc2VydC50cyc7XG5pbXBvcnQgdHlwZSB7IFJhbmRvbSB9IGZyb20gJy4uLy4uL3NyYy9zaGFyZWQvcmFuZG9tLnRzJztcbmltcG9ydCB7IERpc2tFcnJvciB9IGZyb20gJy4uLy4uL3NyYy93YWwvZGlzay50cyc7XG5pbXBvcnQgdHlwZSB7IERpc2ssIERpc2tGaWxlIH0gZnJvbSAnLi4vLi4vc3JjL3dhbC9kaXNrLnRzJztcblxuZXhwb3J0IGNvbnN0IFRFQVJfVU5JVF9CWVRFUyA9IDUxMjtcblxuZXhwb3J0IHR5cGUgT3BlcmF0aW9uS2luZCA9XG4gICdjcmVhdGUnIHwgJ3dyaXRlJyB8ICdkYXRhc3luYycgfCAnbWFrZUZvbGRlcicgfCAncmVuYW1lJyB8ICdyZW1vdmUnIHwgJ3N5bmNGb2xkZXInIHwgJ3JlYWQnIHwgJ3NwYWNlJztcblxuZXhwb3J0IGludGVyZmFjZSBPcGVyYXRpb24ge1xuICAvKiogQ291bnRzIHdoYXQgY2hhbmdlcyBvciBzeW5jczogMSwgMiwgMyBcdTIwMjY7IDAgZm9yIGByZWFkYCBhbmQgYHNwYWNlYC4gKi9cbiAgcmVhZG9ubHkgbnVtYmVyOiBudW1iZXI7XG4gIHJlYWRvbmx5IGtpbmQ6IE9wZXJhdGlvbktpbmQ7XG4gIC8qKiBUaGUgdGFyZ2V0IG9mIGEgcmVuYW1lLiAqL1xuICByZWFkb25seSBwYXRoOiBzdHJpbmc7XG4gIC8qKiBGb3Igc3luY3MsIHdpdGggYHRyYWNrU2l0ZXNgOiB0aGUgZnVuY3Rpb24gYW5kIGxpbmUgdGhhdCBjYWxsZWQuICovXG4gIHJlYWRvbmx5IHNpdGU6IHN0cmluZztcbn1cblxuLyoqIGByYW5kb21gIGRlY2lkZXMgZm9yIGVhY2ggdW5pdCBhbmQgbmFtZTsgdGhlIG90aGVyIHR3byBhcmUgdGhlIGV4dHJlbWVzLiAqL1xuZXhwb3J0IHR5cGUgQ3Jhc2hNb2RlID0gJ3JhbmRvbScgfCAnbG9zZS1hbGwnIHwgJ2tlZXAtYWxsJztcblxuLyoqIFRydWU6IGl0IHN1cnZpdmVzLiAqL1xuZXhwb3J0IHR5cGUgQ2hvaWNlID0gcmVhZG9ubHkgYm9vbGVhbltdO1xuXG5leHBvcnQgaW50ZXJmYWNlIENyYXNoT3V0Y29tZSB7XG4gIHJlYWRvbmx5IG5hbWVzOiBDaG9pY2U7XG4gIHJlYWRvbmx5IHVuaXRzOiBDaG9pY2U7XG4gIHJlYWRvbmx5IGRpc2s6IFNpbXVsYXRlZERpc2s7XG59XG5cbmV4cG9ydCBpbnRlcmZhY2UgU2ltdWxhdGVkRGlza09wdGlvbnMge1xuICByZWFkb25seSBjYXBhY2l0eUJ5dGVzPzogbnVtYmVyO1xuICAvKiogT25lIHR1cm4gb2YgdGhlIGV2ZW50IGxvb3AgYnkgZGVmYXVsdDsgYSBzaW11bGF0aW9uIHBhc3NlcyBpdHMgdmlydHVhbCB0aW1lLiAqL1xuICByZWFkb25seSBob3A/OiAob3BlcmF0aW9uOiBPcGVyYXRpb24pID0+IFByb21pc2U8dm9pZD47XG4gIC8qKiBUaGUgRGlza0Vycm9yIG9mIHRoZSBidWlsZCB0aGF0IHVzZXMgdGhlIGRpc2s6IHR3byBidWlsZHMgaW4gb25lIHByb2Nlc3MgaGF2ZSBvbmUgZWFjaC4gKi9cbiAgcmVhZG9ubHkgZXJyb3I/OiAoY29kZTogc3RyaW5nLCBtZXNzYWdlOiBzdHJpbmcpID0+IEVycm9yO1xuICAvKiogTWlzZGlyZWN0ZWQ6IHdoZXJlIGEgd3JpdGUgbGFuZHMsIG9yIGEgcmVhZCBjb21lcyBmcm9tLCBpbnN0ZWFkOyBudWxsIGxlYXZlcyBpdCB3aGVyZSBpdCBiZWxvbmdzLiAqL1xuICByZWFkb25seSBtaXNkaXJlY3Q/OiAob3BlcmF0aW9uOiBPcGVyYXRpb24sIG9mZnNldDogbnVtYmVyLCBsZW5ndGg6IG51bWJlcikgPT4geyBwYXRoOiBzdHJpbmc7IG9mZnNldDogbnVtYmVyIH0gfCBudWxsO1xuICByZWFkb25seSB0cmFja1NpdGVzPzogYm9vbGVhbjtcbiAgLyoqIENhbGxlZCBiZWZvcmUgYW4gb3BlcmF0aW9uIHRha2VzIGVmZmVjdC4gKi9cbiAgcmVhZG9ubHkgYmVmb3JlT3BlcmF0aW9uPzogKG9wZXJhdGlvbjogT3BlcmF0aW9uKSA9PiB2b2lkO1xuICAvKiogQW4gZXJybm8gbmFtZSB0byBmYWlsIHdpdGgsIG9yIG51bGwuIEEgZmFpbGVkIGBkYXRhc3luY2AgbGVhdmVzIGl0cyBieXRlcyByZWFkYWJsZSBhbmQgbWFya2VkIGNsZWFuLCBuZXZlciB0byByZWFjaCB0aGUgZGlzay4gKi9cbiAgcmVhZG9ubHkgZmF1bHQ/OiAob3BlcmF0aW9uOiBPcGVyYXRpb24pID0+IHN0cmluZyB8IG51bGw7XG4gIC8qKiBTeW5jcyB0aGF0IHNheSB0aGF0IHRoZXkgYXJlIGRvbmUgYW5kIGRpZCBub3RoaW5nOiB0byBzaG93IHRoYXQgYSB0ZXN0IHdvdWxkIG5vdGljZS4gKi9cbiAgcmVhZG9ubHkgaWdub3JlU3luYz86IChvcGVyYXRpb246IE9wZXJhdGlvbikgPT4gYm9vbGVhbjtcbn1cblxuaW50ZXJmYWNlIFVuc3luY2VkV3JpdGUge1xuICByZWFkb25seSBvZmZzZXQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgYnl0ZXM6IEJ1ZmZlcjtcbn1cblxuY2xhc3MgRmlsZU5vZGUge1xuICByZWFkb25seSB0eXBlID0gJ2ZpbGUnO1xuICAvKiogUmlzZXMgd2hlbmV2ZXIgd2hhdCBpcyBkdXJhYmxlIGNoYW5nZXMuICovXG4gIHZlcnNpb24gPSAwO1xuICBkdXJhYmxlOiBCdWZmZXI7XG4gIGN1cnJlbnQ6IEJ1ZmZlcjtcbiAgdW5zeW5jZWQ6IFVuc3luY2VkV3JpdGVbXSA9IFtdO1xuXG4gIGNvbnN0cnVjdG9yKGR1cmFibGU6IEJ1ZmZlciwgY3VycmVudCA9IGR1cmFibGUpIHtcbiAgICB0aGlzLmR1cmFibGUgPSBCdWZmZXIuZnJvbShkdXJhYmxlKTtcbiAgICB0aGlzLmN1cnJlbnQgPSBCdWZmZXIuZnJvbShjdXJyZW50KTtcbiAgfVxufVxuXG5jbGFzcyBGb2xkZXJOb2RlIHtcbiAgcmVhZG9ubHkgdHlwZSA9ICdmb2xkZXInO1xuICByZWFkb25seSBkdXJhYmxlID0gbmV3IE1hcDxzdHJpbmcsIE5vZGU+KCk7XG4gIHJlYWRvbmx5IGN1cnJlbnQgPSBuZXcgTWFwPHN0cmluZywgTm9kZT4oKTtcbn1cblxudHlwZSBOb2RlID0gRmlsZU5vZGUgfCBGb2xkZXJOb2RlO1xuXG4vKiogQSBjaGFuZ2Ugb2YgbmFtZXMgdGhhdCBhIGNyYXNoIG1heSBzdGlsbCB0YWtlIGJhY2s6IHJlbW92YWxzLCB0aGVuIGFkZGl0aW9ucywgYXMgb25lLiAqL1xuaW50ZXJmYWNlIE5hbWVDaGFuZ2Uge1xuICByZWFkb25seSByZW1vdmFsczogcmVhZG9ubHkgKHJlYWRvbmx5IFtGb2xkZXJOb2RlLCBzdHJpbmddKVtdO1xuICByZWFkb25seSBhZGRpdGlvbnM6IHJlYWRvbmx5IChyZWFkb25seSBbRm9sZGVyTm9kZSwgc3RyaW5nLCBOb2RlXSlbXTtcbn1cblxuaW50ZXJmYWNlIFN0YXRlIHtcbiAgcmVhZG9ubHkgcm9vdDogRm9sZGVyTm9kZTtcbiAgcmVhZG9ubHkgY2hhbmdlczogTmFtZUNoYW5nZVtdO1xufVxuXG5jb25zdCBuZXh0VHVybiA9ICgpOiBQcm9taXNlPHZvaWQ+ID0+IG5ldyBQcm9taXNlKChyZXNvbHZlKSA9PiBzZXRJbW1lZGlhdGUocmVzb2x2ZSkpO1xuXG4vKiogT25lIGZvciBlYWNoIGNhbGxlcjogd2hhdCB3YWl0cyBvbiBhIHNoYXJlZCBvbmUgd291bGQgbmV2ZXIgYmUgY29sbGVjdGVkLiAqL1xuY29uc3QgbmV2ZXIgPSAoKTogUHJvbWlzZTxuZXZlcj4gPT4gbmV3IFByb21pc2UoKCkgPT4gdW5kZWZpbmVkKTtcblxuZXhwb3J0IGludGVyZmFjZSBEdXJhYmxlRmlsZSB7XG4gIHJlYWRvbmx5IG5hbWU6IHN0cmluZztcbiAgLyoqIFRoZSBzYW1lIG9iamVjdCBhcyBsb25nIGFzIGl0IGlzIHRoZSBzYW1lIGZpbGUsIHdoYXRldmVyIGl0cyBuYW1lLiAqL1xuICByZWFkb25seSBmaWxlOiBvYmplY3Q7XG4gIC8qKiBSaXNlcyB3aGVuZXZlciBpdHMgZHVyYWJsZSBieXRlcyBjaGFuZ2UuICovXG4gIHJlYWRvbmx5IHZlcnNpb246IG51bWJlcjtcbiAgLyoqIExpdmU6IG5vdCB0byBiZSBjaGFuZ2VkIG9yIGtlcHQuICovXG4gIHJlYWRvbmx5IGJ5dGVzOiBCdWZmZXI7XG59XG5cbmV4cG9ydCBjbGFzcyBTaW11bGF0ZWREaXNrIGltcGxlbWVudHMgRGlzayB7XG4gIHJlYWRvbmx5ICNzdGF0ZTogU3RhdGU7XG4gIHJlYWRvbmx5ICNvcHRpb25zOiBTaW11bGF0ZWREaXNrT3B0aW9ucztcbiAgI29wZXJhdGlvbnMgPSAwO1xuICAjY3Jhc2hBdCA9IE51bWJlci5QT1NJVElWRV9JTkZJTklUWTtcbiAgI2Zyb3plbiA9IGZhbHNlO1xuICAjb25Gcm96ZW46ICgpID0+IHZvaWQgPSAoKSA9PiB1bmRlZmluZWQ7XG4gIC8qKiBSZXNvbHZlcyB3aGVuIHRoZSBvcGVyYXRpb24gZ2l2ZW4gdG8gYGNyYXNoQXRgIHdhcyByZWFjaGVkLiAqL1xuICByZWFkb25seSBjcmFzaGVkOiBQcm9taXNlPHZvaWQ+O1xuXG4gIGNvbnN0cnVjdG9yKG9wdGlvbnM6IFNpbXVsYXRlZERpc2tPcHRpb25zID0ge30sIHN0YXRlOiBTdGF0ZSA9IHsgcm9vdDogbmV3IEZvbGRlck5vZGUoKSwgY2hhbmdlczogW10gfSkge1xuICAgIHRoaXMuI29wdGlvbnMgPSBvcHRpb25zO1xuICAgIHRoaXMuI3N0YXRlID0gc3RhdGU7XG4gICAgdGhpcy5jcmFzaGVkID0gbmV3IFByb21pc2UoKHJlc29sdmUpID0+ICh0aGlzLiNvbkZyb3plbiA9IHJlc29sdmUpKTtcbiAgfVxuXG4gICNlcnJvcihjb2RlOiBzdHJpbmcsIG1lc3NhZ2U6IHN0cmluZyk6IEVycm9yIHtcbiAgICByZXR1cm4gdGhpcy4jb3B0aW9ucy5lcnJvcj8uKGNvZGUsIG1lc3NhZ2UpID8/IG5ldyBEaXNrRXJyb3IoY29kZSwgbWVzc2FnZSk7XG4gIH1cblxuICBnZXQgb3BlcmF0aW9ucygpOiBudW1iZXIge1xuICAgIHJldHVybiB0aGlzLiNvcGVyYXRpb25zO1xuICB9XG5cbiAgLyoqIEZyb20gdGhpcyBvcGVyYXRpb24gb24gbm90aGluZyB0YWtlcyBlZmZlY3QsIGFuZCBubyBjYWxsIHJldHVybnMuICovXG4gIGNyYXNoQXQob3BlcmF0aW9uTnVtYmVyOiBudW1iZXIpOiB2b2lkIHtcbiAgICB0aGlzLiNjcmFzaEF0ID0gb3BlcmF0aW9uTnVtYmVyO1xuICB9XG5cbiAgZnJlZXplKCk6IHZvaWQge1xuICAgIHRoaXMuI2Zyb3plbiA9IHRydWU7XG4gICAgdGhpcy4jb25Gcm96ZW4oKTtcbiAgfVxuXG4gIGFmdGVyQ3Jhc2gocmFuZG9tOiBSYW5kb20sIG1vZGU6IENyYXNoTW9kZSA9ICdyYW5kb20nLCBvcHRpb25zOiBTaW11bGF0ZWREaXNrT3B0aW9ucyA9IHt9KTogU2ltdWxhdGVkRGlzayB7XG4gICAgcmV0dXJuIG5ldyBTaW11bGF0ZWREaXNrKG9wdGlvbnMsIGNyYXNoKHRoaXMuI3N0YXRlLCBkcmF3bihyYW5kb20sIG1vZGUpLCBkcmF3bihyYW5kb20sIG1vZGUpKSk7XG4gIH1cblxuICAvKipcbiAgICogVGhlIGRpc2tzIHRoYXQgYSBwb3dlciBjdXQgbWF5IGxlYXZlLCBvbmUgZm9yIGVhY2ggY2hvaWNlIG9mIHdoYXQgc3Vydml2ZXM6IGZpcnN0IG9mIHRoZSB1bnN5bmNlZCBuYW1lcywgdGhlbiwgZm9yIGVhY2ggb2YgdGhlc2UsIG9mXG4gICAqIHRoZSB1bml0cyBvZiA1MTIgYnl0ZXMgdGhhdCB3ZXJlIHdyaXR0ZW4gdG8gdGhlIGZpbGVzIHdob3NlIG5hbWVzIGFyZSB0aGVyZS4gYGNob2ljZXNgIGdpdmVzIHRoZSBjaG9pY2VzIGFtb25nIHNvIG1hbnkuXG4gICAqL1xuICAqY3Jhc2hPdXRjb21lcyhjaG9pY2VzOiAoY291bnQ6IG51bWJlcikgPT4gSXRlcmFibGU8Q2hvaWNlPiwgb3B0aW9uczogU2ltdWxhdGVkRGlza09wdGlvbnMgPSB7fSk6IEl0ZXJhYmxlPENyYXNoT3V0Y29tZT4ge1xuICAgIGZvciAoY29uc3QgbmFtZXMgb2YgY2hvaWNlcyh0aGlzLiNzdGF0ZS5jaGFuZ2VzLmxlbmd0aCkpIHtcbiAgICAgIGxldCBjb3VudCA9IDA7XG4gICAgICBjcmFzaCh0aGlzLiNzdGF0ZSwgc2NyaXB0ZWQobmFtZXMpLCAoKSA9PiB7XG4gICAgICAgIGNvdW50ICs9IDE7XG4gICAgICAgIHJldHVybiBmYWxzZTtcbiAgICAgIH0pO1xuICAgICAgZm9yIChjb25zdCB1bml0cyBvZiBjaG9pY2VzKGNvdW50KSkge1xuICAgICAgICBjb25zdCBkaXNrID0gbmV3IFNpbXVsYXRlZERpc2sob3B0aW9ucywgY3Jhc2godGhpcy4jc3RhdGUsIHNjcmlwdGVkKG5hbWVzKSwgc2NyaXB0ZWQodW5pdHMpKSk7XG4gICAgICAgIHlpZWxkIHsgbmFtZXMsIHVuaXRzLCBkaXNrIH07XG4gICAgICB9XG4gICAgfVxuICB9XG5cbiAgZm9yayhvcHRpb25zOiBTaW11bGF0ZWREaXNrT3B0aW9ucyA9IHt9KTogU2ltdWxhdGVkRGlzayB7XG4gICAgcmV0dXJuIG5ldyBTaW11bGF0ZWREaXNrKG9wdGlvbnMsIGNsb25lU3RhdGUodGhpcy4jc3RhdGUpKTtcbiAgfVxuXG4gIC8qKiBGaWxlcyBvZiBhIGZvbGRlciB0aGF0IGEgY3Jhc2ggd291bGQgbGVhdmUgd2hhdGV2ZXIgaXRzIGx1Y2ssIGJ5IG5hbWUsIHdpdGggdGhlIGJ5dGVzIHRoYXQgaXQgd291bGQgbGVhdmUuICovXG4gIGR1cmFibGVGaWxlcyhmb2xkZXI6IHN0cmluZyk6IER1cmFibGVGaWxlW10ge1xuICAgIGxldCBub2RlOiBOb2RlIHwgdW5kZWZpbmVkID0gdGhpcy4jc3RhdGUucm9vdDtcbiAgICBmb3IgKGNvbnN0IG5hbWUgb2YgZm9sZGVyLnNwbGl0KCcvJykuZmlsdGVyKChwYXJ0KSA9PiBwYXJ0ICE9PSAnJykpIHtcbiAgICAgIG5vZGUgPSBub2RlPy50eXBlID09PSAnZm9sZGVyJyA/IG5vZGUuZHVyYWJsZS5nZXQobmFtZSkgOiB1bmRlZmluZWQ7XG4gICAgfVxuICAgIGlmIChub2RlPy50eXBlICE9PSAnZm9sZGVyJykgcmV0dXJuIFtdO1xuICAgIGNvbnN0IGZpbGVzOiBEdXJhYmxlRmlsZVtdID0gW107XG4gICAgZm9yIChjb25zdCBbbmFtZSwgY2hpbGRdIG9mIG5vZGUuZHVyYWJsZSkge1xuICAgICAgaWYgKGNoaWxkLnR5cGUgPT09ICdmaWxlJykgZmlsZXMucHVzaCh7IG5hbWUsIGZpbGU6IGNoaWxkLCB2ZXJzaW9uOiBjaGlsZC52ZXJzaW9uLCBieXRlczogY2hpbGQuZHVyYWJsZSB9KTtcbiAgICB9XG4gICAgcmV0dXJuIGZpbGVzLnNvcnQoKGxlZnQsIHJpZ2h0KSA9PiAobGVmdC5uYW1lIDwgcmlnaHQubmFtZSA/IC0xIDogMSkpO1xuICB9XG5cbiAgZ2V0IHVzZWRCeXRlcygpOiBudW1iZXIge1xuICAgIHJldHVybiB0aGlzLiN1c2VkQnl0ZXMoKTtcbiAgfVxuXG4gIC8qKiBSb3Q6IGZsaXBzIG9uZSBiaXQsIG9uIHRoZSBkaXNrIGFuZCBhcyByZWFkLiAqL1xuICBmbGlwQml0KHBhdGg6IHN0cmluZywgYnl0ZTogbnVtYmVyLCBiaXQ6IG51bWJlcik6IHZvaWQge1xuICAgIGNvbnN0IGZpbGUgPSB0aGlzLiNmaWxlKHBhdGgpO1xuICAgIGZpbGUudmVyc2lvbiArPSAxO1xuICAgIGZvciAoY29uc3QgYnl0ZXMgb2YgbmV3IFNldChbZmlsZS5jdXJyZW50LCBmaWxlLmR1cmFibGVdKSkgYnl0ZXMud3JpdGVVSW50OChieXRlcy5yZWFkVUludDgoYnl0ZSkgXiAoMSA8PCBiaXQpLCBieXRlKTtcbiAgfVxuXG4gIC8qKiBSb3Q6IG90aGVyIGJ5dGVzLCBvbiB0aGUgZGlzayBhbmQgYXMgcmVhZC4gRmFsc2Ugd2hlbiB0aGV5IGFyZSB3aGF0IHdhcyB0aGVyZS4gKi9cbiAgb3ZlcndyaXRlKHBhdGg6IHN0cmluZywgb2Zmc2V0OiBudW1iZXIsIGJ5dGVzOiBCdWZmZXIpOiBib29sZWFuIHtcbiAgICBjb25zdCBmaWxlID0gdGhpcy4jZmlsZShwYXRoKTtcbiAgICBjb25zdCBpc090aGVyID0gIWZpbGUuY3VycmVudC5zdWJhcnJheShvZmZzZXQsIG9mZnNldCArIGJ5dGVzLmxlbmd0aCkuZXF1YWxzKGJ5dGVzKTtcbiAgICBmaWxlLmN1cnJlbnQgPSBvdmVyd3JpdGUoZmlsZS5jdXJyZW50LCBvZmZzZXQsIGJ5dGVzKTtcbiAgICBmaWxlLmR1cmFibGUgPSBvdmVyd3JpdGUoZmlsZS5kdXJhYmxlLCBvZmZzZXQsIGJ5dGVzKTtcbiAgICByZXR1cm4gaXNPdGhlcjtcbiAgfVxuXG4gIC8qKiBSb3QgdGhhdCB0YWtlcyB0aGUgZW5kIG9mIGEgZmlsZS4gKi9cbiAgc2hvcnRlbihwYXRoOiBzdHJpbmcsIGxlbmd0aDogbnVtYmVyKTogdm9pZCB7XG4gICAgY29uc3QgZmlsZSA9IHRoaXMuI2ZpbGUocGF0aCk7XG4gICAgZmlsZS5jdXJyZW50ID0gQnVmZmVyLmZyb20oZmlsZS5jdXJyZW50LnN1YmFycmF5KDAsIGxlbmd0aCkpO1xuICAgIGZpbGUuZHVyYWJsZSA9IEJ1ZmZlci5mcm9tKGZpbGUuZHVyYWJsZS5zdWJhcnJheSgwLCBsZW5ndGgpKTtcbiAgfVxuXG4gIGNvbnRlbnRzKHBhdGg6IHN0cmluZyk6IEJ1ZmZlciB7XG4gICAgcmV0dXJuIEJ1ZmZlci5mcm9tKHRoaXMuI2ZpbGUocGF0aCkuY3VycmVudCk7XG4gIH1cblxuICAvKiogQnl0ZXMgdGhhdCB0aGUgbmV4dCBkYXRhc3luYyBvZiB0aGlzIGZpbGUgaGFzIHRvIGJyaW5nIHRvIHRoZSBkaXNrLiAqL1xuICB1bnN5bmNlZEJ5dGVzKHBhdGg6IHN0cmluZyk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMuI2ZpbGUocGF0aCkudW5zeW5jZWQucmVkdWNlKCh0b3RhbCwgeyBieXRlcyB9KSA9PiB0b3RhbCArIGJ5dGVzLmxlbmd0aCwgMCk7XG4gIH1cblxuICAvKiogRXZlcnkgZmlsZSB3aXRoIGl0cyBsZW5ndGggYW5kIGNoZWNrc3VtLCBhcyBhIHByb2Nlc3Mgc2VlcyBpdDogdG8gc2hvdyB0aGF0IG5vdGhpbmcgd2FzIGNoYW5nZWQuICovXG4gIGxpc3RpbmcoKTogc3RyaW5nW10ge1xuICAgIHJldHVybiBsaXN0Rm9sZGVyKHRoaXMuI3N0YXRlLnJvb3QsICcnKS5tYXAoKHsgcGF0aCwgZmlsZSB9KSA9PiBgJHtwYXRofSAke2ZpbGUuY3VycmVudC5sZW5ndGh9ICR7Y3JjMzIoZmlsZS5jdXJyZW50KX1gKTtcbiAgfVxuXG4gIGFzeW5jIGxpc3QoZm9sZGVyOiBzdHJpbmcpOiBQcm9taXNlPHN0cmluZ1tdPiB7XG4gICAgYXdhaXQgdGhpcy4jYmVnaW4oJ3JlYWQnLCBmb2xkZXIpO1xuICAgIGNvbnN0IG5vZGUgPSB0aGlzLiNmaW5kKGZvbGRlcik7XG4gICAgcmV0dXJuIG5vZGU/LnR5cGUgPT09ICdmb2xkZXInID8gWy4uLm5vZGUuY3VycmVudC5rZXlzKCldLnNvcnQoKSA6IFtdO1xuICB9XG5cbiAgYXN5bmMgZXhpc3RzKHBhdGg6IHN0cmluZyk6IFByb21pc2U8Ym9vbGVhbj4ge1xuICAgIGF3YWl0IHRoaXMuI2JlZ2luKCdyZWFkJywgcGF0aCk7XG4gICAgcmV0dXJuIHRoaXMuI2ZpbmQocGF0aCkgIT09IG51bGw7XG4gIH1cblxuICBhc3luYyBvcGVuKHBhdGg6IHN0cmluZywgeyBjcmVhdGUgPSBmYWxzZSB9OiB7IHJlYWRvbmx5IGNyZWF0ZT86IGJvb2xlYW4gfSA9IHt9KTogUHJvbWlzZTxEaXNrRmlsZT4ge1xuICAgIGF3YWl0IHRoaXMuI2JlZ2luKGNyZWF0ZSA/ICdjcmVhdGUnIDogJ3JlYWQnLCBwYXRoKTtcbiAgICBjb25zdCBleGlzdGluZyA9IHRoaXMuI2ZpbmQocGF0aCk7XG4gICAgaWYgKCFjcmVhdGUpIHtcbiAgICAgIGlmIChleGlzdGluZz8udHlwZSAhPT0gJ2ZpbGUnKSB0aHJvdyB0aGlzLiNlcnJvcignRU5PRU5UJywgYG9wZW4gJHtwYXRofTogdGhlcmUgaXMgbm8gc3VjaCBmaWxlYCk7XG4gICAgICByZXR1cm4gdGhpcy4jaGFuZGxlKHBhdGgsIGV4aXN0aW5nKTtcbiAgICB9XG4gICAgaWYgKGV4aXN0aW5nKSB0aHJvdyB0aGlzLiNlcnJvcignRUVYSVNUJywgYG9wZW4gJHtwYXRofTogaXQgZXhpc3RzYCk7XG4gICAgY29uc3QgeyBmb2xkZXIsIG5hbWUgfSA9IHRoaXMuI3BhcmVudChwYXRoKTtcbiAgICBjb25zdCBub2RlID0gbmV3IEZpbGVOb2RlKEJ1ZmZlci5hbGxvYygwKSk7XG4gICAgdGhpcy4jY2hhbmdlKHsgcmVtb3ZhbHM6IFtdLCBhZGRpdGlvbnM6IFtbZm9sZGVyLCBuYW1lLCBub2RlXV0gfSk7XG4gICAgcmV0dXJuIHRoaXMuI2hhbmRsZShwYXRoLCBub2RlKTtcbiAgfVxuXG4gIGFzeW5jIG1ha2VGb2xkZXIocGF0aDogc3RyaW5nKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgYXdhaXQgdGhpcy4jYmVnaW4oJ21ha2VGb2xkZXInLCBwYXRoKTtcbiAgICBsZXQgZm9sZGVyID0gdGhpcy4jc3RhdGUucm9vdDtcbiAgICBmb3IgKGNvbnN0IG5hbWUgb2YgcGF0aC5zcGxpdCgnLycpLmZpbHRlcigocGFydCkgPT4gcGFydCAhPT0gJycpKSB7XG4gICAgICBjb25zdCBleGlzdGluZyA9IGZvbGRlci5jdXJyZW50LmdldChuYW1lKTtcbiAgICAgIGFzc2VydChleGlzdGluZz8udHlwZSAhPT0gJ2ZpbGUnLCAnYSBmb2xkZXIgaXMgbm90IG1hZGUgd2hlcmUgYSBmaWxlIGlzJyk7XG4gICAgICBjb25zdCBjaGlsZCA9IGV4aXN0aW5nID8/IG5ldyBGb2xkZXJOb2RlKCk7XG4gICAgICBpZiAoIWV4aXN0aW5nKSB0aGlzLiNjaGFuZ2UoeyByZW1vdmFsczogW10sIGFkZGl0aW9uczogW1tmb2xkZXIsIG5hbWUsIGNoaWxkXV0gfSk7XG4gICAgICBmb2xkZXIgPSBjaGlsZDtcbiAgICB9XG4gIH1cblxuICBhc3luYyByZW5hbWUoZnJvbTogc3RyaW5nLCB0bzogc3RyaW5nKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgYXdhaXQgdGhpcy4jYmVnaW4oJ3JlbmFtZScsIHRvKTtcbiAgICBjb25zdCBub2RlID0gdGhpcy4jZmluZChmcm9tKTtcbiAgICBpZiAoIW5vZGUpIHRocm93IHRoaXMuI2Vycm9yKCdFTk9FTlQnLCBgcmVuYW1lICR7ZnJvbX06IHRoZXJlIGlzIG5vIHN1Y2ggZmlsZWApO1xuICAgIGNvbnN0IHRhcmdldCA9IHRoaXMuI2ZpbmQodG8pO1xuICAgIGlmICh0YXJnZXQ/LnR5cGUgPT09ICdmb2xkZXInICYmIHRhcmdldC5jdXJyZW50LnNpemUgPiAwKSB0aHJvdyB0aGlzLiNlcnJvcignRU5PVEVNUFRZJywgYHJlbmFtZSB0byAke3RvfTogaXQgaXMgbm90IGVtcHR5YCk7XG4gICAgY29uc3Qgc291cmNlID0gdGhpcy4jcGFyZW50KGZyb20pO1xuICAgIGNvbnN0IGRlc3RpbmF0aW9uID0gdGhpcy4jcGFyZW50KHRvKTtcbiAgICB0aGlzLiNjaGFuZ2UoeyByZW1vdmFsczogW1tzb3VyY2UuZm9sZGVyLCBzb3VyY2UubmFtZV1dLCBhZGRpdGlvbnM6IFtbZGVzdGluYXRpb24uZm9sZGVyLCBkZXN0aW5hdGlvbi5uYW1lLCBub2RlXV0gfSk7XG4gIH1cblxuICBhc3luYyByZW1vdmUocGF0aDogc3RyaW5nKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgYXdhaXQgdGhpcy4jYmVnaW4oJ3JlbW92ZScsIHBhdGgpO1xuICAgIGNvbnN0IG5vZGUgPSB0aGlzLiNmaW5kKHBhdGgpO1xuICAgIGlmICghbm9kZSkgcmV0dXJuO1xuICAgIGNvbnN0IHsgZm9sZGVyLCBuYW1lIH0gPSB0aGlzLiNwYXJlbnQocGF0aCk7XG4gICAgdGhpcy4jcmVtb3ZlVHJlZShmb2xkZXIsIG5hbWUsIG5vZGUpO1xuICB9XG5cbiAgLyoqIFdoYXQgaXMgaW4gYSBmb2xkZXIgZ29lcyBmaXJzdCwgZWFjaCBuYW1lIGJ5IGl0c2VsZiwgYXMgYSByZWN1cnNpdmUgcmVtb3ZhbCBkb2VzLiAqL1xuICAjcmVtb3ZlVHJlZShmb2xkZXI6IEZvbGRlck5vZGUsIG5hbWU6IHN0cmluZywgbm9kZTogTm9kZSk6IHZvaWQge1xuICAgIGlmIChub2RlLnR5cGUgPT09ICdmb2xkZXInKSBmb3IgKGNvbnN0IFtjaGlsZE5hbWUsIGNoaWxkXSBvZiBbLi4ubm9kZS5jdXJyZW50XSkgdGhpcy4jcmVtb3ZlVHJlZShub2RlLCBjaGlsZE5hbWUsIGNoaWxkKTtcbiAgICB0aGlzLiNjaGFuZ2UoeyByZW1vdmFsczogW1tmb2xkZXIsIG5hbWVdXSwgYWRkaXRpb25zOiBbXSB9KTtcbiAgfVxuXG4gIGFzeW5jIHN5bmNGb2xkZXIocGF0aDogc3RyaW5nKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgY29uc3Qgb3BlcmF0aW9uID0gYXdhaXQgdGhpcy4jYmVnaW4oJ3N5bmNGb2xkZXInLCBwYXRoKTtcbiAgICBjb25zdCBmb2xkZXIgPSB0aGlzLiNmaW5kKHBhdGgpO1xuICAgIGlmIChmb2xkZXI/LnR5cGUgIT09ICdmb2xkZXInKSB0aHJvdyB0aGlzLiNlcnJvcignRU5PRU5UJywgYHN5bmMgZm9sZGVyICR7cGF0aH06IHRoZXJlIGlzIG5vIHN1Y2ggZm9sZGVyYCk7XG4gICAgaWYgKHRoaXMuI29wdGlvbnMuaWdub3JlU3luYz8uKG9wZXJhdGlvbikpIHJldHVybjtcbiAgICBjb25zdCB7IGNoYW5nZXMgfSA9IHRoaXMuI3N0YXRlO1xuICAgIGNvbnN0IHN5bmNlZCA9IGNoYW5nZXMuZmlsdGVyKChjaGFuZ2UpID0+IHRvdWNoZXMoY2hhbmdlLCBmb2xkZXIpKTtcbiAgICBmb3IgKGNvbnN0IGNoYW5nZSBvZiBzeW5jZWQpIHtcbiAgICAgIGFwcGx5Q2hhbmdlKGNoYW5nZSk7XG4gICAgICBjaGFuZ2VzLnNwbGljZShjaGFuZ2VzLmluZGV4T2YoY2hhbmdlKSwgMSk7XG4gICAgfVxuICB9XG5cbiAgYXN5bmMgc3BhY2UoKTogUHJvbWlzZTx7IHJlYWRvbmx5IGZyZWVCeXRlczogbnVtYmVyOyByZWFkb25seSB0b3RhbEJ5dGVzOiBudW1iZXIgfT4ge1xuICAgIGF3YWl0IHRoaXMuI2JlZ2luKCdzcGFjZScsICcnKTtcbiAgICBjb25zdCB0b3RhbEJ5dGVzID0gdGhpcy4jb3B0aW9ucy5jYXBhY2l0eUJ5dGVzID8/IDIgKiogNDA7XG4gICAgcmV0dXJuIHsgZnJlZUJ5dGVzOiBNYXRoLm1heCgwLCB0b3RhbEJ5dGVzIC0gdGhpcy4jdXNlZEJ5dGVzKCkpLCB0b3RhbEJ5dGVzIH07XG4gIH1cblxuICAjdXNlZEJ5dGVzKCk6IG51bWJlciB7XG4gICAgcmV0dXJuIGxpc3RGb2xkZXIodGhpcy4jc3RhdGUucm9vdCwgJycpLnJlZHVjZSgodG90YWwsIHsgZmlsZSB9KSA9PiB0b3RhbCArIGZpbGUuY3VycmVudC5sZW5ndGgsIDApO1xuICB9XG5cbiAgI2hhbmRsZShwYXRoOiBzdHJpbmcsIG5vZGU6IEZpbGVOb2RlKTogRGlza0ZpbGUge1xuICAgIHJldHVybiB7XG4gICAgICBzaXplOiBhc3luYyAoKSA9PiB7XG4gICAgICAgIGF3YWl0IHRoaXMuI2JlZ2luKCdyZWFkJywgcGF0aCk7XG4gICAgICAgIHJldHVybiBub2RlLmN1cnJlbnQubGVuZ3RoO1xuICAgICAgfSxcbiAgICAgIHJlYWQ6IGFzeW5jIChvZmZzZXQsIGxlbmd0aCkgPT4ge1xuICAgICAgICBjb25zdCBvcGVyYXRpb24gPSBhd2FpdCB0aGlzLiNiZWdpbigncmVhZCcsIHBhdGgpO1xuICAgICAgICBjb25zdCBlbHNld2hlcmUgPSB0aGlzLiNvcHRpb25zLm1pc2RpcmVjdD8uKG9wZXJhdGlvbiwgb2Zmc2V0LCBsZW5ndGgpO1xuICAgICAgICBpZiAoZWxzZXdoZXJlKSByZXR1cm4gdGhpcy4jc3RyYXkoZWxzZXdoZXJlLnBhdGgsIGVsc2V3aGVyZS5vZmZzZXQsIGxlbmd0aCk7XG4gICAgICAgIHJldHVybiBCdWZmZXIuZnJvbShub2RlLmN1cnJlbnQuc3ViYXJyYXkob2Zmc2V0LCBvZmZzZXQgKyBsZW5ndGgpKTtcbiAgICAgIH0sXG4gICAgICB3cml0ZTogYXN5bmMgKG9mZnNldCwgY2h1bmtzKSA9PiB7XG4gICAgICAgIGNvbnN0IG9wZXJhdGlvbiA9IGF3YWl0IHRoaXMuI2JlZ2luKCd3cml0ZScsIHBhdGgpO1xuICAgICAgICBjb25zdCBieXRlcyA9IEJ1ZmZlci5jb25jYXQoY2h1bmtzKTtcbiAgICAgICAgY29uc3QgZWxzZXdoZXJlID0gdGhpcy4jb3B0aW9ucy5taXNkaXJlY3Q/LihvcGVyYXRpb24sIG9mZnNldCwgYnl0ZXMubGVuZ3RoKTtcbiAgICAgICAgaWYgKGVsc2V3aGVyZSkgdGhpcy4jd3JpdGUoZWxzZXdoZXJlLnBhdGgsIHRoaXMuI2ZpbGUoZWxzZXdoZXJlLnBhdGgpLCBlbHNld2hlcmUub2Zmc2V0LCBieXRlcyk7XG4gICAgICAgIGVsc2UgdGhpcy4jd3JpdGUocGF0aCwgbm9kZSwgb2Zmc2V0LCBieXRlcyk7XG4gICAgICB9LFxuICAgICAgZGF0YXN5bmM6IGFzeW5jICgpID0+IHtcbiAgICAgICAgY29uc3Qgb3BlcmF0aW9uID0gYXdhaXQgdGhpcy4jYmVnaW4oJ2RhdGFzeW5jJywgcGF0aCwgKCkgPT4gKG5vZGUudW5zeW5jZWQgPSBbXSkpO1xuICAgICAgICBpZiAodGhpcy4jb3B0aW9ucy5pZ25vcmVTeW5jPy4ob3BlcmF0aW9uKSkgcmV0dXJuO1xuICAgICAgICBmb3IgKGNvbnN0IHdyaXRlIG9mIG5vZGUudW5zeW5jZWQpIG5vZGUuZHVyYWJsZSA9IG92ZXJ3cml0ZShub2RlLmR1cmFibGUsIHdyaXRlLm9mZnNldCwgd3JpdGUuYnl0ZXMpO1xuICAgICAgICBpZiAobm9kZS51bnN5bmNlZC5sZW5ndGggPiAwKSBub2RlLnZlcnNpb24gKz0gMTtcbiAgICAgICAgbm9kZS51bnN5bmNlZCA9IFtdO1xuICAgICAgfSxcbiAgICAgIGNsb3NlOiBhc3luYyAoKSA9PiB7XG4gICAgICAgIGlmICh0aGlzLiNmcm96ZW4pIGF3YWl0IG5ldmVyKCk7XG4gICAgICB9LFxuICAgIH07XG4gIH1cblxuICAjc3RyYXkocGF0aDogc3RyaW5nLCBvZmZzZXQ6IG51bWJlciwgbGVuZ3RoOiBudW1iZXIpOiBCdWZmZXIge1xuICAgIHJldHVybiBCdWZmZXIuZnJvbSh0aGlzLiNmaWxlKHBhdGgpLmN1cnJlbnQuc3ViYXJyYXkob2Zmc2V0LCBvZmZzZXQgKyBsZW5ndGgpKTtcbiAgfVxuXG4gICN3cml0ZShwYXRoOiBzdHJpbmcsIG5vZGU6IEZpbGVOb2RlLCBvZmZzZXQ6IG51bWJlciwgYnl0ZXM6IEJ1ZmZlcik6IHZvaWQge1xuICAgIGNvbnN0IGdyb3d0aCA9IE1hdGgubWF4KDAsIG9mZnNldCArIGJ5dGVzLmxlbmd0aCAtIG5vZGUuY3VycmVudC5sZW5ndGgpO1xuICAgIGNvbnN0IHsgY2FwYWNpdHlCeXRlcyB9ID0gdGhpcy4jb3B0aW9ucztcbiAgICBpZiAoZ3Jvd3RoID4gMCAmJiBjYXBhY2l0eUJ5dGVzICE9PSB1bmRlZmluZWQgJiYgdGhpcy4jdXNlZEJ5dGVzKCkgKyBncm93dGggPiBjYXBhY2l0eUJ5dGVzKSB7XG4gICAgICB0aHJvdyB0aGlzLiNlcnJvcignRU5PU1BDJywgYHdyaXRlICR7cGF0aH06IG5vIHNwYWNlIGxlZnRgKTtcbiAgICB9XG4gICAgbm9kZS5jdXJyZW50ID0gb3ZlcndyaXRlKG5vZGUuY3VycmVudCwgb2Zmc2V0LCBieXRlcyk7XG4gICAgbm9kZS51bnN5bmNlZC5wdXNoKHsgb2Zmc2V0LCBieXRlcyB9KTtcbiAgfVxuXG4gIC8qKiBBbiBvcGVyYXRpb24gdGFrZXMgZWZmZWN0IGFmdGVyIGEgdHVybiBvZiB0aGUgZXZlbnQgbG9vcDogYSBjYWxsZXIgdGhhdCBkb2VzIG5vdCB3YWl0IGZvciBpdCBnZXRzIGFoZWFkIG9mIGl0LiAqL1xuICBhc3luYyAjYmVnaW4oa2luZDogT3BlcmF0aW9uS2luZCwgcGF0aDogc3RyaW5nLCBvbkZhdWx0OiAoKSA9PiB2b2lkID0gKCkgPT4gdW5kZWZpbmVkKTogUHJvbWlzZTxPcGVyYXRpb24+IHtcbiAgICBjb25zdCBpc0NvdW50ZWQgPSBraW5kICE9PSAncmVhZCcgJiYga2luZCAhPT0gJ3NwYWNlJztcbiAgICBjb25zdCBpc1N5bmMgPSBraW5kID09PSAnZGF0YXN5bmMnIHx8IGtpbmQgPT09ICdzeW5jRm9sZGVyJztcbiAgICBjb25zdCBzaXRlID0gdGhpcy4jb3B0aW9ucy50cmFja1NpdGVzID09PSB0cnVlICYmIGlzU3luYyA/IGNhbGxTaXRlKCkgOiAnJztcbiAgICBpZiAodGhpcy4jZnJvemVuKSBhd2FpdCBuZXZlcigpO1xuICAgIGlmIChpc0NvdW50ZWQpIHRoaXMuI29wZXJhdGlvbnMgKz0gMTtcbiAgICBjb25zdCBvcGVyYXRpb246IE9wZXJhdGlvbiA9IHsgbnVtYmVyOiBpc0NvdW50ZWQgPyB0aGlzLiNvcGVyYXRpb25zIDogMCwga2luZCwgcGF0aCwgc2l0ZSB9O1xuICAgIGlmIChpc0NvdW50ZWQgJiYgdGhpcy4jb3BlcmF0aW9ucyA+PSB0aGlzLiNjcmFzaEF0KSB0aGlzLmZyZWV6ZSgpO1xuICAgIGVsc2UgdGhpcy4jb3B0aW9ucy5iZWZvcmVPcGVyYXRpb24/LihvcGVyYXRpb24pO1xuICAgIGF3YWl0ICh0aGlzLiNvcHRpb25zLmhvcCA/PyBuZXh0VHVybikob3BlcmF0aW9uKTtcbiAgICBpZiAodGhpcy4jaXNGcm96ZW4oKSkgYXdhaXQgbmV2ZXIoKTtcbiAgICBjb25zdCBjb2RlID0gdGhpcy4jb3B0aW9ucy5mYXVsdD8uKG9wZXJhdGlvbikgPz8gbnVsbDtcbiAgICBpZiAoY29kZSA9PT0gbnVsbCkgcmV0dXJuIG9wZXJhdGlvbjtcbiAgICBvbkZhdWx0KCk7XG4gICAgdGhyb3cgdGhpcy4jZXJyb3IoY29kZSwgYCR7a2luZH0gJHtwYXRofTogaW5qZWN0ZWRgKTtcbiAgfVxuXG4gICNpc0Zyb3plbigpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy4jZnJvemVuO1xuICB9XG5cbiAgI2NoYW5nZShjaGFuZ2U6IE5hbWVDaGFuZ2UpOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IFtmb2xkZXIsIG5hbWVdIG9mIGNoYW5nZS5yZW1vdmFscykgZm9sZGVyLmN1cnJlbnQuZGVsZXRlKG5hbWUpO1xuICAgIGZvciAoY29uc3QgW2ZvbGRlciwgbmFtZSwgbm9kZV0gb2YgY2hhbmdlLmFkZGl0aW9ucykgZm9sZGVyLmN1cnJlbnQuc2V0KG5hbWUsIG5vZGUpO1xuICAgIHRoaXMuI3N0YXRlLmNoYW5nZXMucHVzaChjaGFuZ2UpO1xuICB9XG5cbiAgI2ZpbmQocGF0aDogc3RyaW5nKTogTm9kZSB8IG51bGwge1xuICAgIGxldCBub2RlOiBOb2RlID0gdGhpcy4jc3RhdGUucm9vdDtcbiAgICBmb3IgKGNvbnN0IG5hbWUgb2YgcGF0aC5zcGxpdCgnLycpLmZpbHRlcigocGFydCkgPT4gcGFydCAhPT0gJycpKSB7XG4gICAgICBjb25zdCBjaGlsZDogTm9kZSB8IHVuZGVmaW5lZCA9IG5vZGUudHlwZSA9PT0gJ2ZvbGRlcicgPyBub2RlLmN1cnJlbnQuZ2V0KG5hbWUpIDogdW5kZWZpbmVkO1xuICAgICAgaWYgKCFjaGlsZCkgcmV0dXJuIG51bGw7XG4gICAgICBub2RlID0gY2hpbGQ7XG4gICAgfVxuICAgIHJldHVybiBub2RlO1xuICB9XG5cbiAgI2ZpbGUocGF0aDogc3RyaW5nKTogRmlsZU5vZGUge1xuICAgIGNvbnN0IG5vZGUgPSB0aGlzLiNmaW5kKHBhdGgpO1xuICAgIGFzc2VydChub2RlPy50eXBlID09PSAnZmlsZScsIGB0aGVyZSBpcyBhIGZpbGUgJHtwYXRofWApO1xuICAgIHJldHVybiBub2RlO1xuICB9XG5cbiAgI3BhcmVudChwYXRoOiBzdHJpbmcpOiB7IHJlYWRvbmx5IGZvbGRlcjogRm9sZGVyTm9kZTsgcmVhZG9ubHkgbmFtZTogc3RyaW5nIH0ge1xuICAgIGNvbnN0IHNsYXNoID0gcGF0aC5sYXN0SW5kZXhPZignLycpO1xuICAgIGNvbnN0IGZvbGRlciA9IHRoaXMuI2ZpbmQoc2xhc2ggPCAwID8gJycgOiBwYXRoLnNsaWNlKDAsIHNsYXNoKSk7XG4gICAgaWYgKGZvbGRlcj8udHlwZSAhPT0gJ2ZvbGRlcicpIHRocm93IHRoaXMuI2Vycm9yKCdFTk9FTlQnLCBgJHtwYXRofTogdGhlcmUgaXMgbm8gc3VjaCBmb2xkZXJgKTtcbiAgICByZXR1cm4geyBmb2xkZXIsIG5hbWU6IHBhdGguc2xpY2Uoc2xhc2ggKyAxKSB9O1xuICB9XG59XG5cbmZ1bmN0aW9uIG92ZXJ3cml0ZSh0YXJnZXQ6IEJ1ZmZlciwgb2Zmc2V0OiBudW1iZXIsIGJ5dGVzOiBCdWZmZXIpOiBCdWZmZXIge1xuICBjb25zdCBlbmQgPSBvZmZzZXQgKyBieXRlcy5sZW5ndGg7XG4gIGNvbnN0IHJlc3VsdCA9IGVuZCA+IHRhcmdldC5sZW5ndGggPyBCdWZmZXIuY29uY2F0KFt0YXJnZXQsIEJ1ZmZlci5hbGxvYyhlbmQgLSB0YXJnZXQubGVuZ3RoKV0pIDogdGFyZ2V0O1xuICBieXRlcy5jb3B5KHJlc3VsdCwgb2Zmc2V0KTtcbiAgcmV0dXJuIHJlc3VsdDtcbn1cblxuLyoqIEFza2VkIGZvciBlYWNoIHRoaW5nIHRoYXQgbWF5IHN1cnZpdmUsIGluIGFuIG9yZGVyIHRoYXQgZGVwZW5kcyBvbiB0aGUgc3RhdGUgYWxvbmUuICovXG50eXBlIFN1cnZpdmFsID0gKCkgPT4gYm9vbGVhbjtcblxuZnVuY3Rpb24gZHJhd24ocmFuZG9tOiBSYW5kb20sIG1vZGU6IENyYXNoTW9kZSk6IFN1cnZpdmFsIHtcbiAgcmV0dXJuICgpID0+IChtb2RlID09PSAncmFuZG9tJyA/IHJhbmRvbS5iZWxvdygyKSA9PT0gMSA6IG1vZGUgPT09ICdrZWVwLWFsbCcpO1xufVxuXG5mdW5jdGlvbiBzY3JpcHRlZChjaG9pY2U6IENob2ljZSk6IFN1cnZpdmFsIHtcbiAgbGV0IHBvc2l0aW9uID0gMDtcbiAgcmV0dXJuICgpID0+IHtcbiAgICBwb3NpdGlvbiArPSAxO1xuICAgIHJldHVybiBwcmVzZW50KGNob2ljZVtwb3NpdGlvbiAtIDFdLCAnYSBjaG9pY2Ugc2F5cyBvZiBldmVyeXRoaW5nIHdoZXRoZXIgaXQgc3Vydml2ZXMnKTtcbiAgfTtcbn1cblxuLyoqIEEgY29weSBvZiB0aGUgc3RhdGUgYWZ0ZXIgYSBwb3dlciBjdXQ6IHdoYXQgaXMgZHVyYWJsZSwgYW5kIHdoYXQgc3Vydml2ZXMgb2YgdGhlIHJlc3QsIGlzIGFsbCB0aGF0IHRoZXJlIGlzLiAqL1xuZnVuY3Rpb24gY3Jhc2goc3RhdGU6IFN0YXRlLCBuYW1lU3Vydml2ZXM6IFN1cnZpdmFsLCB1bml0U3Vydml2ZXM6IFN1cnZpdmFsKTogU3RhdGUge1xuICBjb25zdCB7IHJvb3QsIGNoYW5nZXMgfSA9IGNsb25lU3RhdGUoc3RhdGUpO1xuICBmb3IgKGNvbnN0IGNoYW5nZSBvZiBjaGFuZ2VzKSBpZiAobmFtZVN1cnZpdmVzKCkpIGFwcGx5Q2hhbmdlKGNoYW5nZSk7XG4gIHNldHRsZShyb290LCB1bml0U3Vydml2ZXMpO1xuICByZXR1cm4geyByb290LCBjaGFuZ2VzOiBbXSB9O1xufVxuXG5mdW5jdGlvbiB0b3VjaGVzKGNoYW5nZTogTmFtZUNoYW5nZSwgZm9sZGVyOiBGb2xkZXJOb2RlKTogYm9vbGVhbiB7XG4gIHJldHVybiBjaGFuZ2UucmVtb3ZhbHMuc29tZSgoW2VhY2hdKSA9PiBlYWNoID09PSBmb2xkZXIpIHx8IGNoYW5nZS5hZGRpdGlvbnMuc29tZSgoW2VhY2hdKSA9PiBlYWNoID09PSBmb2xkZXIpO1xufVxuXG5mdW5jdGlvbiBhcHBseUNoYW5nZShjaGFuZ2U6IE5hbWVDaGFuZ2UpOiB2b2lkIHtcbiAgZm9yIChjb25zdCBbZm9sZGVyLCBuYW1lXSBvZiBjaGFuZ2UucmVtb3ZhbHMpIGZvbGRlci5kdXJhYmxlLmRlbGV0ZShuYW1lKTtcbiAgZm9yIChjb25zdCBbZm9sZGVyLCBuYW1lLCBub2RlXSBvZiBjaGFuZ2UuYWRkaXRpb25zKSBmb2xkZXIuZHVyYWJsZS5zZXQobmFtZSwgbm9kZSk7XG59XG5cbmZ1bmN0aW9uIHNldHRsZShmb2xkZXI6IEZvbGRlck5vZGUsIHN1cnZpdmVzOiBTdXJ2aXZhbCk6IHZvaWQge1xuICBmb2xkZXIuY3VycmVudC5jbGVhcigpO1xuICBmb3IgKGNvbnN0IFtuYW1lLCBub2RlXSBvZiBmb2xkZXIuZHVyYWJsZSkge1xuICAgIGZvbGRlci5jdXJyZW50LnNldChuYW1lLCBub2RlKTtcbiAgICBpZiAobm9kZS50eXBlID09PSAnZm9sZGVyJykgc2V0dGxlKG5vZGUsIHN1cnZpdmVzKTtcbiAgICBlbHNlIHNldHRsZUZpbGUobm9kZSwgc3Vydml2ZXMpO1xuICB9XG59XG5cbmZ1bmN0aW9uIHNldHRsZUZpbGUoZmlsZTogRmlsZU5vZGUsIHN1cnZpdmVzOiBTdXJ2aXZhbCk6IHZvaWQge1xuICBsZXQgYnl0ZXMgPSBmaWxlLmR1cmFibGU7XG4gIGZvciAoY29uc3Qgd3JpdGUgb2YgZmlsZS51bnN5bmNlZCkge1xuICAgIGZvciAobGV0IGF0ID0gd3JpdGUub2Zmc2V0OyBhdCA8IHdyaXRlLm9mZnNldCArIHdyaXRlLmJ5dGVzLmxlbmd0aDspIHtcbiAgICAgIGNvbnN0IHVuaXRFbmQgPSBNYXRoLm1pbigoTWF0aC5mbG9vcihhdCAvIFRFQVJfVU5JVF9CWVRFUykgKyAxKSAqIFRFQVJfVU5JVF9CWVRFUywgd3JpdGUub2Zmc2V0ICsgd3JpdGUuYnl0ZXMubGVuZ3RoKTtcbiAgICAgIGlmIChzdXJ2aXZlcygpKSBieXRlcyA9IG92ZXJ3cml0ZShieXRlcywgYXQsIHdyaXRlLmJ5dGVzLnN1YmFycmF5KGF0IC0gd3JpdGUub2Zmc2V0LCB1bml0RW5kIC0gd3JpdGUub2Zmc2V0KSk7XG4gICAgICBhdCA9IHVuaXRFbmQ7XG4gICAgfVxuICB9XG4gIGZpbGUuZHVyYWJsZSA9IGJ5dGVzO1xuICBmaWxlLnZlcnNpb24gKz0gMTtcbiAgZmlsZS5jdXJyZW50ID0gQnVmZmVyLmZyb20oYnl0ZXMpO1xuICBmaWxlLnVuc3luY2VkID0gW107XG59XG5cbmZ1bmN0aW9uIGNsb25lU3RhdGUoeyByb290LCBjaGFuZ2VzIH06IFN0YXRlKTogU3RhdGUge1xuICBjb25zdCBjb3BpZXMgPSBuZXcgTWFwPE5vZGUsIE5vZGU+KCk7XG4gIGNvbnN0IGNvcHlOb2RlID0gKG5vZGU6IE5vZGUpOiBOb2RlID0+IHtcbiAgICBjb25zdCBrbm93biA9IGNvcGllcy5nZXQobm9kZSk7XG4gICAgaWYgKGtub3duKSByZXR1cm4ga25vd247XG4gICAgaWYgKG5vZGUudHlwZSA9PT0gJ2ZpbGUnKSB7XG4gICAgICBjb25zdCBjb3B5ID0gbmV3IEZpbGVOb2RlKG5vZGUuZHVyYWJsZSwgbm9kZS5jdXJyZW50KTtcbiAgICAgIGNvcHkudW5zeW5jZWQgPSBbLi4ubm9kZS51bnN5bmNlZF07XG4gICAgICBjb3BpZXMuc2V0KG5vZGUsIGNvcHkpO1xuICAgICAgcmV0dXJuIGNvcHk7XG4gICAgfVxuICAgIHJldHVybiBjb3B5Rm9sZGVyKG5vZGUpO1xuICB9O1xuICBjb25zdCBjb3B5Rm9sZGVyID0gKGZvbGRlcjogRm9sZGVyTm9kZSk6IEZvbGRlck5vZGUgPT4ge1xuICAgIGNvbnN0IGtub3duID0gY29waWVzLmdldChmb2xkZXIpO1xuICAgIGlmIChrbm93bj8udHlwZSA9PT0gJ2ZvbGRlcicpIHJldHVybiBrbm93bjtcbiAgICBjb25zdCBjb3B5ID0gbmV3IEZvbGRlck5vZGUoKTtcbiAgICBjb3BpZXMuc2V0KGZvbGRlciwgY29weSk7XG4gICAgZm9yIChjb25zdCBbbmFtZSwgY2hpbGRdIG9mIGZvbGRlci5kdXJhYmxlKSBjb3B5LmR1cmFibGUuc2V0KG5hbWUsIGNvcHlOb2RlKGNoaWxkKSk7XG4gICAgZm9yIChjb25zdCBbbmFtZSwgY2hpbGRdIG9mIGZvbGRlci5jdXJyZW50KSBjb3B5LmN1cnJlbnQuc2V0KG5hbWUsIGNvcHlOb2RlKGNoaWxkKSk7XG4gICAgcmV0dXJuIGNvcHk7XG4gIH07XG4gIGNvbnN0IGNvcGllZCA9IGNoYW5nZXMubWFwKCh7IHJlbW92YWxzLCBhZGRpdGlvbnMgfSkgPT4gKHtcbiAgICByZW1vdmFsczogcmVtb3ZhbHMubWFwKChbZm9sZGVyLCBuYW1lXSkgPT4gW2NvcHlGb2xkZXIoZm9sZGVyKSwgbmFtZV0gYXMgY29uc3QpLFxuICAgIGFkZGl0aW9uczogYWRkaXRpb25zLm1hcCgoW2ZvbGRlciwgbmFtZSwgbm9kZV0pID0+IFtjb3B5Rm9sZGVyKGZvbGRlciksIG5hbWUsIGNvcHlOb2RlKG5vZGUpXSBhcyBjb25zdCksXG4gIH0pKTtcbiAgcmV0dXJuIHsgcm9vdDogY29weUZvbGRlcihyb290KSwgY2hhbmdlczogY29waWVkIH07XG59XG5cbmZ1bmN0aW9uIGxpc3RGb2xkZXIoZm9sZGVyOiBGb2xkZXJOb2RlLCBwcmVmaXg6IHN0cmluZyk6IHsgcmVhZG9ubHkgcGF0aDogc3RyaW5nOyByZWFkb25seSBmaWxlOiBGaWxlTm9kZSB9W10ge1xuICByZXR1cm4gWy4uLmZvbGRlci5jdXJyZW50LmtleXMoKV0uc29ydCgpLmZsYXRNYXAoKG5hbWUpID0+IHtcbiAgICBjb25zdCBub2RlID0gcHJlc2VudChmb2xkZXIuY3VycmVudC5nZXQobmFtZSksICdhIGxpc3RlZCBuYW1lIGlzIHRoZXJlJyk7XG4gICAgY29uc3QgcGF0aCA9IHByZWZpeCArIG5hbWU7XG4gICAgcmV0dXJuIG5vZGUudHlwZSA9PT0gJ2ZpbGUnID8gW3sgcGF0aCwgZmlsZTogbm9kZSB9XSA6IGxpc3RGb2xkZXIobm9kZSwgYCR7cGF0aH0vYCk7XG4gIH0pO1xufVxuXG4vKiogVGhlIGlubmVybW9zdCBmcmFtZSBpbiBzcmMvd2FsOiBgZmlsZSBmdW5jdGlvbjpsaW5lYC4gKi9cbmZ1bmN0aW9uIGNhbGxTaXRlKCk6IHN0cmluZyB7XG4gIGZvciAoY29uc3QgbGluZSBvZiAobmV3IEVycm9yKCdzaXRlJykuc3RhY2sgPz8gJycpLnNwbGl0KCdcXG4nKSkge1xuICAgIGNvbnN0IG1hdGNoID0gL2F0ICg/OmFzeW5jICk/KD86KFxcUyspICk/LipcXC9zcmNcXC93YWxcXC8oW2Etei1dKylcXC50czooXFxkKyk6KFxcZCspLy5leGVjKGxpbmUpO1xuICAgIGlmIChtYXRjaCkgcmV0dXJuIGAke21hdGNoWzJdID8/ICcnfSAke21hdGNoWzFdID8/ICcnfSAke21hdGNoWzNdID8/ICcnfToke21hdGNoWzRdID8/ICcnfWA7XG4gIH1cbiAgcmV0dXJuICdlbHNld2hlcmUnO1xufVxuIiwgIi8qKlxuICogVGhlIGRpc2sgYXMgYSBwb3J0OiBwcm9kdWN0aW9uIGdpdmVzIGl0IG5vZGU6ZnMgKGBub2RlLWRpc2sudHNgKSwgdGVzdHMgYW5kIHRoZSBzaW11bGF0b3IgYSBkaXNrIHRoYXQgbG9zZXMsIHRlYXJzIGFuZCByZW9yZGVycyB3aGF0XG4gKiB3YXMgbm90IHN5bmNlZCAoYHRlc3Qvc3VwcG9ydC9zaW11bGF0ZWQtZGlzay50c2ApLiBQYXRocyBhcmUgcmVsYXRpdmUgdG8gdGhlIGRhdGEgZm9sZGVyIGFuZCB1c2UgYC9gLlxuICpcbiAqIFdoYXQgYSBjcmFzaCBtYXkgZG8sIGFuZCBzbyB3aGF0IGV2ZXJ5IGNhbGxlciBtdXN0IGV4cGVjdDogYnl0ZXMgd3JpdHRlbiBzaW5jZSB0aGUgbGFzdCBjb21wbGV0ZWQgYGRhdGFzeW5jYCBvZiB0aGUgZmlsZSBtYXkgYmUgdGhlcmUsXG4gKiBtaXNzaW5nLCBvciBwYXJ0bHkgdGhlcmUgaW4gdW5pdHMgb2YgNTEyIGJ5dGVzLCBpbiBhbnkgb3JkZXI7IGEgbmFtZSBjcmVhdGVkLCByZW5hbWVkIG9yIHJlbW92ZWQgc2luY2UgdGhlIGxhc3QgY29tcGxldGVkXG4gKiBgc3luY0RpcmVjdG9yeWAgb2YgaXRzIGZvbGRlciBtYXkgYmUgdGhlcmUgb3Igbm90LlxuICovXG5leHBvcnQgaW50ZXJmYWNlIERpc2sge1xuICAvKiogTmFtZXMgaW4gYSBmb2xkZXIsIHNvcnRlZDsgZW1wdHkgd2hlbiB0aGUgZm9sZGVyIGRvZXMgbm90IGV4aXN0LiAqL1xuICBsaXN0KGZvbGRlcjogc3RyaW5nKTogUHJvbWlzZTxzdHJpbmdbXT47XG4gIGV4aXN0cyhwYXRoOiBzdHJpbmcpOiBQcm9taXNlPGJvb2xlYW4+O1xuICAvKiogT3BlbnMgZm9yIHJlYWRpbmcgYW5kIHdyaXRpbmcuIGBjcmVhdGU6IHRydWVgIG1ha2VzIGFuIGVtcHR5IGZpbGUsIGFuZCBmYWlscyB3aXRoIEVFWElTVCB3aGVuIHRoZXJlIGlzIG9uZS4gKi9cbiAgb3BlbihwYXRoOiBzdHJpbmcsIG9wdGlvbnM/OiB7IHJlYWRvbmx5IGNyZWF0ZT86IGJvb2xlYW4gfSk6IFByb21pc2U8RGlza0ZpbGU+O1xuICAvKiogQ3JlYXRlcyB0aGUgZm9sZGVyIGFuZCBpdHMgcGFyZW50cy4gKi9cbiAgbWFrZUZvbGRlcihwYXRoOiBzdHJpbmcpOiBQcm9taXNlPHZvaWQ+O1xuICAvKiogQXRvbWljIHdpdGhpbiB0aGUgZGF0YSBmb2xkZXI7IHJlcGxhY2VzIGEgZmlsZSBvZiB0aGF0IG5hbWUuICovXG4gIHJlbmFtZShmcm9tOiBzdHJpbmcsIHRvOiBzdHJpbmcpOiBQcm9taXNlPHZvaWQ+O1xuICAvKiogQSBmaWxlLCBvciBhIGZvbGRlciB3aXRoIGFsbCB0aGF0IGlzIGluIGl0OyBub3RoaW5nIHdoZW4gYWJzZW50LiAqL1xuICByZW1vdmUocGF0aDogc3RyaW5nKTogUHJvbWlzZTx2b2lkPjtcbiAgLyoqIE1ha2VzIGNyZWF0aW9ucywgcmVuYW1lcyBhbmQgcmVtb3ZhbHMgaW4gdGhpcyBmb2xkZXIgZHVyYWJsZS4gJycgaXMgdGhlIGRhdGEgZm9sZGVyIGl0c2VsZi4gKi9cbiAgc3luY0ZvbGRlcihwYXRoOiBzdHJpbmcpOiBQcm9taXNlPHZvaWQ+O1xuICAvKiogRnJlZSBhbmQgdG90YWwgYnl0ZXMgb2YgdGhlIHZvbHVtZS4gKi9cbiAgc3BhY2UoKTogUHJvbWlzZTx7IHJlYWRvbmx5IGZyZWVCeXRlczogbnVtYmVyOyByZWFkb25seSB0b3RhbEJ5dGVzOiBudW1iZXIgfT47XG59XG5cbmV4cG9ydCBpbnRlcmZhY2UgRGlza0ZpbGUge1xuICBzaXplKCk6IFByb21pc2U8bnVtYmVyPjtcbiAgLyoqIFNob3J0ZXIgdGhhbiBgbGVuZ3RoYCBvbmx5IGF0IHRoZSBlbmQgb2YgdGhlIGZpbGUuICovXG4gIHJlYWQob2Zmc2V0OiBudW1iZXIsIGxlbmd0aDogbnVtYmVyKTogUHJvbWlzZTxCdWZmZXI+O1xuICAvKiogV3JpdGVzIGFsbCBjaHVua3Mgb25lIGFmdGVyIHRoZSBvdGhlciBmcm9tIGBvZmZzZXRgLiAqL1xuICB3cml0ZShvZmZzZXQ6IG51bWJlciwgY2h1bmtzOiByZWFkb25seSBVaW50OEFycmF5W10pOiBQcm9taXNlPHZvaWQ+O1xuICAvKiogZmRhdGFzeW5jOiB3aGVuIGl0IHJlc29sdmVzLCBldmVyeSB3cml0ZSB0aGF0IHJlc29sdmVkIGJlZm9yZSB0aGUgY2FsbCBpcyBkdXJhYmxlLiBBIHJlamVjdGlvbiBtZWFucyB0aGF0IG5vdGhpbmcgaXMga25vd24gKFMxMCkuICovXG4gIGRhdGFzeW5jKCk6IFByb21pc2U8dm9pZD47XG4gIGNsb3NlKCk6IFByb21pc2U8dm9pZD47XG59XG5cbi8qKiBgY29kZWAgaXMgdGhlIGVycm5vIG5hbWUgKEVJTywgRU5PU1BDLCBFTk9FTlQsIEVFWElTVCBcdTIwMjYpIHdoZXJlIHRoZXJlIGlzIG9uZS4gKi9cbmV4cG9ydCBjbGFzcyBEaXNrRXJyb3IgZXh0ZW5kcyBFcnJvciB7XG4gIG92ZXJyaWRlIHJlYWRvbmx5IG5hbWUgPSAnRGlza0Vycm9yJztcbiAgcmVhZG9ubHkgY29kZTogc3RyaW5nO1xuXG4gIGNvbnN0cnVjdG9yKGNvZGU6IHN0cmluZywgbWVzc2FnZTogc3RyaW5nLCBvcHRpb25zPzogRXJyb3JPcHRpb25zKSB7XG4gICAgc3VwZXIobWVzc2FnZSwgb3B0aW9ucyk7XG4gICAgdGhpcy5jb2RlID0gY29kZTtcbiAgfVxufVxuIiwgIi8qKiBXaGVyZSBjbGllbnRzIGNvbWUgaW46IHByb2R1Y3Rpb24gc2Vzc2lvbnMgb3ZlciB0aGUgd29ybGQncyBsaW5rcywgaW4gcGxhY2Ugb2Ygc3JjL25vZGUvY2xpZW50cy9jbGllbnQtc2VydmVyLnRzIGFuZCBpdHMgc29ja2V0cy4gKi9cbmltcG9ydCB0eXBlIHsgU3RvcmFnZU5vZGUgfSBmcm9tICcuLi8uLi9zcmMvbm9kZS9zdG9yYWdlLW5vZGUudHMnO1xuaW1wb3J0IHR5cGUgeyBMaW5rRXZlbnRzLCBQZWVyTGluayB9IGZyb20gJy4uLy4uL3NyYy93aXJlL3BlZXIvbGluay50cyc7XG5pbXBvcnQgdHlwZSB7IE5vZGVQcm9jZXNzIH0gZnJvbSAnLi9tYWNoaW5lLnRzJztcbmltcG9ydCB0eXBlIHsgTmV0d29yayB9IGZyb20gJy4vbmV0d29yay50cyc7XG5cbmNvbnN0IExJTUlUUyA9IHtcbiAgY2xpZW50c01heDogMTAwMCxcbiAgdW5yZWFkQnl0ZXNNYXg6IDggKiAxMDI0ICogMTAyNCxcbiAgY29tbWFuZHNJbkZsaWdodE1heDogNjQsXG4gIHBpcGVsaW5lQnl0ZXNNYXg6IDEwMjQgKiAxMDI0LFxufTtcblxuZXhwb3J0IGNsYXNzIENsaWVudERvb3Ige1xuICByZWFkb25seSAjcHJvY2VzczogTm9kZVByb2Nlc3M7XG4gIHJlYWRvbmx5ICNub2RlOiBTdG9yYWdlTm9kZTtcbiAgcmVhZG9ubHkgI25ldHdvcms6IE5ldHdvcms7XG5cbiAgY29uc3RydWN0b3IocHJvY2VzczogTm9kZVByb2Nlc3MsIG5vZGU6IFN0b3JhZ2VOb2RlLCBuZXR3b3JrOiBOZXR3b3JrKSB7XG4gICAgdGhpcy4jcHJvY2VzcyA9IHByb2Nlc3M7XG4gICAgdGhpcy4jbm9kZSA9IG5vZGU7XG4gICAgdGhpcy4jbmV0d29yayA9IG5ldHdvcms7XG4gIH1cblxuICBvcGVuKCk6IHZvaWQge1xuICAgIGNvbnN0IHsgYnVpbGQsIGNsb2NrIH0gPSB0aGlzLiNwcm9jZXNzO1xuICAgIGNvbnN0IHJlZ2lzdHJ5ID0gbmV3IGJ1aWxkLkNsaWVudFJlZ2lzdHJ5KGNsb2NrKTtcbiAgICBjb25zdCBzZXJ2aWNlID0gbmV3IGJ1aWxkLk5vZGVTZXJ2aWNlKHRoaXMuI25vZGUsIDEpO1xuICAgIGNvbnN0IGVudmlyb25tZW50ID0geyBzZXJ2aWNlLCByZWdpc3RyeSwgcGFzc3dvcmQ6ICgpID0+IG51bGwsIGxpbWl0czogTElNSVRTIH07XG4gICAgdGhpcy4jbmV0d29yay5saXN0ZW4odGhpcy4jcHJvY2VzcywgJ2NsaWVudCcsIChsaW5rLCBmcm9tKSA9PiB7XG4gICAgICBjb25zdCBzdGF0ZSA9IHJlZ2lzdHJ5Lm9wZW4oZnJvbS5ob3N0LCB0aGlzLiNwcm9jZXNzLmhvc3QsIHRydWUpO1xuICAgICAgY29uc3Qgc2Vzc2lvbiA9IG5ldyBidWlsZC5DbGllbnRTZXNzaW9uKHN0YXRlLCBlbnZpcm9ubWVudCwge1xuICAgICAgICByZWFkeTogKCkgPT4gcXVldWVNaWNyb3Rhc2soKCkgPT4gdGhpcy4jZmx1c2goc2Vzc2lvbiwgbGluaykpLFxuICAgICAgICB1bnJlYWRCeXRlczogKCkgPT4gbGluay53YWl0aW5nQnl0ZXMsXG4gICAgICAgIGRpc2Nvbm5lY3Q6ICgpID0+IGxpbmsuZGVzdHJveSgpLFxuICAgICAgfSk7XG4gICAgICBjb25zdCBldmVudHM6IExpbmtFdmVudHMgPSB7XG4gICAgICAgIG9uQ29ubmVjdGVkOiAoKSA9PiB1bmRlZmluZWQsXG4gICAgICAgIG9uRGF0YTogKGNodW5rKSA9PiBzZXNzaW9uLnJlY2VpdmUoY2h1bmspLFxuICAgICAgICBvbkNsb3NlZDogKCkgPT4ge1xuICAgICAgICAgIHNlc3Npb24uZGlzY29ubmVjdCgpO1xuICAgICAgICAgIHJlZ2lzdHJ5LmNsb3NlKHN0YXRlKTtcbiAgICAgICAgfSxcbiAgICAgIH07XG4gICAgICByZXR1cm4gZXZlbnRzO1xuICAgIH0pO1xuICB9XG5cbiAgI2ZsdXNoKHNlc3Npb246IEluc3RhbmNlVHlwZTxOb2RlUHJvY2Vzc1snYnVpbGQnXVsnQ2xpZW50U2Vzc2lvbiddPiwgbGluazogUGVlckxpbmspOiB2b2lkIHtcbiAgICBjb25zdCBvdXRwdXQgPSBzZXNzaW9uLnRha2VPdXRwdXQoKTtcbiAgICBpZiAoc2Vzc2lvbi5pc092ZXIpIGxpbmsuZW5kKG91dHB1dCk7XG4gICAgZWxzZSBpZiAob3V0cHV0Lmxlbmd0aCA+IDApIGxpbmsud3JpdGUob3V0cHV0KTtcbiAgICBzZXNzaW9uLnJlc3VtZSgpO1xuICB9XG59XG4iLCAiLyoqXG4gKiBXaGF0IG9mIGEgbWVtYmVyJ3MgbG9nIHdvdWxkIHN1cnZpdmUgYSBjcmFzaCByaWdodCBub3c6IHRoZSBkdXJhYmxlIGJ5dGVzIG9mIGl0cyBzZWdtZW50cywgcmVhZCBhcyByZWNvdmVyeSB3b3VsZCByZWFkIHRoZW0uIEl0IGxvb2tzIGF0XG4gKiB0aGUgZGlzaywgbm90IGF0IHRoZSBtZW1iZXIsIHNvIHRoYXQgYSBtZW1iZXIgd2hpY2ggY291bnRzIG9uIG1vcmUgdGhhbiBpdHMgZGlzayBob2xkcyBpcyBmb3VuZCBvdXQuXG4gKi9cbmltcG9ydCB0eXBlIHsgSGFyZFN0YXRlIH0gZnJvbSAnLi4vLi4vc3JjL2NvbnNlbnN1cy9jb3JlLnRzJztcbmltcG9ydCB0eXBlIHsgTG9nUmVjb3JkIH0gZnJvbSAnLi4vLi4vc3JjL3dhbC9iYXRjaC50cyc7XG5pbXBvcnQgdHlwZSB7IER1cmFibGVWaWV3IH0gZnJvbSAnLi4vc3VwcG9ydC9yYWZ0LWNoZWNrZXIudHMnO1xuaW1wb3J0IHR5cGUgeyBEdXJhYmxlRmlsZSwgU2ltdWxhdGVkRGlzayB9IGZyb20gJy4uL3N1cHBvcnQvc2ltdWxhdGVkLWRpc2sudHMnO1xuaW1wb3J0IHR5cGUgeyBCdWlsZCB9IGZyb20gJy4vYnVpbGRzLnRzJztcblxuY29uc3QgV0FMX0ZPTERFUiA9ICdjdXJyZW50L3dhbCc7XG5jb25zdCBTTkFQU0hPVFNfRk9MREVSID0gJ2N1cnJlbnQvc25hcHNob3RzJztcblxuaW50ZXJmYWNlIFJlYWRTZWdtZW50IHtcbiAgcmVhZG9ubHkgbmFtZTogc3RyaW5nO1xuICByZWFkb25seSBmaWxlOiBvYmplY3Q7XG4gIHZlcnNpb246IG51bWJlcjtcbiAgcmVhZG9ubHkgc2FsdDogQnVmZmVyO1xuICByZWFkb25seSBmb2xsb3dzOiBudW1iZXI7XG4gIGJhdGNoZXM6IG51bWJlcjtcbiAgZW5kOiBudW1iZXI7XG59XG5cbmV4cG9ydCBjbGFzcyBEdXJhYmxlTG9nIGltcGxlbWVudHMgRHVyYWJsZVZpZXcge1xuICByZWFkb25seSAjYnVpbGQ6IEJ1aWxkO1xuICAjZGlzazogU2ltdWxhdGVkRGlzaztcbiAgI3NlZ21lbnRzOiBSZWFkU2VnbWVudFtdID0gW107XG4gIC8qKiBUZXJtcyBvZiB0aGUgZW50cmllcyBmcm9tIGAjZmlyc3RgIG9uLiAqL1xuICAjdGVybXM6IG51bWJlcltdID0gW107XG4gICNmaXJzdCA9IDE7XG4gICNiYXNlVGVybTogbnVtYmVyIHwgbnVsbCA9IG51bGw7XG4gIGhhcmRTdGF0ZTogSGFyZFN0YXRlID0geyB0ZXJtOiAwLCB2b3RlOiBudWxsIH07XG5cbiAgY29uc3RydWN0b3IoYnVpbGQ6IEJ1aWxkLCBkaXNrOiBTaW11bGF0ZWREaXNrKSB7XG4gICAgdGhpcy4jYnVpbGQgPSBidWlsZDtcbiAgICB0aGlzLiNkaXNrID0gZGlzaztcbiAgfVxuXG4gIC8qKiBUaGUgZGlzayBhcyBpdCBpcyBub3c6IGFub3RoZXIgb2JqZWN0IGFmdGVyIGVhY2ggc3RhcnQuICovXG4gIHJlZnJlc2goZGlzazogU2ltdWxhdGVkRGlzayk6IHRoaXMge1xuICAgIHRoaXMuI2Rpc2sgPSBkaXNrO1xuICAgIGNvbnN0IGZpbGVzID0gZGlzay5kdXJhYmxlRmlsZXMoV0FMX0ZPTERFUikuZmlsdGVyKCh7IG5hbWUgfSkgPT4gbmFtZS5lbmRzV2l0aCgnLndhbCcpKTtcbiAgICBjb25zdCBmaXJzdCA9IGZpbGVzWzBdO1xuICAgIHdoaWxlICh0aGlzLiNzZWdtZW50cy5sZW5ndGggPiAwICYmIGZpcnN0ICYmIHRoaXMuI3NlZ21lbnRzWzBdIS5uYW1lIDwgZmlyc3QubmFtZSkgdGhpcy4jc2VnbWVudHMuc2hpZnQoKTtcbiAgICBjb25zdCBpc0NvbnRpbnVlZCA9IHRoaXMuI3NlZ21lbnRzLmV2ZXJ5KChzZWdtZW50LCBwb3NpdGlvbikgPT4gZmlsZXNbcG9zaXRpb25dPy5maWxlID09PSBzZWdtZW50LmZpbGUpO1xuICAgIGlmICghaXNDb250aW51ZWQgfHwgKGZpcnN0ICYmIHRoaXMuI3NlZ21lbnRzLmxlbmd0aCA9PT0gMCkpIHRoaXMuI2JlZ2luKCk7XG4gICAgZm9yIChjb25zdCBbcG9zaXRpb24sIGZpbGVdIG9mIGZpbGVzLmVudHJpZXMoKSkgdGhpcy4jcmVhZE9uKHBvc2l0aW9uLCBmaWxlKTtcbiAgICByZXR1cm4gdGhpcztcbiAgfVxuXG4gIGdldCBsYXN0SW5kZXgoKTogbnVtYmVyIHtcbiAgICByZXR1cm4gdGhpcy4jZmlyc3QgKyB0aGlzLiN0ZXJtcy5sZW5ndGggLSAxO1xuICB9XG5cbiAgLyoqIEEgc25hcHNob3QgaXMgbmFtZWQgYnkgaXRzIGluZGV4OyB0aGUgbG9nIG1heSBvbmx5IGhhdmUgYmVlbiBjdXQgYmVoaW5kIGEgZHVyYWJsZSBvbmUuICovXG4gIGdldCBiYXNlSW5kZXgoKTogbnVtYmVyIHtcbiAgICBjb25zdCBuZXdlc3QgPSB0aGlzLiNkaXNrXG4gICAgICAuZHVyYWJsZUZpbGVzKFNOQVBTSE9UU19GT0xERVIpXG4gICAgICAuZmlsdGVyKCh7IG5hbWUgfSkgPT4gbmFtZS5lbmRzV2l0aCgnLnNuYXBzaG90JykpXG4gICAgICAuYXQoLTEpO1xuICAgIHJldHVybiBuZXdlc3QgPyBOdW1iZXIobmV3ZXN0Lm5hbWUuc2xpY2UoMCwgMTYpKSA6IDA7XG4gIH1cblxuICB0ZXJtQXQoaW5kZXg6IG51bWJlcik6IG51bWJlciB8IG51bGwge1xuICAgIGlmIChpbmRleCA9PT0gdGhpcy4jZmlyc3QgLSAxKSByZXR1cm4gdGhpcy4jYmFzZVRlcm07XG4gICAgcmV0dXJuIHRoaXMuI3Rlcm1zW2luZGV4IC0gdGhpcy4jZmlyc3RdID8/IG51bGw7XG4gIH1cblxuICAjYmVnaW4oKTogdm9pZCB7XG4gICAgdGhpcy4jc2VnbWVudHMgPSBbXTtcbiAgICB0aGlzLiN0ZXJtcyA9IFtdO1xuICAgIHRoaXMuI2ZpcnN0ID0gMTtcbiAgICB0aGlzLiNiYXNlVGVybSA9IG51bGw7XG4gICAgdGhpcy5oYXJkU3RhdGUgPSB7IHRlcm06IDAsIHZvdGU6IG51bGwgfTtcbiAgfVxuXG4gICNyZWFkT24ocG9zaXRpb246IG51bWJlciwgeyBuYW1lLCBmaWxlLCB2ZXJzaW9uLCBieXRlcyB9OiBEdXJhYmxlRmlsZSk6IHZvaWQge1xuICAgIGxldCBzZWdtZW50ID0gdGhpcy4jc2VnbWVudHNbcG9zaXRpb25dO1xuICAgIGlmICghc2VnbWVudCkge1xuICAgICAgY29uc3QgcmVhZGluZyA9IHRoaXMuI2J1aWxkLnJlYWRTZWdtZW50SGVhZGVyKGJ5dGVzLCB7IG1pbjogMSwgbWF4OiBOdW1iZXIuTUFYX1NBRkVfSU5URUdFUiB9KTtcbiAgICAgIGlmIChyZWFkaW5nLnR5cGUgIT09ICdoZWFkZXInKSByZXR1cm47XG4gICAgICBjb25zdCB7IHNhbHQsIGZvbGxvd3MsIG9yaWdpbkluZGV4IH0gPSByZWFkaW5nLmhlYWRlcjtcbiAgICAgIGlmIChwb3NpdGlvbiA9PT0gMCkgdGhpcy4jZmlyc3QgPSBvcmlnaW5JbmRleCArIDE7XG4gICAgICBzZWdtZW50ID0geyBuYW1lLCBmaWxlLCB2ZXJzaW9uOiAtMSwgc2FsdCwgZm9sbG93cywgYmF0Y2hlczogMCwgZW5kOiB0aGlzLiNidWlsZC5TRUdNRU5UX0hFQURFUl9CWVRFUyB9O1xuICAgICAgdGhpcy4jc2VnbWVudHMucHVzaChzZWdtZW50KTtcbiAgICB9XG4gICAgaWYgKHNlZ21lbnQudmVyc2lvbiA9PT0gdmVyc2lvbikgcmV0dXJuO1xuICAgIHNlZ21lbnQudmVyc2lvbiA9IHZlcnNpb247XG4gICAgZm9yICg7Oykge1xuICAgICAgY29uc3QgcmVhZGluZyA9IHRoaXMuI2J1aWxkLnJlYWRCYXRjaChieXRlcywgc2VnbWVudC5lbmQsIHNlZ21lbnQuc2FsdCk7XG4gICAgICBpZiAocmVhZGluZy50eXBlICE9PSAnYmF0Y2gnIHx8IHJlYWRpbmcuaGVhZGVyLnNlcXVlbmNlICE9PSBzZWdtZW50LmZvbGxvd3MgKyBzZWdtZW50LmJhdGNoZXMgKyAxKSByZXR1cm47XG4gICAgICBzZWdtZW50LmJhdGNoZXMgKz0gMTtcbiAgICAgIHNlZ21lbnQuZW5kID0gcmVhZGluZy5lbmQ7XG4gICAgICB0aGlzLmhhcmRTdGF0ZSA9IHJlYWRpbmcuaGVhZGVyLmhhcmRTdGF0ZTtcbiAgICAgIGZvciAoY29uc3QgcmVjb3JkIG9mIHJlYWRpbmcucmVjb3JkcykgdGhpcy4jYXBwbHkocmVjb3JkKTtcbiAgICB9XG4gIH1cblxuICAjYXBwbHkocmVjb3JkOiBMb2dSZWNvcmQpOiB2b2lkIHtcbiAgICBpZiAocmVjb3JkLnR5cGUgPT09ICdiYXNlJykge1xuICAgICAgdGhpcy4jZmlyc3QgPSByZWNvcmQuYmFzZS5pbmRleCArIDE7XG4gICAgICB0aGlzLiNiYXNlVGVybSA9IHJlY29yZC5iYXNlLnRlcm07XG4gICAgICB0aGlzLiN0ZXJtcyA9IFtdO1xuICAgIH0gZWxzZSBpZiAocmVjb3JkLnR5cGUgPT09ICd0cnVuY2F0ZScpIHtcbiAgICAgIGlmIChyZWNvcmQuZnJvbSA8IHRoaXMuI2ZpcnN0KSB7XG4gICAgICAgIHRoaXMuI2ZpcnN0ID0gcmVjb3JkLmZyb207XG4gICAgICAgIHRoaXMuI3Rlcm1zID0gW107XG4gICAgICB9IGVsc2UgdGhpcy4jdGVybXMubGVuZ3RoID0gTWF0aC5taW4odGhpcy4jdGVybXMubGVuZ3RoLCByZWNvcmQuZnJvbSAtIHRoaXMuI2ZpcnN0KTtcbiAgICB9IGVsc2UgaWYgKHJlY29yZC50eXBlID09PSAnZW50cmllcycpIGZvciAoY29uc3QgeyB0ZXJtIH0gb2YgcmVjb3JkLmVudHJpZXMpIHRoaXMuI3Rlcm1zLnB1c2godGVybSk7XG4gIH1cbn1cbiIsICIvKiogVGhlIGNsb2NrIG9mIG9uZSBtYWNoaW5lOiBpdCBkcmlmdHMsIGl0cyB3YWxsIHRpbWUgbWF5IGp1bXAsIGFuZCBpdHMgdGltZXJzIGVuZCB3aXRoIHRoZSBwcm9jZXNzIHRoYXQgc2V0IHRoZW0uICovXG5pbXBvcnQgdHlwZSB7IENsb2NrIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9jbG9jay50cyc7XG5pbXBvcnQgdHlwZSB7IFNjaGVkdWxlciB9IGZyb20gJy4vc2NoZWR1bGVyLnRzJztcblxuLyoqIDIwMjYtMDEtMDFUMDA6MDA6MDBaLiAqL1xuZXhwb3J0IGNvbnN0IEVQT0NIX01TID0gMV83NjdfMjI1XzYwMF8wMDA7XG5cbi8qKiBXaGF0IGEgbWFjaGluZSdzIGNsb2NrcyBkbyB3cm9uZzsgdGhlIHdvcmxkIGNoYW5nZXMgaXQgd2hpbGUgdGhlIG1hY2hpbmUgcnVucy4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgQ2xvY2tGYXVsdCB7XG4gIC8qKiBPZiB0aGlzIG1hY2hpbmUncyBzZWNvbmRzIHRvIHRydWUgb25lcy4gKi9cbiAgcmF0ZTogbnVtYmVyO1xuICB3YWxsT2Zmc2V0TXM6IG51bWJlcjtcbn1cblxuZXhwb3J0IGNsYXNzIE1hY2hpbmVDbG9jayBpbXBsZW1lbnRzIENsb2NrIHtcbiAgcmVhZG9ubHkgI3NjaGVkdWxlcjogU2NoZWR1bGVyO1xuICByZWFkb25seSAjZmF1bHQ6IENsb2NrRmF1bHQ7XG4gIHJlYWRvbmx5ICNzdGFydGVkQXRNczogbnVtYmVyO1xuICByZWFkb25seSAjZGVsaXZlcjogKGFjdDogKCkgPT4gdm9pZCkgPT4gdm9pZDtcblxuICAvKiogQHBhcmFtIGRlbGl2ZXIgcnVucyB3aGF0IGlzIGR1ZSBpbiB0aGUgcHJvY2VzcywgdW5sZXNzIHRoYXQgaXMgcGF1c2VkIG9yIGdvbmUgKi9cbiAgY29uc3RydWN0b3Ioc2NoZWR1bGVyOiBTY2hlZHVsZXIsIGZhdWx0OiBDbG9ja0ZhdWx0LCBkZWxpdmVyOiAoYWN0OiAoKSA9PiB2b2lkKSA9PiB2b2lkKSB7XG4gICAgdGhpcy4jc2NoZWR1bGVyID0gc2NoZWR1bGVyO1xuICAgIHRoaXMuI2ZhdWx0ID0gZmF1bHQ7XG4gICAgdGhpcy4jc3RhcnRlZEF0TXMgPSBzY2hlZHVsZXIubm93TXM7XG4gICAgdGhpcy4jZGVsaXZlciA9IGRlbGl2ZXI7XG4gIH1cblxuICBtb25vdG9uaWNNcygpOiBudW1iZXIge1xuICAgIHJldHVybiAodGhpcy4jc2NoZWR1bGVyLm5vd01zIC0gdGhpcy4jc3RhcnRlZEF0TXMpICogdGhpcy4jZmF1bHQucmF0ZTtcbiAgfVxuXG4gIHdhbGxNcygpOiBudW1iZXIge1xuICAgIHJldHVybiBNYXRoLmZsb29yKEVQT0NIX01TICsgdGhpcy4jc2NoZWR1bGVyLm5vd01zICogdGhpcy4jZmF1bHQucmF0ZSArIHRoaXMuI2ZhdWx0LndhbGxPZmZzZXRNcyk7XG4gIH1cblxuICBzY2hlZHVsZShkZWxheU1zOiBudW1iZXIsIGNhbGxiYWNrOiAoKSA9PiB2b2lkKTogKCkgPT4gdm9pZCB7XG4gICAgbGV0IGlzQ2FuY2VsbGVkID0gZmFsc2U7XG4gICAgLy8gQSB0aW1lciB0aGF0IHdhcyBkdWUgd2hpbGUgdGhlIHByb2Nlc3Mgd2FzIHBhdXNlZCB3YWl0cyB0aGVyZSwgYW5kIGNhbiBzdGlsbCBiZSBjYW5jZWxsZWQuXG4gICAgY29uc3QgY2FuY2VsID0gdGhpcy4jc2NoZWR1bGVyLmFmdGVyKGRlbGF5TXMgLyB0aGlzLiNmYXVsdC5yYXRlLCAoKSA9PlxuICAgICAgdGhpcy4jZGVsaXZlcigoKSA9PiB7XG4gICAgICAgIGlmICghaXNDYW5jZWxsZWQpIGNhbGxiYWNrKCk7XG4gICAgICB9KSxcbiAgICApO1xuICAgIHJldHVybiAoKSA9PiB7XG4gICAgICBpc0NhbmNlbGxlZCA9IHRydWU7XG4gICAgICBjYW5jZWwoKTtcbiAgICB9O1xuICB9XG59XG4iLCAiLyoqXG4gKiBUaGUgd2lyZXMgb2YgdGhlIHdvcmxkOiBsaW5rcyBiZXR3ZWVuIG1hY2hpbmVzLCBhbmQgYmV0d2VlbiBjbGllbnRzIGFuZCBtYWNoaW5lcy4gQSBsaW5rIGNhcnJpZXMgYnl0ZXMgaW4gb3JkZXIgb3IgYnJlYWtzLCBhcyBUQ1AgZG9lcztcbiAqIHdoYXQgaXMgaW4gdGhlIHdheSBvZiBhIGRpcmVjdGlvbiwgYSBwYXJ0aXRpb24gb3IgYSBjbG9nLCBob2xkcyBpdHMgYnl0ZXMgYmFjayB1bnRpbCBpdCBpcyBnb25lLCBvciB0aGUgbGluayBpcyBnaXZlbiB1cCBieSBhbiBlbmQuXG4gKi9cbmltcG9ydCB7IGNyYzMyIH0gZnJvbSAnbm9kZTp6bGliJztcbmltcG9ydCB0eXBlIHsgTGlua0V2ZW50cywgUGVlckxpbmssIFBlZXJUcmFuc3BvcnQgfSBmcm9tICcuLi8uLi9zcmMvd2lyZS9wZWVyL2xpbmsudHMnO1xuaW1wb3J0IHR5cGUgeyBSYW5kb20gfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL3JhbmRvbS50cyc7XG5pbXBvcnQgdHlwZSB7IFNjaGVkdWxlciB9IGZyb20gJy4vc2NoZWR1bGVyLnRzJztcblxuLyoqIFdob2V2ZXIgaXMgb24gYSB3aXJlOiBhIG1hY2hpbmUncyBydW5uaW5nIHByb2Nlc3MsIG9yIGEgY2xpZW50LiAqL1xuZXhwb3J0IGludGVyZmFjZSBFbmRwb2ludCB7XG4gIHJlYWRvbmx5IGhvc3Q6IHN0cmluZztcbiAgcmVhZG9ubHkgaXNBbGl2ZTogYm9vbGVhbjtcbiAgLyoqIFJ1bnMgaW4gdGhlIGVuZHBvaW50LCB1bmxlc3MgaXQgaXMgcGF1c2VkICh0aGVuIGxhdGVyKSBvciBnb25lICh0aGVuIG5ldmVyKS4gKi9cbiAgZGVsaXZlcihhY3Q6ICgpID0+IHZvaWQpOiB2b2lkO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIFdpcmVzIHtcbiAgLyoqIFNob3J0ZXN0IGFuZCBsb25nZXN0IHRpbWUgdGhhdCBieXRlcyB0cmF2ZWwuICovXG4gIGRlbGF5TXM6IHJlYWRvbmx5IFtudW1iZXIsIG51bWJlcl07XG4gIC8qKiBPZiBhIHdyaXRlLCB0byB0YWtlIG11Y2ggbG9uZ2VyOiB3aGF0IGZvbGxvd3MgaXQgb24gdGhlIGxhbmUgd2FpdHMsIGFuZCB0aGUgb3RoZXIgbGFuZSBnb2VzIGFoZWFkLiAqL1xuICBzbG93U2hhcmU6IG51bWJlcjtcbiAgc2xvd01zOiBudW1iZXI7XG59XG5cbnR5cGUgTGlzdGVuZXIgPSAobGluazogUGVlckxpbmssIGZyb206IEVuZHBvaW50KSA9PiBMaW5rRXZlbnRzO1xuXG5leHBvcnQgY2xhc3MgTmV0d29yayB7XG4gIHJlYWRvbmx5IHNjaGVkdWxlcjogU2NoZWR1bGVyO1xuICByZWFkb25seSB3aXJlczogV2lyZXMgPSB7IGRlbGF5TXM6IFswLjEsIDFdLCBzbG93U2hhcmU6IDAsIHNsb3dNczogMCB9O1xuICByZWFkb25seSAjcmFuZG9tOiBSYW5kb207XG4gIHJlYWRvbmx5ICNsaXN0ZW5lcnMgPSBuZXcgTWFwPHN0cmluZywgeyByZWFkb25seSBlbmRwb2ludDogRW5kcG9pbnQ7IHJlYWRvbmx5IGFjY2VwdDogTGlzdGVuZXIgfT4oKTtcbiAgLyoqIGBmcm9tPnRvYCB3aXRoIHRoZSBudW1iZXIgb2YgcmVhc29ucyB3aHkgbm90aGluZyBwYXNzZXM7IGFuZCB1bnRpbCB3aGVuIGEgY2xvZyBsYXN0cy4gKi9cbiAgcmVhZG9ubHkgI2N1dHMgPSBuZXcgTWFwPHN0cmluZywgbnVtYmVyPigpO1xuICByZWFkb25seSAjY2xvZ3MgPSBuZXcgTWFwPHN0cmluZywgbnVtYmVyPigpO1xuICByZWFkb25seSAjbGlua3MgPSBuZXcgU2V0PExpbmtQYWlyPigpO1xuICBkZWxpdmVyZWQgPSAwO1xuICBoZWxkQmFjayA9IDA7XG5cbiAgY29uc3RydWN0b3Ioc2NoZWR1bGVyOiBTY2hlZHVsZXIsIHJhbmRvbTogUmFuZG9tKSB7XG4gICAgdGhpcy5zY2hlZHVsZXIgPSBzY2hlZHVsZXI7XG4gICAgdGhpcy4jcmFuZG9tID0gcmFuZG9tO1xuICB9XG5cbiAgbGlzdGVuKGVuZHBvaW50OiBFbmRwb2ludCwgcG9ydDogc3RyaW5nLCBhY2NlcHQ6IExpc3RlbmVyKTogdm9pZCB7XG4gICAgdGhpcy4jbGlzdGVuZXJzLnNldChgJHtlbmRwb2ludC5ob3N0fToke3BvcnR9YCwgeyBlbmRwb2ludCwgYWNjZXB0IH0pO1xuICB9XG5cbiAgdW5saXN0ZW4oZW5kcG9pbnQ6IEVuZHBvaW50LCBwb3J0OiBzdHJpbmcpOiB2b2lkIHtcbiAgICBjb25zdCBrZXkgPSBgJHtlbmRwb2ludC5ob3N0fToke3BvcnR9YDtcbiAgICBpZiAodGhpcy4jbGlzdGVuZXJzLmdldChrZXkpPy5lbmRwb2ludCA9PT0gZW5kcG9pbnQpIHRoaXMuI2xpc3RlbmVycy5kZWxldGUoa2V5KTtcbiAgfVxuXG4gIGRpYWwoZnJvbTogRW5kcG9pbnQsIGhvc3Q6IHN0cmluZywgcG9ydDogc3RyaW5nLCBldmVudHM6IExpbmtFdmVudHMpOiBQZWVyTGluayB7XG4gICAgY29uc3QgcGFpciA9IG5ldyBMaW5rUGFpcih0aGlzLCBmcm9tLCBob3N0LCBldmVudHMpO1xuICAgIHRoaXMuI2xpbmtzLmFkZChwYWlyKTtcbiAgICB0aGlzLnNjaGVkdWxlci5hZnRlcih0aGlzLmRyYXdEZWxheU1zKCksICgpID0+IHtcbiAgICAgIGlmIChwYWlyLmlzT3ZlciB8fCB0aGlzLmlzQ3V0KGZyb20uaG9zdCwgaG9zdCkpIHJldHVybjtcbiAgICAgIGNvbnN0IGxpc3RlbmVyID0gdGhpcy4jbGlzdGVuZXJzLmdldChgJHtob3N0fToke3BvcnR9YCk7XG4gICAgICBpZiAobGlzdGVuZXI/LmVuZHBvaW50LmlzQWxpdmUgPT09IHRydWUpIHBhaXIub3BlbihsaXN0ZW5lci5lbmRwb2ludCwgbGlzdGVuZXIuYWNjZXB0KTtcbiAgICAgIGVsc2UgcGFpci5yZWZ1c2UoKTtcbiAgICB9KTtcbiAgICByZXR1cm4gcGFpci5kaWFsZXI7XG4gIH1cblxuICAvKiogTm90aGluZyBwYXNzZXMgaW4gdGhpcyBkaXJlY3Rpb24gdW50aWwgYG1lbmRgLiAqL1xuICBjdXQoZnJvbTogc3RyaW5nLCB0bzogc3RyaW5nKTogdm9pZCB7XG4gICAgY29uc3Qga2V5ID0gYCR7ZnJvbX0+JHt0b31gO1xuICAgIHRoaXMuI2N1dHMuc2V0KGtleSwgKHRoaXMuI2N1dHMuZ2V0KGtleSkgPz8gMCkgKyAxKTtcbiAgfVxuXG4gIG1lbmQoZnJvbTogc3RyaW5nLCB0bzogc3RyaW5nKTogdm9pZCB7XG4gICAgY29uc3Qga2V5ID0gYCR7ZnJvbX0+JHt0b31gO1xuICAgIGNvbnN0IGxlZnQgPSAodGhpcy4jY3V0cy5nZXQoa2V5KSA/PyAwKSAtIDE7XG4gICAgaWYgKGxlZnQgPiAwKSB0aGlzLiNjdXRzLnNldChrZXksIGxlZnQpO1xuICAgIGVsc2UgdGhpcy4jY3V0cy5kZWxldGUoa2V5KTtcbiAgICBpZiAobGVmdCA8PSAwKSB0aGlzLiNyZWxlYXNlKCk7XG4gIH1cblxuICBjbG9nKGZyb206IHN0cmluZywgdG86IHN0cmluZywgdW50aWxNczogbnVtYmVyKTogdm9pZCB7XG4gICAgdGhpcy4jY2xvZ3Muc2V0KGAke2Zyb219PiR7dG99YCwgdW50aWxNcyk7XG4gICAgdGhpcy5zY2hlZHVsZXIuYWZ0ZXIodW50aWxNcyAtIHRoaXMuc2NoZWR1bGVyLm5vd01zLCAoKSA9PiB0aGlzLiNyZWxlYXNlKCkpO1xuICB9XG5cbiAgaXNDdXQoZnJvbTogc3RyaW5nLCB0bzogc3RyaW5nKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuIHRoaXMuI2N1dHMuaGFzKGAke2Zyb219PiR7dG99YCk7XG4gIH1cblxuICBibG9ja3MoZnJvbTogc3RyaW5nLCB0bzogc3RyaW5nKTogYm9vbGVhbiB7XG4gICAgaWYgKHRoaXMuaXNDdXQoZnJvbSwgdG8pKSByZXR1cm4gdHJ1ZTtcbiAgICBjb25zdCB1bnRpbE1zID0gdGhpcy4jY2xvZ3MuZ2V0KGAke2Zyb219PiR7dG99YCk7XG4gICAgcmV0dXJuIHVudGlsTXMgIT09IHVuZGVmaW5lZCAmJiB1bnRpbE1zID4gdGhpcy5zY2hlZHVsZXIubm93TXM7XG4gIH1cblxuICAvKiogQWxsIGxpbmtzIGJldHdlZW4gdGhlIHR3byBicmVhayBhdCBvbmNlLCBhbmQgYm90aCBlbmRzIGhlYXIgb2YgaXQuICovXG4gIHJlc2V0KG9uZTogc3RyaW5nLCBvdGhlcjogc3RyaW5nKTogbnVtYmVyIHtcbiAgICBsZXQgYnJva2VuID0gMDtcbiAgICBmb3IgKGNvbnN0IHBhaXIgb2YgWy4uLnRoaXMuI2xpbmtzXSkgaWYgKHBhaXIuam9pbnMob25lLCBvdGhlcikpIGJyb2tlbiArPSBwYWlyLmJyZWFrT2ZmKCkgPyAxIDogMDtcbiAgICByZXR1cm4gYnJva2VuO1xuICB9XG5cbiAgLyoqIFRoZSBwcm9jZXNzIGlzIGdvbmU6IGl0cyBzeXN0ZW0gY2xvc2VzIGl0cyBsaW5rcywgb3Igd2l0aCB0aGUgcG93ZXIgb2ZmIG5vYm9keSBkb2VzLiAqL1xuICBhYmFuZG9uKGVuZHBvaW50OiBFbmRwb2ludCwgdGVsbHM6IGJvb2xlYW4pOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IFtrZXksIGxpc3RlbmVyXSBvZiBbLi4udGhpcy4jbGlzdGVuZXJzXSkgaWYgKGxpc3RlbmVyLmVuZHBvaW50ID09PSBlbmRwb2ludCkgdGhpcy4jbGlzdGVuZXJzLmRlbGV0ZShrZXkpO1xuICAgIGZvciAoY29uc3QgcGFpciBvZiBbLi4udGhpcy4jbGlua3NdKSBwYWlyLmFiYW5kb24oZW5kcG9pbnQsIHRlbGxzKTtcbiAgfVxuXG4gIGRyYXdEZWxheU1zKCk6IG51bWJlciB7XG4gICAgY29uc3QgW2xlYXN0LCBtb3N0XSA9IHRoaXMud2lyZXMuZGVsYXlNcztcbiAgICBjb25zdCBkZWxheU1zID0gbGVhc3QgKyB0aGlzLiNyYW5kb20uZnJhY3Rpb24oKSAqIChtb3N0IC0gbGVhc3QpO1xuICAgIGNvbnN0IGlzU2xvdyA9IHRoaXMud2lyZXMuc2xvd1NoYXJlID4gMCAmJiB0aGlzLiNyYW5kb20uZnJhY3Rpb24oKSA8IHRoaXMud2lyZXMuc2xvd1NoYXJlO1xuICAgIHJldHVybiBpc1Nsb3cgPyBkZWxheU1zICsgdGhpcy4jcmFuZG9tLmZyYWN0aW9uKCkgKiB0aGlzLndpcmVzLnNsb3dNcyA6IGRlbGF5TXM7XG4gIH1cblxuICBydW5zKGhvc3Q6IHN0cmluZyk6IGJvb2xlYW4ge1xuICAgIHJldHVybiB0aGlzLiNsaXN0ZW5lcnMuZ2V0KGAke2hvc3R9OnBlZXJgKT8uZW5kcG9pbnQuaXNBbGl2ZSA9PT0gdHJ1ZTtcbiAgfVxuXG4gIGZvcmdldChwYWlyOiBMaW5rUGFpcik6IHZvaWQge1xuICAgIHRoaXMuI2xpbmtzLmRlbGV0ZShwYWlyKTtcbiAgfVxuXG4gICNyZWxlYXNlKCk6IHZvaWQge1xuICAgIGZvciAoY29uc3QgcGFpciBvZiBbLi4udGhpcy4jbGlua3NdKSBwYWlyLnJlbGVhc2UoKTtcbiAgfVxufVxuXG4vKiogYGJ5dGVzOiBudWxsYCBpcyB0aGUgZW5kIG9mIHRoZSBzdHJlYW0uICovXG5pbnRlcmZhY2UgUGFyY2VsIHtcbiAgcmVhZG9ubHkgbnVtYmVyOiBudW1iZXI7XG4gIHJlYWRvbmx5IGJ5dGVzOiBCdWZmZXIgfCBudWxsO1xufVxuXG4vKiogT25lIGRpcmVjdGlvbjogd2hhdCB3YXMgd3JpdHRlbiBhbmQgaGFzIG5vdCBhcnJpdmVkLCBpbiBvcmRlci4gKi9cbmNsYXNzIFBpcGUge1xuICByZWFkb25seSBoZWxkOiBQYXJjZWxbXSA9IFtdO1xuICB3cml0dGVuID0gMDtcbiAgbGFzdER1ZU1zID0gMDtcbiAgc2VudEJ5dGVzID0gMDtcbiAgaGVsZEJ5dGVzID0gMDtcbiAgaXNFbmRlZCA9IGZhbHNlO1xuXG4gIG5leHQoYnl0ZXM6IEJ1ZmZlciB8IG51bGwpOiBQYXJjZWwge1xuICAgIHRoaXMud3JpdHRlbiArPSAxO1xuICAgIHJldHVybiB7IG51bWJlcjogdGhpcy53cml0dGVuLCBieXRlcyB9O1xuICB9XG5cbiAgLyoqIFdoYXQgaXMgaGVsZCBrZWVwcyB0aGUgb3JkZXIgaW4gd2hpY2ggaXQgd2FzIHdyaXR0ZW4sIHdoZW5ldmVyIGl0IHdhcyBzdG9wcGVkLiAqL1xuICBob2xkKHBhcmNlbDogUGFyY2VsKTogdm9pZCB7XG4gICAgbGV0IGF0ID0gdGhpcy5oZWxkLmxlbmd0aDtcbiAgICB3aGlsZSAoYXQgPiAwICYmIHRoaXMuaGVsZFthdCAtIDFdIS5udW1iZXIgPiBwYXJjZWwubnVtYmVyKSBhdCAtPSAxO1xuICAgIHRoaXMuaGVsZC5zcGxpY2UoYXQsIDAsIHBhcmNlbCk7XG4gICAgdGhpcy5oZWxkQnl0ZXMgKz0gcGFyY2VsLmJ5dGVzPy5sZW5ndGggPz8gMDtcbiAgfVxufVxuXG5leHBvcnQgY2xhc3MgTGlua1BhaXIge1xuICByZWFkb25seSBkaWFsZXI6IFBlZXJMaW5rO1xuICByZWFkb25seSAjbmV0d29yazogTmV0d29yaztcbiAgcmVhZG9ubHkgI2Zyb206IEVuZHBvaW50O1xuICByZWFkb25seSAjaG9zdDogc3RyaW5nO1xuICByZWFkb25seSAjZGlhbGVyRXZlbnRzOiBMaW5rRXZlbnRzO1xuICAjdG86IEVuZHBvaW50IHwgbnVsbCA9IG51bGw7XG4gICNhY2NlcHRvckV2ZW50czogTGlua0V2ZW50cyB8IG51bGwgPSBudWxsO1xuICByZWFkb25seSAjb3V0ID0gbmV3IFBpcGUoKTtcbiAgcmVhZG9ubHkgI2JhY2sgPSBuZXcgUGlwZSgpO1xuICAjZGlhbGVyT3BlbiA9IHRydWU7XG4gICNhY2NlcHRvck9wZW4gPSBmYWxzZTtcblxuICBjb25zdHJ1Y3RvcihuZXR3b3JrOiBOZXR3b3JrLCBmcm9tOiBFbmRwb2ludCwgaG9zdDogc3RyaW5nLCBldmVudHM6IExpbmtFdmVudHMpIHtcbiAgICB0aGlzLiNuZXR3b3JrID0gbmV0d29yaztcbiAgICB0aGlzLiNmcm9tID0gZnJvbTtcbiAgICB0aGlzLiNob3N0ID0gaG9zdDtcbiAgICB0aGlzLiNkaWFsZXJFdmVudHMgPSBldmVudHM7XG4gICAgdGhpcy5kaWFsZXIgPSB0aGlzLiNlbmQodGhpcy4jb3V0LCBob3N0LCAoKSA9PiB0aGlzLiNjbG9zZURpYWxlcigpKTtcbiAgfVxuXG4gIGdldCBpc092ZXIoKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuICF0aGlzLiNkaWFsZXJPcGVuICYmICF0aGlzLiNhY2NlcHRvck9wZW47XG4gIH1cblxuICBqb2lucyhvbmU6IHN0cmluZywgb3RoZXI6IHN0cmluZyk6IGJvb2xlYW4ge1xuICAgIHJldHVybiAodGhpcy4jZnJvbS5ob3N0ID09PSBvbmUgJiYgdGhpcy4jaG9zdCA9PT0gb3RoZXIpIHx8ICh0aGlzLiNmcm9tLmhvc3QgPT09IG90aGVyICYmIHRoaXMuI2hvc3QgPT09IG9uZSk7XG4gIH1cblxuICBvcGVuKHRvOiBFbmRwb2ludCwgYWNjZXB0OiBMaXN0ZW5lcik6IHZvaWQge1xuICAgIHRoaXMuI3RvID0gdG87XG4gICAgdGhpcy4jYWNjZXB0b3JPcGVuID0gdHJ1ZTtcbiAgICBjb25zdCBsaW5rID0gdGhpcy4jZW5kKHRoaXMuI2JhY2ssIHRoaXMuI2Zyb20uaG9zdCwgKCkgPT4gdGhpcy4jY2xvc2VBY2NlcHRvcigpKTtcbiAgICB0by5kZWxpdmVyKCgpID0+IHtcbiAgICAgIHRoaXMuI2FjY2VwdG9yRXZlbnRzID0gYWNjZXB0KGxpbmssIHRoaXMuI2Zyb20pO1xuICAgIH0pO1xuICAgIGlmICh0aGlzLiNkaWFsZXJPcGVuKSB0aGlzLiNmcm9tLmRlbGl2ZXIoKCkgPT4gdGhpcy4jZGlhbGVyRXZlbnRzLm9uQ29ubmVjdGVkKCkpO1xuICB9XG5cbiAgcmVmdXNlKCk6IHZvaWQge1xuICAgIHRoaXMuI2Nsb3NlRGlhbGVyKCk7XG4gIH1cblxuICAvKiogQSByZXNldDogd2hhdCB3YXMgdW5kZXIgd2F5IGlzIGxvc3QsIGJvdGggZW5kcyBhcmUgdG9sZC4gKi9cbiAgYnJlYWtPZmYoKTogYm9vbGVhbiB7XG4gICAgY29uc3Qgd2FzT3BlbiA9IHRoaXMuI2RpYWxlck9wZW4gfHwgdGhpcy4jYWNjZXB0b3JPcGVuO1xuICAgIHRoaXMuI2xvc2UoKTtcbiAgICB0aGlzLiNjbG9zZURpYWxlcigpO1xuICAgIHRoaXMuI2Nsb3NlQWNjZXB0b3IoKTtcbiAgICByZXR1cm4gd2FzT3BlbjtcbiAgfVxuXG4gIGFiYW5kb24oZW5kcG9pbnQ6IEVuZHBvaW50LCB0ZWxsczogYm9vbGVhbik6IHZvaWQge1xuICAgIGlmIChlbmRwb2ludCA9PT0gdGhpcy4jZnJvbSAmJiB0aGlzLiNkaWFsZXJPcGVuKSB7XG4gICAgICB0aGlzLiNkaWFsZXJPcGVuID0gZmFsc2U7XG4gICAgICBpZiAodGVsbHMpIHRoaXMuI3Bhc3ModGhpcy4jb3V0LCBudWxsKTtcbiAgICB9IGVsc2UgaWYgKGVuZHBvaW50ID09PSB0aGlzLiN0byAmJiB0aGlzLiNhY2NlcHRvck9wZW4pIHtcbiAgICAgIHRoaXMuI2FjY2VwdG9yT3BlbiA9IGZhbHNlO1xuICAgICAgaWYgKHRlbGxzKSB0aGlzLiNwYXNzKHRoaXMuI2JhY2ssIG51bGwpO1xuICAgIH1cbiAgICB0aGlzLiNmb3JnZXRJZk92ZXIoKTtcbiAgfVxuXG4gIHJlbGVhc2UoKTogdm9pZCB7XG4gICAgZm9yIChjb25zdCBwaXBlIG9mIFt0aGlzLiNvdXQsIHRoaXMuI2JhY2tdKSB7XG4gICAgICBpZiAocGlwZS5oZWxkLmxlbmd0aCA9PT0gMCB8fCB0aGlzLiNpc0Jsb2NrZWQocGlwZSkpIGNvbnRpbnVlO1xuICAgICAgY29uc3QgaGVsZCA9IHBpcGUuaGVsZC5zcGxpY2UoMCk7XG4gICAgICBwaXBlLmhlbGRCeXRlcyA9IDA7XG4gICAgICBmb3IgKGNvbnN0IHBhcmNlbCBvZiBoZWxkKSB0aGlzLiN0cmF2ZWwocGlwZSwgcGFyY2VsKTtcbiAgICB9XG4gIH1cblxuICAjbG9zZSgpOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IHBpcGUgb2YgW3RoaXMuI291dCwgdGhpcy4jYmFja10pIHtcbiAgICAgIHBpcGUuaGVsZC5sZW5ndGggPSAwO1xuICAgICAgcGlwZS5oZWxkQnl0ZXMgPSAwO1xuICAgIH1cbiAgfVxuXG4gICNlbmQocGlwZTogUGlwZSwgcmVtb3RlQWRkcmVzczogc3RyaW5nLCBjbG9zZTogKCkgPT4gdm9pZCk6IFBlZXJMaW5rIHtcbiAgICBjb25zdCBpc09wZW4gPSAoKTogYm9vbGVhbiA9PiAocGlwZSA9PT0gdGhpcy4jb3V0ID8gdGhpcy4jZGlhbGVyT3BlbiA6IHRoaXMuI2FjY2VwdG9yT3Blbik7XG4gICAgY29uc3Qgd3JpdGUgPSAoYnl0ZXM6IFVpbnQ4QXJyYXkpOiB2b2lkID0+IHtcbiAgICAgIGlmICghaXNPcGVuKCkgfHwgcGlwZS5pc0VuZGVkKSByZXR1cm47XG4gICAgICB0aGlzLiNuZXR3b3JrLnNjaGVkdWxlci5taXgoY3JjMzIoYnl0ZXMpKTtcbiAgICAgIC8vIENvcGllZDogdGhlIHdyaXRlcidzIGJ1ZmZlciBpcyBpdHMgb3duIGFnYWluIGFmdGVyIHRoZSBjYWxsLlxuICAgICAgdGhpcy4jcGFzcyhwaXBlLCBCdWZmZXIuZnJvbShieXRlcykpO1xuICAgIH07XG4gICAgcmV0dXJuIHtcbiAgICAgIHdyaXRlLFxuICAgICAgZW5kOiAoYnl0ZXMpID0+IHtcbiAgICAgICAgd3JpdGUoYnl0ZXMpO1xuICAgICAgICB0aGlzLiNwYXNzKHBpcGUsIG51bGwpO1xuICAgICAgICBwaXBlLmlzRW5kZWQgPSB0cnVlO1xuICAgICAgfSxcbiAgICAgIGRlc3Ryb3k6ICgpID0+IGNsb3NlKCksXG4gICAgICBnZXQgaXNEZXN0cm95ZWQoKSB7XG4gICAgICAgIHJldHVybiAhaXNPcGVuKCk7XG4gICAgICB9LFxuICAgICAgZ2V0IHdhaXRpbmdCeXRlcygpIHtcbiAgICAgICAgcmV0dXJuIHBpcGUuaGVsZEJ5dGVzO1xuICAgICAgfSxcbiAgICAgIGdldCBzZW50Qnl0ZXMoKSB7XG4gICAgICAgIHJldHVybiBwaXBlLnNlbnRCeXRlcztcbiAgICAgIH0sXG4gICAgICByZW1vdGVBZGRyZXNzLFxuICAgIH07XG4gIH1cblxuICAjaXNCbG9ja2VkKHBpcGU6IFBpcGUpOiBib29sZWFuIHtcbiAgICByZXR1cm4gcGlwZSA9PT0gdGhpcy4jb3V0XG4gICAgICA/IHRoaXMuI25ldHdvcmsuYmxvY2tzKHRoaXMuI2Zyb20uaG9zdCwgdGhpcy4jaG9zdClcbiAgICAgIDogdGhpcy4jbmV0d29yay5ibG9ja3ModGhpcy4jaG9zdCwgdGhpcy4jZnJvbS5ob3N0KTtcbiAgfVxuXG4gICNwYXNzKHBpcGU6IFBpcGUsIGJ5dGVzOiBCdWZmZXIgfCBudWxsKTogdm9pZCB7XG4gICAgY29uc3QgcGFyY2VsID0gcGlwZS5uZXh0KGJ5dGVzKTtcbiAgICBpZiAocGlwZS5oZWxkLmxlbmd0aCA9PT0gMCAmJiAhdGhpcy4jaXNCbG9ja2VkKHBpcGUpKSB7XG4gICAgICB0aGlzLiN0cmF2ZWwocGlwZSwgcGFyY2VsKTtcbiAgICAgIHJldHVybjtcbiAgICB9XG4gICAgdGhpcy4jbmV0d29yay5oZWxkQmFjayArPSAxO1xuICAgIHBpcGUuaG9sZChwYXJjZWwpO1xuICB9XG5cbiAgI3RyYXZlbChwaXBlOiBQaXBlLCBwYXJjZWw6IFBhcmNlbCk6IHZvaWQge1xuICAgIGNvbnN0IHsgc2NoZWR1bGVyIH0gPSB0aGlzLiNuZXR3b3JrO1xuICAgIHBpcGUuc2VudEJ5dGVzICs9IHBhcmNlbC5ieXRlcz8ubGVuZ3RoID8/IDA7XG4gICAgcGlwZS5sYXN0RHVlTXMgPSBNYXRoLm1heChwaXBlLmxhc3REdWVNcywgc2NoZWR1bGVyLm5vd01zICsgdGhpcy4jbmV0d29yay5kcmF3RGVsYXlNcygpKTtcbiAgICBzY2hlZHVsZXIuYWZ0ZXIocGlwZS5sYXN0RHVlTXMgLSBzY2hlZHVsZXIubm93TXMsICgpID0+IHRoaXMuI2Fycml2ZShwaXBlLCBwYXJjZWwpKTtcbiAgfVxuXG4gICNhcnJpdmUocGlwZTogUGlwZSwgcGFyY2VsOiBQYXJjZWwpOiB2b2lkIHtcbiAgICAvLyBBIHBhcnRpdGlvbiB0aGF0IGJlZ2FuIHdoaWxlIGl0IHRyYXZlbGxlZCBzdG9wcyBpdCB0b28uXG4gICAgaWYgKHBpcGUuaGVsZC5sZW5ndGggPiAwIHx8IHRoaXMuI2lzQmxvY2tlZChwaXBlKSkge1xuICAgICAgcGlwZS5ob2xkKHBhcmNlbCk7XG4gICAgICByZXR1cm47XG4gICAgfVxuICAgIGNvbnN0IGlzT3V0ID0gcGlwZSA9PT0gdGhpcy4jb3V0O1xuICAgIGNvbnN0IHsgYnl0ZXMgfSA9IHBhcmNlbDtcbiAgICBpZiAoYnl0ZXMgPT09IG51bGwpIHtcbiAgICAgIGlmIChpc091dCkgdGhpcy4jY2xvc2VBY2NlcHRvcigpO1xuICAgICAgZWxzZSB0aGlzLiNjbG9zZURpYWxlcigpO1xuICAgICAgcmV0dXJuO1xuICAgIH1cbiAgICBjb25zdCByZWNlaXZlciA9IGlzT3V0ID8gdGhpcy4jdG8gOiB0aGlzLiNmcm9tO1xuICAgIGlmIChyZWNlaXZlcj8uaXNBbGl2ZSA9PT0gZmFsc2UpIHRoaXMuI2JvdW5jZShpc091dCk7XG4gICAgcmVjZWl2ZXI/LmRlbGl2ZXIoKCkgPT4ge1xuICAgICAgaWYgKCEoaXNPdXQgPyB0aGlzLiNhY2NlcHRvck9wZW4gOiB0aGlzLiNkaWFsZXJPcGVuKSkgcmV0dXJuO1xuICAgICAgdGhpcy4jbmV0d29yay5kZWxpdmVyZWQgKz0gMTtcbiAgICAgIGlmIChpc091dCkgdGhpcy4jYWNjZXB0b3JFdmVudHM/Lm9uRGF0YShieXRlcyk7XG4gICAgICBlbHNlIHRoaXMuI2RpYWxlckV2ZW50cy5vbkRhdGEoYnl0ZXMpO1xuICAgIH0pO1xuICB9XG5cbiAgLyoqIEJ5dGVzIGZvciBhIHByb2Nlc3MgdGhhdCBpcyBnb25lOiB3aGlsZSBpdHMgbWFjaGluZSBpcyBvZmYgbm9ib2R5IGFuc3dlcnMsIGFuZCBvbmNlIGl0IHJ1bnMgYWdhaW4gaXRzIHN5c3RlbSBkb2VzLiAqL1xuICAjYm91bmNlKGlzT3V0OiBib29sZWFuKTogdm9pZCB7XG4gICAgaWYgKCF0aGlzLiNuZXR3b3JrLnJ1bnMoaXNPdXQgPyB0aGlzLiNob3N0IDogdGhpcy4jZnJvbS5ob3N0KSkgcmV0dXJuO1xuICAgIGlmIChpc091dCkgdGhpcy4jY2xvc2VEaWFsZXIoKTtcbiAgICBlbHNlIHRoaXMuI2Nsb3NlQWNjZXB0b3IoKTtcbiAgfVxuXG4gICNjbG9zZURpYWxlcigpOiB2b2lkIHtcbiAgICBpZiAoIXRoaXMuI2RpYWxlck9wZW4pIHJldHVybjtcbiAgICB0aGlzLiNkaWFsZXJPcGVuID0gZmFsc2U7XG4gICAgaWYgKHRoaXMuI2FjY2VwdG9yT3BlbikgdGhpcy4jcGFzcyh0aGlzLiNvdXQsIG51bGwpO1xuICAgIHRoaXMuI25ldHdvcmsuc2NoZWR1bGVyLmFmdGVyKDAsICgpID0+IHRoaXMuI2Zyb20uZGVsaXZlcigoKSA9PiB0aGlzLiNkaWFsZXJFdmVudHMub25DbG9zZWQoKSkpO1xuICAgIHRoaXMuI2ZvcmdldElmT3ZlcigpO1xuICB9XG5cbiAgI2Nsb3NlQWNjZXB0b3IoKTogdm9pZCB7XG4gICAgaWYgKCF0aGlzLiNhY2NlcHRvck9wZW4pIHJldHVybjtcbiAgICB0aGlzLiNhY2NlcHRvck9wZW4gPSBmYWxzZTtcbiAgICBpZiAodGhpcy4jZGlhbGVyT3BlbikgdGhpcy4jcGFzcyh0aGlzLiNiYWNrLCBudWxsKTtcbiAgICB0aGlzLiNuZXR3b3JrLnNjaGVkdWxlci5hZnRlcigwLCAoKSA9PiB0aGlzLiN0bz8uZGVsaXZlcigoKSA9PiB0aGlzLiNhY2NlcHRvckV2ZW50cz8ub25DbG9zZWQoKSkpO1xuICAgIHRoaXMuI2ZvcmdldElmT3ZlcigpO1xuICB9XG5cbiAgI2ZvcmdldElmT3ZlcigpOiB2b2lkIHtcbiAgICBpZiAodGhpcy5pc092ZXIpIHRoaXMuI25ldHdvcmsuZm9yZ2V0KHRoaXMpO1xuICB9XG59XG5cbi8qKiBUaGUgbWVtYmVycycgd2F5IHRvIGVhY2ggb3RoZXIuICovXG5leHBvcnQgZnVuY3Rpb24gcGVlclRyYW5zcG9ydChuZXR3b3JrOiBOZXR3b3JrLCBlbmRwb2ludDogRW5kcG9pbnQpOiBQZWVyVHJhbnNwb3J0IHtcbiAgcmV0dXJuIHtcbiAgICBkaWFsOiAobmFtZSwgZXZlbnRzKSA9PiBuZXR3b3JrLmRpYWwoZW5kcG9pbnQsIG5hbWUsICdwZWVyJywgZXZlbnRzKSxcbiAgICBsaXN0ZW46IGFzeW5jIChhY2NlcHQpID0+IG5ldHdvcmsubGlzdGVuKGVuZHBvaW50LCAncGVlcicsIChsaW5rKSA9PiBhY2NlcHQobGluaykpLFxuICAgIGNsb3NlOiBhc3luYyAoKSA9PiBuZXR3b3JrLnVubGlzdGVuKGVuZHBvaW50LCAncGVlcicpLFxuICB9O1xufVxuIiwgIi8qKlxuICogQSBtYWNoaW5lIG9mIHRoZSB3b3JsZDogYSBuYW1lLCBhIHZvbHVtZSwgYSBjbG9jaywgYW5kIGF0IG1vc3Qgb25lIHJ1bm5pbmcgcHJvY2Vzcywgd2hpY2ggaXMgdGhlIHByb2R1Y3Rpb24gbm9kZSB3aXRoIHRoZSBkb29ycyBvZiB0aGVcbiAqIHdvcmxkIGluIHBsYWNlIG9mIHRoZSBtYWNoaW5lJ3MuIEEgcHJvY2VzcyBkaWVzIGluIHR3byB3YXlzOiBraWxsZWQsIHdoZW4gYWxsIHRoYXQgaXQgd3JvdGUgc3RheXMgcmVhZGFibGU7IG9yIHdpdGggdGhlIHBvd2VyLCB3aGVuIHdoYXRcbiAqIHdhcyBub3Qgc3luY2VkIGlzIHRoZXJlLCBnb25lIG9yIHRvcm4gKHRlc3Qvc3VwcG9ydC9zaW11bGF0ZWQtZGlzay50cykuXG4gKi9cbmltcG9ydCB0eXBlIHsgTG9nIH0gZnJvbSAnLi4vLi4vc3JjL25vZGUvbG9nLnRzJztcbmltcG9ydCB0eXBlIHsgTm9kZUNvbmZpZyB9IGZyb20gJy4uLy4uL3NyYy9ub2RlL25vZGUtY29uZmlnLnRzJztcbmltcG9ydCB0eXBlIHsgTm9kZVBvcnRzLCBQZWVyTmV0d29yayB9IGZyb20gJy4uLy4uL3NyYy9ub2RlL3BvcnRzLnRzJztcbmltcG9ydCB0eXBlIHsgU3RvcmFnZU5vZGUgfSBmcm9tICcuLi8uLi9zcmMvbm9kZS9zdG9yYWdlLW5vZGUudHMnO1xuaW1wb3J0IHR5cGUgeyBNZW1iZXJJZCB9IGZyb20gJy4uLy4uL3NyYy9zaGFyZWQvaWRzLnRzJztcbmltcG9ydCB0eXBlIHsgUmFuZG9tIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9yYW5kb20udHMnO1xuaW1wb3J0IHR5cGUgeyBQZWVyRnJhbWUgfSBmcm9tICcuLi8uLi9zcmMvd2lyZS9wZWVyL2ZyYW1lLnRzJztcbmltcG9ydCB7IFNpbXVsYXRlZERpc2sgfSBmcm9tICcuLi9zdXBwb3J0L3NpbXVsYXRlZC1kaXNrLnRzJztcbmltcG9ydCB0eXBlIHsgT3BlcmF0aW9uLCBTaW11bGF0ZWREaXNrT3B0aW9ucyB9IGZyb20gJy4uL3N1cHBvcnQvc2ltdWxhdGVkLWRpc2sudHMnO1xuaW1wb3J0IHR5cGUgeyBCdWlsZCB9IGZyb20gJy4vYnVpbGRzLnRzJztcbmltcG9ydCB7IENsaWVudERvb3IgfSBmcm9tICcuL2NsaWVudC1kb29yLnRzJztcbmltcG9ydCB7IER1cmFibGVMb2cgfSBmcm9tICcuL2R1cmFibGUtbG9nLnRzJztcbmltcG9ydCB7IE1hY2hpbmVDbG9jayB9IGZyb20gJy4vbWFjaGluZS1jbG9jay50cyc7XG5pbXBvcnQgdHlwZSB7IENsb2NrRmF1bHQgfSBmcm9tICcuL21hY2hpbmUtY2xvY2sudHMnO1xuaW1wb3J0IHsgcGVlclRyYW5zcG9ydCB9IGZyb20gJy4vbmV0d29yay50cyc7XG5pbXBvcnQgdHlwZSB7IEVuZHBvaW50LCBOZXR3b3JrIH0gZnJvbSAnLi9uZXR3b3JrLnRzJztcblxuZXhwb3J0IHR5cGUgRGVhdGggPSAna2lsbGVkJyB8ICdwb3dlci1sb3N0JztcblxuLyoqIFdoYXQgdGhlIHdvcmxkIGtub3dzIGFuZCBkZWNpZGVzIGFib3V0IGFsbCBtYWNoaW5lcy4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgTWFjaGluZVdvcmxkIHtcbiAgcmVhZG9ubHkgbmV0d29yazogTmV0d29yaztcbiAgcmVhZG9ubHkgbGltaXRzOiBOb2RlQ29uZmlnWydsaW1pdHMnXTtcbiAgLyoqIFNvbWV0aGluZyB0aGF0IG5vIGZhdWx0IGV4cGxhaW5zOiB0aGUgcnVuIGhhcyBmYWlsZWQuICovXG4gIGZhaWxlZChtYWNoaW5lOiBNYWNoaW5lLCBlcnJvcjogdW5rbm93bik6IHZvaWQ7XG4gIC8qKiBUaGUgcHJvY2VzcyBlbmRlZCBieSBpdHNlbGYsIGFzIHByb2R1Y3Rpb24gZG9lcyBhdCBhIGZhaWxlZCBzeW5jOyB0aGUgd29ybGQgc3RhcnRzIGl0IGFnYWluLiAqL1xuICBleGl0ZWQobWFjaGluZTogTWFjaGluZSwgcmVhc29uOiBzdHJpbmcpOiB2b2lkO1xuICAvKiogQSBtZW1iZXIgb3BlbmVkIGl0cyBsb2csIG9yIGNsb3NlZCBpdC4gKi9cbiAgc2VydmVkKG1hY2hpbmU6IE1hY2hpbmUsIHByb2Nlc3M6IE5vZGVQcm9jZXNzKTogdm9pZDtcbiAgLyoqIEEgZnJhbWUgaXMgYWJvdXQgdG8gbGVhdmU7IHRoZSBjb3BpZXMgdGhhdCB0aGUgbmV0d29yayB0YWtlczogMCBsb3NlcyBpdC4gKi9cbiAgZnJhbWVMZWF2ZXMobWFjaGluZTogTWFjaGluZSwgdG86IHsgcmVhZG9ubHkgaWQ6IE1lbWJlcklkOyByZWFkb25seSBuYW1lOiBzdHJpbmcgfSwgZnJhbWU6IFBlZXJGcmFtZSk6IG51bWJlcjtcbiAgYmVmb3JlRGlza09wZXJhdGlvbihtYWNoaW5lOiBNYWNoaW5lLCBvcGVyYXRpb246IE9wZXJhdGlvbik6IHZvaWQ7XG4gIGRpc2tGYXVsdChtYWNoaW5lOiBNYWNoaW5lLCBvcGVyYXRpb246IE9wZXJhdGlvbik6IHN0cmluZyB8IG51bGw7XG4gIG1pc2RpcmVjdChtYWNoaW5lOiBNYWNoaW5lLCBvcGVyYXRpb246IE9wZXJhdGlvbiwgb2Zmc2V0OiBudW1iZXIsIGxlbmd0aDogbnVtYmVyKTogeyBwYXRoOiBzdHJpbmc7IG9mZnNldDogbnVtYmVyIH0gfCBudWxsO1xuICB0cmFjZShtYWNoaW5lOiBNYWNoaW5lLCBzZW50ZW5jZTogc3RyaW5nLCBkYXRhOiBvYmplY3QpOiB2b2lkO1xufVxuXG4vKiogSG93IGxvbmcgdGhlIGRpc2sgdGFrZXMsIGluIG1pbGxpc2Vjb25kcy4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgRGlza1BhY2Uge1xuICB3cml0ZU1zOiByZWFkb25seSBbbnVtYmVyLCBudW1iZXJdO1xuICBzeW5jTXM6IHJlYWRvbmx5IFtudW1iZXIsIG51bWJlcl07XG59XG5cbmV4cG9ydCBjbGFzcyBOb2RlUHJvY2VzcyBpbXBsZW1lbnRzIEVuZHBvaW50IHtcbiAgcmVhZG9ubHkgaG9zdDogc3RyaW5nO1xuICByZWFkb25seSBidWlsZDogQnVpbGQ7XG4gIHJlYWRvbmx5IHJhbmRvbTogUmFuZG9tO1xuICByZWFkb25seSBjbG9jazogTWFjaGluZUNsb2NrO1xuICByZWFkb25seSBkaXNrOiBTaW11bGF0ZWREaXNrO1xuICBub2RlOiBTdG9yYWdlTm9kZSB8IG51bGwgPSBudWxsO1xuICAvKiogV2hhdCB0aGUgd29ybGQgbGFzdCBzYXcgb2YgaXQuICovXG4gIG9ic2VydmVkOiBTdG9yYWdlTm9kZVsnc2VydmluZyddID0gbnVsbDtcbiAgaXNBbGl2ZSA9IHRydWU7XG4gICNpc1BhdXNlZCA9IGZhbHNlO1xuICByZWFkb25seSAjYmFja2xvZzogKCgpID0+IHZvaWQpW10gPSBbXTtcbiAgcmVhZG9ubHkgI21hY2hpbmU6IE1hY2hpbmU7XG5cbiAgY29uc3RydWN0b3IobWFjaGluZTogTWFjaGluZSwgYnVpbGQ6IEJ1aWxkLCByYW5kb206IFJhbmRvbSwgb3BlbkRpc2s6IChvcHRpb25zOiBTaW11bGF0ZWREaXNrT3B0aW9ucykgPT4gU2ltdWxhdGVkRGlzaykge1xuICAgIHRoaXMuI21hY2hpbmUgPSBtYWNoaW5lO1xuICAgIHRoaXMuaG9zdCA9IG1hY2hpbmUubmFtZTtcbiAgICB0aGlzLmJ1aWxkID0gYnVpbGQ7XG4gICAgdGhpcy5yYW5kb20gPSByYW5kb207XG4gICAgdGhpcy5jbG9jayA9IG5ldyBNYWNoaW5lQ2xvY2sobWFjaGluZS53b3JsZC5uZXR3b3JrLnNjaGVkdWxlciwgbWFjaGluZS5jbG9ja0ZhdWx0LCAoYWN0KSA9PiB0aGlzLmRlbGl2ZXIoYWN0KSk7XG4gICAgdGhpcy5kaXNrID0gb3BlbkRpc2sodGhpcy4jZGlza09wdGlvbnMoKSk7XG4gIH1cblxuICBnZXQgaXNQYXVzZWQoKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuIHRoaXMuI2lzUGF1c2VkO1xuICB9XG5cbiAgZGVsaXZlcihhY3Q6ICgpID0+IHZvaWQpOiB2b2lkIHtcbiAgICBpZiAoIXRoaXMuaXNBbGl2ZSkgcmV0dXJuO1xuICAgIGlmICh0aGlzLiNpc1BhdXNlZCkge1xuICAgICAgdGhpcy4jYmFja2xvZy5wdXNoKGFjdCk7XG4gICAgICByZXR1cm47XG4gICAgfVxuICAgIHRoaXMuI21hY2hpbmUudG91Y2hlZCA9IHRoaXM7XG4gICAgdHJ5IHtcbiAgICAgIGFjdCgpO1xuICAgIH0gY2F0Y2ggKGVycm9yKSB7XG4gICAgICB0aGlzLiNtYWNoaW5lLndvcmxkLmZhaWxlZCh0aGlzLiNtYWNoaW5lLCBlcnJvcik7XG4gICAgfVxuICB9XG5cbiAgcGF1c2UoKTogdm9pZCB7XG4gICAgdGhpcy4jaXNQYXVzZWQgPSB0cnVlO1xuICB9XG5cbiAgLyoqIFdoYXQgY2FtZSBtZWFud2hpbGUgaXMgbWV0IGFsbCBhdCBvbmNlLCBpbiB0aGUgb3JkZXIgaW4gd2hpY2ggaXQgY2FtZS4gKi9cbiAgcmVzdW1lKCk6IHZvaWQge1xuICAgIHRoaXMuI2lzUGF1c2VkID0gZmFsc2U7XG4gICAgZm9yIChjb25zdCBhY3Qgb2YgdGhpcy4jYmFja2xvZy5zcGxpY2UoMCkpIHRoaXMuZGVsaXZlcihhY3QpO1xuICB9XG5cbiAgZW5kKCk6IHZvaWQge1xuICAgIHRoaXMuaXNBbGl2ZSA9IGZhbHNlO1xuICAgIHRoaXMuI2JhY2tsb2cubGVuZ3RoID0gMDtcbiAgICB0aGlzLmRpc2suZnJlZXplKCk7XG4gIH1cblxuICAjZGlza09wdGlvbnMoKTogU2ltdWxhdGVkRGlza09wdGlvbnMge1xuICAgIGNvbnN0IG1hY2hpbmUgPSB0aGlzLiNtYWNoaW5lO1xuICAgIGNvbnN0IHsgd29ybGQgfSA9IG1hY2hpbmU7XG4gICAgY29uc3QgeyBzY2hlZHVsZXIgfSA9IHdvcmxkLm5ldHdvcms7XG4gICAgcmV0dXJuIHtcbiAgICAgIGNhcGFjaXR5Qnl0ZXM6IG1hY2hpbmUuY2FwYWNpdHlCeXRlcyxcbiAgICAgIGVycm9yOiAoY29kZSwgbWVzc2FnZSkgPT4gbmV3IHRoaXMuYnVpbGQuRGlza0Vycm9yKGNvZGUsIG1lc3NhZ2UpLFxuICAgICAgaG9wOiAob3BlcmF0aW9uKSA9PiB7XG4gICAgICAgIGNvbnN0IGRlbGF5TXMgPSBtYWNoaW5lLmRpc2tEZWxheU1zKG9wZXJhdGlvbiwgdGhpcy5yYW5kb20pO1xuICAgICAgICBpZiAoZGVsYXlNcyA9PT0gMCkgcmV0dXJuIFByb21pc2UucmVzb2x2ZSgpO1xuICAgICAgICByZXR1cm4gbmV3IFByb21pc2UoKHJlc29sdmUpID0+IHNjaGVkdWxlci5hZnRlcihkZWxheU1zLCAoKSA9PiB0aGlzLmRlbGl2ZXIocmVzb2x2ZSkpKTtcbiAgICAgIH0sXG4gICAgICBiZWZvcmVPcGVyYXRpb246IChvcGVyYXRpb24pID0+IHdvcmxkLmJlZm9yZURpc2tPcGVyYXRpb24obWFjaGluZSwgb3BlcmF0aW9uKSxcbiAgICAgIGZhdWx0OiAob3BlcmF0aW9uKSA9PiB3b3JsZC5kaXNrRmF1bHQobWFjaGluZSwgb3BlcmF0aW9uKSxcbiAgICAgIG1pc2RpcmVjdDogKG9wZXJhdGlvbiwgb2Zmc2V0LCBsZW5ndGgpID0+IHdvcmxkLm1pc2RpcmVjdChtYWNoaW5lLCBvcGVyYXRpb24sIG9mZnNldCwgbGVuZ3RoKSxcbiAgICB9O1xuICB9XG59XG5cbmV4cG9ydCBjbGFzcyBNYWNoaW5lIHtcbiAgcmVhZG9ubHkgbmFtZTogc3RyaW5nO1xuICByZWFkb25seSB3b3JsZDogTWFjaGluZVdvcmxkO1xuICByZWFkb25seSBjbG9ja0ZhdWx0OiBDbG9ja0ZhdWx0ID0geyByYXRlOiAxLCB3YWxsT2Zmc2V0TXM6IDAgfTtcbiAgcmVhZG9ubHkgcGFjZTogRGlza1BhY2UgPSB7IHdyaXRlTXM6IFswLjAyLCAwLjFdLCBzeW5jTXM6IFswLjIsIDJdIH07XG4gIGNhcGFjaXR5Qnl0ZXMgPSA2NCAqIDEwMjQgKiAxMDI0O1xuICBidWlsZDogQnVpbGQ7XG4gIHByb2Nlc3M6IE5vZGVQcm9jZXNzIHwgbnVsbCA9IG51bGw7XG4gIC8qKiBUaGUgcHJvY2VzcyB0aGF0IHJhbiBsYXN0IGluIHRoaXMgZXZlbnQuICovXG4gIHRvdWNoZWQ6IE5vZGVQcm9jZXNzIHwgbnVsbCA9IG51bGw7XG4gIC8qKiBUaGUgdm9sdW1lLCB3aGlsZSBub2JvZHkgcnVucyBvbiBpdC4gKi9cbiAgI3ZvbHVtZTogU2ltdWxhdGVkRGlzayB8IG51bGwgPSBudWxsO1xuICAjZGllZEJ5OiBEZWF0aCA9ICdraWxsZWQnO1xuICByZWFkb25seSAjcmFuZG9tOiBSYW5kb207XG4gIHJlYWRvbmx5IGR1cmFibGU6IER1cmFibGVMb2c7XG4gIHN0YXJ0cyA9IDA7XG4gIC8qKiBUaGUgaWQgdGhhdCBpdHMgZm9sZGVyIHdhcyBsYXN0IHNlZW4gd2l0aC4gKi9cbiAgc2hvd25JZDogTWVtYmVySWQgfCBudWxsID0gbnVsbDtcblxuICBjb25zdHJ1Y3RvcihuYW1lOiBzdHJpbmcsIHdvcmxkOiBNYWNoaW5lV29ybGQsIGJ1aWxkOiBCdWlsZCwgcmFuZG9tOiBSYW5kb20pIHtcbiAgICB0aGlzLm5hbWUgPSBuYW1lO1xuICAgIHRoaXMud29ybGQgPSB3b3JsZDtcbiAgICB0aGlzLmJ1aWxkID0gYnVpbGQ7XG4gICAgdGhpcy4jcmFuZG9tID0gcmFuZG9tO1xuICAgIHRoaXMuZHVyYWJsZSA9IG5ldyBEdXJhYmxlTG9nKGJ1aWxkLCBuZXcgU2ltdWxhdGVkRGlzaygpKTtcbiAgfVxuXG4gIGdldCBpc1VwKCk6IGJvb2xlYW4ge1xuICAgIHJldHVybiB0aGlzLnByb2Nlc3MgIT09IG51bGw7XG4gIH1cblxuICBnZXQgZGlzaygpOiBTaW11bGF0ZWREaXNrIHwgbnVsbCB7XG4gICAgcmV0dXJuIHRoaXMucHJvY2Vzcz8uZGlzayA/PyB0aGlzLiN2b2x1bWU7XG4gIH1cblxuICBnZXQgbm9kZSgpOiBTdG9yYWdlTm9kZSB8IG51bGwge1xuICAgIHJldHVybiB0aGlzLnByb2Nlc3M/Lm5vZGUgPz8gbnVsbDtcbiAgfVxuXG4gIGdldCBtZW1iZXJJZCgpOiBNZW1iZXJJZCB8IG51bGwge1xuICAgIHJldHVybiB0aGlzLm5vZGU/LmRhdGFGb2xkZXIuaWRlbnRpdHkubWVtYmVySWQgPz8gbnVsbDtcbiAgfVxuXG4gIC8qKiBUaGUgbG9nIGFzIGEgY3Jhc2ggd291bGQgbGVhdmUgaXQuICovXG4gIGR1cmFibGVMb2coKTogRHVyYWJsZUxvZyB8IG51bGwge1xuICAgIGNvbnN0IHsgZGlzayB9ID0gdGhpcztcbiAgICByZXR1cm4gZGlzayAmJiB0aGlzLmR1cmFibGUucmVmcmVzaChkaXNrKTtcbiAgfVxuXG4gIGRpc2tEZWxheU1zKHsga2luZCB9OiBPcGVyYXRpb24sIHJhbmRvbTogUmFuZG9tKTogbnVtYmVyIHtcbiAgICBpZiAoa2luZCA9PT0gJ3JlYWQnIHx8IGtpbmQgPT09ICdzcGFjZScpIHJldHVybiAwO1xuICAgIGNvbnN0IFtsZWFzdCwgbW9zdF0gPSBraW5kID09PSAnZGF0YXN5bmMnIHx8IGtpbmQgPT09ICdzeW5jRm9sZGVyJyA/IHRoaXMucGFjZS5zeW5jTXMgOiB0aGlzLnBhY2Uud3JpdGVNcztcbiAgICByZXR1cm4gbGVhc3QgKyByYW5kb20uZnJhY3Rpb24oKSAqIChtb3N0IC0gbGVhc3QpO1xuICB9XG5cbiAgc3RhcnQoKTogdm9pZCB7XG4gICAgaWYgKHRoaXMucHJvY2VzcykgcmV0dXJuO1xuICAgIHRoaXMuc3RhcnRzICs9IDE7XG4gICAgY29uc3Qgdm9sdW1lID0gdGhpcy4jdm9sdW1lO1xuICAgIHRoaXMuI3ZvbHVtZSA9IG51bGw7XG4gICAgY29uc3QgcHJvY2VzcyA9IG5ldyBOb2RlUHJvY2Vzcyh0aGlzLCB0aGlzLmJ1aWxkLCB0aGlzLiNyYW5kb20uc3BsaXQoKSwgKG9wdGlvbnMpID0+IHtcbiAgICAgIGlmICghdm9sdW1lKSByZXR1cm4gbmV3IFNpbXVsYXRlZERpc2sob3B0aW9ucyk7XG4gICAgICByZXR1cm4gdGhpcy4jZGllZEJ5ID09PSAna2lsbGVkJyA/IHZvbHVtZS5mb3JrKG9wdGlvbnMpIDogdm9sdW1lLmFmdGVyQ3Jhc2godGhpcy4jcmFuZG9tLCAncmFuZG9tJywgb3B0aW9ucyk7XG4gICAgfSk7XG4gICAgdGhpcy5wcm9jZXNzID0gcHJvY2VzcztcbiAgICBwcm9jZXNzLmRlbGl2ZXIoKCkgPT4ge1xuICAgICAgdGhpcy4jYm9vdChwcm9jZXNzKS5jYXRjaCgoZXJyb3I6IHVua25vd24pID0+IHRoaXMuI2Jvb3RGYWlsZWQocHJvY2VzcywgZXJyb3IpKTtcbiAgICB9KTtcbiAgfVxuXG4gIGRpZShkZWF0aDogRGVhdGgpOiB2b2lkIHtcbiAgICBjb25zdCB7IHByb2Nlc3MgfSA9IHRoaXM7XG4gICAgaWYgKCFwcm9jZXNzKSByZXR1cm47XG4gICAgdGhpcy5wcm9jZXNzID0gbnVsbDtcbiAgICBwcm9jZXNzLmVuZCgpO1xuICAgIHRoaXMud29ybGQubmV0d29yay5hYmFuZG9uKHByb2Nlc3MsIGRlYXRoID09PSAna2lsbGVkJyk7XG4gICAgdGhpcy4jdm9sdW1lID0gcHJvY2Vzcy5kaXNrO1xuICAgIHRoaXMuI2RpZWRCeSA9IGRlYXRoO1xuICB9XG5cbiAgLyoqIFRoZSB2b2x1bWUgaXMgZ29uZSwgYW5kIGFuIGVtcHR5IG9uZSB0YWtlcyBpdHMgcGxhY2UuICovXG4gIGxvc2VWb2x1bWUoKTogdm9pZCB7XG4gICAgdGhpcy5kaWUoJ3Bvd2VyLWxvc3QnKTtcbiAgICB0aGlzLiN2b2x1bWUgPSBudWxsO1xuICB9XG5cbiAgLyoqIEZvciBhIGRpc2sgb2YgdGhlIHBhc3Q6IHdoYXQgYSBjb3B5IG9mIHRoZSB2b2x1bWUgdGFrZW4gbm93IHdvdWxkIGhvbGQsIGFuZCBhIHdheSB0byBwdXQgc3VjaCBhIGNvcHkgaW4gcGxhY2UuICovXG4gIGNvcHlWb2x1bWUoKTogU2ltdWxhdGVkRGlzayB8IG51bGwge1xuICAgIHJldHVybiB0aGlzLmRpc2s/LmZvcmsoKSA/PyBudWxsO1xuICB9XG5cbiAgcmVzdG9yZVZvbHVtZShjb3B5OiBTaW11bGF0ZWREaXNrKTogdm9pZCB7XG4gICAgdGhpcy5kaWUoJ2tpbGxlZCcpO1xuICAgIHRoaXMuI3ZvbHVtZSA9IGNvcHk7XG4gICAgdGhpcy4jZGllZEJ5ID0gJ2tpbGxlZCc7XG4gIH1cblxuICBhc3luYyAjYm9vdChwcm9jZXNzOiBOb2RlUHJvY2Vzcyk6IFByb21pc2U8dm9pZD4ge1xuICAgIGNvbnN0IHsgYnVpbGQsIHJhbmRvbSwgY2xvY2ssIGRpc2sgfSA9IHByb2Nlc3M7XG4gICAgY29uc3Qgb3BlbmVkID0gYXdhaXQgYnVpbGQub3BlbkRhdGFGb2xkZXIoZGlzaywgcmFuZG9tLnNwbGl0KCkpO1xuICAgIGlmICghb3BlbmVkLm9rKSB7XG4gICAgICB0aGlzLiNleGl0KHByb2Nlc3MsIGB0aGUgZGF0YSBmb2xkZXIgY2Fubm90IGJlIG9wZW5lZDogJHtvcGVuZWQucmVhc29uLmZpbGV9OiAke29wZW5lZC5yZWFzb24ubWVzc2FnZX1gKTtcbiAgICAgIHJldHVybjtcbiAgICB9XG4gICAgY29uc3QgcG9ydHM6IE5vZGVQb3J0cyA9IHtcbiAgICAgIGRpc2ssXG4gICAgICBjbG9jayxcbiAgICAgIHJhbmRvbTogcmFuZG9tLnNwbGl0KCksXG4gICAgICBvcGVuTmV0d29yazogKGhhbmRsZXIpID0+IHRoaXMuI29wZW5OZXR3b3JrKHByb2Nlc3MsIGhhbmRsZXIpLFxuICAgIH07XG4gICAgY29uc3Qgbm9kZSA9IG5ldyBidWlsZC5TdG9yYWdlTm9kZSh7XG4gICAgICBjb25maWc6IG5vZGVDb25maWcodGhpcy5uYW1lLCB0aGlzLndvcmxkLmxpbWl0cyksXG4gICAgICBwb3J0cyxcbiAgICAgIGRhdGFGb2xkZXI6IG9wZW5lZC52YWx1ZSxcbiAgICAgIGxvZzogdGhpcy4jbG9nKCksXG4gICAgICBmYXRhbDogKHJlYXNvbikgPT4gdGhpcy4jZXhpdChwcm9jZXNzLCByZWFzb24pLFxuICAgIH0pO1xuICAgIHByb2Nlc3Mubm9kZSA9IG5vZGU7XG4gICAgbmV3IENsaWVudERvb3IocHJvY2Vzcywgbm9kZSwgdGhpcy53b3JsZC5uZXR3b3JrKS5vcGVuKCk7XG4gICAgYXdhaXQgbm9kZS5zdGFydCgpO1xuICB9XG5cbiAgI2Jvb3RGYWlsZWQocHJvY2VzczogTm9kZVByb2Nlc3MsIGVycm9yOiB1bmtub3duKTogdm9pZCB7XG4gICAgaWYgKGVycm9yIGluc3RhbmNlb2YgcHJvY2Vzcy5idWlsZC5EaXNrRXJyb3IpIHRoaXMuI2V4aXQocHJvY2VzcywgYGNvdWxkIG5vdCBzdGFydDogJHtlcnJvci5tZXNzYWdlfWApO1xuICAgIGVsc2UgdGhpcy53b3JsZC5mYWlsZWQodGhpcywgZXJyb3IpO1xuICB9XG5cbiAgI2V4aXQocHJvY2VzczogTm9kZVByb2Nlc3MsIHJlYXNvbjogc3RyaW5nKTogdm9pZCB7XG4gICAgaWYgKHRoaXMucHJvY2VzcyAhPT0gcHJvY2VzcykgcmV0dXJuO1xuICAgIHRoaXMuZGllKCdraWxsZWQnKTtcbiAgICB0aGlzLndvcmxkLmV4aXRlZCh0aGlzLCByZWFzb24pO1xuICB9XG5cbiAgYXN5bmMgI29wZW5OZXR3b3JrKHByb2Nlc3M6IE5vZGVQcm9jZXNzLCBoYW5kbGVyOiBQYXJhbWV0ZXJzPE5vZGVQb3J0c1snb3Blbk5ldHdvcmsnXT5bMF0pOiBQcm9taXNlPFBlZXJOZXR3b3JrPiB7XG4gICAgY29uc3QgeyB3b3JsZCB9ID0gdGhpcztcbiAgICBjb25zdCBuZXR3b3JrID0gYXdhaXQgcHJvY2Vzcy5idWlsZC5NZW1iZXJOZXR3b3JrLm9wZW4oXG4gICAgICB7XG4gICAgICAgIHRyYW5zcG9ydDogcGVlclRyYW5zcG9ydCh3b3JsZC5uZXR3b3JrLCBwcm9jZXNzKSxcbiAgICAgICAgc2VjcmV0OiAoKSA9PiAnYSBzZWNyZXQgdGhhdCBtZW1iZXJzIHNoYXJlJyxcbiAgICAgICAgY2xvY2s6IHByb2Nlc3MuY2xvY2ssXG4gICAgICAgIHJhbmRvbTogcHJvY2Vzcy5yYW5kb20uc3BsaXQoKSxcbiAgICAgIH0sXG4gICAgICBoYW5kbGVyLFxuICAgICk7XG4gICAgcmV0dXJuIHtcbiAgICAgIHNlbmQ6ICh0bywgbGFuZSwgZnJhbWUpID0+IHtcbiAgICAgICAgY29uc3QgY29waWVzID0gd29ybGQuZnJhbWVMZWF2ZXModGhpcywgdG8sIGZyYW1lKTtcbiAgICAgICAgLy8gTG9zdCBvbiB0aGUgd2F5OiB3aG9ldmVyIHNlbmRzIGl0IGNhbm5vdCBrbm93LlxuICAgICAgICBpZiAoY29waWVzID09PSAwKSByZXR1cm4gdHJ1ZTtcbiAgICAgICAgY29uc3QgdGFrZW4gPSBuZXR3b3JrLnNlbmQodG8sIGxhbmUsIGZyYW1lKTtcbiAgICAgICAgZm9yIChsZXQgY29weSA9IDE7IGNvcHkgPCBjb3BpZXM7IGNvcHkgKz0gMSkgbmV0d29yay5zZW5kKHRvLCBsYW5lLCBmcmFtZSk7XG4gICAgICAgIHJldHVybiB0YWtlbjtcbiAgICAgIH0sXG4gICAgICBzcG9rZW5MZXZlbHM6IChpZCkgPT4gbmV0d29yay5zcG9rZW5MZXZlbHMoaWQpLFxuICAgICAga2VlcDogKG1lbWJlcnMpID0+IG5ldHdvcmsua2VlcChtZW1iZXJzKSxcbiAgICAgIGNsb3NlOiAoKSA9PiBuZXR3b3JrLmNsb3NlKCksXG4gICAgfTtcbiAgfVxuXG4gICNsb2coKTogTG9nIHtcbiAgICBjb25zdCBzYXkgPSAoZGF0YTogb2JqZWN0LCBzZW50ZW5jZTogc3RyaW5nKTogdm9pZCA9PiB0aGlzLndvcmxkLnRyYWNlKHRoaXMsIHNlbnRlbmNlLCBkYXRhKTtcbiAgICByZXR1cm4geyBkZWJ1Zzogc2F5LCBpbmZvOiBzYXksIHdhcm46IHNheSwgZXJyb3I6IHNheSB9O1xuICB9XG59XG5cbmZ1bmN0aW9uIG5vZGVDb25maWcobmFtZTogc3RyaW5nLCBsaW1pdHM6IE5vZGVDb25maWdbJ2xpbWl0cyddKTogTm9kZUNvbmZpZyB7XG4gIHJldHVybiB7XG4gICAgbmFtZSxcbiAgICBkYXRhRm9sZGVyOiAnL2RhdGEnLFxuICAgIGhvc3Q6ICcwLjAuMC4wJyxcbiAgICBjbGllbnRQb3J0OiA2Mzc5LFxuICAgIHBlZXJQb3J0OiA3OTQ2LFxuICAgIGh0dHBQb3J0OiA4MDgwLFxuICAgIHBlZXJzOiB7IGhvc3RUZW1wbGF0ZTogJ3tuYW1lfScsIHBvcnQ6IDc5NDYgfSxcbiAgICBwZWVyU2VjcmV0RmlsZTogJy9zZWNyZXQnLFxuICAgIGFkbWluVG9rZW5GaWxlOiAnL3Rva2VuJyxcbiAgICBjbGllbnRQYXNzd29yZEZpbGU6IG51bGwsXG4gICAgbG9nTGV2ZWw6ICdpbmZvJyxcbiAgICBsaW1pdHMsXG4gIH07XG59XG4iLCAiLyoqIEV2ZXJ5IGNsYXNzIG9mIGZhdWx0LCBob3cgb2Z0ZW4gaXQgY29tZXMgYW1vbmcgdGhvc2UgdGhhdCBhIHNlZWQgaGFzLCBhbmQgaG93IG1hbnkgbWVtYmVycyBhIHdvcmxkIG5lZWRzIGZvciBpdC4gKi9cbmV4cG9ydCBjb25zdCBGQVVMVFMgPSB7XG4gIGtpbGw6IHsgd2VpZ2h0OiAzLCBtZW1iZXJzTWluOiAxIH0sXG4gICdwb3dlci1sb3NzJzogeyB3ZWlnaHQ6IDQsIG1lbWJlcnNNaW46IDEgfSxcbiAgJ3Bvd2VyLWxvc3MtYXQtc3luYyc6IHsgd2VpZ2h0OiA0LCBtZW1iZXJzTWluOiAxIH0sXG4gICdwb3dlci1sb3NzLW9mLWFsbCc6IHsgd2VpZ2h0OiAxLCBtZW1iZXJzTWluOiAxIH0sXG4gIHBhdXNlOiB7IHdlaWdodDogMiwgbWVtYmVyc01pbjogMSB9LFxuICBpc29sYXRlOiB7IHdlaWdodDogMiwgbWVtYmVyc01pbjogMyB9LFxufSBhcyBjb25zdDtcblxuZXhwb3J0IHR5cGUgRmF1bHROYW1lID0ga2V5b2YgdHlwZW9mIEZBVUxUUztcbiIsICIvKipcbiAqIFdoYXQgYSBzZWVkIGRyYXdzIGJlZm9yZSBpdHMgd29ybGQgYmVnaW5zOiBob3cgbGFyZ2UsIGhvdyBsb25nLCB3aGljaCBmYXVsdHMgYW5kIGhvdyBvZnRlbiAoc3dhcm0gdGVzdGluZzogZWFjaCBzZWVkIGhhcyBzb21lIGNsYXNzZXMgb2ZcbiAqIGZhdWx0cyBhbmQgbGFja3Mgb3RoZXJzLCBzbyB0aGF0IGVhY2ggY2xhc3MgaXMgbWV0IHdpdGhvdXQgdGhlIG90aGVycycgbm9pc2UpLiBBIHBsYW4gaXMgZGF0YTogdGhlIHNocmlua2VyIHRha2VzIHBhcnRzIG9mIGl0IGF3YXkuXG4gKi9cbmltcG9ydCB0eXBlIHsgUmFuZG9tIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9yYW5kb20udHMnO1xuaW1wb3J0IHsgU2VlZGVkUmFuZG9tIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9yYW5kb20udHMnO1xuaW1wb3J0IHR5cGUgeyBDbGllbnRzT3B0aW9ucyB9IGZyb20gJy4vY2xpZW50cy50cyc7XG5pbXBvcnQgeyBGQVVMVFMgfSBmcm9tICcuL2ZhdWx0LXRhYmxlLnRzJztcbmltcG9ydCB0eXBlIHsgRmF1bHROYW1lIH0gZnJvbSAnLi9mYXVsdC10YWJsZS50cyc7XG5cbmV4cG9ydCBpbnRlcmZhY2UgT2NjdXJyZW5jZSB7XG4gIHJlYWRvbmx5IG51bWJlcjogbnVtYmVyO1xuICByZWFkb25seSBhdE1zOiBudW1iZXI7XG4gIHJlYWRvbmx5IGZhdWx0OiBGYXVsdE5hbWU7XG4gIC8qKiBPZiBpdHMgb3duIGRpY2UsIHNvIHRoYXQgbGVhdmluZyBhbm90aGVyIG91dCBjaGFuZ2VzIG5vdGhpbmcgaGVyZS4gKi9cbiAgcmVhZG9ubHkgc2VlZDogbnVtYmVyO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIFBsYW4ge1xuICByZWFkb25seSBzZWVkOiBudW1iZXI7XG4gIHJlYWRvbmx5IG1lbWJlcnM6IG51bWJlcjtcbiAgcmVhZG9ubHkgY2xpZW50czogQ2xpZW50c09wdGlvbnM7XG4gIHJlYWRvbmx5IGZhdWx0c01zOiBudW1iZXI7XG4gIHJlYWRvbmx5IHNldHRsZU1zOiBudW1iZXI7XG4gIHJlYWRvbmx5IHBlYWNlTXM6IG51bWJlcjtcbiAgcmVhZG9ubHkgd2lyZURlbGF5TXM6IHJlYWRvbmx5IFtudW1iZXIsIG51bWJlcl07XG4gIHJlYWRvbmx5IHNsb3dTaGFyZTogbnVtYmVyO1xuICByZWFkb25seSBzbG93TXM6IG51bWJlcjtcbiAgcmVhZG9ubHkgbG9zc1NoYXJlOiBudW1iZXI7XG4gIHJlYWRvbmx5IGR1cGxpY2F0ZVNoYXJlOiBudW1iZXI7XG4gIC8qKiBIb3cgZmFyIGxvZyB0aW1lIG1heSBiZSBiZWhpbmQgdHJ1ZSB0aW1lLCBhbmQgYWhlYWQgb2YgaXQuICovXG4gIHJlYWRvbmx5IGxvZ1RpbWVFcnJvck1zOiBudW1iZXI7XG4gIHJlYWRvbmx5IGxvZ1RpbWVBaGVhZE1zOiBudW1iZXI7XG4gIHJlYWRvbmx5IG9jY3VycmVuY2VzOiByZWFkb25seSBPY2N1cnJlbmNlW107XG59XG5cbi8qKiBOZWFyLCBuZWFyLCBmYXIgYW5kIHZlcnkgZmFyIGFwYXJ0LiAqL1xuY29uc3QgV0lSRV9ERUxBWVNfTVMgPSBbXG4gIFswLjEsIDFdLFxuICBbMC4xLCAxXSxcbiAgWzAuNSwgMjBdLFxuICBbNSwgODBdLFxuXSBhcyBjb25zdDtcblxuZXhwb3J0IGNvbnN0IFBBVVNFX01TX01BWCA9IDYwMDA7XG5cbmNvbnN0IE1FTUJFUlMgPSBbMSwgMywgMywgMywgMywgNSwgNV07XG5cbmV4cG9ydCBmdW5jdGlvbiBkcmF3UGxhbihzZWVkOiBudW1iZXIpOiBQbGFuIHtcbiAgY29uc3QgcmFuZG9tID0gbmV3IFNlZWRlZFJhbmRvbShzZWVkIF4gMHg1ZWVkKTtcbiAgY29uc3QgbWVtYmVycyA9IHBpY2socmFuZG9tLCBNRU1CRVJTKTtcbiAgY29uc3QgZmF1bHRzTXMgPSA5MF8wMDAgKyByYW5kb20uYmVsb3coMTBfMDAwKTtcbiAgY29uc3Qgd2lyZURlbGF5TXMgPSBwaWNrKHJhbmRvbSwgV0lSRV9ERUxBWVNfTVMpO1xuICBjb25zdCBzbG93U2hhcmUgPSByYW5kb20uYmVsb3coMikgPT09IDAgPyAwIDogcmFuZG9tLmZyYWN0aW9uKCkgKiAwLjA1O1xuICBjb25zdCBzbG93TXMgPSA1MCArIHJhbmRvbS5iZWxvdygxMDAwKTtcbiAgY29uc3Qgb2NjdXJyZW5jZXMgPSBkcmF3T2NjdXJyZW5jZXMocmFuZG9tLCBmYXVsdHNNcywgbWVtYmVycyk7XG4gIGNvbnN0IHBhdXNlcyA9IG9jY3VycmVuY2VzLnNvbWUoKHsgZmF1bHQgfSkgPT4gZmF1bHQgPT09ICdwYXVzZScpO1xuICBjb25zdCBsb2dUaW1lRXJyb3JNcyA9IDMwMCArIDIgKiB3aXJlRGVsYXlNc1sxXSArIChzbG93U2hhcmUgPiAwID8gc2xvd01zIDogMCkgKyAocGF1c2VzID8gUEFVU0VfTVNfTUFYIDogMCk7XG4gIHJldHVybiB7XG4gICAgc2VlZCxcbiAgICBtZW1iZXJzLFxuICAgIGNsaWVudHM6IHtcbiAgICAgIGNsaWVudHM6IDQgKyByYW5kb20uYmVsb3coNCksXG4gICAgICB0aGlua01zOiA2MDAgKyByYW5kb20uYmVsb3coNTAwKSxcbiAgICAgIGtleXM6IDYgKyByYW5kb20uYmVsb3coNiksXG4gICAgICBwaXBlbGluZVNoYXJlOiByYW5kb20uZnJhY3Rpb24oKSAqIDAuMyxcbiAgICAgIHRyYW5zYWN0aW9uU2hhcmU6IHJhbmRvbS5mcmFjdGlvbigpICogMC4yNSxcbiAgICAgIGRlYWRsaW5lU2hhcmU6IHJhbmRvbS5iZWxvdygzKSA9PT0gMCA/IDAgOiByYW5kb20uZnJhY3Rpb24oKSAqIDAuMyxcbiAgICAgIHRpbWVvdXRNczogMjAwMCArIHJhbmRvbS5iZWxvdyg1MDAwKSxcbiAgICB9LFxuICAgIGZhdWx0c01zLFxuICAgIHNldHRsZU1zOiA4MDAwLFxuICAgIHBlYWNlTXM6IDI1XzAwMCxcbiAgICB3aXJlRGVsYXlNcyxcbiAgICBzbG93U2hhcmUsXG4gICAgc2xvd01zLFxuICAgIGxvc3NTaGFyZTogcmFuZG9tLmJlbG93KDIpID09PSAwID8gMCA6IHJhbmRvbS5mcmFjdGlvbigpICogMC4xNSxcbiAgICBkdXBsaWNhdGVTaGFyZTogcmFuZG9tLmJlbG93KDIpID09PSAwID8gMCA6IHJhbmRvbS5mcmFjdGlvbigpICogMC4xLFxuICAgIGxvZ1RpbWVFcnJvck1zLFxuICAgIGxvZ1RpbWVBaGVhZE1zOiAxMDAsXG4gICAgb2NjdXJyZW5jZXMsXG4gIH07XG59XG5cbmZ1bmN0aW9uIGRyYXdPY2N1cnJlbmNlcyhyYW5kb206IFJhbmRvbSwgZmF1bHRzTXM6IG51bWJlciwgbWVtYmVyczogbnVtYmVyKTogT2NjdXJyZW5jZVtdIHtcbiAgY29uc3QgbmFtZXMgPSAoT2JqZWN0LmtleXMoRkFVTFRTKSBhcyBGYXVsdE5hbWVbXSkuZmlsdGVyKChuYW1lKSA9PiBtZW1iZXJzID49IEZBVUxUU1tuYW1lXS5tZW1iZXJzTWluKTtcbiAgY29uc3QgY2hvc2VuID0gbmFtZXMuZmlsdGVyKCgpID0+IHJhbmRvbS5iZWxvdyg1KSA8IDMpO1xuICBpZiAoY2hvc2VuLmxlbmd0aCA9PT0gMCkgcmV0dXJuIFtdO1xuICBjb25zdCB3ZWlnaHRzID0gY2hvc2VuLm1hcCgobmFtZSkgPT4gRkFVTFRTW25hbWVdLndlaWdodCAqICgwLjI1ICsgcmFuZG9tLmZyYWN0aW9uKCkpKTtcbiAgY29uc3QgdG90YWwgPSB3ZWlnaHRzLnJlZHVjZSgoc3VtLCB3ZWlnaHQpID0+IHN1bSArIHdlaWdodCwgMCk7XG4gIGNvbnN0IG1lYW5NcyA9IDEwMDAgKyByYW5kb20uYmVsb3coNDAwMCk7XG4gIGNvbnN0IG9jY3VycmVuY2VzOiBPY2N1cnJlbmNlW10gPSBbXTtcbiAgZm9yIChsZXQgYXRNcyA9IHJhbmRvbS5mcmFjdGlvbigpICogMiAqIG1lYW5NczsgYXRNcyA8IGZhdWx0c01zOyBhdE1zICs9IHJhbmRvbS5mcmFjdGlvbigpICogMiAqIG1lYW5Ncykge1xuICAgIGxldCBhdCA9IHJhbmRvbS5mcmFjdGlvbigpICogdG90YWw7XG4gICAgY29uc3QgZmF1bHQgPSBjaG9zZW4uZmluZCgoXywgcG9zaXRpb24pID0+IChhdCAtPSB3ZWlnaHRzW3Bvc2l0aW9uXSEpIDwgMCkgPz8gY2hvc2VuWzBdITtcbiAgICBvY2N1cnJlbmNlcy5wdXNoKHsgbnVtYmVyOiBvY2N1cnJlbmNlcy5sZW5ndGgsIGF0TXMsIGZhdWx0LCBzZWVkOiByYW5kb20udWludDMyKCkgfSk7XG4gIH1cbiAgcmV0dXJuIG9jY3VycmVuY2VzO1xufVxuXG5mdW5jdGlvbiBwaWNrPFZhbHVlPihyYW5kb206IFJhbmRvbSwgdmFsdWVzOiByZWFkb25seSBWYWx1ZVtdKTogVmFsdWUge1xuICByZXR1cm4gdmFsdWVzW3JhbmRvbS5iZWxvdyh2YWx1ZXMubGVuZ3RoKV0hO1xufVxuIiwgIi8qKiBEb2VzIHRvIHRoZSB3b3JsZCB3aGF0IGl0cyBwbGFuIHNheXMsIHdpdGhpbiB3aGF0IHRoZSBzeXN0ZW0gcHJvbWlzZXMgdG8gc3Vydml2ZTsgYW5kIHRha2VzIGl0IGFsbCBiYWNrIHdoZW4gcGVhY2UgYmVnaW5zLiAqL1xuaW1wb3J0IHR5cGUgeyBSYW5kb20gfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL3JhbmRvbS50cyc7XG5pbXBvcnQgeyBTZWVkZWRSYW5kb20gfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL3JhbmRvbS50cyc7XG5pbXBvcnQgeyBhc3NlcnROZXZlciB9IGZyb20gJy4uLy4uL3NyYy9zaGFyZWQvYXNzZXJ0LnRzJztcbmltcG9ydCB0eXBlIHsgUGVlckZyYW1lIH0gZnJvbSAnLi4vLi4vc3JjL3dpcmUvcGVlci9mcmFtZS50cyc7XG5pbXBvcnQgdHlwZSB7IE9wZXJhdGlvbiB9IGZyb20gJy4uL3N1cHBvcnQvc2ltdWxhdGVkLWRpc2sudHMnO1xuaW1wb3J0IHR5cGUgeyBNYWNoaW5lIH0gZnJvbSAnLi9tYWNoaW5lLnRzJztcbmltcG9ydCB7IFBBVVNFX01TX01BWCB9IGZyb20gJy4vcGxhbi50cyc7XG5pbXBvcnQgdHlwZSB7IE9jY3VycmVuY2UgfSBmcm9tICcuL3BsYW4udHMnO1xuaW1wb3J0IHR5cGUgeyBXb3JsZCB9IGZyb20gJy4vd29ybGQudHMnO1xuXG5leHBvcnQgY2xhc3MgRmF1bHRzIHtcbiAgcmVhZG9ubHkgI3dvcmxkOiBXb3JsZDtcbiAgcmVhZG9ubHkgI3JhbmRvbTogUmFuZG9tO1xuICAjdW5kZXJXYXkgPSBmYWxzZTtcbiAgI3BlYWNlID0gZmFsc2U7XG4gIC8qKiBNYWNoaW5lcyB0aGF0IHN0YXkgZG93biBmb3Igbm93OiBub3RoaW5nIGVsc2Ugc3RhcnRzIHRoZW0uICovXG4gIHJlYWRvbmx5ICNkb3duID0gbmV3IFNldDxNYWNoaW5lPigpO1xuICAvKiogV2hhdCBlbmRzIHRoZSBmYXVsdHMgdGhhdCBhcmUgdW5kZXIgd2F5LiAqL1xuICByZWFkb25seSAjdW5kbyA9IG5ldyBTZXQ8KCkgPT4gdm9pZD4oKTtcbiAgLyoqIE1hY2hpbmVzIHdob3NlIHBvd2VyIGdvZXMgYXQgb25lIG9mIHRoZWlyIG5leHQgb3BlcmF0aW9ucyBvbiBhIGRpc2suICovXG4gIHJlYWRvbmx5ICNhcm1lZCA9IG5ldyBNYXA8TWFjaGluZSwgeyBvcGVyYXRpb25zOiBudW1iZXI7IHJlYWRvbmx5IHJhbmRvbTogUmFuZG9tIH0+KCk7XG5cbiAgY29uc3RydWN0b3Iod29ybGQ6IFdvcmxkLCByYW5kb206IFJhbmRvbSkge1xuICAgIHRoaXMuI3dvcmxkID0gd29ybGQ7XG4gICAgdGhpcy4jcmFuZG9tID0gcmFuZG9tO1xuICB9XG5cbiAgZ2V0IGlzUGVhY2UoKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuIHRoaXMuI3BlYWNlO1xuICB9XG5cbiAgYWRkZWQoX21hY2hpbmU6IE1hY2hpbmUpOiB2b2lkIHtcbiAgICByZXR1cm47XG4gIH1cblxuICBpc0RhbWFnZWQoX21hY2hpbmU6IE1hY2hpbmUpOiBib29sZWFuIHtcbiAgICByZXR1cm4gZmFsc2U7XG4gIH1cblxuICBtYXlTdGFydChtYWNoaW5lOiBNYWNoaW5lKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuICF0aGlzLiNkb3duLmhhcyhtYWNoaW5lKSAmJiAhbWFjaGluZS5pc1VwO1xuICB9XG5cbiAgYmVnaW4oKTogdm9pZCB7XG4gICAgY29uc3QgeyBwbGFuLCBuZXR3b3JrLCBzY2hlZHVsZXIgfSA9IHRoaXMuI3dvcmxkO1xuICAgIHRoaXMuI3VuZGVyV2F5ID0gdHJ1ZTtcbiAgICBuZXR3b3JrLndpcmVzLmRlbGF5TXMgPSBwbGFuLndpcmVEZWxheU1zO1xuICAgIG5ldHdvcmsud2lyZXMuc2xvd1NoYXJlID0gcGxhbi5zbG93U2hhcmU7XG4gICAgbmV0d29yay53aXJlcy5zbG93TXMgPSBwbGFuLnNsb3dNcztcbiAgICBmb3IgKGNvbnN0IG9jY3VycmVuY2Ugb2YgcGxhbi5vY2N1cnJlbmNlcykge1xuICAgICAgc2NoZWR1bGVyLmFmdGVyKG9jY3VycmVuY2UuYXRNcywgKCkgPT4ge1xuICAgICAgICBpZiAodGhpcy4jdW5kZXJXYXkpIHRoaXMuI3N0cmlrZShvY2N1cnJlbmNlKTtcbiAgICAgIH0pO1xuICAgIH1cbiAgfVxuXG4gIC8qKiBFdmVyeXRoaW5nIGhlYWxzOiB3aG8gaXMgZG93biBpcyBzdGFydGVkLCB3aGF0IGlzIGN1dCBpcyBtZW5kZWQuICovXG4gIGVuZCgpOiB2b2lkIHtcbiAgICB0aGlzLiN1bmRlcldheSA9IGZhbHNlO1xuICAgIGNvbnN0IHsgbmV0d29yayB9ID0gdGhpcy4jd29ybGQ7XG4gICAgbmV0d29yay53aXJlcy5kZWxheU1zID0gWzAuMSwgMV07XG4gICAgbmV0d29yay53aXJlcy5zbG93U2hhcmUgPSAwO1xuICAgIHRoaXMuI2FybWVkLmNsZWFyKCk7XG4gICAgZm9yIChjb25zdCB1bmRvIG9mIFsuLi50aGlzLiN1bmRvXSkgdW5kbygpO1xuICAgIGZvciAoY29uc3QgbWFjaGluZSBvZiB0aGlzLiN3b3JsZC5tYWNoaW5lcykgaWYgKHRoaXMubWF5U3RhcnQobWFjaGluZSkpIG1hY2hpbmUuc3RhcnQoKTtcbiAgfVxuXG4gIGJlZ2luUGVhY2UoKTogdm9pZCB7XG4gICAgdGhpcy4jcGVhY2UgPSB0cnVlO1xuICB9XG5cbiAgY29waWVzT2YoX2Zyb206IHN0cmluZywgX3RvOiBzdHJpbmcsIGZyYW1lOiBQZWVyRnJhbWUpOiBudW1iZXIge1xuICAgIGlmICghdGhpcy4jdW5kZXJXYXkpIHJldHVybiAxO1xuICAgIGNvbnN0IHsgbG9zc1NoYXJlLCBkdXBsaWNhdGVTaGFyZSB9ID0gdGhpcy4jd29ybGQucGxhbjtcbiAgICAvLyBXaGF0IGNsaWVudHMgYXNrZWQgZm9yIHBhc3NlcyBvbmNlIG9yIG5vdCBhdCBhbGwsIGFzIG92ZXIgVENQOiB0d2ljZSB3b3VsZCBiZSBkb25lIHR3aWNlLlxuICAgIGNvbnN0IGlzRm9yd2FyZCA9IGZyYW1lLnR5cGUgPT09ICdmb3J3YXJkLXJlcXVlc3QnIHx8IGZyYW1lLnR5cGUgPT09ICdmb3J3YXJkLWFuc3dlcic7XG4gICAgY29uc3QgZGllID0gdGhpcy4jcmFuZG9tLmZyYWN0aW9uKCk7XG4gICAgaWYgKGRpZSA8IChpc0ZvcndhcmQgPyBsb3NzU2hhcmUgLyA4IDogbG9zc1NoYXJlKSkge1xuICAgICAgdGhpcy4jd29ybGQuY291bnRlcnMuY291bnQoJ2ZyYW1lcyBsb3N0Jyk7XG4gICAgICByZXR1cm4gMDtcbiAgICB9XG4gICAgaWYgKGlzRm9yd2FyZCB8fCBkaWUgPiAxIC0gZHVwbGljYXRlU2hhcmUpIHtcbiAgICAgIGlmIChpc0ZvcndhcmQpIHJldHVybiAxO1xuICAgICAgdGhpcy4jd29ybGQuY291bnRlcnMuY291bnQoJ2ZyYW1lcyBkdXBsaWNhdGVkJyk7XG4gICAgICByZXR1cm4gMjtcbiAgICB9XG4gICAgcmV0dXJuIDE7XG4gIH1cblxuICBiZWZvcmVEaXNrT3BlcmF0aW9uKG1hY2hpbmU6IE1hY2hpbmUsIHsga2luZCB9OiBPcGVyYXRpb24pOiB2b2lkIHtcbiAgICBjb25zdCBhcm1lZCA9IHRoaXMuI2FybWVkLmdldChtYWNoaW5lKTtcbiAgICBpZiAoIWFybWVkIHx8IChraW5kICE9PSAnZGF0YXN5bmMnICYmIGtpbmQgIT09ICdzeW5jRm9sZGVyJykpIHJldHVybjtcbiAgICBhcm1lZC5vcGVyYXRpb25zIC09IDE7XG4gICAgaWYgKGFybWVkLm9wZXJhdGlvbnMgPiAwKSByZXR1cm47XG4gICAgdGhpcy4jYXJtZWQuZGVsZXRlKG1hY2hpbmUpO1xuICAgIC8vIFJpZ2h0IGJlZm9yZSB0aGUgc3luYywgd2hpbGUgaXQgaXMgdW5kZXIgd2F5LCBvciByaWdodCBhZnRlciBpdC5cbiAgICB0aGlzLiN3b3JsZC5zY2hlZHVsZXIuYWZ0ZXIoYXJtZWQucmFuZG9tLmJlbG93KDMpID09PSAwID8gMCA6IGFybWVkLnJhbmRvbS5mcmFjdGlvbigpICogNCwgKCkgPT4ge1xuICAgICAgaWYgKHRoaXMuI3VuZGVyV2F5ICYmIG1hY2hpbmUuaXNVcCkgdGhpcy4jdGFrZURvd24obWFjaGluZSwgJ3Bvd2VyLWxvc3QnLCB0aGlzLiNkb3duTXMoYXJtZWQucmFuZG9tKSk7XG4gICAgfSk7XG4gIH1cblxuICBkaXNrRmF1bHQoX21hY2hpbmU6IE1hY2hpbmUsIF9vcGVyYXRpb246IE9wZXJhdGlvbik6IHN0cmluZyB8IG51bGwge1xuICAgIHJldHVybiBudWxsO1xuICB9XG5cbiAgbWlzZGlyZWN0KF9tYWNoaW5lOiBNYWNoaW5lLCBfb3BlcmF0aW9uOiBPcGVyYXRpb24sIF9vZmZzZXQ6IG51bWJlciwgX2xlbmd0aDogbnVtYmVyKTogeyBwYXRoOiBzdHJpbmc7IG9mZnNldDogbnVtYmVyIH0gfCBudWxsIHtcbiAgICByZXR1cm4gbnVsbDtcbiAgfVxuXG4gICNzdHJpa2UoeyBmYXVsdCwgc2VlZCwgbnVtYmVyIH06IE9jY3VycmVuY2UpOiB2b2lkIHtcbiAgICBjb25zdCB7IHdvcmxkIH0gPSB7IHdvcmxkOiB0aGlzLiN3b3JsZCB9O1xuICAgIGNvbnN0IHJhbmRvbSA9IG5ldyBTZWVkZWRSYW5kb20oc2VlZCk7XG4gICAgY29uc3QgdXAgPSB3b3JsZC5tYWNoaW5lcy5maWx0ZXIoKG1hY2hpbmUpID0+IG1hY2hpbmUuaXNVcCk7XG4gICAgLy8gRXZlcnkgb3RoZXIgdGltZSB0aGUgbGVhZGVyOiB0aGF0IGlzIHdoZXJlIGl0IGh1cnRzLlxuICAgIGNvbnN0IGxlYWRlciA9IHVwLmZpbmQoKG1hY2hpbmUpID0+IG1hY2hpbmUubm9kZT8uc2VydmluZz8ucmVwbGljYS5zdGF0dXMucm9sZSA9PT0gJ2xlYWRlcicpO1xuICAgIGNvbnN0IHRhcmdldCA9IGxlYWRlciAmJiByYW5kb20uYmVsb3coMikgPT09IDAgPyBsZWFkZXIgOiB1cFtyYW5kb20uYmVsb3coTWF0aC5tYXgoMSwgdXAubGVuZ3RoKSldO1xuICAgIGlmICghdGFyZ2V0KSByZXR1cm47XG4gICAgd29ybGQuY291bnRlcnMuY291bnQoYGZhdWx0OiAke2ZhdWx0fWApO1xuICAgIHdvcmxkLnRyYWNlKHRhcmdldCwgYGZhdWx0ICR7bnVtYmVyfTogJHtmYXVsdH1gLCB7fSk7XG4gICAgc3dpdGNoIChmYXVsdCkge1xuICAgICAgY2FzZSAna2lsbCc6XG4gICAgICAgIHRoaXMuI3Rha2VEb3duKHRhcmdldCwgJ2tpbGxlZCcsIHRoaXMuI2Rvd25NcyhyYW5kb20pKTtcbiAgICAgICAgcmV0dXJuO1xuICAgICAgY2FzZSAncG93ZXItbG9zcyc6XG4gICAgICAgIHRoaXMuI3Rha2VEb3duKHRhcmdldCwgJ3Bvd2VyLWxvc3QnLCB0aGlzLiNkb3duTXMocmFuZG9tKSk7XG4gICAgICAgIHJldHVybjtcbiAgICAgIGNhc2UgJ3Bvd2VyLWxvc3MtYXQtc3luYyc6XG4gICAgICAgIHRoaXMuI2FybWVkLnNldCh0YXJnZXQsIHsgb3BlcmF0aW9uczogMSArIHJhbmRvbS5iZWxvdyg0KSwgcmFuZG9tIH0pO1xuICAgICAgICByZXR1cm47XG4gICAgICBjYXNlICdwb3dlci1sb3NzLW9mLWFsbCc6XG4gICAgICAgIGZvciAoY29uc3QgbWFjaGluZSBvZiB1cCkgdGhpcy4jdGFrZURvd24obWFjaGluZSwgJ3Bvd2VyLWxvc3QnLCB0aGlzLiNkb3duTXMocmFuZG9tKSk7XG4gICAgICAgIHJldHVybjtcbiAgICAgIGNhc2UgJ3BhdXNlJzpcbiAgICAgICAgdGhpcy4jcGF1c2UodGFyZ2V0LCAxMDAgKyByYW5kb20uZnJhY3Rpb24oKSAqIHJhbmRvbS5mcmFjdGlvbigpICogKFBBVVNFX01TX01BWCAtIDEwMCkpO1xuICAgICAgICByZXR1cm47XG4gICAgICBjYXNlICdpc29sYXRlJzpcbiAgICAgICAgdGhpcy4jaXNvbGF0ZSh0YXJnZXQsIDUwMCArIHJhbmRvbS5mcmFjdGlvbigpICogNjAwMCk7XG4gICAgICAgIHJldHVybjtcbiAgICAgIGRlZmF1bHQ6XG4gICAgICAgIGFzc2VydE5ldmVyKGZhdWx0KTtcbiAgICB9XG4gIH1cblxuICAjZG93bk1zKHJhbmRvbTogUmFuZG9tKTogbnVtYmVyIHtcbiAgICByZXR1cm4gcmFuZG9tLmJlbG93KDMpID09PSAwID8gNTAgKyByYW5kb20uZnJhY3Rpb24oKSAqIDMwMCA6IHJhbmRvbS5mcmFjdGlvbigpICogNDAwMDtcbiAgfVxuXG4gICN0YWtlRG93bihtYWNoaW5lOiBNYWNoaW5lLCBkZWF0aDogJ2tpbGxlZCcgfCAncG93ZXItbG9zdCcsIGRvd25NczogbnVtYmVyKTogdm9pZCB7XG4gICAgbWFjaGluZS5kaWUoZGVhdGgpO1xuICAgIHRoaXMuI2Rvd24uYWRkKG1hY2hpbmUpO1xuICAgIHRoaXMuI2Zvcihkb3duTXMsICgpID0+IHtcbiAgICAgIHRoaXMuI2Rvd24uZGVsZXRlKG1hY2hpbmUpO1xuICAgICAgaWYgKCFtYWNoaW5lLmlzVXApIG1hY2hpbmUuc3RhcnQoKTtcbiAgICB9KTtcbiAgfVxuXG4gICNwYXVzZShtYWNoaW5lOiBNYWNoaW5lLCBkdXJhdGlvbk1zOiBudW1iZXIpOiB2b2lkIHtcbiAgICBjb25zdCB7IHByb2Nlc3MgfSA9IG1hY2hpbmU7XG4gICAgaWYgKCFwcm9jZXNzIHx8IHByb2Nlc3MuaXNQYXVzZWQpIHJldHVybjtcbiAgICBwcm9jZXNzLnBhdXNlKCk7XG4gICAgdGhpcy4jZm9yKGR1cmF0aW9uTXMsICgpID0+IHByb2Nlc3MucmVzdW1lKCkpO1xuICB9XG5cbiAgI2lzb2xhdGUobWFjaGluZTogTWFjaGluZSwgZHVyYXRpb25NczogbnVtYmVyKTogdm9pZCB7XG4gICAgY29uc3QgeyBuZXR3b3JrLCBtYWNoaW5lcyB9ID0gdGhpcy4jd29ybGQ7XG4gICAgY29uc3Qgb3RoZXJzID0gbWFjaGluZXMuZmlsdGVyKChvdGhlcikgPT4gb3RoZXIgIT09IG1hY2hpbmUpO1xuICAgIGZvciAoY29uc3Qgb3RoZXIgb2Ygb3RoZXJzKSB7XG4gICAgICBuZXR3b3JrLmN1dChtYWNoaW5lLm5hbWUsIG90aGVyLm5hbWUpO1xuICAgICAgbmV0d29yay5jdXQob3RoZXIubmFtZSwgbWFjaGluZS5uYW1lKTtcbiAgICB9XG4gICAgdGhpcy4jZm9yKGR1cmF0aW9uTXMsICgpID0+IHtcbiAgICAgIGZvciAoY29uc3Qgb3RoZXIgb2Ygb3RoZXJzKSB7XG4gICAgICAgIG5ldHdvcmsubWVuZChtYWNoaW5lLm5hbWUsIG90aGVyLm5hbWUpO1xuICAgICAgICBuZXR3b3JrLm1lbmQob3RoZXIubmFtZSwgbWFjaGluZS5uYW1lKTtcbiAgICAgIH1cbiAgICB9KTtcbiAgfVxuXG4gIC8qKiBgdW5kb2AgY29tZXMgb25jZTogYWZ0ZXIgdGhpcyB0aW1lLCBvciB3aGVuIHBlYWNlIGJlZ2lucy4gKi9cbiAgI2ZvcihkdXJhdGlvbk1zOiBudW1iZXIsIHVuZG86ICgpID0+IHZvaWQpOiB2b2lkIHtcbiAgICBjb25zdCBvbmNlID0gKCk6IHZvaWQgPT4ge1xuICAgICAgaWYgKHRoaXMuI3VuZG8uZGVsZXRlKG9uY2UpKSB1bmRvKCk7XG4gICAgfTtcbiAgICB0aGlzLiN1bmRvLmFkZChvbmNlKTtcbiAgICB0aGlzLiN3b3JsZC5zY2hlZHVsZXIuYWZ0ZXIoZHVyYXRpb25Ncywgb25jZSk7XG4gIH1cbn1cbiIsICIvKipcbiAqIFZpcnR1YWwgdGltZTogZXZlbnRzIGluIHRoZSBvcmRlciBvZiB0aGVpciBkdWUgdGltZSwgdGhlbiBvZiB0aGVpciBtYWtpbmcuIEJldHdlZW4gdHdvIGV2ZW50cyBldmVyeSBwcm9taXNlIHRoYXQgY2FuIHNldHRsZSBoYXMgc2V0dGxlZCxcbiAqIHNvIHRoYXQgb25lIHNlZWQgaGFzIG9uZSBvcmRlciBvZiBldmVyeXRoaW5nLiBOb3RoaW5nIGhlcmUgd2FpdHMgZm9yIHRoZSBtYWNoaW5lOiBhIHJ1biB0YWtlcyBhcyBsb25nIGFzIGl0cyB3b3JrLlxuICovXG5pbnRlcmZhY2UgU2NoZWR1bGVkIHtcbiAgcmVhZG9ubHkgZHVlTXM6IG51bWJlcjtcbiAgcmVhZG9ubHkgbnVtYmVyOiBudW1iZXI7XG4gIGFjdDogKCgpID0+IHZvaWQpIHwgbnVsbDtcbn1cblxuLyoqIFNvIG9mdGVuIHRoZSBtYWNoaW5lJ3Mgb3duIGV2ZW50IGxvb3AgZ2V0cyBhIHR1cm46IGZvciBzaWduYWxzLCBhbmQgZm9yIHJlamVjdGlvbnMgdGhhdCBub2JvZHkgaGFuZGxlZC4gKi9cbmNvbnN0IFNURVBTX0JFVFdFRU5fVFVSTlMgPSA0MDk2O1xuXG5leHBvcnQgY2xhc3MgU2NoZWR1bGVyIHtcbiAgcmVhZG9ubHkgI2hlYXA6IFNjaGVkdWxlZFtdID0gW107XG4gICNtYWRlID0gMDtcbiAgI25vd01zID0gMDtcbiAgI3N0ZXBzID0gMDtcbiAgI2hhc2ggPSAweDgxMWM5ZGM1O1xuXG4gIC8qKiBNaWxsaXNlY29uZHMgc2luY2UgdGhlIHdvcmxkIGJlZ2FuLiAqL1xuICBnZXQgbm93TXMoKTogbnVtYmVyIHtcbiAgICByZXR1cm4gdGhpcy4jbm93TXM7XG4gIH1cblxuICBnZXQgc3RlcHMoKTogbnVtYmVyIHtcbiAgICByZXR1cm4gdGhpcy4jc3RlcHM7XG4gIH1cblxuICAvKiogT2YgZXZlcnl0aGluZyB0aGF0IGhhcHBlbmVkIHNvIGZhciwgaW4gaXRzIG9yZGVyOiB0aGUgc2FtZSBmb3IgdGhlIHNhbWUgc2VlZC4gKi9cbiAgZ2V0IHRyYWNlSGFzaCgpOiBzdHJpbmcge1xuICAgIHJldHVybiB0aGlzLiNoYXNoLnRvU3RyaW5nKDE2KS5wYWRTdGFydCg4LCAnMCcpO1xuICB9XG5cbiAgbWl4KHZhbHVlOiBudW1iZXIpOiB2b2lkIHtcbiAgICB0aGlzLiNoYXNoID0gKE1hdGguaW11bCh0aGlzLiNoYXNoIF4gKHZhbHVlIHwgMCksIDB4MDEwMDAxOTMpIF4gKHRoaXMuI2hhc2ggPj4+IDE1KSkgPj4+IDA7XG4gIH1cblxuICBhZnRlcihkZWxheU1zOiBudW1iZXIsIGFjdDogKCkgPT4gdm9pZCk6ICgpID0+IHZvaWQge1xuICAgIGNvbnN0IHNjaGVkdWxlZDogU2NoZWR1bGVkID0geyBkdWVNczogdGhpcy4jbm93TXMgKyBNYXRoLm1heCgwLCBkZWxheU1zKSwgbnVtYmVyOiB0aGlzLiNtYWRlLCBhY3QgfTtcbiAgICB0aGlzLiNtYWRlICs9IDE7XG4gICAgdGhpcy4jcHVzaChzY2hlZHVsZWQpO1xuICAgIHJldHVybiAoKSA9PiB7XG4gICAgICBzY2hlZHVsZWQuYWN0ID0gbnVsbDtcbiAgICB9O1xuICB9XG5cbiAgc2xlZXAoZGVsYXlNczogbnVtYmVyKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgcmV0dXJuIG5ldyBQcm9taXNlKChyZXNvbHZlKSA9PiB0aGlzLmFmdGVyKGRlbGF5TXMsIHJlc29sdmUpKTtcbiAgfVxuXG4gIC8qKiBSZWplY3RzIHdpdGggd2hhdCBhbiBldmVudCB0aHJvd3MuIGBzZXR0bGVkYCBydW5zIGFmdGVyIGVhY2ggZXZlbnQsIHdoZW4gYWxsIHRoYXQgaXQgc2V0IG9mZiBoYXMgc2V0dGxlZC4gKi9cbiAgcnVuKGVuZE1zOiBudW1iZXIsIHNldHRsZWQ6ICgpID0+IHZvaWQpOiBQcm9taXNlPHZvaWQ+IHtcbiAgICByZXR1cm4gbmV3IFByb21pc2UoKHJlc29sdmUsIHJlamVjdCkgPT4ge1xuICAgICAgY29uc3Qgc3RlcCA9ICgpOiB2b2lkID0+IHtcbiAgICAgICAgdHJ5IHtcbiAgICAgICAgICBzZXR0bGVkKCk7XG4gICAgICAgICAgY29uc3QgbmV4dCA9IHRoaXMuI25leHQoZW5kTXMpO1xuICAgICAgICAgIGlmICghbmV4dD8uYWN0KSB7XG4gICAgICAgICAgICB0aGlzLiNub3dNcyA9IE1hdGgubWF4KHRoaXMuI25vd01zLCBlbmRNcyk7XG4gICAgICAgICAgICByZXNvbHZlKCk7XG4gICAgICAgICAgICByZXR1cm47XG4gICAgICAgICAgfVxuICAgICAgICAgIHRoaXMuI25vd01zID0gTWF0aC5tYXgodGhpcy4jbm93TXMsIG5leHQuZHVlTXMpO1xuICAgICAgICAgIHRoaXMubWl4KG5leHQubnVtYmVyKTtcbiAgICAgICAgICB0aGlzLiNzdGVwcyArPSAxO1xuICAgICAgICAgIG5leHQuYWN0KCk7XG4gICAgICAgIH0gY2F0Y2ggKGVycm9yKSB7XG4gICAgICAgICAgcmVqZWN0KGVycm9yIGluc3RhbmNlb2YgRXJyb3IgPyBlcnJvciA6IG5ldyBFcnJvcihTdHJpbmcoZXJyb3IpKSk7XG4gICAgICAgICAgcmV0dXJuO1xuICAgICAgICB9XG4gICAgICAgIC8vIEEgdGljayB0aGF0IGEgbWljcm90YXNrIGFza3MgZm9yIHJ1bnMgb25jZSBubyBtaWNyb3Rhc2sgaXMgbGVmdDogZXZlcnl0aGluZyBoYXMgc2V0dGxlZCBieSB0aGVuLlxuICAgICAgICBpZiAodGhpcy4jc3RlcHMgJSBTVEVQU19CRVRXRUVOX1RVUk5TID09PSAwKSBzZXRJbW1lZGlhdGUoc3RlcCk7XG4gICAgICAgIGVsc2UgcXVldWVNaWNyb3Rhc2soKCkgPT4gcHJvY2Vzcy5uZXh0VGljayhzdGVwKSk7XG4gICAgICB9O1xuICAgICAgc3RlcCgpO1xuICAgIH0pO1xuICB9XG5cbiAgI25leHQoZW5kTXM6IG51bWJlcik6IFNjaGVkdWxlZCB8IG51bGwge1xuICAgIGZvciAoOzspIHtcbiAgICAgIGNvbnN0IGZpcnN0ID0gdGhpcy4jaGVhcFswXTtcbiAgICAgIGlmICghZmlyc3QgfHwgZmlyc3QuZHVlTXMgPiBlbmRNcykgcmV0dXJuIG51bGw7XG4gICAgICB0aGlzLiNwb3AoKTtcbiAgICAgIGlmIChmaXJzdC5hY3QpIHJldHVybiBmaXJzdDtcbiAgICB9XG4gIH1cblxuICAjcHVzaChzY2hlZHVsZWQ6IFNjaGVkdWxlZCk6IHZvaWQge1xuICAgIGNvbnN0IGhlYXAgPSB0aGlzLiNoZWFwO1xuICAgIGxldCBhdCA9IGhlYXAubGVuZ3RoO1xuICAgIGhlYXAucHVzaChzY2hlZHVsZWQpO1xuICAgIHdoaWxlIChhdCA+IDApIHtcbiAgICAgIGNvbnN0IHBhcmVudCA9IChhdCAtIDEpID4+IDE7XG4gICAgICBpZiAoIWlzQmVmb3JlKHNjaGVkdWxlZCwgaGVhcFtwYXJlbnRdISkpIGJyZWFrO1xuICAgICAgaGVhcFthdF0gPSBoZWFwW3BhcmVudF0hO1xuICAgICAgYXQgPSBwYXJlbnQ7XG4gICAgfVxuICAgIGhlYXBbYXRdID0gc2NoZWR1bGVkO1xuICB9XG5cbiAgI3BvcCgpOiB2b2lkIHtcbiAgICBjb25zdCBoZWFwID0gdGhpcy4jaGVhcDtcbiAgICBjb25zdCBsYXN0ID0gaGVhcC5wb3AoKSE7XG4gICAgaWYgKGhlYXAubGVuZ3RoID09PSAwKSByZXR1cm47XG4gICAgbGV0IGF0ID0gMDtcbiAgICBmb3IgKDs7KSB7XG4gICAgICBsZXQgY2hpbGQgPSAyICogYXQgKyAxO1xuICAgICAgaWYgKGNoaWxkID49IGhlYXAubGVuZ3RoKSBicmVhaztcbiAgICAgIGlmIChjaGlsZCArIDEgPCBoZWFwLmxlbmd0aCAmJiBpc0JlZm9yZShoZWFwW2NoaWxkICsgMV0hLCBoZWFwW2NoaWxkXSEpKSBjaGlsZCArPSAxO1xuICAgICAgaWYgKCFpc0JlZm9yZShoZWFwW2NoaWxkXSEsIGxhc3QpKSBicmVhaztcbiAgICAgIGhlYXBbYXRdID0gaGVhcFtjaGlsZF0hO1xuICAgICAgYXQgPSBjaGlsZDtcbiAgICB9XG4gICAgaGVhcFthdF0gPSBsYXN0O1xuICB9XG59XG5cbmZ1bmN0aW9uIGlzQmVmb3JlKGxlZnQ6IFNjaGVkdWxlZCwgcmlnaHQ6IFNjaGVkdWxlZCk6IGJvb2xlYW4ge1xuICByZXR1cm4gbGVmdC5kdWVNcyA8IHJpZ2h0LmR1ZU1zIHx8IChsZWZ0LmR1ZU1zID09PSByaWdodC5kdWVNcyAmJiBsZWZ0Lm51bWJlciA8IHJpZ2h0Lm51bWJlcik7XG59XG4iLCAiLyoqXG4gKiBMb29rcyBhdCBldmVyeSBtZW1iZXIgaW4gZXZlcnkgdHVybiBvZiBpdHMgbG9vcCwgYW5kIGF0IHRoZSBkaXNrcyBvZiBhbGwsIGFuZCB0aHJvd3Mgd2hlbiBhIHJ1bGUgaXMgYnJva2VuLiBJdCBzaGFyZXMgbm8gY29kZSB3aXRoIHdoYXRcbiAqIGl0IGp1ZGdlcyBidXQgdGhlIHJlYWRlcnMgb2YgYnl0ZXMuXG4gKi9cbmltcG9ydCB7IGNyYzMyIH0gZnJvbSAnbm9kZTp6bGliJztcbmltcG9ydCB0eXBlIHsgQ29uZmlndXJhdGlvbiwgQ29yZVN0YXR1cywgRW50cnksIExvZ0Jhc2UgfSBmcm9tICcuLi8uLi9zcmMvY29uc2Vuc3VzL2NvcmUudHMnO1xuaW1wb3J0IHR5cGUgeyBTdG9yYWdlTm9kZSB9IGZyb20gJy4uLy4uL3NyYy9ub2RlL3N0b3JhZ2Utbm9kZS50cyc7XG5pbXBvcnQgdHlwZSB7IE1lbWJlcklkIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9pZHMudHMnO1xuaW1wb3J0IHR5cGUgeyBQZWVyRnJhbWUgfSBmcm9tICcuLi8uLi9zcmMvd2lyZS9wZWVyL2ZyYW1lLnRzJztcbmltcG9ydCB7IGhvbGQsIFJhZnRDaGVja2VyIH0gZnJvbSAnLi4vc3VwcG9ydC9yYWZ0LWNoZWNrZXIudHMnO1xuaW1wb3J0IHR5cGUgeyBEdXJhYmxlVmlldywgT2JzZXJ2ZWQsIE9ic2VydmVkQ29yZSB9IGZyb20gJy4uL3N1cHBvcnQvcmFmdC1jaGVja2VyLnRzJztcbmltcG9ydCB7IEVQT0NIX01TIH0gZnJvbSAnLi9tYWNoaW5lLWNsb2NrLnRzJztcbmltcG9ydCB0eXBlIHsgTWFjaGluZSwgTm9kZVByb2Nlc3MgfSBmcm9tICcuL21hY2hpbmUudHMnO1xuXG50eXBlIFNlcnZpbmcgPSBOb25OdWxsYWJsZTxTdG9yYWdlTm9kZVsnc2VydmluZyddPjtcblxuZXhwb3J0IGludGVyZmFjZSBXYXRjaGVyV29ybGQge1xuICByZWFkb25seSBtYWNoaW5lczogcmVhZG9ubHkgTWFjaGluZVtdO1xuICBub3dNcygpOiBudW1iZXI7XG4gIC8qKiBJdHMgZGlzayB3YXMgZGFtYWdlZCBieSBhIGZhdWx0OiB3aGF0IGl0IGhlbGQgbWF5IGJlIGdvbmUsIGFuZCBub2JvZHkgbWF5IGNvdW50IG9uIGl0LiAqL1xuICBpc0RhbWFnZWQobWFjaGluZTogTWFjaGluZSk6IGJvb2xlYW47XG4gIC8qKiBIb3cgZmFyIGxvZyB0aW1lIG1heSBiZSBhaGVhZCBvZiB0cnVlIHRpbWUgKHJ1bGUgUzEzKTogbW9zdCBjbG9ja3MgYXJlIHJpZ2h0LiAqL1xuICByZWFkb25seSBsb2dUaW1lQWhlYWRNczogbnVtYmVyO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIFdhdGNoZXJDb3VudGVycyB7XG4gIGVsZWN0aW9uczogbnVtYmVyO1xuICBpbnN0YWxsZWRTbmFwc2hvdHM6IG51bWJlcjtcbiAgdHJ1bmNhdGlvbnM6IG51bWJlcjtcbiAgY29uZmlndXJhdGlvbnNDb21taXR0ZWQ6IG51bWJlcjtcbiAgZmVhdHVyZUxldmVsUmFpc2VzOiBudW1iZXI7XG59XG5cbmV4cG9ydCBjbGFzcyBXYXRjaGVyIHtcbiAgcmVhZG9ubHkgY291bnRlcnM6IFdhdGNoZXJDb3VudGVycyA9IHtcbiAgICBlbGVjdGlvbnM6IDAsXG4gICAgaW5zdGFsbGVkU25hcHNob3RzOiAwLFxuICAgIHRydW5jYXRpb25zOiAwLFxuICAgIGNvbmZpZ3VyYXRpb25zQ29tbWl0dGVkOiAwLFxuICAgIGZlYXR1cmVMZXZlbFJhaXNlczogMCxcbiAgfTtcbiAgcmVhZG9ubHkgI3dvcmxkOiBXYXRjaGVyV29ybGQ7XG4gIHJlYWRvbmx5ICNjaGVja2VyID0gbmV3IFJhZnRDaGVja2VyKCk7XG4gIHJlYWRvbmx5ICNydW5uaW5nID0gbmV3IE1hcDxOb2RlUHJvY2VzcywgeyByZWFkb25seSBtYWNoaW5lOiBNYWNoaW5lOyByZWFkb25seSBzZWVuOiBPYnNlcnZlZDsgcmVhZG9ubHkgc2VydmluZzogU2VydmluZyB9PigpO1xuICAvKiogV2hvIGRyZXcgd2hpY2ggaWQsIGFuZCBvbiB3aGljaCB2b2x1bWUgKHJ1bGUgUzIpLiAqL1xuICByZWFkb25seSAjaWRzID0gbmV3IE1hcDxNZW1iZXJJZCwgTWFjaGluZT4oKTtcbiAgLyoqIElkcyB0aGF0IHNvbWUgY29tbWl0dGVkIGNvbmZpZ3VyYXRpb24gZHJvcHBlZCAocnVsZSBTMykuICovXG4gIHJlYWRvbmx5ICNyZW1vdmVkID0gbmV3IFNldDxNZW1iZXJJZD4oKTtcbiAgcmVhZG9ubHkgI2lkZW50aXRpZXMgPSBuZXcgTWFwPE1hY2hpbmUsIE1lbWJlcklkPigpO1xuICAjY29tbWl0dGVkOiBDb25maWd1cmF0aW9uIHwgbnVsbCA9IG51bGw7XG4gIC8qKiBMb2cgdGltZSBieSBpbmRleCAocnVsZSBTMTMpLiAqL1xuICByZWFkb25seSAjdGltZXMgPSBuZXcgTWFwPG51bWJlciwgeyByZWFkb25seSB0aW1lTXM6IG51bWJlcjsgcmVhZG9ubHkgY3JjOiBudW1iZXIgfT4oKTtcbiAgcmVhZG9ubHkgI3N0YXRlSGFzaGVzID0gbmV3IE1hcDxzdHJpbmcsIHsgcmVhZG9ubHkgaGFzaDogc3RyaW5nOyByZWFkb25seSBtYWNoaW5lOiBzdHJpbmcgfT4oKTtcblxuICBjb25zdHJ1Y3Rvcih3b3JsZDogV2F0Y2hlcldvcmxkKSB7XG4gICAgdGhpcy4jd29ybGQgPSB3b3JsZDtcbiAgfVxuXG4gIGdldCBjb21taXR0ZWRDb25maWd1cmF0aW9uKCk6IENvbmZpZ3VyYXRpb24gfCBudWxsIHtcbiAgICByZXR1cm4gdGhpcy4jY29tbWl0dGVkO1xuICB9XG5cbiAgZ2V0IGNvbW1pdHRlZEluZGV4KCk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMuI2NoZWNrZXIubGVhZGVyQ29tbWl0O1xuICB9XG5cbiAgd2FzUmVtb3ZlZChpZDogTWVtYmVySWQpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy4jcmVtb3ZlZC5oYXMoaWQpO1xuICB9XG5cbiAgc2VydmVzKG1hY2hpbmU6IE1hY2hpbmUsIHByb2Nlc3M6IE5vZGVQcm9jZXNzLCBzZXJ2aW5nOiBTZXJ2aW5nKTogdm9pZCB7XG4gICAgY29uc3QgeyByZXBsaWNhIH0gPSBzZXJ2aW5nO1xuICAgIGNvbnN0IGNvcmU6IE9ic2VydmVkQ29yZSA9IHsgc3RhdHVzOiAoKSA9PiByZXBsaWNhLnN0YXR1cywgdGVybUF0OiAoaW5kZXgpID0+IHJlcGxpY2EudGVybUF0KGluZGV4KSB9O1xuICAgIGNvbnN0IHN0YXR1cyA9IHJlcGxpY2Euc3RhdHVzO1xuICAgIGNvbnN0IGFwcGxpZWQgPSByZXBsaWNhLmFwcGxpZWRJbmRleDtcbiAgICBjb25zdCBzZWVuOiBPYnNlcnZlZCA9IHsgY29yZSwgY29tbWl0SW5kZXg6IHN0YXR1cy5jb21taXRJbmRleCwgZW1pdHRlZEluZGV4OiBhcHBsaWVkLCB0ZXJtOiBzdGF0dXMudGVybSB9O1xuICAgIHRoaXMuI3J1bm5pbmcuc2V0KHByb2Nlc3MsIHsgbWFjaGluZSwgc2Vlbiwgc2VydmluZyB9KTtcbiAgICBjb25zdCBiZWZvcmU6IHsgc3RhdHVzOiBDb3JlU3RhdHVzIH0gPSB7IHN0YXR1cyB9O1xuICAgIHJlcGxpY2Euam9pbih7XG4gICAgICBwcm9wb3NlOiAoKSA9PiB1bmRlZmluZWQsXG4gICAgICBhbnN3ZXJlZDogKCkgPT4gdW5kZWZpbmVkLFxuICAgICAgYXBwbGllZDogKGVudHJ5KSA9PiB0aGlzLiNhcHBsaWVkKG1hY2hpbmUsIHByb2Nlc3MsIHNlcnZpbmcsIHNlZW4sIGVudHJ5KSxcbiAgICAgIGluc3RhbGxlZDogKGJhc2UpID0+IHRoaXMuI2luc3RhbGxlZChzZWVuLCBiYXNlKSxcbiAgICAgIHNldHRsZTogKG5vdykgPT4ge1xuICAgICAgICB0aGlzLiN0dXJuKG1hY2hpbmUsIHNlZW4sIGJlZm9yZS5zdGF0dXMsIG5vdyk7XG4gICAgICAgIGJlZm9yZS5zdGF0dXMgPSBub3c7XG4gICAgICB9LFxuICAgIH0pO1xuICB9XG5cbiAgZ29uZShwcm9jZXNzOiBOb2RlUHJvY2Vzcyk6IHZvaWQge1xuICAgIHRoaXMuI3J1bm5pbmcuZGVsZXRlKHByb2Nlc3MpO1xuICB9XG5cbiAgLyoqIEFmdGVyIGEgc3RhcnQsIGEgZm91bmRpbmcgb3IgYSBuZXcgZm9ybWF0OiB3aGljaCBpZCBkb2VzIHRoZSBmb2xkZXIgc2hvdyAocnVsZXMgUzIsIFMzKT8gKi9cbiAgaWRlbnRpdHlTaG93bihtYWNoaW5lOiBNYWNoaW5lLCBpZDogTWVtYmVySWQpOiB2b2lkIHtcbiAgICBjb25zdCBiZWZvcmUgPSB0aGlzLiNpZGVudGl0aWVzLmdldChtYWNoaW5lKTtcbiAgICBpZiAoYmVmb3JlID09PSBpZCkgcmV0dXJuO1xuICAgIHRoaXMuI2lkZW50aXRpZXMuc2V0KG1hY2hpbmUsIGlkKTtcbiAgICBjb25zdCBvd25lciA9IHRoaXMuI2lkcy5nZXQoaWQpO1xuICAgIGhvbGQob3duZXIgPT09IHVuZGVmaW5lZCB8fCBvd25lciA9PT0gbWFjaGluZSwgYFMyOiAke21hY2hpbmUubmFtZX0gc2hvd3MgaWQgJHtpZH0sIHdoaWNoICR7b3duZXI/Lm5hbWUgPz8gJyd9IGRyZXdgKTtcbiAgICBob2xkKGJlZm9yZSA9PT0gdW5kZWZpbmVkIHx8IG93bmVyID09PSB1bmRlZmluZWQsIGBTMjogJHttYWNoaW5lLm5hbWV9IHNob3dzIGlkICR7aWR9IGFnYWluYCk7XG4gICAgdGhpcy4jaWRzLnNldChpZCwgbWFjaGluZSk7XG4gICAgdGhpcy4jY2hlY2tEdXJhYmxlSWRlbnRpdHkobWFjaGluZSwgaWQpO1xuICB9XG5cbiAgLyoqIEEgbm9kZSBzZXQgaXRzIGZvbGRlciBhc2lkZSAocnVsZSBTMykuICovXG4gIHNldEFzaWRlKG1hY2hpbmU6IE1hY2hpbmUsIGlkOiBNZW1iZXJJZCk6IHZvaWQge1xuICAgIGhvbGQodGhpcy4jcmVtb3ZlZC5oYXMoaWQpLCBgUzM6ICR7bWFjaGluZS5uYW1lfSBzZXQgYXNpZGUgdGhlIGZvbGRlciBvZiAke2lkfSwgd2hpY2ggbm8gY29tbWl0dGVkIGNvbmZpZ3VyYXRpb24gZHJvcHBlZGApO1xuICB9XG5cbiAgZm9yZ2V0Vm9sdW1lKG1hY2hpbmU6IE1hY2hpbmUpOiB2b2lkIHtcbiAgICB0aGlzLiNpZGVudGl0aWVzLmRlbGV0ZShtYWNoaW5lKTtcbiAgfVxuXG4gIGZyYW1lTGVhdmVzKG1hY2hpbmU6IE1hY2hpbmUsIHRvOiBNZW1iZXJJZCwgZnJhbWU6IFBlZXJGcmFtZSk6IHZvaWQge1xuICAgIGlmIChmcmFtZS50eXBlICE9PSAncHJvdG9jb2wnIHx8ICFtYWNoaW5lLnByb2Nlc3MpIHJldHVybjtcbiAgICBjb25zdCBkaXNrID0gbWFjaGluZS5kdXJhYmxlTG9nKCk7XG4gICAgaWYgKGRpc2spIHRoaXMuI2NoZWNrZXIubWVzc2FnZUxlYXZlcyhkaXNrLCB0bywgbWFjaGluZS5wcm9jZXNzLmJ1aWxkLmRlY29kZVJhZnRNZXNzYWdlKGZyYW1lLmJ5dGVzKSk7XG4gIH1cblxuICAvKiogTG9nIG1hdGNoaW5nIGFtb25nIGFsbCB0aGF0IHJ1bi4gKi9cbiAgY2hlY2tMb2dzKCk6IHZvaWQge1xuICAgIHRoaXMuI2NoZWNrZXIuY2hlY2tMb2dNYXRjaGluZyhbLi4udGhpcy4jcnVubmluZ10uZmlsdGVyKChbcHJvY2Vzc10pID0+IHByb2Nlc3MuaXNBbGl2ZSkubWFwKChbLCB7IHNlZW4gfV0pID0+IHNlZW4uY29yZSkpO1xuICB9XG5cbiAgI2NoZWNrRHVyYWJsZUlkZW50aXR5KG1hY2hpbmU6IE1hY2hpbmUsIGlkOiBNZW1iZXJJZCk6IHZvaWQge1xuICAgIGNvbnN0IGZpbGUgPSBtYWNoaW5lLmRpc2s/LmR1cmFibGVGaWxlcygnY3VycmVudCcpLmZpbmQoKHsgbmFtZSB9KSA9PiBuYW1lID09PSAnaWRlbnRpdHknKTtcbiAgICBjb25zdCBpZGVudGl0eSA9IGZpbGUgJiYgbWFjaGluZS5idWlsZC5kZWNvZGVJZGVudGl0eShmaWxlLmJ5dGVzLCAnaWRlbnRpdHknKTtcbiAgICBob2xkKGlkZW50aXR5Py5vayA9PT0gdHJ1ZSAmJiBpZGVudGl0eS52YWx1ZS5tZW1iZXJJZCA9PT0gaWQsIGBTMjogJHttYWNoaW5lLm5hbWV9IHNob3dzIGFuIGlkIHRoYXQgaXRzIGRpc2sgZG9lcyBub3QgaG9sZGApO1xuICB9XG5cbiAgI2Rpc2tPZihpZDogTWVtYmVySWQpOiBEdXJhYmxlVmlldyB8IG51bGwge1xuICAgIGNvbnN0IG1hY2hpbmUgPSB0aGlzLiNpZHMuZ2V0KGlkKTtcbiAgICBpZiAoIW1hY2hpbmUgfHwgdGhpcy4jaWRlbnRpdGllcy5nZXQobWFjaGluZSkgIT09IGlkKSByZXR1cm4gbnVsbDtcbiAgICByZXR1cm4gdGhpcy4jd29ybGQuaXNEYW1hZ2VkKG1hY2hpbmUpID8gZXZlcnl0aGluZyA6IG1hY2hpbmUuZHVyYWJsZUxvZygpO1xuICB9XG5cbiAgI3R1cm4obWFjaGluZTogTWFjaGluZSwgc2VlbjogT2JzZXJ2ZWQsIGJlZm9yZTogQ29yZVN0YXR1cywgbm93OiBDb3JlU3RhdHVzKTogdm9pZCB7XG4gICAgaWYgKG5vdy5yb2xlID09PSAnbGVhZGVyJyAmJiAoYmVmb3JlLnJvbGUgIT09ICdsZWFkZXInIHx8IGJlZm9yZS50ZXJtICE9PSBub3cudGVybSkpIHRoaXMuY291bnRlcnMuZWxlY3Rpb25zICs9IDE7XG4gICAgaWYgKFxuICAgICAgbm93Lmxhc3RJbmRleCA8IGJlZm9yZS5sYXN0SW5kZXggfHxcbiAgICAgIChub3cudGVybSA+IGJlZm9yZS50ZXJtICYmIG5vdy5sYXN0VGVybSAhPT0gYmVmb3JlLmxhc3RUZXJtICYmIGJlZm9yZS5sYXN0SW5kZXggPj0gbm93Lmxhc3RJbmRleClcbiAgICApXG4gICAgICB0aGlzLmNvdW50ZXJzLnRydW5jYXRpb25zICs9IDE7XG4gICAgdGhpcy4jY2hlY2tlci5hZnRlclR1cm4oc2VlbiwgKGlkKSA9PiB0aGlzLiNkaXNrT2YoaWQpKTtcbiAgICB0aGlzLiNjaGVja0NvbmZpZ3VyYXRpb25zKG1hY2hpbmUsIG5vdyk7XG4gIH1cblxuICAvKiogUnVsZSBTMTogb25lIGNoYW5nZSBhdCBhIHRpbWU7IHdoYXQgY291bnRzIG91dHNpZGUgaXMgY29tbWl0dGVkLCBhbmQgdGhlIHNhbWUgZXZlcnl3aGVyZS4gKi9cbiAgI2NoZWNrQ29uZmlndXJhdGlvbnMobWFjaGluZTogTWFjaGluZSwgeyBjb25maWd1cmF0aW9uLCBjb21taXR0ZWRDb25maWd1cmF0aW9uLCBjb21taXRJbmRleCB9OiBDb3JlU3RhdHVzKTogdm9pZCB7XG4gICAgaG9sZChjb21taXR0ZWRDb25maWd1cmF0aW9uLmluZGV4IDw9IGNvbW1pdEluZGV4LCBgUzE6ICR7bWFjaGluZS5uYW1lfSB0YWtlcyBhbiB1bmNvbW1pdHRlZCBjb25maWd1cmF0aW9uIGZvciBjb21taXR0ZWRgKTtcbiAgICBob2xkKGNvbmZpZ3VyYXRpb24uaW5kZXggPj0gY29tbWl0dGVkQ29uZmlndXJhdGlvbi5pbmRleCwgYFMxOiAke21hY2hpbmUubmFtZX0gZm9yZ290IGEgY29tbWl0dGVkIGNvbmZpZ3VyYXRpb25gKTtcbiAgICBpZiAoY29uZmlndXJhdGlvbi5pbmRleCA8PSBjb21taXRJbmRleClcbiAgICAgIGhvbGQoXG4gICAgICAgIGNvbmZpZ3VyYXRpb24uaW5kZXggPT09IGNvbW1pdHRlZENvbmZpZ3VyYXRpb24uaW5kZXgsXG4gICAgICAgIGBTMTogJHttYWNoaW5lLm5hbWV9IG1pc3NlZCB0aGF0IGl0cyBjb25maWd1cmF0aW9uIGlzIGNvbW1pdHRlZGAsXG4gICAgICApO1xuICAgIGNvbnN0IGtub3duID0gdGhpcy4jY29tbWl0dGVkO1xuICAgIGlmICgha25vd24gfHwgY29tbWl0dGVkQ29uZmlndXJhdGlvbi5pbmRleCA+IGtub3duLmluZGV4KSB7XG4gICAgICBpZiAoa25vd24gJiYgY29tbWl0dGVkQ29uZmlndXJhdGlvbi5tZW1iZXJzLmxlbmd0aCA+IDApIHtcbiAgICAgICAgdGhpcy5jb3VudGVycy5jb25maWd1cmF0aW9uc0NvbW1pdHRlZCArPSAxO1xuICAgICAgICBmb3IgKGNvbnN0IHsgaWQgfSBvZiBjb21taXR0ZWRDb25maWd1cmF0aW9uLnJlbW92ZWQpIHRoaXMuI3JlbW92ZWQuYWRkKGlkKTtcbiAgICAgIH1cbiAgICAgIGlmIChjb21taXR0ZWRDb25maWd1cmF0aW9uLm1lbWJlcnMubGVuZ3RoID4gMCkgdGhpcy4jY29tbWl0dGVkID0gY29tbWl0dGVkQ29uZmlndXJhdGlvbjtcbiAgICB9IGVsc2UgaWYgKGNvbW1pdHRlZENvbmZpZ3VyYXRpb24uaW5kZXggPT09IGtub3duLmluZGV4ICYmIGtub3duLmluZGV4ID4gMCkge1xuICAgICAgY29uc3Qgc2FtZSA9IEpTT04uc3RyaW5naWZ5KGtub3duKSA9PT0gSlNPTi5zdHJpbmdpZnkoY29tbWl0dGVkQ29uZmlndXJhdGlvbik7XG4gICAgICBob2xkKHNhbWUsIGBTMTogdHdvIGNvbW1pdHRlZCBjb25maWd1cmF0aW9ucyBhdCBpbmRleCAke2tub3duLmluZGV4fWApO1xuICAgIH1cbiAgfVxuXG4gICNpbnN0YWxsZWQoc2VlbjogT2JzZXJ2ZWQsIGJhc2U6IExvZ0Jhc2UpOiB2b2lkIHtcbiAgICB0aGlzLmNvdW50ZXJzLmluc3RhbGxlZFNuYXBzaG90cyArPSAxO1xuICAgIHRoaXMuI2NoZWNrZXIuaW5zdGFsbGVkKHNlZW4sIGJhc2UuaW5kZXgpO1xuICB9XG5cbiAgI2FwcGxpZWQobWFjaGluZTogTWFjaGluZSwgcHJvY2VzczogTm9kZVByb2Nlc3MsIHNlcnZpbmc6IFNlcnZpbmcsIHNlZW46IE9ic2VydmVkLCBlbnRyeTogRW50cnkpOiB2b2lkIHtcbiAgICB0aGlzLiNjaGVja2VyLmVtaXR0ZWQoc2VlbiwgZW50cnkpO1xuICAgIGlmIChlbnRyeS5raW5kICE9PSAnY29tbWFuZCcpIHJldHVybjtcbiAgICB0aGlzLiNjaGVja1RpbWUocHJvY2VzcywgZW50cnkpO1xuICAgIGNvbnN0IHsgc3RhdGUgfSA9IHNlcnZpbmcucmVwbGljYTtcbiAgICAvLyBSdWxlIFMxNTogd2hhdCB0aGUgc2FtZSBlbnRyaWVzIGRpZCBpcyB0aGUgc2FtZSwgYXQgb25lIGZlYXR1cmUgbGV2ZWwuXG4gICAgY29uc3Qga2V5ID0gYCR7ZW50cnkuaW5kZXh9LyR7c3RhdGUuZmVhdHVyZUxldmVsfWA7XG4gICAgY29uc3Qga25vd24gPSB0aGlzLiNzdGF0ZUhhc2hlcy5nZXQoa2V5KTtcbiAgICBpZiAoIWtub3duKSB0aGlzLiNzdGF0ZUhhc2hlcy5zZXQoa2V5LCB7IGhhc2g6IHN0YXRlLnN0YXRlSGFzaCwgbWFjaGluZTogbWFjaGluZS5uYW1lIH0pO1xuICAgIGVsc2UgaG9sZChrbm93bi5oYXNoID09PSBzdGF0ZS5zdGF0ZUhhc2gsIGBTMTU6ICR7bWFjaGluZS5uYW1lfSBhbmQgJHtrbm93bi5tYWNoaW5lfSBkaWZmZXIgYWZ0ZXIgZW50cnkgJHtlbnRyeS5pbmRleH1gKTtcbiAgfVxuXG4gICNjaGVja1RpbWUocHJvY2VzczogTm9kZVByb2Nlc3MsIGVudHJ5OiBFbnRyeSk6IHZvaWQge1xuICAgIGNvbnN0IGNyYyA9IGNyYzMyKGVudHJ5LnBheWxvYWQpO1xuICAgIGlmICh0aGlzLiN0aW1lcy5nZXQoZW50cnkuaW5kZXgpPy5jcmMgPT09IGNyYykgcmV0dXJuO1xuICAgIGNvbnN0IHsgdGltZU1zIH0gPSBwcm9jZXNzLmJ1aWxkLmRlY29kZUJhdGNoKGVudHJ5LnBheWxvYWQpO1xuICAgIHRoaXMuI3RpbWVzLnNldChlbnRyeS5pbmRleCwgeyB0aW1lTXMsIGNyYyB9KTtcbiAgICBsZXQgcHJldmlvdXMgPSBlbnRyeS5pbmRleCAtIDE7XG4gICAgd2hpbGUgKHByZXZpb3VzID4gMCAmJiBlbnRyeS5pbmRleCAtIHByZXZpb3VzIDwgOCAmJiAhdGhpcy4jdGltZXMuaGFzKHByZXZpb3VzKSkgcHJldmlvdXMgLT0gMTtcbiAgICBjb25zdCBlYXJsaWVyID0gdGhpcy4jdGltZXMuZ2V0KHByZXZpb3VzKTtcbiAgICBob2xkKGVhcmxpZXIgPT09IHVuZGVmaW5lZCB8fCB0aW1lTXMgPj0gZWFybGllci50aW1lTXMsIGBTMTM6IGxvZyB0aW1lIGZhbGxzIGF0IGVudHJ5ICR7ZW50cnkuaW5kZXh9YCk7XG4gICAgY29uc3QgdHJ1ZU1zID0gRVBPQ0hfTVMgKyB0aGlzLiN3b3JsZC5ub3dNcygpO1xuICAgIGhvbGQodGltZU1zIDw9IHRydWVNcyArIHRoaXMuI3dvcmxkLmxvZ1RpbWVBaGVhZE1zLCBgUzEzOiBsb2cgdGltZSBpcyAke3RpbWVNcyAtIHRydWVNc30gbXMgYWhlYWQgYXQgZW50cnkgJHtlbnRyeS5pbmRleH1gKTtcbiAgfVxufVxuXG4vKiogT2YgYSBkYW1hZ2VkIGRpc2sgbm90aGluZyBpcyBhc2tlZDogaXQgY291bnRzIGFzIGhvbGRpbmcgYWxsIHRoYXQgaXQgYWNrbm93bGVkZ2VkIGJlZm9yZS4gKi9cbmNvbnN0IGV2ZXJ5dGhpbmc6IER1cmFibGVWaWV3ID0ge1xuICBoYXJkU3RhdGU6IHsgdGVybTogMCwgdm90ZTogbnVsbCB9LFxuICBsYXN0SW5kZXg6IDAsXG4gIGJhc2VJbmRleDogTnVtYmVyLk1BWF9TQUZFX0lOVEVHRVIsXG4gIHRlcm1BdDogKCkgPT4gbnVsbCxcbn07XG4iLCAiLyoqXG4gKiBKdWRnZXMgYSBSYWZ0IGdyb3VwIGZyb20gb3V0c2lkZTogc2VlcyBldmVyeSBlZmZlY3QsIGV2ZXJ5IGRpc2sgYW5kIGV2ZXJ5IG1lc3NhZ2UsIGFuZCB0aHJvd3Mgd2hlbiBhIHByb3BlcnR5IG9mIHRoZSBwYXBlcidzIGZpZ3VyZSAzXG4gKiBvciBvZiB0aGUgZHVyYWJpbGl0eSBydWxlIGlzIGJyb2tlbi4gSXQgc2hhcmVzIG5vIGNvZGUgd2l0aCB0aGUgY29yZSB0aGF0IGl0IGp1ZGdlcy5cbiAqL1xuaW1wb3J0IHR5cGUgeyBDb3JlU3RhdHVzLCBEdXJhYmxlU3RhdGUsIEVmZmVjdHMsIEVudHJ5LCBIYXJkU3RhdGUsIFJlcGxpY2F0aW9uQ29yZSB9IGZyb20gJy4uLy4uL3NyYy9jb25zZW5zdXMvY29yZS50cyc7XG5pbXBvcnQgdHlwZSB7IFJhZnRNZXNzYWdlIH0gZnJvbSAnLi4vLi4vc3JjL2NvbnNlbnN1cy9yYWZ0L21lc3NhZ2VzLnRzJztcbmltcG9ydCB0eXBlIHsgTWVtYmVySWQgfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL2lkcy50cyc7XG5cbmV4cG9ydCBjbGFzcyBQcm9wZXJ0eUJyb2tlbiBleHRlbmRzIEVycm9yIHtcbiAgb3ZlcnJpZGUgcmVhZG9ubHkgbmFtZSA9ICdQcm9wZXJ0eUJyb2tlbic7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBob2xkKGNvbmRpdGlvbjogYm9vbGVhbiwgcHJvcGVydHk6IHN0cmluZyk6IGFzc2VydHMgY29uZGl0aW9uIHtcbiAgaWYgKCFjb25kaXRpb24pIHRocm93IG5ldyBQcm9wZXJ0eUJyb2tlbihwcm9wZXJ0eSk7XG59XG5cbi8qKiBXaGF0IHRoZSBjaGVja2VyIGFza3Mgb2YgYSBjb3JlLiAqL1xuZXhwb3J0IHR5cGUgT2JzZXJ2ZWRDb3JlID0gUGljazxSZXBsaWNhdGlvbkNvcmU8UmFmdE1lc3NhZ2U+LCAnc3RhdHVzJyB8ICd0ZXJtQXQnPjtcblxuLyoqIFdoYXQgd291bGQgc3Vydml2ZSBhIGNyYXNoIHJpZ2h0IG5vdy4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgRHVyYWJsZVZpZXcge1xuICByZWFkb25seSBoYXJkU3RhdGU6IEhhcmRTdGF0ZTtcbiAgcmVhZG9ubHkgbGFzdEluZGV4OiBudW1iZXI7XG4gIC8qKiBOdWxsIHdoZW4gdGhlcmUgaXMgbm8gZW50cnkgYXQgYGluZGV4YCwgYW5kIG5vIHNuYXBzaG90IHRoYXQgc3RhbmRzIGZvciBpdC4gKi9cbiAgdGVybUF0KGluZGV4OiBudW1iZXIpOiBudW1iZXIgfCBudWxsO1xuICAvKiogV2hhdCBsaWVzIGF0IGFuZCBiZWZvcmUgaXQgaXMgaW4gYSBzbmFwc2hvdDogaXQgd2FzIGNvbW1pdHRlZCwgd2hhdGV2ZXIgaXRzIHRlcm0uICovXG4gIHJlYWRvbmx5IGJhc2VJbmRleDogbnVtYmVyO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gZHVyYWJsZVZpZXcoeyBoYXJkU3RhdGUsIGJhc2UsIGVudHJpZXMgfTogRHVyYWJsZVN0YXRlKTogRHVyYWJsZVZpZXcge1xuICByZXR1cm4ge1xuICAgIGhhcmRTdGF0ZSxcbiAgICBsYXN0SW5kZXg6IGJhc2UuaW5kZXggKyBlbnRyaWVzLmxlbmd0aCxcbiAgICBiYXNlSW5kZXg6IGJhc2UuaW5kZXgsXG4gICAgdGVybUF0OiAoaW5kZXgpID0+IChpbmRleCA9PT0gYmFzZS5pbmRleCA/IGJhc2UudGVybSA6IChlbnRyaWVzW2luZGV4IC0gYmFzZS5pbmRleCAtIDFdPy50ZXJtID8/IG51bGwpKSxcbiAgfTtcbn1cblxuLyoqIFdoYXQgdGhlIGNoZWNrZXIgcmVtZW1iZXJzIG9mIG9uZSBydW4gb2YgYSBwcm9jZXNzOyBhIGNyYXNoIGVuZHMgaXQuICovXG5leHBvcnQgaW50ZXJmYWNlIE9ic2VydmVkPENvcmUgZXh0ZW5kcyBPYnNlcnZlZENvcmUgPSBPYnNlcnZlZENvcmU+IHtcbiAgcmVhZG9ubHkgY29yZTogQ29yZTtcbiAgY29tbWl0SW5kZXg6IG51bWJlcjtcbiAgZW1pdHRlZEluZGV4OiBudW1iZXI7XG4gIHRlcm06IG51bWJlcjtcbn1cblxuaW50ZXJmYWNlIENvbW1pdHRlZEVudHJ5IHtcbiAgcmVhZG9ubHkgdGVybTogbnVtYmVyO1xuICByZWFkb25seSBwYXlsb2FkOiBzdHJpbmc7XG59XG5cbmV4cG9ydCBjbGFzcyBSYWZ0Q2hlY2tlciB7XG4gIHJlYWRvbmx5ICNsZWFkZXJzID0gbmV3IE1hcDxudW1iZXIsIE1lbWJlcklkPigpO1xuICAvKiogQnkgaW5kZXg7IHRoZSBmaXJzdCBtZW1iZXIgdG8gY29tbWl0IGFuIGVudHJ5IHNldHRsZXMgd2hhdCBpdCBpcy4gKi9cbiAgcmVhZG9ubHkgI2NvbW1pdHRlZCA9IG5ldyBNYXA8bnVtYmVyLCBDb21taXR0ZWRFbnRyeT4oKTtcbiAgLyoqIFRoZSBoaWdoZXN0IGNvbW1pdCBpbmRleCBvZiBhbnkgbGVhZGVyOiB3aGF0IGFuIGFja25vd2xlZGdlZCB3cml0ZSBtYXkgcmVzdCBvbi4gKi9cbiAgbGVhZGVyQ29tbWl0ID0gMDtcbiAgLyoqIExvd2VyIGJvdW5kcyBvZiByZWFkcyB1bmRlciB3YXksIGJ5IG1lbWJlciBhbmQgcmVxdWVzdC4gKi9cbiAgcmVhZG9ubHkgI3JlYWRzID0gbmV3IE1hcDxzdHJpbmcsIG51bWJlcj4oKTtcbiAgcmVhZHNBbnN3ZXJlZCA9IDA7XG5cbiAgZ2V0IGNvbW1pdHRlZENvdW50KCk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMuI2NvbW1pdHRlZC5zaXplO1xuICB9XG5cbiAgZ2V0IHRlcm1zTGVkKCk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMuI2xlYWRlcnMuc2l6ZTtcbiAgfVxuXG4gIG5vdGVSZWFkKGlkOiBNZW1iZXJJZCwgcmVxdWVzdDogbnVtYmVyKTogdm9pZCB7XG4gICAgdGhpcy4jcmVhZHMuc2V0KGAke2lkfS8ke3JlcXVlc3R9YCwgdGhpcy5sZWFkZXJDb21taXQpO1xuICB9XG5cbiAgLyoqIEFmdGVyIGVhY2ggc3RlcCBvZiBhIG1lbWJlci4gYGRpc2tPZmAgc2hvd3Mgd2hhdCB3b3VsZCBzdXJ2aXZlIGEgY3Jhc2ggcmlnaHQgbm93LiAqL1xuICBhZnRlclN0ZXAoc2VlbjogT2JzZXJ2ZWQsIGVmZmVjdHM6IEVmZmVjdHM8UmFmdE1lc3NhZ2U+LCBkaXNrT2Y6IChpZDogTWVtYmVySWQpID0+IER1cmFibGVWaWV3IHwgbnVsbCk6IHZvaWQge1xuICAgIHRoaXMuI2NoZWNrRW1pc3Npb24oc2VlbiwgZWZmZWN0cywgc2Vlbi5jb3JlLnN0YXR1cygpLmNvbW1pdEluZGV4KTtcbiAgICB0aGlzLmFmdGVyVHVybihzZWVuLCBkaXNrT2YpO1xuICAgIHRoaXMuI2NoZWNrUmVhZHMoc2Vlbi5jb3JlLnN0YXR1cygpLmlkLCBlZmZlY3RzKTtcbiAgfVxuXG4gIC8qKiBUaGUgc2FtZSBmb3Igd2hvZXZlciBzZWVzIHdoYXQgaXMgYXBwbGllZCBieSBgZW1pdHRlZGAgYW5kIGBpbnN0YWxsZWRgLCBhbmQgYXNrcyBubyByZWFkcy4gKi9cbiAgYWZ0ZXJUdXJuKHNlZW46IE9ic2VydmVkLCBkaXNrT2Y6IChpZDogTWVtYmVySWQpID0+IER1cmFibGVWaWV3IHwgbnVsbCk6IHZvaWQge1xuICAgIGNvbnN0IHN0YXR1cyA9IHNlZW4uY29yZS5zdGF0dXMoKTtcbiAgICBob2xkKHN0YXR1cy50ZXJtID49IHNlZW4udGVybSwgJ2EgdGVybSBuZXZlciBmYWxscycpO1xuICAgIGhvbGQoc3RhdHVzLmNvbW1pdEluZGV4ID49IHNlZW4uY29tbWl0SW5kZXgsICd0aGUgY29tbWl0IGluZGV4IG5ldmVyIGZhbGxzJyk7XG4gICAgaG9sZChzdGF0dXMuZHVyYWJsZUluZGV4IDw9IHN0YXR1cy5sYXN0SW5kZXgsICdub3RoaW5nIGlzIGR1cmFibGUgdGhhdCBpcyBub3QgaW4gdGhlIGxvZycpO1xuICAgIHNlZW4udGVybSA9IHN0YXR1cy50ZXJtO1xuICAgIGlmIChzdGF0dXMucm9sZSA9PT0gJ2xlYWRlcicpIHRoaXMuI2NoZWNrTGVhZGVyKHNlZW4sIHN0YXR1cywgZGlza09mKTtcbiAgICBzZWVuLmNvbW1pdEluZGV4ID0gc3RhdHVzLmNvbW1pdEluZGV4O1xuICAgIGNvbnN0IGRpc2sgPSBkaXNrT2Yoc3RhdHVzLmlkKTtcbiAgICBpZiAoZGlzaykgY2hlY2tEdXJhYmxlSW5kZXgoc2Vlbi5jb3JlLCBzdGF0dXMsIGRpc2spO1xuICB9XG5cbiAgLyoqIFN0YXRlIG1hY2hpbmUgc2FmZXR5OiBubyBpbmRleCBpcyBldmVyIGFwcGxpZWQgd2l0aCB0d28gZGlmZmVyZW50IGVudHJpZXM7IGFuZCBlYWNoIGV4YWN0bHkgb25jZSwgaW4gb3JkZXIuICovXG4gICNjaGVja0VtaXNzaW9uKHNlZW46IE9ic2VydmVkLCBlZmZlY3RzOiBFZmZlY3RzPFJhZnRNZXNzYWdlPiwgY29tbWl0SW5kZXg6IG51bWJlcik6IHZvaWQge1xuICAgIGlmIChlZmZlY3RzLmluc3RhbGwpIHRoaXMuaW5zdGFsbGVkKHNlZW4sIGVmZmVjdHMuaW5zdGFsbC5pbmRleCk7XG4gICAgZm9yIChjb25zdCBlbnRyeSBvZiBlZmZlY3RzLmNvbW1pdHRlZCkgdGhpcy5lbWl0dGVkKHNlZW4sIGVudHJ5KTtcbiAgICBob2xkKHNlZW4uZW1pdHRlZEluZGV4ID09PSBjb21taXRJbmRleCwgJ2V2ZXJ5dGhpbmcgY29tbWl0dGVkIGlzIGhhbmRlZCBvdXQgYXQgb25jZScpO1xuICB9XG5cbiAgZW1pdHRlZChzZWVuOiBPYnNlcnZlZCwgZW50cnk6IEVudHJ5KTogdm9pZCB7XG4gICAgaG9sZChlbnRyeS5pbmRleCA9PT0gc2Vlbi5lbWl0dGVkSW5kZXggKyAxLCAnY29tbWl0dGVkIGVudHJpZXMgbmVpdGhlciByZXBlYXQgbm9yIHNraXAnKTtcbiAgICBzZWVuLmVtaXR0ZWRJbmRleCA9IGVudHJ5LmluZGV4O1xuICAgIHRoaXMuI3NldHRsZShlbnRyeSk7XG4gIH1cblxuICBpbnN0YWxsZWQoc2VlbjogT2JzZXJ2ZWQsIGluZGV4OiBudW1iZXIpOiB2b2lkIHtcbiAgICBob2xkKGluZGV4ID49IHNlZW4uZW1pdHRlZEluZGV4LCAnYSBzbmFwc2hvdCBuZXZlciByb2xscyBiYWNrIHdoYXQgd2FzIGhhbmRlZCBvdXQnKTtcbiAgICBzZWVuLmVtaXR0ZWRJbmRleCA9IGluZGV4O1xuICB9XG5cbiAgI3NldHRsZShlbnRyeTogRW50cnkpOiB2b2lkIHtcbiAgICBjb25zdCBwYXlsb2FkID0gYCR7ZW50cnkua2luZH06JHtCdWZmZXIuZnJvbShlbnRyeS5wYXlsb2FkKS50b1N0cmluZygnbGF0aW4xJyl9YDtcbiAgICBjb25zdCBiZWZvcmUgPSB0aGlzLiNjb21taXR0ZWQuZ2V0KGVudHJ5LmluZGV4KTtcbiAgICBpZiAoIWJlZm9yZSkgdGhpcy4jY29tbWl0dGVkLnNldChlbnRyeS5pbmRleCwgeyB0ZXJtOiBlbnRyeS50ZXJtLCBwYXlsb2FkIH0pO1xuICAgIGVsc2UgaG9sZChiZWZvcmUudGVybSA9PT0gZW50cnkudGVybSAmJiBiZWZvcmUucGF5bG9hZCA9PT0gcGF5bG9hZCwgYHN0YXRlIG1hY2hpbmUgc2FmZXR5IGF0IGluZGV4ICR7ZW50cnkuaW5kZXh9YCk7XG4gIH1cblxuICAjY2hlY2tMZWFkZXIoc2VlbjogT2JzZXJ2ZWQsIHN0YXR1czogQ29yZVN0YXR1cywgZGlza09mOiAoaWQ6IE1lbWJlcklkKSA9PiBEdXJhYmxlVmlldyB8IG51bGwpOiB2b2lkIHtcbiAgICBjb25zdCBvdGhlciA9IHRoaXMuI2xlYWRlcnMuZ2V0KHN0YXR1cy50ZXJtKTtcbiAgICBob2xkKG90aGVyID09PSB1bmRlZmluZWQgfHwgb3RoZXIgPT09IHN0YXR1cy5pZCwgYGVsZWN0aW9uIHNhZmV0eTogdHdvIGxlYWRlcnMgaW4gdGVybSAke3N0YXR1cy50ZXJtfWApO1xuICAgIGlmIChvdGhlciA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICB0aGlzLiNsZWFkZXJzLnNldChzdGF0dXMudGVybSwgc3RhdHVzLmlkKTtcbiAgICAgIHRoaXMuI2NoZWNrQ29tcGxldGVuZXNzKHNlZW4sIHN0YXR1cyk7XG4gICAgfVxuICAgIGlmIChzdGF0dXMuY29tbWl0SW5kZXggPD0gc2Vlbi5jb21taXRJbmRleCkgcmV0dXJuO1xuICAgIHRoaXMubGVhZGVyQ29tbWl0ID0gTWF0aC5tYXgodGhpcy5sZWFkZXJDb21taXQsIHN0YXR1cy5jb21taXRJbmRleCk7XG4gICAgY29uc3QgdGVybSA9IHNlZW4uY29yZS50ZXJtQXQoc3RhdHVzLmNvbW1pdEluZGV4KTtcbiAgICBjb25zdCB2b3RlcnMgPSBzdGF0dXMuY29uZmlndXJhdGlvbi5tZW1iZXJzLmZpbHRlcigobWVtYmVyKSA9PiBtZW1iZXIucm9sZSA9PT0gJ3ZvdGVyJyk7XG4gICAgY29uc3QgaG9sZGluZyA9IHZvdGVycy5maWx0ZXIoKHsgaWQgfSkgPT4ge1xuICAgICAgY29uc3QgZGlzayA9IGRpc2tPZihpZCk7XG4gICAgICByZXR1cm4gZGlzayAhPT0gbnVsbCAmJiBob2xkcyhkaXNrLCBzdGF0dXMuY29tbWl0SW5kZXgsIHRlcm0pO1xuICAgIH0pO1xuICAgIGhvbGQoaG9sZGluZy5sZW5ndGggKiAyID4gdm90ZXJzLmxlbmd0aCwgYFMxMDogaW5kZXggJHtzdGF0dXMuY29tbWl0SW5kZXh9IGlzIGNvbW1pdHRlZCB3aXRob3V0IGEgbWFqb3JpdHkgb2YgZGlza3NgKTtcbiAgfVxuXG4gICNjaGVja0NvbXBsZXRlbmVzcyhzZWVuOiBPYnNlcnZlZCwgc3RhdHVzOiBDb3JlU3RhdHVzKTogdm9pZCB7XG4gICAgZm9yIChjb25zdCBbaW5kZXgsIGVudHJ5XSBvZiB0aGlzLiNjb21taXR0ZWQpIHtcbiAgICAgIGlmIChlbnRyeS50ZXJtID49IHN0YXR1cy50ZXJtIHx8IGluZGV4IDwgc3RhdHVzLmZpcnN0SW5kZXgpIGNvbnRpbnVlO1xuICAgICAgaG9sZChzZWVuLmNvcmUudGVybUF0KGluZGV4KSA9PT0gZW50cnkudGVybSwgYGxlYWRlciBjb21wbGV0ZW5lc3M6IHRlcm0gJHtzdGF0dXMudGVybX0gbGFja3MgY29tbWl0dGVkIGluZGV4ICR7aW5kZXh9YCk7XG4gICAgfVxuICB9XG5cbiAgI2NoZWNrUmVhZHMoaWQ6IE1lbWJlcklkLCBlZmZlY3RzOiBFZmZlY3RzPFJhZnRNZXNzYWdlPik6IHZvaWQge1xuICAgIGZvciAoY29uc3QgYW5zd2VyIG9mIGVmZmVjdHMuYW5zd2Vycykge1xuICAgICAgaWYgKGFuc3dlci50eXBlICE9PSAncmVhZC1yZWFkeScpIGNvbnRpbnVlO1xuICAgICAgY29uc3QgYm91bmQgPSB0aGlzLiNyZWFkcy5nZXQoYCR7aWR9LyR7YW5zd2VyLnJlcXVlc3R9YCk7XG4gICAgICBob2xkKGJvdW5kICE9PSB1bmRlZmluZWQsICdhIHJlYWQgaXMgYW5zd2VyZWQgb25jZScpO1xuICAgICAgaG9sZChhbnN3ZXIuaW5kZXggPj0gYm91bmQsIGBhIHJlYWQgYXQgaW5kZXggJHthbnN3ZXIuaW5kZXh9IG1pc3NlcyB3aGF0IHdhcyBjb21taXR0ZWQgYXQgJHtib3VuZH0gYmVmb3JlIGl0IGNhbWVgKTtcbiAgICAgIHRoaXMuI3JlYWRzLmRlbGV0ZShgJHtpZH0vJHthbnN3ZXIucmVxdWVzdH1gKTtcbiAgICAgIHRoaXMucmVhZHNBbnN3ZXJlZCArPSAxO1xuICAgIH1cbiAgfVxuXG4gIC8qKiBXaGF0IGEgbWVzc2FnZSBwcm9taXNlcyBpcyBvbiB0aGUgc2VuZGVyJ3MgZGlzayBhdCB0aGUgbW9tZW50IGl0IGxlYXZlcy4gKi9cbiAgbWVzc2FnZUxlYXZlcyhkaXNrOiBEdXJhYmxlVmlldywgdG86IE1lbWJlcklkLCBtZXNzYWdlOiBSYWZ0TWVzc2FnZSk6IHZvaWQge1xuICAgIGlmIChtZXNzYWdlLnR5cGUgPT09ICdwcmUtdm90ZS1yZXF1ZXN0JyB8fCAobWVzc2FnZS50eXBlID09PSAncHJlLXZvdGUtcmVzcG9uc2UnICYmIG1lc3NhZ2UuZ3JhbnRlZCkpIHJldHVybjtcbiAgICBob2xkKG1lc3NhZ2UudGVybSA8PSBkaXNrLmhhcmRTdGF0ZS50ZXJtLCBgUzEwOiAke21lc3NhZ2UudHlwZX0gbGVhdmVzIHVuZGVyIGEgdGVybSB0aGF0IGlzIG5vdCBvbiBkaXNrYCk7XG4gICAgaWYgKG1lc3NhZ2UudHlwZSA9PT0gJ3ZvdGUtcmVzcG9uc2UnICYmIG1lc3NhZ2UuZ3JhbnRlZCAmJiBtZXNzYWdlLnRlcm0gPT09IGRpc2suaGFyZFN0YXRlLnRlcm0pXG4gICAgICBob2xkKGRpc2suaGFyZFN0YXRlLnZvdGUgPT09IHRvLCAnUzEwOiBhIHZvdGUgbGVhdmVzIG9ubHkgd2hlbiBpdCBpcyBvbiBkaXNrJyk7XG4gICAgaWYgKG1lc3NhZ2UudHlwZSA9PT0gJ2FwcGVuZC1yZXNwb25zZScgJiYgbWVzc2FnZS5hY2NlcHRlZCAmJiBtZXNzYWdlLnRlcm0gPT09IGRpc2suaGFyZFN0YXRlLnRlcm0pXG4gICAgICBob2xkKG1lc3NhZ2UubWF0Y2hJbmRleCA8PSBkaXNrLmxhc3RJbmRleCwgJ1MxMDogYW4gYWNrbm93bGVkZ2VtZW50IGxlYXZlcyBvbmx5IHdoZW4gaXRzIGVudHJpZXMgYXJlIG9uIGRpc2snKTtcbiAgfVxuXG4gIC8qKiBMb2cgbWF0Y2hpbmc6IGxvZ3MgdGhhdCBhZ3JlZSBvbiBhbiBlbnRyeSBhZ3JlZSBvbiBhbGwgYmVmb3JlIGl0LiAqL1xuICBjaGVja0xvZ01hdGNoaW5nKGNvcmVzOiByZWFkb25seSBPYnNlcnZlZENvcmVbXSk6IHZvaWQge1xuICAgIGZvciAoY29uc3QgW3Bvc2l0aW9uLCBsZWZ0XSBvZiBjb3Jlcy5lbnRyaWVzKCkpIHtcbiAgICAgIGZvciAoY29uc3QgcmlnaHQgb2YgY29yZXMuc2xpY2UocG9zaXRpb24gKyAxKSkge1xuICAgICAgICBjb25zdCBbb25lLCBvdGhlcl0gPSBbbGVmdC5zdGF0dXMoKSwgcmlnaHQuc3RhdHVzKCldO1xuICAgICAgICBjb25zdCBmaXJzdCA9IE1hdGgubWF4KG9uZS5maXJzdEluZGV4LCBvdGhlci5maXJzdEluZGV4KTtcbiAgICAgICAgbGV0IGluZGV4ID0gTWF0aC5taW4ob25lLmxhc3RJbmRleCwgb3RoZXIubGFzdEluZGV4KTtcbiAgICAgICAgd2hpbGUgKGluZGV4ID49IGZpcnN0ICYmIGxlZnQudGVybUF0KGluZGV4KSAhPT0gcmlnaHQudGVybUF0KGluZGV4KSkgaW5kZXggLT0gMTtcbiAgICAgICAgZm9yICg7IGluZGV4ID49IGZpcnN0OyBpbmRleCAtPSAxKSBob2xkKGxlZnQudGVybUF0KGluZGV4KSA9PT0gcmlnaHQudGVybUF0KGluZGV4KSwgYGxvZyBtYXRjaGluZyBhdCBpbmRleCAke2luZGV4fWApO1xuICAgICAgfVxuICAgIH1cbiAgfVxufVxuXG4vKiogV2hhdCBsaWVzIGJlZm9yZSB0aGUgYmFzZSBpcyBpbiB0aGUgc25hcHNob3Q6IGl0IHdhcyBjb21taXR0ZWQsIHdoYXRldmVyIGl0cyB0ZXJtLiAqL1xuZnVuY3Rpb24gaG9sZHMoZGlzazogRHVyYWJsZVZpZXcsIGluZGV4OiBudW1iZXIsIHRlcm06IG51bWJlciB8IG51bGwpOiBib29sZWFuIHtcbiAgcmV0dXJuIGluZGV4IDwgZGlzay5iYXNlSW5kZXggfHwgZGlzay50ZXJtQXQoaW5kZXgpID09PSB0ZXJtO1xufVxuXG4vKiogVGhlIEFCQSByYWNlIG9mIGFzeW5jaHJvbm91cyB3cml0ZXM6IHdoYXQgdGhlIGNvcmUgdGFrZXMgZm9yIGR1cmFibGUgaXMgb24gdGhlIGRpc2ssIGFuZCBpcyB0aGUgc2FtZSBlbnRyeS4gKi9cbmZ1bmN0aW9uIGNoZWNrRHVyYWJsZUluZGV4KGNvcmU6IE9ic2VydmVkQ29yZSwgc3RhdHVzOiBDb3JlU3RhdHVzLCBkaXNrOiBEdXJhYmxlVmlldyk6IHZvaWQge1xuICBjb25zdCBpbmRleCA9IHN0YXR1cy5kdXJhYmxlSW5kZXg7XG4gIGlmIChpbmRleCA8IHN0YXR1cy5maXJzdEluZGV4IHx8IGluZGV4IDwgZGlzay5iYXNlSW5kZXgpIHJldHVybjtcbiAgaG9sZChkaXNrLnRlcm1BdChpbmRleCkgPT09IGNvcmUudGVybUF0KGluZGV4KSwgYFMxMDogaW5kZXggJHtpbmRleH0gY291bnRzIGFzIGR1cmFibGUsIGFuZCB0aGUgZGlzayBoYXMgYW5vdGhlciBlbnRyeSB0aGVyZWApO1xufVxuIiwgIi8qKiBXaGF0IGEgcnVuIGhhcyBzZWVuOiBhIGZhdWx0IGNsYXNzIG9yIGEgdmVyYiB0aGF0IG5vIHNlZWQgbWVldHMgaXMgbm90IHRlc3RlZCwgd2hhdGV2ZXIgdGhlIHNlZWRzIHNheS4gKi9cbmltcG9ydCB0eXBlIHsgV29ybGQgfSBmcm9tICcuL3dvcmxkLnRzJztcblxuZXhwb3J0IGludGVyZmFjZSBBdmFpbGFiaWxpdHkge1xuICBhc2tlZDogbnVtYmVyO1xuICBhY2tub3dsZWRnZWQ6IG51bWJlcjtcbn1cblxuZXhwb3J0IGNsYXNzIENvdW50ZXJzIHtcbiAgcmVhZG9ubHkgY291bnRzOiBSZWNvcmQ8c3RyaW5nLCBudW1iZXI+ID0ge307XG4gIHJlYWRvbmx5IGR1cmluZ0ZhdWx0czogQXZhaWxhYmlsaXR5ID0geyBhc2tlZDogMCwgYWNrbm93bGVkZ2VkOiAwIH07XG4gIHJlYWRvbmx5IGluUGVhY2U6IEF2YWlsYWJpbGl0eSA9IHsgYXNrZWQ6IDAsIGFja25vd2xlZGdlZDogMCB9O1xuICBvcGVyYXRpb25zID0gMDtcbiAgdW5rbm93bk91dGNvbWVzID0gMDtcblxuICBjb3VudCh3aGF0OiBzdHJpbmcsIGJ5ID0gMSk6IHZvaWQge1xuICAgIHRoaXMuY291bnRzW3doYXRdID0gKHRoaXMuY291bnRzW3doYXRdID8/IDApICsgYnk7XG4gIH1cblxuICBzYWlkKHNlbnRlbmNlOiBzdHJpbmcpOiB2b2lkIHtcbiAgICBpZiAoc2VudGVuY2UgPT09ICdjdXQgYSB0b3JuIHRhaWwgZnJvbSB0aGUgbG9nJykgdGhpcy5jb3VudCgndG9ybiB0YWlscyBjdXQnKTtcbiAgICBpZiAoc2VudGVuY2UgPT09ICd0b29rIGEgc25hcHNob3QnKSB0aGlzLmNvdW50KCdzbmFwc2hvdHMgdGFrZW4nKTtcbiAgICBpZiAoc2VudGVuY2UgPT09ICdhIHNuYXBzaG90IGlzIGRhbWFnZWQnKSB0aGlzLmNvdW50KCdkYW1hZ2VkIHNuYXBzaG90cyBza2lwcGVkJyk7XG4gIH1cblxuICAvKiogQSBjYWxsIGlzIGFza2VkOyByZXR1cm5zIHdoYXQgaXMgdG8gYmUgdG9sZCBvZiBpdHMgZW5kLiBEdXJpbmcgZmF1bHRzIG9ubHkgd2hhdCBhIHF1b3J1bSBjb3VsZCBoYXZlIGFuc3dlcmVkIGNvdW50cy4gKi9cbiAgYXNrZWQoaXNQZWFjZTogYm9vbGVhbiwgaGFzUXVvcnVtOiAoKSA9PiBib29sZWFuKTogKGFja25vd2xlZGdlZDogYm9vbGVhbikgPT4gdm9pZCB7XG4gICAgdGhpcy5vcGVyYXRpb25zICs9IDE7XG4gICAgY29uc3QgaGFkUXVvcnVtID0gaGFzUXVvcnVtKCk7XG4gICAgcmV0dXJuIChhY2tub3dsZWRnZWQpID0+IHtcbiAgICAgIGNvbnN0IHRhbGx5ID0gaXNQZWFjZSA/IHRoaXMuaW5QZWFjZSA6IHRoaXMuZHVyaW5nRmF1bHRzO1xuICAgICAgaWYgKCFpc1BlYWNlICYmICFhY2tub3dsZWRnZWQgJiYgIShoYWRRdW9ydW0gJiYgaGFzUXVvcnVtKCkpKSByZXR1cm47XG4gICAgICB0YWxseS5hc2tlZCArPSAxO1xuICAgICAgaWYgKGFja25vd2xlZGdlZCkgdGFsbHkuYWNrbm93bGVkZ2VkICs9IDE7XG4gICAgfTtcbiAgfVxuXG4gIGZpbmlzaCh7IHdhdGNoZXIsIGhpc3RvcnksIG5ldHdvcmsgfTogV29ybGQpOiB2b2lkIHtcbiAgICB0aGlzLnVua25vd25PdXRjb21lcyA9IGhpc3RvcnkuY291bnQoJ3Vua25vd24nKTtcbiAgICB0aGlzLmNvdW50KCd1bmtub3duIG91dGNvbWVzJywgdGhpcy51bmtub3duT3V0Y29tZXMpO1xuICAgIHRoaXMuY291bnQoJ3JlZnVzZWQnLCBoaXN0b3J5LmNvdW50KCdyZWZ1c2VkJykpO1xuICAgIGZvciAoY29uc3QgW25hbWUsIHZhbHVlXSBvZiBPYmplY3QuZW50cmllcyh7IC4uLndhdGNoZXIuY291bnRlcnMgfSkpIHRoaXMuY291bnQobmFtZSwgdmFsdWUpO1xuICAgIHRoaXMuY291bnQoJ3dyaXRlcyBoZWxkIGJhY2snLCBuZXR3b3JrLmhlbGRCYWNrKTtcbiAgfVxufVxuIiwgIi8qKlxuICogT25lIHNlZWQsIG9uZSB3b3JsZDogbWFjaGluZXMsIHRoZWlyIGRpc2tzLCBjbG9ja3MgYW5kIHdpcmVzLCBjbGllbnRzIGFuZCBhbiBvcGVyYXRvciwgZmF1bHRzIGZvciBhIHdoaWxlLCB0aGVuIHBlYWNlLCBpbiB3aGljaCB0aGVcbiAqIGNsdXN0ZXIgbXVzdCB3b3JrIGFnYWluLiBUaGUgc2VlZCBkZWNpZGVzIGV2ZXJ5dGhpbmc7IG5vdGhpbmcgaGVyZSBhc2tzIHRoZSByZWFsIGNsb2NrIG9yIHJlYWwgY2hhbmNlLlxuICovXG5pbXBvcnQgdHlwZSB7IE5vZGVDb25maWcgfSBmcm9tICcuLi8uLi9zcmMvbm9kZS9ub2RlLWNvbmZpZy50cyc7XG5pbXBvcnQgeyBGSVJTVF9HRU5FUkFUSU9OLCBwYXJzZUNsdXN0ZXJJZCB9IGZyb20gJy4uLy4uL3NyYy9zaGFyZWQvaWRzLnRzJztcbmltcG9ydCB0eXBlIHsgTWVtYmVySWQgfSBmcm9tICcuLi8uLi9zcmMvc2hhcmVkL2lkcy50cyc7XG5pbXBvcnQgeyBwcmVzZW50IH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9hc3NlcnQudHMnO1xuaW1wb3J0IHsgU2VlZGVkUmFuZG9tIH0gZnJvbSAnLi4vLi4vc3JjL3NoYXJlZC9yYW5kb20udHMnO1xuaW1wb3J0IHR5cGUgeyBQZWVyRnJhbWUgfSBmcm9tICcuLi8uLi9zcmMvd2lyZS9wZWVyL2ZyYW1lLnRzJztcbmltcG9ydCB0eXBlIHsgT3BlcmF0aW9uIH0gZnJvbSAnLi4vc3VwcG9ydC9zaW11bGF0ZWQtZGlzay50cyc7XG5pbXBvcnQgdHlwZSB7IEJ1aWxkcyB9IGZyb20gJy4vYnVpbGRzLnRzJztcbmltcG9ydCB7IHN0YXJ0Q2xpZW50cyB9IGZyb20gJy4vY2xpZW50cy50cyc7XG5pbXBvcnQgdHlwZSB7IENsaWVudCB9IGZyb20gJy4vY2xpZW50cy50cyc7XG5pbXBvcnQgeyBIaXN0b3J5IH0gZnJvbSAnLi9oaXN0b3J5LnRzJztcbmltcG9ydCB7IE1hY2hpbmUgfSBmcm9tICcuL21hY2hpbmUudHMnO1xuaW1wb3J0IHR5cGUgeyBNYWNoaW5lV29ybGQsIE5vZGVQcm9jZXNzIH0gZnJvbSAnLi9tYWNoaW5lLnRzJztcbmltcG9ydCB7IE5ldHdvcmsgfSBmcm9tICcuL25ldHdvcmsudHMnO1xuaW1wb3J0IHsgRmF1bHRzIH0gZnJvbSAnLi9mYXVsdHMudHMnO1xuaW1wb3J0IHsgZHJhd1BsYW4gfSBmcm9tICcuL3BsYW4udHMnO1xuaW1wb3J0IHR5cGUgeyBQbGFuIH0gZnJvbSAnLi9wbGFuLnRzJztcbmltcG9ydCB7IFNjaGVkdWxlciB9IGZyb20gJy4vc2NoZWR1bGVyLnRzJztcbmltcG9ydCB7IFdhdGNoZXIgfSBmcm9tICcuL3dhdGNoZXIudHMnO1xuaW1wb3J0IHsgQ291bnRlcnMgfSBmcm9tICcuL2NvdW50ZXJzLnRzJztcblxuZXhwb3J0IGNvbnN0IENMVVNURVJfSUQgPSBwcmVzZW50KHBhcnNlQ2x1c3RlcklkKCdvcmRlcnMnKSwgJ2EgY2x1c3RlciBpZCcpO1xuXG4vKiogU21hbGwsIHNvIHRoYXQgc2VnbWVudHMgdHVybiBvdmVyLCBzbmFwc2hvdHMgYXJlIHRha2VuIGFuZCBsb2dzIGFyZSBjdXQgYWxsIGFsb25nLiAqL1xuY29uc3QgTElNSVRTOiBOb2RlQ29uZmlnWydsaW1pdHMnXSA9IHtcbiAgY2xpZW50c01heDogMTAwMCxcbiAgY2xpZW50VW5yZWFkQnl0ZXNNYXg6IDggKiAxMDI0ICogMTAyNCxcbiAgdW5jb21taXR0ZWRCeXRlc01heDogMjU2ICogMTAyNCxcbiAgZW50cnlCeXRlc01heDogNDA5NixcbiAgcmVxdWVzdHNNYXg6IDUxMixcbiAgcmVxdWVzdEJ5dGVzTWF4OiAyNTYgKiAxMDI0LFxuICBkYXRhQnl0ZXNNYXg6IDQgKiAxMDI0ICogMTAyNCxcbiAgc2VnbWVudEJ5dGVzOiA4MTkyLFxuICBzbmFwc2hvdExvZ0J5dGVzOiA4MTkyLFxuICB0cmFpbGluZ0VudHJpZXM6IDIwLFxuICBzbmFwc2hvdEJ5dGVzUGVyU2Vjb25kOiAyNTYgKiAxMDI0LFxufTtcblxuLyoqIEFuIGV4aXRlZCBwcm9jZXNzIGlzIHN0YXJ0ZWQgYWdhaW4gYWZ0ZXIgc28gbG9uZywgYXMgYSBrdWJlbGV0IGRvZXMuICovXG5jb25zdCBSRVNUQVJUX01TID0gNTAwO1xuXG5leHBvcnQgaW50ZXJmYWNlIFJ1blJlcG9ydCB7XG4gIHJlYWRvbmx5IHNlZWQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgZmFpbHVyZTogc3RyaW5nIHwgbnVsbDtcbiAgcmVhZG9ubHkgdHJhY2VIYXNoOiBzdHJpbmc7XG4gIHJlYWRvbmx5IHN0ZXBzOiBudW1iZXI7XG4gIHJlYWRvbmx5IHZpcnR1YWxNczogbnVtYmVyO1xuICByZWFkb25seSBjb3VudGVyczogQ291bnRlcnM7XG4gIHJlYWRvbmx5IHRyYWNlOiByZWFkb25seSBzdHJpbmdbXTtcbn1cblxuZXhwb3J0IGludGVyZmFjZSBSdW5PcHRpb25zIHtcbiAgcmVhZG9ubHkgdHJhY2U/OiBib29sZWFuO1xuICByZWFkb25seSBwbGFuPzogUGxhbjtcbn1cblxuZXhwb3J0IGNsYXNzIFdvcmxkIGltcGxlbWVudHMgTWFjaGluZVdvcmxkIHtcbiAgcmVhZG9ubHkgcGxhbjogUGxhbjtcbiAgcmVhZG9ubHkgYnVpbGRzOiBCdWlsZHM7XG4gIHJlYWRvbmx5IGxpbWl0cyA9IExJTUlUUztcbiAgcmVhZG9ubHkgc2NoZWR1bGVyID0gbmV3IFNjaGVkdWxlcigpO1xuICByZWFkb25seSBuZXR3b3JrOiBOZXR3b3JrO1xuICByZWFkb25seSBtYWNoaW5lczogTWFjaGluZVtdID0gW107XG4gIHJlYWRvbmx5IGhpc3Rvcnk6IEhpc3Rvcnk7XG4gIHJlYWRvbmx5IHdhdGNoZXI6IFdhdGNoZXI7XG4gIHJlYWRvbmx5IGNvdW50ZXJzID0gbmV3IENvdW50ZXJzKCk7XG4gIHJlYWRvbmx5IHJhbmRvbTogU2VlZGVkUmFuZG9tO1xuICByZWFkb25seSBmYXVsdHM6IEZhdWx0cztcbiAgcmVhZG9ubHkgI3RyYWNlOiBzdHJpbmdbXSB8IG51bGw7XG4gICNjbGllbnRzOiBDbGllbnRbXSA9IFtdO1xuICAjZmFpbHVyZTogc3RyaW5nIHwgbnVsbCA9IG51bGw7XG5cbiAgY29uc3RydWN0b3IoYnVpbGRzOiBCdWlsZHMsIHBsYW46IFBsYW4sIG9wdGlvbnM6IFJ1bk9wdGlvbnMpIHtcbiAgICB0aGlzLnBsYW4gPSBwbGFuO1xuICAgIHRoaXMuYnVpbGRzID0gYnVpbGRzO1xuICAgIHRoaXMuI3RyYWNlID0gb3B0aW9ucy50cmFjZSA9PT0gdHJ1ZSA/IFtdIDogbnVsbDtcbiAgICB0aGlzLnJhbmRvbSA9IG5ldyBTZWVkZWRSYW5kb20ocGxhbi5zZWVkKTtcbiAgICB0aGlzLm5ldHdvcmsgPSBuZXcgTmV0d29yayh0aGlzLnNjaGVkdWxlciwgdGhpcy5yYW5kb20uc3BsaXQoKSk7XG4gICAgdGhpcy5oaXN0b3J5ID0gbmV3IEhpc3RvcnkodGhpcy5zY2hlZHVsZXIpO1xuICAgIHRoaXMuZmF1bHRzID0gbmV3IEZhdWx0cyh0aGlzLCB0aGlzLnJhbmRvbS5zcGxpdCgpKTtcbiAgICB0aGlzLndhdGNoZXIgPSBuZXcgV2F0Y2hlcih7XG4gICAgICBtYWNoaW5lczogdGhpcy5tYWNoaW5lcyxcbiAgICAgIG5vd01zOiAoKSA9PiB0aGlzLnNjaGVkdWxlci5ub3dNcyxcbiAgICAgIGlzRGFtYWdlZDogKG1hY2hpbmUpID0+IHRoaXMuZmF1bHRzLmlzRGFtYWdlZChtYWNoaW5lKSxcbiAgICAgIGxvZ1RpbWVBaGVhZE1zOiBwbGFuLmxvZ1RpbWVBaGVhZE1zLFxuICAgIH0pO1xuICB9XG5cbiAgZ2V0IG5vd01zKCk6IG51bWJlciB7XG4gICAgcmV0dXJuIHRoaXMuc2NoZWR1bGVyLm5vd01zO1xuICB9XG5cbiAgLyoqIEB0aHJvd3Mgd2hhdGV2ZXIgYnJlYWtzIGEgcnVsZSAqL1xuICBhc3luYyBydW4oKTogUHJvbWlzZTx2b2lkPiB7XG4gICAgY29uc3QgeyBwbGFuIH0gPSB0aGlzO1xuICAgIGZvciAobGV0IG51bWJlciA9IDA7IG51bWJlciA8IHBsYW4ubWVtYmVyczsgbnVtYmVyICs9IDEpIHRoaXMuYWRkTWFjaGluZSgpO1xuICAgIGZvciAoY29uc3QgbWFjaGluZSBvZiB0aGlzLm1hY2hpbmVzKSBtYWNoaW5lLnN0YXJ0KCk7XG4gICAgYXdhaXQgdGhpcy4jcGFzcygyMDApO1xuICAgIGF3YWl0IHRoaXMuI2ZvdW5kKCk7XG4gICAgYXdhaXQgdGhpcy4jcGFzcygzMDAwKTtcbiAgICB0aGlzLiNjbGllbnRzID0gc3RhcnRDbGllbnRzKFxuICAgICAge1xuICAgICAgICBuZXR3b3JrOiB0aGlzLm5ldHdvcmssXG4gICAgICAgIGhpc3Rvcnk6IHRoaXMuaGlzdG9yeSxcbiAgICAgICAgaG9zdHM6ICgpID0+IHRoaXMubWFjaGluZXMuZmlsdGVyKCh7IGlzVXAgfSkgPT4gaXNVcCkubWFwKCh7IG5hbWUgfSkgPT4gbmFtZSksXG4gICAgICAgIGFza2VkOiAoKSA9PiB0aGlzLmNvdW50ZXJzLmFza2VkKHRoaXMuZmF1bHRzLmlzUGVhY2UsICgpID0+IHRoaXMuaGFzUXVvcnVtKCkpLFxuICAgICAgfSxcbiAgICAgIHBsYW4uY2xpZW50cyxcbiAgICAgIHRoaXMucmFuZG9tLnNwbGl0KCksXG4gICAgKTtcbiAgICBmb3IgKGNvbnN0IGNsaWVudCBvZiB0aGlzLiNjbGllbnRzKSB2b2lkIGNsaWVudC5ydW4oKS5jYXRjaCgoZXJyb3I6IHVua25vd24pID0+IHRoaXMuZmFpbGVkKG51bGwsIGVycm9yKSk7XG4gICAgdGhpcy5mYXVsdHMuYmVnaW4oKTtcbiAgICBhd2FpdCB0aGlzLiNwYXNzKHBsYW4uZmF1bHRzTXMpO1xuICAgIHRoaXMuZmF1bHRzLmVuZCgpO1xuICAgIGF3YWl0IHRoaXMuI3Bhc3MocGxhbi5zZXR0bGVNcyk7XG4gICAgdGhpcy5mYXVsdHMuYmVnaW5QZWFjZSgpO1xuICAgIGF3YWl0IHRoaXMuI3Bhc3MocGxhbi5wZWFjZU1zKTtcbiAgICBmb3IgKGNvbnN0IGNsaWVudCBvZiB0aGlzLiNjbGllbnRzKSBjbGllbnQuc3RvcCgpO1xuICAgIGF3YWl0IHRoaXMuI3Bhc3MocGxhbi5jbGllbnRzLnRpbWVvdXRNcyArIDUwMDApO1xuICAgIHRoaXMuI2p1ZGdlKCk7XG4gIH1cblxuICBhZGRNYWNoaW5lKGJ1aWxkID0gdGhpcy5idWlsZHMuZmlyc3QpOiBNYWNoaW5lIHtcbiAgICBjb25zdCBtYWNoaW5lID0gbmV3IE1hY2hpbmUoYG0tJHt0aGlzLm1hY2hpbmVzLmxlbmd0aH1gLCB0aGlzLCBidWlsZCwgdGhpcy5yYW5kb20uc3BsaXQoKSk7XG4gICAgdGhpcy5tYWNoaW5lcy5wdXNoKG1hY2hpbmUpO1xuICAgIHRoaXMuZmF1bHRzLmFkZGVkKG1hY2hpbmUpO1xuICAgIHJldHVybiBtYWNoaW5lO1xuICB9XG5cbiAgbWFjaGluZU9mKGlkOiBNZW1iZXJJZCk6IE1hY2hpbmUgfCBudWxsIHtcbiAgICByZXR1cm4gdGhpcy5tYWNoaW5lcy5maW5kKChtYWNoaW5lKSA9PiBtYWNoaW5lLm1lbWJlcklkID09PSBpZCkgPz8gbnVsbDtcbiAgfVxuXG4gIC8qKiBBIG1ham9yaXR5IG9mIHRoZSBjb21taXR0ZWQgY29uZmlndXJhdGlvbidzIHZvdGVycyBydW4sIGFuZCByZWFjaCBlYWNoIG90aGVyIGJvdGggd2F5cy4gKi9cbiAgaGFzUXVvcnVtKCk6IGJvb2xlYW4ge1xuICAgIGNvbnN0IGNvbmZpZ3VyYXRpb24gPSB0aGlzLndhdGNoZXIuY29tbWl0dGVkQ29uZmlndXJhdGlvbjtcbiAgICBpZiAoIWNvbmZpZ3VyYXRpb24pIHJldHVybiBmYWxzZTtcbiAgICBjb25zdCB2b3RlcnMgPSBjb25maWd1cmF0aW9uLm1lbWJlcnMuZmlsdGVyKCh7IHJvbGUgfSkgPT4gcm9sZSA9PT0gJ3ZvdGVyJyk7XG4gICAgY29uc3QgdXAgPSB2b3RlcnMuZmxhdE1hcCgoeyBpZCB9KSA9PiB7XG4gICAgICBjb25zdCBtYWNoaW5lID0gdGhpcy5tYWNoaW5lT2YoaWQpO1xuICAgICAgcmV0dXJuIG1hY2hpbmU/LnByb2Nlc3M/LmlzUGF1c2VkID09PSBmYWxzZSAmJiBtYWNoaW5lLm5vZGU/LmhhbHQgPT09IG51bGwgPyBbbWFjaGluZV0gOiBbXTtcbiAgICB9KTtcbiAgICByZXR1cm4gdXAuc29tZSgob25lKSA9PiB7XG4gICAgICBjb25zdCByZWFjaGVkID0gdXAuZmlsdGVyKFxuICAgICAgICAob3RoZXIpID0+ICF0aGlzLm5ldHdvcmsuYmxvY2tzKG9uZS5uYW1lLCBvdGhlci5uYW1lKSAmJiAhdGhpcy5uZXR3b3JrLmJsb2NrcyhvdGhlci5uYW1lLCBvbmUubmFtZSksXG4gICAgICApO1xuICAgICAgcmV0dXJuIHJlYWNoZWQubGVuZ3RoICogMiA+IHZvdGVycy5sZW5ndGg7XG4gICAgfSk7XG4gIH1cblxuICBmYWlsZWQobWFjaGluZTogTWFjaGluZSB8IG51bGwsIGVycm9yOiB1bmtub3duKTogdm9pZCB7XG4gICAgdGhpcy4jZmFpbHVyZSA/Pz0gYCR7bWFjaGluZT8ubmFtZSA/PyAndGhlIHdvcmxkJ30gYXQgJHt0aGlzLm5vd01zLnRvRml4ZWQoMyl9IG1zOiAke2Rlc2NyaWJlRXJyb3IoZXJyb3IpfWA7XG4gICAgdGhyb3cgZXJyb3I7XG4gIH1cblxuICBleGl0ZWQobWFjaGluZTogTWFjaGluZSwgcmVhc29uOiBzdHJpbmcpOiB2b2lkIHtcbiAgICB0aGlzLnRyYWNlKG1hY2hpbmUsIGB0aGUgcHJvY2VzcyBlbmRlZDogJHtyZWFzb259YCwge30pO1xuICAgIHRoaXMuY291bnRlcnMuY291bnQoJ3Byb2Nlc3MgZXhpdHMnKTtcbiAgICB0aGlzLnNjaGVkdWxlci5hZnRlcihSRVNUQVJUX01TLCAoKSA9PiB0aGlzLmZhdWx0cy5tYXlTdGFydChtYWNoaW5lKSAmJiBtYWNoaW5lLnN0YXJ0KCkpO1xuICB9XG5cbiAgc2VydmVkKCk6IHZvaWQge1xuICAgIHRoaXMuY291bnRlcnMuY291bnQoJ2xvZ3Mgb3BlbmVkJyk7XG4gIH1cblxuICBmcmFtZUxlYXZlcyhtYWNoaW5lOiBNYWNoaW5lLCB0bzogeyByZWFkb25seSBpZDogTWVtYmVySWQ7IHJlYWRvbmx5IG5hbWU6IHN0cmluZyB9LCBmcmFtZTogUGVlckZyYW1lKTogbnVtYmVyIHtcbiAgICB0aGlzLndhdGNoZXIuZnJhbWVMZWF2ZXMobWFjaGluZSwgdG8uaWQsIGZyYW1lKTtcbiAgICByZXR1cm4gdGhpcy5mYXVsdHMuY29waWVzT2YobWFjaGluZS5uYW1lLCB0by5uYW1lLCBmcmFtZSk7XG4gIH1cblxuICBiZWZvcmVEaXNrT3BlcmF0aW9uKG1hY2hpbmU6IE1hY2hpbmUsIG9wZXJhdGlvbjogT3BlcmF0aW9uKTogdm9pZCB7XG4gICAgdGhpcy5mYXVsdHMuYmVmb3JlRGlza09wZXJhdGlvbihtYWNoaW5lLCBvcGVyYXRpb24pO1xuICB9XG5cbiAgZGlza0ZhdWx0KG1hY2hpbmU6IE1hY2hpbmUsIG9wZXJhdGlvbjogT3BlcmF0aW9uKTogc3RyaW5nIHwgbnVsbCB7XG4gICAgcmV0dXJuIHRoaXMuZmF1bHRzLmRpc2tGYXVsdChtYWNoaW5lLCBvcGVyYXRpb24pO1xuICB9XG5cbiAgbWlzZGlyZWN0KG1hY2hpbmU6IE1hY2hpbmUsIG9wZXJhdGlvbjogT3BlcmF0aW9uLCBvZmZzZXQ6IG51bWJlciwgbGVuZ3RoOiBudW1iZXIpOiB7IHBhdGg6IHN0cmluZzsgb2Zmc2V0OiBudW1iZXIgfSB8IG51bGwge1xuICAgIHJldHVybiB0aGlzLmZhdWx0cy5taXNkaXJlY3QobWFjaGluZSwgb3BlcmF0aW9uLCBvZmZzZXQsIGxlbmd0aCk7XG4gIH1cblxuICB0cmFjZShtYWNoaW5lOiBNYWNoaW5lIHwgbnVsbCwgc2VudGVuY2U6IHN0cmluZywgZGF0YTogb2JqZWN0KTogdm9pZCB7XG4gICAgdGhpcy5jb3VudGVycy5zYWlkKHNlbnRlbmNlKTtcbiAgICB0aGlzLiN0cmFjZT8ucHVzaChcbiAgICAgIGAkeyh0aGlzLm5vd01zIC8gMTAwMCkudG9GaXhlZCg0KS5wYWRTdGFydCg5KX0gJHsobWFjaGluZT8ubmFtZSA/PyAnJykucGFkRW5kKDQpfSAke3NlbnRlbmNlfSAke0pTT04uc3RyaW5naWZ5KGRhdGEpfWAsXG4gICAgKTtcbiAgfVxuXG4gIGdldCB0cmFjZUxpbmVzKCk6IHJlYWRvbmx5IHN0cmluZ1tdIHtcbiAgICByZXR1cm4gdGhpcy4jdHJhY2UgPz8gW107XG4gIH1cblxuICAvKiogRm91bmRzIHRoZSBjbHVzdGVyIG9mIHRoZSBtYWNoaW5lcyB0aGF0IHRoZXJlIGFyZSAocnVsZSBTNikuICovXG4gIGFzeW5jICNmb3VuZCgpOiBQcm9taXNlPHZvaWQ+IHtcbiAgICBjb25zdCBtZW1iZXJzID0gdGhpcy5tYWNoaW5lcy5tYXAoKG1hY2hpbmUpID0+ICh7XG4gICAgICBpZDogcHJlc2VudChtYWNoaW5lLm1lbWJlcklkLCAnYSBub2RlIHNob3dzIGl0cyBpZCcpLFxuICAgICAgbmFtZTogbWFjaGluZS5uYW1lLFxuICAgIH0pKTtcbiAgICBjb25zdCByZXF1ZXN0ID0geyBjbHVzdGVySWQ6IENMVVNURVJfSUQsIGdlbmVyYXRpb246IEZJUlNUX0dFTkVSQVRJT04sIGVwb2NoOiAxLCBtZW1iZXJzIH07XG4gICAgZm9yIChjb25zdCBtYWNoaW5lIG9mIHRoaXMubWFjaGluZXMpIHZvaWQgbWFjaGluZS5ub2RlPy5mb3VuZChyZXF1ZXN0KTtcbiAgfVxuXG4gICNwYXNzKGR1cmF0aW9uTXM6IG51bWJlcik6IFByb21pc2U8dm9pZD4ge1xuICAgIHJldHVybiB0aGlzLnNjaGVkdWxlci5ydW4odGhpcy5ub3dNcyArIGR1cmF0aW9uTXMsICgpID0+IHRoaXMuI3NldHRsZWQoKSk7XG4gIH1cblxuICAvKiogQWZ0ZXIgZWFjaCBldmVudDogd2hvIG9wZW5lZCBvciBjbG9zZWQgaXRzIGxvZywgYW5kIHdobyBzaG93cyBhbm90aGVyIGlkPyAqL1xuICAjc2V0dGxlZCgpOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IG1hY2hpbmUgb2YgdGhpcy5tYWNoaW5lcykge1xuICAgICAgY29uc3QgcHJvY2VzcyA9IG1hY2hpbmUudG91Y2hlZDtcbiAgICAgIGlmICghcHJvY2VzcykgY29udGludWU7XG4gICAgICBtYWNoaW5lLnRvdWNoZWQgPSBudWxsO1xuICAgICAgdGhpcy4jbG9vayhtYWNoaW5lLCBwcm9jZXNzKTtcbiAgICB9XG4gIH1cblxuICAjbG9vayhtYWNoaW5lOiBNYWNoaW5lLCBwcm9jZXNzOiBOb2RlUHJvY2Vzcyk6IHZvaWQge1xuICAgIGNvbnN0IHsgbm9kZSB9ID0gcHJvY2VzcztcbiAgICBpZiAoIW5vZGUgfHwgIXByb2Nlc3MuaXNBbGl2ZSkgcmV0dXJuO1xuICAgIGNvbnN0IHsgaWRlbnRpdHkgfSA9IG5vZGUuZGF0YUZvbGRlcjtcbiAgICBjb25zdCBmb3JtZXIgPSBpZGVudGl0eS5mb3JtZXJJZHNbMF07XG4gICAgaWYgKGZvcm1lciAhPT0gdW5kZWZpbmVkICYmIG1hY2hpbmUuc2hvd25JZCA9PT0gZm9ybWVyKSB0aGlzLndhdGNoZXIuc2V0QXNpZGUobWFjaGluZSwgZm9ybWVyKTtcbiAgICBtYWNoaW5lLnNob3duSWQgPSBpZGVudGl0eS5tZW1iZXJJZDtcbiAgICB0aGlzLndhdGNoZXIuaWRlbnRpdHlTaG93bihtYWNoaW5lLCBpZGVudGl0eS5tZW1iZXJJZCk7XG4gICAgaWYgKG5vZGUuc2VydmluZyA9PT0gcHJvY2Vzcy5vYnNlcnZlZCkgcmV0dXJuO1xuICAgIHByb2Nlc3Mub2JzZXJ2ZWQgPSBub2RlLnNlcnZpbmc7XG4gICAgaWYgKG5vZGUuc2VydmluZykge1xuICAgICAgdGhpcy53YXRjaGVyLnNlcnZlcyhtYWNoaW5lLCBwcm9jZXNzLCBub2RlLnNlcnZpbmcpO1xuICAgICAgdGhpcy5zZXJ2ZWQoKTtcbiAgICB9IGVsc2UgdGhpcy53YXRjaGVyLmdvbmUocHJvY2Vzcyk7XG4gIH1cblxuICAjanVkZ2UoKTogdm9pZCB7XG4gICAgdGhpcy5oaXN0b3J5LmFiYW5kb25PcGVuKCk7XG4gICAgdGhpcy53YXRjaGVyLmNoZWNrTG9ncygpO1xuICAgIGNvbnN0IGZpbmRpbmcgPSB0aGlzLmhpc3RvcnkuanVkZ2UodGhpcy5wbGFuLmxvZ1RpbWVFcnJvck1zKTtcbiAgICBpZiAoZmluZGluZyAhPT0gbnVsbCkgdGhyb3cgbmV3IEVycm9yKGZpbmRpbmcpO1xuICB9XG5cbiAgcmVwb3J0KGVycm9yOiB1bmtub3duKTogUnVuUmVwb3J0IHtcbiAgICBsZXQgZmFpbHVyZSA9IHRoaXMuI2ZhaWx1cmU7XG4gICAgaWYgKGZhaWx1cmUgPT09IG51bGwgJiYgZXJyb3IgIT09IG51bGwpIGZhaWx1cmUgPSBgYXQgJHt0aGlzLm5vd01zLnRvRml4ZWQoMyl9IG1zOiAke2Rlc2NyaWJlRXJyb3IoZXJyb3IpfWA7XG4gICAgdGhpcy5jb3VudGVycy5maW5pc2godGhpcyk7XG4gICAgcmV0dXJuIHtcbiAgICAgIHNlZWQ6IHRoaXMucGxhbi5zZWVkLFxuICAgICAgZmFpbHVyZSxcbiAgICAgIHRyYWNlSGFzaDogdGhpcy5zY2hlZHVsZXIudHJhY2VIYXNoLFxuICAgICAgc3RlcHM6IHRoaXMuc2NoZWR1bGVyLnN0ZXBzLFxuICAgICAgdmlydHVhbE1zOiB0aGlzLm5vd01zLFxuICAgICAgY291bnRlcnM6IHRoaXMuY291bnRlcnMsXG4gICAgICB0cmFjZTogdGhpcy50cmFjZUxpbmVzLFxuICAgIH07XG4gIH1cbn1cblxuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIHJ1blNlZWQoYnVpbGRzOiBCdWlsZHMsIHNlZWQ6IG51bWJlciwgb3B0aW9uczogUnVuT3B0aW9ucyA9IHt9KTogUHJvbWlzZTxSdW5SZXBvcnQ+IHtcbiAgY29uc3Qgd29ybGQgPSBuZXcgV29ybGQoYnVpbGRzLCBvcHRpb25zLnBsYW4gPz8gZHJhd1BsYW4oc2VlZCksIG9wdGlvbnMpO1xuICB0cnkge1xuICAgIGF3YWl0IHdvcmxkLnJ1bigpO1xuICAgIHJldHVybiB3b3JsZC5yZXBvcnQobnVsbCk7XG4gIH0gY2F0Y2ggKGVycm9yKSB7XG4gICAgcmV0dXJuIHdvcmxkLnJlcG9ydChlcnJvcik7XG4gIH1cbn1cblxuZXhwb3J0IGZ1bmN0aW9uIGRlc2NyaWJlRXJyb3IoZXJyb3I6IHVua25vd24pOiBzdHJpbmcge1xuICByZXR1cm4gZXJyb3IgaW5zdGFuY2VvZiBFcnJvciA/IChlcnJvci5zdGFjayA/PyBlcnJvci5tZXNzYWdlKSA6IEpTT04uc3RyaW5naWZ5KGVycm9yKTtcbn1cbiIsICIvKipcbiAqIFJ1bnMgc2VlZHMgaW4gdGhpcyBwcm9jZXNzLCBvbmUgYWZ0ZXIgdGhlIG90aGVyLCBhbmQgc2F5cyBvZiBlYWNoIHdoYXQgYmVjYW1lIG9mIGl0IGFzIG9uZSBKU09OIGxpbmU6IGBzY3JpcHRzL3NpbXVsYXRlLm1qc2AgYnVuZGxlcyB0aGlzXG4gKiBhbmQgcmVhZHMgdGhlbS4gQXJndW1lbnRzOiBmb2xkZXIgb2YgdGhlIGJ1bmRsZXMsIGZpcnN0IHNlZWQsIG51bWJlciBvZiBzZWVkcywgYHRyYWNlYCBvciBgcXVpZXRgLlxuICovXG5pbXBvcnQgeyBsb2FkQnVpbGRzIH0gZnJvbSAnLi9idWlsZHMudHMnO1xuaW1wb3J0IHsgZGVzY3JpYmVFcnJvciwgcnVuU2VlZCB9IGZyb20gJy4vd29ybGQudHMnO1xuaW1wb3J0IHR5cGUgeyBSdW5SZXBvcnQgfSBmcm9tICcuL3dvcmxkLnRzJztcblxuLyoqIE9uZSBsaW5lIG9mIG91dHB1dC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgU2VlZFJlcG9ydCBleHRlbmRzIE9taXQ8UnVuUmVwb3J0LCAndHJhY2UnPiB7XG4gIHJlYWRvbmx5IGNwdU1zOiBudW1iZXI7XG59XG5cbmFzeW5jIGZ1bmN0aW9uIG1haW4oKTogUHJvbWlzZTx2b2lkPiB7XG4gIGNvbnN0IFtmb2xkZXIsIGZpcnN0LCBjb3VudCwgbW9kZV0gPSBwcm9jZXNzLmFyZ3Yuc2xpY2UoMik7XG4gIGNvbnN0IGJ1aWxkcyA9IGF3YWl0IGxvYWRCdWlsZHMoZm9sZGVyID8/ICcnKTtcbiAgY29uc3QgcmVqZWN0ZWQ6IHN0cmluZ1tdID0gW107XG4gIHByb2Nlc3Mub24oJ3VuaGFuZGxlZFJlamVjdGlvbicsIChyZWFzb24pID0+IHJlamVjdGVkLnB1c2goZGVzY3JpYmVFcnJvcihyZWFzb24pKSk7XG4gIGZvciAobGV0IHNlZWQgPSBOdW1iZXIoZmlyc3QpOyBzZWVkIDwgTnVtYmVyKGZpcnN0KSArIE51bWJlcihjb3VudCk7IHNlZWQgKz0gMSkge1xuICAgIGNvbnN0IHN0YXJ0ZWRVcyA9IGNwdVVzKCk7XG4gICAgY29uc3QgcmVwb3J0ID0gYXdhaXQgcnVuU2VlZChidWlsZHMsIHNlZWQsIHsgdHJhY2U6IG1vZGUgPT09ICd0cmFjZScgfSk7XG4gICAgLy8gUmVqZWN0aW9ucyB0aGF0IG5vYm9keSBoYW5kbGVkIGFyZSB0b2xkIGluIGEgdHVybiBvZiB0aGUgbWFjaGluZSdzIG93biBldmVudCBsb29wOyBhIHJlYWwgcHJvY2VzcyB3b3VsZCBoYXZlIGVuZGVkLlxuICAgIGF3YWl0IG5ldyBQcm9taXNlPHZvaWQ+KChyZXNvbHZlKSA9PiBzZXRJbW1lZGlhdGUocmVzb2x2ZSkpO1xuICAgIGNvbnN0IGZhaWx1cmUgPSByZXBvcnQuZmFpbHVyZSA/PyAocmVqZWN0ZWRbMF0gPT09IHVuZGVmaW5lZCA/IG51bGwgOiBgYSByZWplY3Rpb24gdGhhdCBub2JvZHkgaGFuZGxlZDogJHtyZWplY3RlZFswXX1gKTtcbiAgICByZWplY3RlZC5sZW5ndGggPSAwO1xuICAgIGNvbnN0IGNwdU1zID0gKGNwdVVzKCkgLSBzdGFydGVkVXMpIC8gMTAwMDtcbiAgICBjb25zdCB7IHRyYWNlLCAuLi5yZXN0IH0gPSByZXBvcnQ7XG4gICAgaWYgKG1vZGUgPT09ICd0cmFjZScpIGZvciAoY29uc3QgbGluZSBvZiB0cmFjZSkgY29uc29sZS5lcnJvcihsaW5lKTtcbiAgICBjb25zdCBzYWlkOiBTZWVkUmVwb3J0ID0geyAuLi5yZXN0LCBmYWlsdXJlLCBjcHVNcyB9O1xuICAgIHByb2Nlc3Muc3Rkb3V0LndyaXRlKGAke0pTT04uc3RyaW5naWZ5KHNhaWQpfVxcbmApO1xuICB9XG59XG5cbmZ1bmN0aW9uIGNwdVVzKCk6IG51bWJlciB7XG4gIGNvbnN0IHsgdXNlciwgc3lzdGVtIH0gPSBwcm9jZXNzLmNwdVVzYWdlKCk7XG4gIHJldHVybiB1c2VyICsgc3lzdGVtO1xufVxuXG52b2lkIG1haW4oKTtcbiJdLAogICJtYXBwaW5ncyI6ICI7Ozs7QUFhQSxlQUFzQixXQUFXLFFBQWlDO0FBQ2hFLFFBQU0sT0FBTyw4QkFBTyxTQUFrQyxNQUFNLE9BQU8sR0FBRyxNQUFNLElBQUksSUFBSSxTQUF2RTtBQUNiLFNBQU8sRUFBRSxPQUFPLE1BQU0sS0FBSyxPQUFPLEdBQUcsUUFBUSxNQUFNLEtBQUssUUFBUSxFQUFFO0FBQ3BFO0FBSHNCOzs7QUNPZixJQUFNLG1CQUErQixFQUFFLFFBQVEsR0FBRyxJQUFJLG1CQUFtQjtBQWlCaEYsSUFBTSxtQkFBbUI7QUFHbEIsU0FBUyxlQUFlLE1BQWdDO0FBQzdELFNBQU8saUJBQWlCLEtBQUssSUFBSSxJQUFLLE9BQXFCO0FBQzdEO0FBRmdCOzs7QUNwQ1QsSUFBTSxpQkFBTixjQUE2QixNQUFNO0FBQUEsRUFKMUMsT0FJMEM7QUFBQTtBQUFBO0FBQUEsRUFDdEIsT0FBTztBQUMzQjtBQUdPLFNBQVMsT0FBTyxXQUFvQixNQUFpQztBQUMxRSxNQUFJLENBQUMsVUFBVyxPQUFNLElBQUksZUFBZSxJQUFJO0FBQy9DO0FBRmdCO0FBS1QsU0FBUyxZQUFZLE9BQXFCO0FBQy9DLFFBQU0sSUFBSSxlQUFlLHNCQUFzQixLQUFLLFVBQVUsS0FBSyxDQUFDLEVBQUU7QUFDeEU7QUFGZ0I7QUFLVCxTQUFTLFFBQVcsT0FBNkIsTUFBaUI7QUFDdkUsTUFBSSxVQUFVLFFBQVEsVUFBVSxPQUFXLE9BQU0sSUFBSSxlQUFlLElBQUk7QUFDeEUsU0FBTztBQUNUO0FBSGdCOzs7QUNGVCxJQUFNLGVBQU4sTUFBTSxjQUErQjtBQUFBLEVBakI1QyxPQWlCNEM7QUFBQTtBQUFBO0FBQUEsRUFDMUM7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUVBLFlBQVksTUFBYztBQUN4QixRQUFJLFFBQVEsU0FBUztBQUNyQixVQUFNLFdBQVcsNkJBQWM7QUFDN0IsY0FBUyxRQUFRLGVBQWdCO0FBQ2pDLFVBQUksSUFBSTtBQUNSLFVBQUksS0FBSyxLQUFLLElBQUssTUFBTSxJQUFLLFNBQVU7QUFDeEMsVUFBSSxLQUFLLEtBQUssSUFBSyxNQUFNLElBQUssVUFBVTtBQUN4QyxjQUFRLElBQUssTUFBTSxRQUFTO0FBQUEsSUFDOUIsR0FOaUI7QUFPakIsU0FBSyxLQUFLLFNBQVM7QUFDbkIsU0FBSyxLQUFLLFNBQVM7QUFDbkIsU0FBSyxLQUFLLFNBQVM7QUFDbkIsU0FBSyxLQUFLLFNBQVMsSUFBSTtBQUFBLEVBQ3pCO0FBQUEsRUFFQSxTQUFpQjtBQUNmLFVBQU0sVUFBVSxLQUFLLEtBQUssS0FBSyxJQUFJLENBQUM7QUFDcEMsVUFBTSxTQUFTLEtBQUssS0FBTSxXQUFXLElBQU0sWUFBWSxJQUFLLENBQUMsTUFBTTtBQUNuRSxVQUFNLFVBQVUsS0FBSyxNQUFNO0FBQzNCLFNBQUssTUFBTSxLQUFLO0FBQ2hCLFNBQUssTUFBTSxLQUFLO0FBQ2hCLFNBQUssTUFBTSxLQUFLO0FBQ2hCLFNBQUssTUFBTSxLQUFLO0FBQ2hCLFNBQUssTUFBTTtBQUNYLFNBQUssS0FBTSxLQUFLLE1BQU0sS0FBTyxLQUFLLE9BQU87QUFDekMsV0FBTztBQUFBLEVBQ1Q7QUFBQSxFQUVBLE1BQU0sT0FBdUI7QUFDM0IsV0FBTyxPQUFPLFVBQVUsS0FBSyxLQUFLLFFBQVEsS0FBSyxTQUFTLFlBQWUseUNBQXlDO0FBQ2hILFdBQU8sS0FBSyxNQUFNLEtBQUssU0FBUyxJQUFJLEtBQUs7QUFBQSxFQUMzQztBQUFBLEVBRUEsV0FBbUI7QUFDakIsV0FBTyxLQUFLLE9BQU8sSUFBSTtBQUFBLEVBQ3pCO0FBQUEsRUFFQSxJQUFJLFFBQXdCO0FBQzFCLFFBQUksT0FBTztBQUNYLFdBQU8sS0FBSyxTQUFTLE9BQVEsU0FBUSxLQUFLLE9BQU8sRUFBRSxTQUFTLEVBQUUsRUFBRSxTQUFTLEdBQUcsR0FBRztBQUMvRSxXQUFPLEtBQUssTUFBTSxHQUFHLE1BQU07QUFBQSxFQUM3QjtBQUFBLEVBRUEsUUFBZ0I7QUFDZCxXQUFPLElBQUksY0FBYSxLQUFLLE9BQU8sQ0FBQztBQUFBLEVBQ3ZDO0FBQ0Y7OztBQzdEQSxJQUFNLGtCQUFrQixLQUFLLE9BQU87QUF3STdCLFNBQVMsY0FBYyxPQUFzRDtBQUNsRixRQUFNLFNBQW1CLENBQUMsT0FBTyxLQUFLLElBQUksTUFBTSxNQUFNO0FBQUEsQ0FBTSxDQUFDO0FBQzdELGFBQVcsUUFBUSxPQUFPO0FBQ3hCLFVBQU0sUUFBUSxPQUFPLFNBQVMsSUFBSSxJQUFJLE9BQU8sT0FBTyxLQUFLLE9BQU8sSUFBSSxDQUFDO0FBQ3JFLFdBQU8sS0FBSyxPQUFPLEtBQUssSUFBSSxNQUFNLE1BQU07QUFBQSxDQUFNLEdBQUcsT0FBTyxPQUFPLEtBQUssTUFBTSxDQUFDO0FBQUEsRUFDN0U7QUFDQSxTQUFPLE9BQU8sT0FBTyxNQUFNO0FBQzdCO0FBUGdCO0FBVVQsU0FBUyxZQUFZLE9BQWUsT0FBMkU7QUFDcEgsUUFBTSxVQUFVLE1BQU0sUUFBUSxRQUFRLEtBQUs7QUFDM0MsTUFBSSxVQUFVLEVBQUcsUUFBTztBQUN4QixRQUFNLE9BQU8sTUFBTSxTQUFTLFFBQVEsUUFBUSxHQUFHLE9BQU87QUFDdEQsUUFBTSxNQUFNLFVBQVU7QUFDdEIsVUFBUSxNQUFNLEtBQUssR0FBRztBQUFBLElBQ3BCLEtBQUs7QUFDSCxhQUFPLEVBQUUsT0FBTyxFQUFFLE1BQU0sVUFBVSxNQUFNLEtBQUssR0FBRyxJQUFJO0FBQUEsSUFDdEQsS0FBSztBQUNILGFBQU8sRUFBRSxPQUFPLEVBQUUsTUFBTSxTQUFTLFNBQVMsS0FBSyxHQUFHLElBQUk7QUFBQSxJQUN4RCxLQUFLO0FBQ0gsYUFBTyxFQUFFLE9BQU8sRUFBRSxNQUFNLFdBQVcsT0FBTyxPQUFPLElBQUksRUFBRSxHQUFHLElBQUk7QUFBQSxJQUNoRSxLQUFLLElBQU07QUFDVCxZQUFNLFNBQVMsT0FBTyxJQUFJO0FBQzFCLFVBQUksU0FBUyxFQUFHLFFBQU8sRUFBRSxPQUFPLEVBQUUsTUFBTSxPQUFPLEdBQUcsSUFBSTtBQUN0RCxVQUFJLE1BQU0sU0FBUyxNQUFNLFNBQVMsRUFBRyxRQUFPO0FBQzVDLGFBQU8sRUFBRSxPQUFPLEVBQUUsTUFBTSxRQUFRLE9BQU8sTUFBTSxTQUFTLEtBQUssTUFBTSxNQUFNLEVBQUUsR0FBRyxLQUFLLE1BQU0sU0FBUyxFQUFFO0FBQUEsSUFDcEc7QUFBQSxJQUNBLEtBQUs7QUFDSCxhQUFPLFlBQVksT0FBTyxLQUFLLE9BQU8sSUFBSSxDQUFDO0FBQUEsSUFDN0M7QUFDRSxZQUFNLElBQUksTUFBTSxtQkFBbUIsS0FBSyxVQUFVLE1BQU0sU0FBUyxVQUFVLE9BQU8sUUFBUSxFQUFFLENBQUMsQ0FBQyxFQUFFO0FBQUEsRUFDcEc7QUFDRjtBQXZCZ0I7QUF5QmhCLFNBQVMsWUFBWSxPQUFlLE9BQWUsUUFBNEU7QUFDN0gsTUFBSSxTQUFTLEVBQUcsUUFBTyxFQUFFLE9BQU8sRUFBRSxNQUFNLE9BQU8sR0FBRyxLQUFLLE1BQU07QUFDN0QsUUFBTSxRQUFxQixDQUFDO0FBQzVCLE1BQUksTUFBTTtBQUNWLFNBQU8sTUFBTSxTQUFTLFFBQVE7QUFDNUIsVUFBTSxVQUFVLFlBQVksT0FBTyxHQUFHO0FBQ3RDLFFBQUksWUFBWSxLQUFNLFFBQU87QUFDN0IsVUFBTSxLQUFLLFFBQVEsS0FBSztBQUN4QixVQUFNLFFBQVE7QUFBQSxFQUNoQjtBQUNBLFNBQU8sRUFBRSxPQUFPLEVBQUUsTUFBTSxTQUFTLE1BQU0sR0FBRyxJQUFJO0FBQ2hEO0FBWFM7QUFhRixTQUFTLGdCQUFnQixTQUE4QjtBQUM1RCxNQUFJLFFBQVEsU0FBUyxVQUFXLFFBQU8sR0FBRyxRQUFRLElBQUksS0FBSyxRQUFRLE1BQU07QUFDekUsU0FBTyxjQUFjLFFBQVEsS0FBSztBQUNwQztBQUhnQjtBQUtULFNBQVMsY0FBYyxPQUEwQjtBQUN0RCxVQUFRLE1BQU0sTUFBTTtBQUFBLElBQ2xCLEtBQUs7QUFDSCxhQUFPLE1BQU07QUFBQSxJQUNmLEtBQUs7QUFDSCxhQUFPLElBQUksTUFBTSxPQUFPO0FBQUEsSUFDMUIsS0FBSztBQUNILGFBQU8sT0FBTyxNQUFNLEtBQUs7QUFBQSxJQUMzQixLQUFLO0FBQ0gsYUFBTyxLQUFLLFVBQVUsTUFBTSxNQUFNLFNBQVMsQ0FBQztBQUFBLElBQzlDLEtBQUs7QUFDSCxhQUFPO0FBQUEsSUFDVCxLQUFLO0FBQ0gsYUFBTyxJQUFJLE1BQU0sTUFBTSxJQUFJLGFBQWEsRUFBRSxLQUFLLElBQUksQ0FBQztBQUFBLEVBQ3hEO0FBQ0Y7QUFmZ0I7OztBQzFMVCxJQUFNLG1CQUFOLE1BQXVCO0FBQUEsRUFYOUIsT0FXOEI7QUFBQTtBQUFBO0FBQUEsRUFDbkI7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNBLFdBQXNCLENBQUM7QUFBQSxFQUNoQyxVQUFrQixPQUFPLE1BQU0sQ0FBQztBQUFBLEVBQ2hDLGFBQXdDLDZCQUFNLFFBQU47QUFBQTtBQUFBLEVBRS9CO0FBQUEsRUFDVCxpQkFBZ0M7QUFBQSxFQUVoQyxZQUFZLFNBQWtCLFFBQWtCLE1BQWMsV0FBbUI7QUFDL0UsU0FBSyxPQUFPO0FBQ1osU0FBSyxXQUFXO0FBQ2hCLFNBQUssYUFBYTtBQUNsQixTQUFLLFNBQVMsSUFBSSxRQUFRLENBQUMsWUFBYSxLQUFLLGFBQWEsT0FBUTtBQUNsRSxTQUFLLFFBQVEsUUFBUSxLQUFLLFFBQVEsTUFBTSxVQUFVO0FBQUEsTUFDaEQsYUFBYSw2QkFBTSxLQUFLLFdBQVcsSUFBSSxHQUExQjtBQUFBLE1BQ2IsUUFBUSx3QkFBQyxVQUFVLEtBQUssTUFBTSxLQUFLLEdBQTNCO0FBQUEsTUFDUixVQUFVLDZCQUFNLEtBQUssTUFBTSxtQkFBbUIsR0FBcEM7QUFBQSxJQUNaLENBQUM7QUFDRCxZQUFRLFVBQVUsTUFBTSxXQUFXLE1BQU0sS0FBSyxXQUFXLEtBQUssQ0FBQztBQUFBLEVBQ2pFO0FBQUEsRUFFQSxJQUFJLFNBQWtCO0FBQ3BCLFdBQU8sS0FBSyxtQkFBbUI7QUFBQSxFQUNqQztBQUFBO0FBQUEsRUFHQSxLQUFLLFVBQWtFO0FBQ3JFLFFBQUksS0FBSyxtQkFBbUIsTUFBTTtBQUNoQyxZQUFNLFNBQVMsS0FBSztBQUNwQixhQUFPLFNBQVMsSUFBSSxNQUFNLFFBQVEsUUFBUSxFQUFFLE1BQU0sVUFBVSxPQUFPLENBQUMsQ0FBQztBQUFBLElBQ3ZFO0FBQ0EsVUFBTSxXQUFXLFNBQVM7QUFBQSxNQUN4QixNQUNFLElBQUksUUFBcUIsQ0FBQyxTQUFTO0FBQ2pDLGNBQU0sU0FBUyxLQUFLLFNBQVMsVUFBVTtBQUFBLFVBQU0sS0FBSztBQUFBLFVBQVksTUFDNUQsS0FBSyxNQUFNLG1CQUFtQixLQUFLLFVBQVUsS0FBSztBQUFBLFFBQ3BEO0FBQ0EsYUFBSyxTQUFTLEtBQUssRUFBRSxNQUFNLE9BQU8sQ0FBQztBQUFBLE1BQ3JDLENBQUM7QUFBQSxJQUNMO0FBQ0EsU0FBSyxNQUFNLE1BQU0sT0FBTyxPQUFPLFNBQVMsSUFBSSxDQUFDLFVBQVUsY0FBYyxLQUFLLENBQUMsQ0FBQyxDQUFDO0FBQzdFLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxNQUFNLFFBQXNCO0FBQzFCLFFBQUksS0FBSyxtQkFBbUIsS0FBTTtBQUNsQyxTQUFLLGlCQUFpQjtBQUN0QixTQUFLLFdBQVcsS0FBSztBQUNyQixTQUFLLE1BQU0sUUFBUTtBQUNuQixlQUFXLEVBQUUsTUFBTSxPQUFPLEtBQUssS0FBSyxTQUFTLE9BQU8sQ0FBQyxHQUFHO0FBQ3RELGFBQU87QUFDUCxXQUFLLEVBQUUsTUFBTSxRQUFRLE9BQU8sQ0FBQztBQUFBLElBQy9CO0FBQUEsRUFDRjtBQUFBLEVBRUEsTUFBTSxPQUFxQjtBQUN6QixTQUFLLFVBQVUsS0FBSyxRQUFRLFdBQVcsSUFBSSxRQUFRLE9BQU8sT0FBTyxDQUFDLEtBQUssU0FBUyxLQUFLLENBQUM7QUFDdEYsYUFBUyxVQUFVLFlBQVksS0FBSyxTQUFTLENBQUMsR0FBRyxZQUFZLE1BQU0sVUFBVSxZQUFZLEtBQUssU0FBUyxDQUFDLEdBQUc7QUFDekcsV0FBSyxVQUFVLEtBQUssUUFBUSxTQUFTLFFBQVEsR0FBRztBQUNoRCxZQUFNLFVBQVUsS0FBSyxTQUFTLE1BQU07QUFDcEMsVUFBSSxDQUFDLFNBQVM7QUFDWixhQUFLLE1BQU0sK0JBQStCO0FBQzFDO0FBQUEsTUFDRjtBQUNBLGNBQVEsT0FBTztBQUNmLGNBQVEsS0FBSyxFQUFFLE1BQU0sV0FBVyxPQUFPLFFBQVEsTUFBTSxDQUFDO0FBQUEsSUFDeEQ7QUFBQSxFQUNGO0FBQ0Y7OztBQ25EQSxJQUFNLGlCQUFpQjtBQUN2QixJQUFNLGNBQWM7QUFFcEIsSUFBTSxPQUFPLENBQUMsTUFBTSxJQUFJO0FBRXhCLElBQU0sYUFBYTtBQUVaLElBQU0sU0FBTixNQUFpQztBQUFBLEVBdkN4QyxPQXVDd0M7QUFBQTtBQUFBO0FBQUEsRUFDN0I7QUFBQSxFQUNBLFVBQVU7QUFBQSxFQUNWO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ1QsY0FBdUM7QUFBQSxFQUN2QyxhQUFhO0FBQUEsRUFFYixZQUFZLE9BQXFCLFFBQWdCLFNBQXlCLFFBQWdCLFdBQXlCO0FBQ2pILFNBQUssT0FBTyxVQUFVLE1BQU07QUFDNUIsU0FBSyxTQUFTO0FBQ2QsU0FBSyxVQUFVO0FBQ2YsU0FBSyxXQUFXO0FBQ2hCLFNBQUssVUFBVTtBQUNmLFNBQUssYUFBYTtBQUFBLEVBQ3BCO0FBQUEsRUFFQSxRQUFRLEtBQXVCO0FBQzdCLFFBQUk7QUFBQSxFQUNOO0FBQUEsRUFFQSxPQUFhO0FBQ1gsU0FBSyxhQUFhO0FBQUEsRUFDcEI7QUFBQSxFQUVBLE1BQU0sTUFBcUI7QUFDekIsVUFBTSxFQUFFLFVBQVUsSUFBSSxLQUFLLE9BQU87QUFDbEMsV0FBTyxDQUFDLEtBQUssWUFBWTtBQUN2QixZQUFNLFVBQVUsTUFBTSxLQUFLLFFBQVEsU0FBUyxJQUFJLElBQUksS0FBSyxTQUFTLE9BQU87QUFDekUsWUFBTSxhQUFhLE1BQU0sS0FBSyxTQUFTO0FBQ3ZDLFVBQUksV0FBWSxPQUFNLEtBQUssS0FBSyxVQUFVO0FBQUEsSUFDNUM7QUFDQSxTQUFLLGFBQWEsTUFBTSxvQkFBb0I7QUFBQSxFQUM5QztBQUFBLEVBRUEsTUFBTSxXQUE2QztBQUNqRCxRQUFJLEtBQUssYUFBYSxXQUFXLFFBQVEsS0FBSyxRQUFRLE1BQU0sRUFBRSxJQUFJLEVBQUcsUUFBTyxLQUFLO0FBQ2pGLFNBQUssYUFBYSxNQUFNLDJCQUEyQjtBQUNuRCxVQUFNLFFBQVEsS0FBSyxPQUFPLE1BQU07QUFDaEMsVUFBTSxPQUFPLE1BQU0sS0FBSyxRQUFRLE1BQU0sS0FBSyxJQUFJLEdBQUcsTUFBTSxNQUFNLENBQUMsQ0FBQztBQUNoRSxRQUFJLFNBQVMsT0FBVyxRQUFPO0FBQy9CLFVBQU0sYUFBYSxJQUFJLGlCQUFpQixLQUFLLE9BQU8sU0FBUyxNQUFNLE1BQU0sS0FBSyxTQUFTLFNBQVM7QUFDaEcsU0FBSyxjQUFjO0FBQ25CLFdBQVEsTUFBTSxXQUFXLFNBQVUsYUFBYTtBQUFBLEVBQ2xEO0FBQUEsRUFFQSxNQUFNLEtBQUssWUFBNkM7QUFDdEQsUUFBSSxLQUFLLFFBQVEsU0FBUyxJQUFJLEtBQUssU0FBUyxrQkFBa0I7QUFDNUQsWUFBTSxLQUFLLFVBQVUsVUFBVTtBQUMvQjtBQUFBLElBQ0Y7QUFDQSxVQUFNLFNBQVMsS0FBSyxRQUFRLFNBQVMsSUFBSSxLQUFLLFNBQVMsZ0JBQWdCLElBQUksS0FBSyxRQUFRLE1BQU0sQ0FBQyxJQUFJO0FBQ25HLFVBQU0sV0FBVyxNQUFNLEtBQUssRUFBRSxPQUFPLEdBQUcsTUFBTSxLQUFLLGFBQWEsQ0FBQztBQUNqRSxVQUFNLEtBQUssTUFBTSxZQUFZLFVBQVUsV0FBVztBQUFBLEVBQ3BEO0FBQUE7QUFBQSxFQUdBLE1BQU0sTUFBTSxZQUE4QixVQUEwQyxTQUFnQztBQUNsSCxVQUFNLE9BQU8sU0FBUyxJQUFJLENBQUMsVUFBVSxLQUFLLE9BQU8sRUFBRSxNQUFNLFdBQVcsTUFBTSxDQUFDLEVBQUUsS0FBSztBQUNsRixVQUFNLFdBQVcsTUFBTSxRQUFRLElBQUksV0FBVyxLQUFLLFFBQVEsRUFBRSxJQUFJLENBQUMsU0FBUyxPQUFPLFFBQVEsS0FBSyxLQUFLLEVBQUUsQ0FBQyxDQUFDLENBQUM7QUFDekcsVUFBTSxVQUFVLFNBQVMsT0FBTyxDQUFDLEdBQUcsT0FBTyxTQUFTLEVBQUUsTUFBTSxTQUFTO0FBQ3JFLFFBQUksUUFBUSxXQUFXLEtBQUssWUFBWSxLQUFLLEtBQUssV0FBWTtBQUM5RCxlQUFXLE1BQU0sU0FBUztBQUMxQixVQUFNLEtBQUssT0FBTyxRQUFRLFVBQVUsTUFBTSxrQkFBa0IsTUFBTSxLQUFLLFFBQVEsU0FBUyxFQUFFO0FBQzFGLFVBQU0sT0FBTyxNQUFNLEtBQUssU0FBUztBQUNqQyxRQUFJLEtBQU0sT0FBTSxLQUFLLE1BQU0sTUFBTSxTQUFTLFVBQVUsQ0FBQztBQUFBLEVBQ3ZEO0FBQUE7QUFBQSxFQUdBLE1BQU0sVUFBVSxZQUE2QztBQUMzRCxVQUFNLENBQUMsT0FBTyxNQUFNLElBQUk7QUFDeEIsVUFBTSxPQUFPLEtBQUssUUFBUSxNQUFNLENBQUMsTUFBTSxJQUFJLENBQUMsT0FBTyxNQUFNLElBQUksQ0FBQyxLQUFLLFFBQVEsTUFBTSxDQUFDLE1BQU0sSUFBSSxRQUFRLE1BQU07QUFDMUcsVUFBTSxVQUFvQixDQUFDO0FBQzNCLFFBQUksS0FBSyxRQUFRLE1BQU0sQ0FBQyxJQUFJLEdBQUc7QUFDN0IsWUFBTSxFQUFFLFNBQVMsT0FBQUEsT0FBTSxJQUFJLEtBQUssT0FBTyxFQUFFLE1BQU0sU0FBUyxLQUFLLENBQUM7QUFDOUQsY0FBUSxLQUFLLE9BQU87QUFDcEIsWUFBTSxVQUFVLE1BQU0sV0FBVyxLQUFLLENBQUMsQ0FBQyxTQUFTLEdBQUcsSUFBSSxDQUFDLENBQUMsRUFBRSxDQUFDLEVBQUcsS0FBS0EsTUFBSztBQUMxRSxVQUFJLFlBQVksS0FBTTtBQUN0QixZQUFNLEtBQUssTUFBTSxZQUFZLENBQUMsQ0FBQyxPQUFPLEtBQUssQ0FBQyxLQUFLLEtBQUssQ0FBQyxHQUFHLENBQUM7QUFDM0QsVUFBSSxLQUFLLFFBQVEsTUFBTSxDQUFDLE1BQU0sRUFBRyxPQUFNLEtBQUssT0FBTyxRQUFRLFVBQVUsTUFBTSxLQUFLLFFBQVEsU0FBUyxJQUFJLEdBQUc7QUFBQSxJQUMxRztBQUNBLFVBQU0sV0FBVyxLQUFLLElBQUksQ0FBQyxRQUFTLEtBQUssUUFBUSxNQUFNLENBQUMsTUFBTSxJQUFJLENBQUMsT0FBTyxLQUFLLEtBQUssV0FBVyxDQUFDLElBQUksQ0FBQyxRQUFRLEdBQUcsQ0FBRTtBQUNsSCxVQUFNLEVBQUUsTUFBTSxJQUFJLEtBQUssT0FBTyxFQUFFLE1BQU0sZUFBZSxVQUFVLFFBQVEsQ0FBQztBQUN4RSxVQUFNLFdBQVcsV0FBVyxLQUFLLENBQUMsQ0FBQyxPQUFPLEdBQUcsR0FBRyxVQUFVLENBQUMsTUFBTSxDQUFDLENBQUM7QUFDbkUsVUFBTSxPQUFPLE1BQU0sU0FBUyxHQUFHLEVBQUUsRUFBRyxLQUFLLEtBQUs7QUFDOUMsUUFBSSxTQUFTLEtBQU0sWUFBVyxNQUFNLHFDQUFxQztBQUFBLEVBQzNFO0FBQUEsRUFFQSxPQUFPLE1BQXlHO0FBQzlHLFVBQU0sT0FBTyxLQUFLLE9BQU8sUUFBUSxPQUFPLEtBQUssU0FBUyxJQUFJO0FBQzFELFVBQU0sT0FBTyxLQUFLLE9BQU8sTUFBTTtBQUMvQixVQUFNLFFBQVEsd0JBQUMsWUFBc0M7QUFDbkQsWUFBTSxPQUFPLEtBQUssT0FBTyxRQUFRLE9BQU8sTUFBTSxPQUFPO0FBQ3JELFdBQUssU0FBUyxJQUFJO0FBQ2xCLGFBQU87QUFBQSxJQUNULEdBSmM7QUFLZCxXQUFPLEVBQUUsU0FBUyxLQUFLLFNBQVMsTUFBTTtBQUFBLEVBQ3hDO0FBQUEsRUFFQSxXQUFtQjtBQUNqQixVQUFNLFNBQVMsS0FBSyxRQUFRLE1BQU0sS0FBSyxTQUFTLE9BQU8sQ0FBQztBQUN4RCxXQUFPLFdBQVcsS0FBSyxTQUFTLE9BQU8sS0FBSyxLQUFLLFFBQVEsTUFBTSxDQUFDLENBQUMsSUFBSyxJQUFJLE1BQU07QUFBQSxFQUNsRjtBQUFBLEVBRUEsZUFBeUI7QUFDdkIsVUFBTSxNQUFNLEtBQUssU0FBUztBQUMxQixRQUFJLEtBQUssUUFBUSxTQUFTLElBQUksS0FBSyxTQUFTLGNBQWUsUUFBTyxLQUFLLGNBQWMsR0FBRztBQUN4RixVQUFNLE1BQU0sS0FBSyxRQUFRLE1BQU0sRUFBRTtBQUNqQyxRQUFJLE1BQU0sRUFBRyxRQUFPLENBQUMsT0FBTyxHQUFHO0FBQy9CLFFBQUksTUFBTSxHQUFJLFFBQU8sQ0FBQyxRQUFRLEdBQUc7QUFDakMsUUFBSSxNQUFNLEdBQUksUUFBTyxDQUFDLE9BQU8sR0FBRztBQUNoQyxRQUFJLE1BQU0sR0FBSSxRQUFPLENBQUMsT0FBTyxLQUFLLEtBQUssV0FBVyxDQUFDO0FBQ25ELFdBQU8sQ0FBQyxPQUFPLEtBQUssS0FBSyxXQUFXLEdBQUcsSUFBSTtBQUFBLEVBQzdDO0FBQUEsRUFFQSxjQUFjLEtBQXVCO0FBQ25DLFVBQU0sZUFBZSxPQUFPLE1BQU0sS0FBSyxRQUFRLE1BQU0sR0FBSSxDQUFDO0FBQzFELFVBQU0sTUFBTSxLQUFLLFFBQVEsTUFBTSxDQUFDO0FBQ2hDLFFBQUksTUFBTSxFQUFHLFFBQU8sQ0FBQyxPQUFPLEtBQUssS0FBSyxXQUFXLEdBQUcsTUFBTSxZQUFZO0FBQ3RFLFFBQUksTUFBTSxFQUFHLFFBQU8sQ0FBQyxXQUFXLEtBQUssWUFBWTtBQUNqRCxRQUFJLE1BQU0sRUFBRyxRQUFPLENBQUMsV0FBVyxHQUFHO0FBQ25DLFdBQU8sQ0FBQyxPQUFPLEdBQUc7QUFBQSxFQUNwQjtBQUNGO0FBRU8sU0FBUyxhQUFhLE9BQXFCLFNBQXlCLFFBQTBCO0FBQ25HLE1BQUksU0FBUztBQUNiLFFBQU0sWUFBWSw2QkFBYyxPQUFRLFVBQVUsVUFBVyxHQUEzQztBQUNsQixRQUFNLFVBQVUsTUFBTTtBQUFBLElBQ3BCLEVBQUUsUUFBUSxRQUFRLFFBQVE7QUFBQSxJQUMxQixDQUFDLEdBQUcsV0FBVyxJQUFJLE9BQU8sT0FBTyxRQUFRLFNBQVMsT0FBTyxNQUFNLEdBQUcsU0FBUztBQUFBLEVBQzdFO0FBQ0EsU0FBTztBQUNUO0FBUmdCOzs7QUNuS2hCLFNBQVMsbUJBQW1CO0FBMERyQixJQUFNLGtCQUFOLE1BQXNCO0FBQUEsRUE5RDdCLE9BOEQ2QjtBQUFBO0FBQUE7QUFBQSxFQUNsQjtBQUFBLEVBQ0EsUUFBUSxvQkFBSSxJQUEyQjtBQUFBLEVBQ3ZDLGNBQW1DLENBQUM7QUFBQSxFQUM3QyxVQUFVO0FBQUE7QUFBQSxFQUdWLFlBQVksT0FBc0I7QUFDaEMsVUFBTSxjQUFjLFlBQVksSUFBSTtBQUNwQyxTQUFLLFNBQVMsVUFBVSxNQUFNLFlBQVksSUFBSSxJQUFJO0FBQUEsRUFDcEQ7QUFBQSxFQUVBLE9BQU8sUUFBZ0IsTUFBbUM7QUFDeEQsU0FBSyxXQUFXO0FBQ2hCLFVBQU0sT0FBTyxFQUFFLFFBQVEsTUFBTSxTQUFTLEtBQUssU0FBUyxhQUFhLEtBQUssT0FBTyxFQUFFO0FBQy9FLFNBQUssTUFBTSxJQUFJLEtBQUssU0FBUyxJQUFJO0FBQ2pDLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxPQUFPLE1BQXFCLFNBQWdDO0FBQzFELFNBQUssTUFBTSxPQUFPLEtBQUssT0FBTztBQUM5QixTQUFLLFdBQVc7QUFDaEIsU0FBSyxZQUFZLEtBQUssRUFBRSxHQUFHLE1BQU0sU0FBUyxVQUFVLEtBQUssU0FBUyxjQUFjLEtBQUssT0FBTyxFQUFFLENBQUM7QUFBQSxFQUNqRztBQUFBO0FBQUEsRUFHQSxZQUFZLFFBQXNCO0FBQ2hDLGVBQVcsUUFBUSxDQUFDLEdBQUcsS0FBSyxNQUFNLE9BQU8sQ0FBQyxFQUFHLE1BQUssT0FBTyxNQUFNLEVBQUUsTUFBTSxXQUFXLE9BQU8sQ0FBQztBQUFBLEVBQzVGO0FBQUE7QUFBQSxFQUdBLGFBQTJDO0FBQ3pDLFdBQU8sS0FBSztBQUFBLEVBQ2Q7QUFDRjtBQUdPLFNBQVMsU0FBUyxPQUE4QjtBQUNyRCxVQUFRLE1BQU0sTUFBTTtBQUFBLElBQ2xCLEtBQUs7QUFDSCxhQUFPLEVBQUUsTUFBTSxVQUFVLE1BQU0sTUFBTSxLQUFLO0FBQUEsSUFDNUMsS0FBSztBQUNILGFBQU8sRUFBRSxNQUFNLFNBQVMsU0FBUyxNQUFNLFFBQVE7QUFBQSxJQUNqRCxLQUFLO0FBQ0gsYUFBTyxFQUFFLE1BQU0sV0FBVyxPQUFPLE9BQU8sTUFBTSxLQUFLLEVBQUU7QUFBQSxJQUN2RCxLQUFLO0FBQ0gsYUFBTyxFQUFFLE1BQU0sUUFBUSxNQUFNLE9BQU8sS0FBSyxNQUFNLEtBQUssRUFBRSxTQUFTLFFBQVEsRUFBRTtBQUFBLElBQzNFLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFDSCxhQUFPLEVBQUUsTUFBTSxPQUFPO0FBQUEsSUFDeEIsS0FBSztBQUNILGFBQU8sRUFBRSxNQUFNLFNBQVMsT0FBTyxNQUFNLE1BQU0sSUFBSSxRQUFRLEVBQUU7QUFBQSxJQUMzRCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQ0gsWUFBTSxJQUFJLFdBQVcsc0NBQXNDLE1BQU0sSUFBSSxFQUFFO0FBQUEsSUFDekU7QUFDRSxhQUFPLFlBQVksS0FBSztBQUFBLEVBQzVCO0FBQ0Y7QUF4QmdCOzs7QUNyRlQsU0FBUyxxQkFDZCxZQUNBLFlBQzhCO0FBQzlCLE1BQUksT0FBTyxrQkFBa0IsWUFBWSxVQUFVO0FBQ25ELE1BQUksU0FBUyxTQUFTLElBQUk7QUFDMUIsV0FBUyxPQUFPLEtBQUssS0FBSyxPQUFPLFNBQVMsQ0FBQyxHQUFHLFFBQVEsR0FBRyxPQUFPLFNBQVMsSUFBSSxJQUFJLEtBQUssS0FBSyxPQUFPLENBQUMsR0FBRztBQUNwRyxhQUFTLFFBQVEsR0FBRyxRQUFRLE9BQU8sVUFBUztBQUMxQyxZQUFNLFFBQVEsSUFBSSxJQUFJLE9BQU8sTUFBTSxPQUFPLFFBQVEsSUFBSSxFQUFFLElBQUksQ0FBQyxFQUFFLFFBQVEsTUFBTSxPQUFPLENBQUM7QUFDckYsWUFBTSxTQUFTLFNBQVMsTUFBTSxLQUFLO0FBQ25DLFVBQUksV0FBVyxNQUFNLEdBQUc7QUFDdEIsZUFBTztBQUNQLGlCQUFTLFNBQVMsSUFBSTtBQUFBLE1BQ3hCLE1BQU8sVUFBUztBQUFBLElBQ2xCO0FBQUEsRUFDRjtBQUNBLFNBQU87QUFDVDtBQWpCZ0I7QUFtQmhCLFNBQVMsU0FBUyxZQUF3RTtBQUN4RixTQUFPLFdBQVcsT0FBTyxDQUFDLEVBQUUsUUFBUSxNQUFNLFFBQVEsU0FBUyxJQUFJLEVBQUUsS0FBSyxDQUFDLEdBQUcsTUFBTSxFQUFFLFVBQVUsRUFBRSxPQUFPO0FBQ3ZHO0FBRlM7QUFLVCxTQUFTLGtCQUFrQixZQUEwQyxZQUFzRDtBQUN6SCxRQUFNLFVBQVUsV0FBVyxJQUFJLENBQUMsRUFBRSxTQUFTLE1BQU0sUUFBUSxFQUFFLEtBQUssQ0FBQyxHQUFHLE1BQU0sSUFBSSxDQUFDO0FBQy9FLE1BQUksTUFBTTtBQUNWLE1BQUksT0FBTyxRQUFRLFNBQVM7QUFDNUIsU0FBTyxNQUFNLE1BQU07QUFDakIsVUFBTSxTQUFTLEtBQUssT0FBTyxNQUFNLFFBQVEsQ0FBQztBQUMxQyxRQUFJLFdBQVcsTUFBTSxZQUFZLFFBQVEsTUFBTSxDQUFFLENBQUMsRUFBRyxRQUFPO0FBQUEsUUFDdkQsT0FBTSxTQUFTO0FBQUEsRUFDdEI7QUFDQSxTQUFPLE1BQU0sWUFBWSxRQUFRLEdBQUcsS0FBSyxDQUFDO0FBQzVDO0FBVlM7QUFhVCxTQUFTLE1BQU0sWUFBMEMsUUFBOEM7QUFDckcsUUFBTSxRQUFRLElBQUksSUFBSSxXQUFXLE9BQU8sQ0FBQyxFQUFFLFNBQVMsTUFBTSxXQUFXLE1BQU0sRUFBRSxJQUFJLENBQUMsRUFBRSxRQUFRLE1BQU0sT0FBTyxDQUFDO0FBQzFHLFNBQU87QUFBQSxJQUNMLFdBQVcsT0FBTyxDQUFDLEVBQUUsUUFBUSxNQUFNLFdBQVcsTUFBTTtBQUFBLElBQ3BEO0FBQUEsRUFDRjtBQUNGO0FBTlM7QUFRVCxTQUFTLFNBQVMsWUFBMEMsT0FBMEQ7QUFDcEgsUUFBTSxjQUFjLHdCQUFDLEVBQUUsTUFBTSxRQUFRLE1BQWtDLEtBQUssU0FBUyxXQUFXLE1BQU0sSUFBSSxPQUFPLEdBQTdGO0FBQ3BCLFFBQU0sWUFBWSxJQUFJLElBQUksV0FBVyxPQUFPLFdBQVcsRUFBRSxJQUFJLENBQUMsRUFBRSxRQUFRLE1BQU0sT0FBTyxDQUFDO0FBQ3RGLFNBQU8sV0FDSixPQUFPLENBQUMsY0FBYyxDQUFDLFlBQVksU0FBUyxDQUFDLEVBQzdDLElBQUksQ0FBQyxjQUFjO0FBQ2xCLFVBQU0sT0FBTyxlQUFlLFVBQVUsTUFBTSxTQUFTO0FBQ3JELFFBQUksQ0FBQyxNQUFNLElBQUksVUFBVSxPQUFPLEtBQUssVUFBVSxRQUFRLFNBQVMsVUFBVyxRQUFPLEVBQUUsR0FBRyxXQUFXLEtBQUs7QUFDdkcsV0FBTyxFQUFFLEdBQUcsV0FBVyxNQUFNLFNBQVMsRUFBRSxNQUFNLFdBQVcsUUFBUSxZQUFZLEVBQUU7QUFBQSxFQUNqRixDQUFDO0FBQ0w7QUFWUztBQVlULFNBQVMsZUFBZSxNQUFvQixXQUE4QztBQUN4RixNQUFJLEtBQUssU0FBUyxpQkFBaUIsQ0FBQyxLQUFLLFFBQVEsS0FBSyxDQUFDLFVBQVUsVUFBVSxJQUFJLEtBQUssQ0FBQyxFQUFHLFFBQU87QUFDL0YsU0FBTyxFQUFFLEdBQUcsTUFBTSxTQUFTLEtBQUssUUFBUSxPQUFPLENBQUMsVUFBVSxDQUFDLFVBQVUsSUFBSSxLQUFLLENBQUMsRUFBRTtBQUNuRjtBQUhTOzs7QUNoQ0YsSUFBTSxTQUFtQixFQUFFLE9BQU8sTUFBTSxZQUFZLE9BQU8sbUJBQW1CLFVBQVUsT0FBTyxrQkFBa0I7QUFFakgsU0FBUyxhQUFhLE9BQXlCO0FBQ3BELFNBQU8sRUFBRSxPQUFPLFlBQVksT0FBTyxtQkFBbUIsVUFBVSxPQUFPLGtCQUFrQjtBQUMzRjtBQUZnQjtBQUtULElBQU0sZUFBTixNQUFtQjtBQUFBLEVBOUMxQixPQThDMEI7QUFBQTtBQUFBO0FBQUEsRUFDZjtBQUFBO0FBQUEsRUFFQTtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ1QsY0FBMkMsb0JBQUksSUFBSTtBQUFBLEVBQ25ELGFBQWdDLENBQUM7QUFBQSxFQUNqQyxvQkFBdUMsQ0FBQztBQUFBO0FBQUE7QUFBQTtBQUFBO0FBQUEsRUFNeEMsWUFBWSxNQUFvQixVQUE2QixDQUFDLEdBQUc7QUFDL0QsU0FBSyxRQUFRO0FBQ2IsU0FBSyxXQUFXO0FBQ2hCLFNBQUssWUFBWSxRQUFRLElBQUksRUFBRSxJQUFJLGNBQWM7QUFDakQsVUFBTSxRQUFRLEtBQUssU0FBUyxVQUFVLEtBQUssT0FBTyxLQUFLLFVBQVUsUUFBUSxDQUFDLEVBQUUsS0FBSyxNQUFNLElBQUk7QUFDM0YsU0FBSyxPQUFPLENBQUMsR0FBRyxvQkFBSSxJQUFJLENBQUMsR0FBRyxPQUFPLEdBQUcsT0FBTyxDQUFDLENBQUM7QUFDL0MsU0FBSyxlQUFlLEtBQUssVUFBVSxLQUFLLENBQUMsRUFBRSxhQUFhLE1BQU0sWUFBWTtBQUFBLEVBQzVFO0FBQUE7QUFBQSxFQUdBLE1BQU0sWUFBK0M7QUFDbkQsVUFBTSxTQUFTLHdCQUFDLFNBQ2QsS0FBSyxJQUFJLENBQUMsUUFBUSxRQUFRLFdBQVcsSUFBSSxHQUFHLEdBQUcsbUJBQW1CLENBQUMsR0FEdEQ7QUFFZixTQUFLLGNBQWM7QUFDbkIsU0FBSyxhQUFhLE9BQU8sS0FBSyxJQUFJO0FBQ2xDLFNBQUssb0JBQW9CLE9BQU8sS0FBSyxRQUFRO0FBQUEsRUFDL0M7QUFBQSxFQUVBLElBQUksWUFBK0I7QUFDakMsV0FBTyxLQUFLO0FBQUEsRUFDZDtBQUFBO0FBQUEsRUFHQSxJQUFJLGFBQXNCO0FBQ3hCLFdBQU8sS0FBSyxNQUFNLFNBQVMsV0FBVyxLQUFLLFVBQVUsTUFBTSxDQUFDLEVBQUUsUUFBUSxNQUFNLFlBQVksTUFBTTtBQUFBLEVBQ2hHO0FBQUE7QUFBQSxFQUdBLFFBQVEsUUFBaUM7QUFDdkMsUUFBSSxLQUFLLE1BQU0sU0FBUyxRQUFTLFFBQU87QUFDeEMsVUFBTSxVQUFVLEtBQUssTUFBTSxTQUFTLGdCQUFnQixRQUFRLE1BQU0sSUFBSSxDQUFDLE1BQU07QUFDN0UsV0FBTyxLQUFLLFVBQVUsTUFBTSxDQUFDLEVBQUUsUUFBUSxHQUFHLFVBQVUsUUFBUSxRQUFRLEtBQUssS0FBSyxJQUFJLENBQUM7QUFBQSxFQUNyRjtBQUFBO0FBQUEsRUFHQSxTQUFTLFFBQXdDO0FBQy9DLFVBQU0sV0FBVyx3QkFBQyxLQUFxQixVQUNyQyxLQUFLLFVBQVUsS0FBSyxHQUFHLGdCQUFnQixRQUFRLElBQUksU0FBUyxhQUFhLElBQUksU0FBUyxJQUFJLFlBQVksS0FEdkY7QUFFakIsUUFBSSxLQUFLLE1BQU0sU0FBUyxpQkFBaUIsT0FBTyxTQUFTLFFBQVMsUUFBTyxFQUFFLE1BQU0sU0FBUyxPQUFPLE9BQU8sTUFBTSxJQUFJLFFBQVEsRUFBRTtBQUM1SCxXQUFPLFNBQVMsUUFBUSxDQUFDO0FBQUEsRUFDM0I7QUFBQTtBQUFBLEVBR0EsUUFBUSxPQUFtQixRQUFtQztBQUM1RCxVQUFNLFVBQW9CLENBQUM7QUFDM0IsU0FBSyxnQkFBZ0IsR0FBRyxPQUFPLFFBQVEsQ0FBQyxHQUFHLENBQUMsUUFBUSxZQUFZLFFBQVEsS0FBSyxLQUFLLEtBQUssUUFBUSxRQUFRLE9BQU8sQ0FBQyxDQUFDO0FBQ2hILFdBQU87QUFBQSxFQUNUO0FBQUE7QUFBQTtBQUFBO0FBQUE7QUFBQSxFQU1BLGdCQUFnQixPQUFlLE9BQW1CLE1BQWMsU0FBNEIsT0FBcUI7QUFDL0csVUFBTSxXQUFXLEtBQUssV0FBVyxLQUFLO0FBQ3RDLFFBQUksYUFBYSxRQUFXO0FBQzFCLFlBQU0sT0FBTyxPQUFPO0FBQ3BCO0FBQUEsSUFDRjtBQUNBLFVBQU0sRUFBRSxPQUFPLFlBQVksU0FBUyxJQUFJLE1BQU0sUUFBUTtBQUN0RCxVQUFNLE9BQU8sRUFBRSxRQUFRLEtBQUssSUFBSSxLQUFLLFFBQVEsVUFBVSxHQUFHLE1BQU0sS0FBSyxLQUFLO0FBQzFFLFFBQUksVUFBVSxNQUFNO0FBQ2xCLFVBQUksS0FBSyxVQUFVLEtBQUssS0FBTSxNQUFLLGdCQUFnQixRQUFRLEdBQUcsT0FBTyxNQUFNLFNBQVMsS0FBSztBQUN6RjtBQUFBLElBQ0Y7QUFFQSxVQUFNLFNBQVMsS0FBSyxNQUFNLFNBQVMsVUFBVSxPQUFPLEVBQUUsUUFBUSxLQUFLLFFBQVEsTUFBTSxLQUFLLElBQUksS0FBSyxNQUFNLFFBQVEsRUFBRTtBQUMvRyxRQUFJLE9BQU8sVUFBVSxPQUFPLEtBQU0sTUFBSyxnQkFBZ0IsUUFBUSxHQUFHLE9BQU8sUUFBUSxTQUFTLEtBQUs7QUFFL0YsUUFBSSxlQUFlLE9BQU8scUJBQXFCLEtBQUssU0FBUyxLQUFLLFFBQVEsS0FBSyxrQkFBa0IsU0FBUyxRQUFRLEVBQUc7QUFDckgsVUFBTSxPQUFPLE1BQU0sS0FBSyxVQUFVLEVBQUUsT0FBTyxNQUFNLFlBQVksVUFBVSxXQUFXLENBQUM7QUFDbkYsU0FBSyxnQkFBZ0IsUUFBUSxHQUFHLE1BQU0sTUFBTSxDQUFDLEdBQUcsU0FBUyxRQUFRLEdBQUcsS0FBSztBQUFBLEVBQzNFO0FBQUEsRUFFQSxLQUFLLE9BQW1CLFFBQWdCLFNBQW9DO0FBQzFFLFFBQUksS0FBSyxNQUFNLFNBQVMsUUFBUyxRQUFPLEVBQUUsT0FBTyxRQUFRLElBQUksUUFBUTtBQUNyRSxVQUFNLFFBQVEsSUFBSSxNQUFNLE9BQU8sU0FBUyxRQUFRLEtBQUssV0FBVztBQUNoRSxVQUFNLFVBQVUsS0FBSyxVQUFVLElBQUksQ0FBQyxFQUFFLElBQUksTUFBTSxJQUFJLEtBQUssQ0FBQztBQUMxRCxVQUFNLFNBQXlCLEtBQUssTUFBTSxTQUFTLGdCQUFnQixFQUFFLE1BQU0sU0FBUyxPQUFPLFFBQVEsSUFBSyxRQUFRLENBQUMsS0FBSztBQUN0SCxXQUFPLEVBQUUsT0FBTyxNQUFNLE9BQU8sUUFBUSxTQUFTLE1BQU0sUUFBUTtBQUFBLEVBQzlEO0FBQ0Y7QUFJQSxTQUFTLFFBQVEsTUFBc0M7QUFDckQsVUFBUSxLQUFLLE1BQU07QUFBQSxJQUNqQixLQUFLO0FBQ0gsYUFBTyxDQUFDLEtBQUssS0FBSztBQUFBLElBQ3BCLEtBQUs7QUFDSCxhQUFPLENBQUM7QUFBQSxJQUNWLEtBQUs7QUFDSCxhQUFPLEtBQUs7QUFBQSxJQUNkO0FBQ0UsYUFBTyxZQUFZLElBQUk7QUFBQSxFQUMzQjtBQUNGO0FBWFM7QUFhVCxTQUFTLFFBQVEsUUFBbUQ7QUFDbEUsU0FBTyxPQUFPLFNBQVMsVUFBVSxPQUFPLFFBQVEsQ0FBQztBQUNuRDtBQUZTO0FBSUYsU0FBUyxhQUFhLEdBQW1CLEdBQTRCO0FBQzFFLFVBQVEsRUFBRSxNQUFNO0FBQUEsSUFDZCxLQUFLO0FBQ0gsYUFBTyxFQUFFLFNBQVMsWUFBWSxFQUFFLFNBQVMsRUFBRTtBQUFBLElBQzdDLEtBQUs7QUFDSCxhQUFPLEVBQUUsU0FBUyxXQUFXLEVBQUUsWUFBWSxFQUFFO0FBQUEsSUFDL0MsS0FBSztBQUNILGFBQU8sRUFBRSxTQUFTLGFBQWEsRUFBRSxVQUFVLEVBQUU7QUFBQSxJQUMvQyxLQUFLO0FBQ0gsYUFBTyxFQUFFLFNBQVMsVUFBVSxFQUFFLFNBQVMsRUFBRTtBQUFBLElBQzNDLEtBQUs7QUFDSCxhQUFPLEVBQUUsU0FBUztBQUFBLElBQ3BCLEtBQUs7QUFDSCxhQUNFLEVBQUUsU0FBUyxXQUNYLEVBQUUsTUFBTSxXQUFXLEVBQUUsTUFBTSxVQUMzQixFQUFFLE1BQU0sTUFBTSxDQUFDLE1BQU0sVUFBVSxhQUFhLE1BQU0sRUFBRSxNQUFNLEtBQUssQ0FBRSxDQUFDO0FBQUEsSUFFdEU7QUFDRSxhQUFPLFlBQVksQ0FBQztBQUFBLEVBQ3hCO0FBQ0Y7QUFyQmdCO0FBd0JoQixJQUFNLFFBQU4sTUFBWTtBQUFBLEVBM0xaLE9BMkxZO0FBQUE7QUFBQTtBQUFBLEVBQ1Y7QUFBQSxFQUNTO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUVULFlBQVksT0FBbUIsU0FBNEIsUUFBZ0IsWUFBeUM7QUFDbEgsU0FBSyxRQUFRO0FBQ2IsU0FBSyxVQUFVLENBQUMsR0FBRyxPQUFPO0FBQzFCLFNBQUssVUFBVTtBQUNmLFNBQUssY0FBYztBQUFBLEVBQ3JCO0FBQUEsRUFFQSxNQUFNLEtBQTRCO0FBQ2hDLFdBQU8sS0FBSyxNQUFNLEtBQUssSUFBSSxHQUFHLENBQUMsRUFBRztBQUFBLEVBQ3BDO0FBQUEsRUFFQSxZQUFZLEtBQXNCO0FBQ2hDLFVBQU0sRUFBRSxPQUFPLFNBQVMsSUFBSSxLQUFLLE1BQU0sS0FBSyxJQUFJLEdBQUcsQ0FBQztBQUNwRCxXQUFPLFVBQVUsUUFBUSxhQUFhLE9BQU87QUFBQSxFQUMvQztBQUFBO0FBQUEsRUFHQSxJQUFJLEtBQWEsT0FBZSxVQUEwQztBQUN4RSxVQUFNLFNBQVMsS0FBSyxNQUFNLEtBQUssSUFBSSxHQUFHLENBQUM7QUFDdkMsUUFBSSxPQUFPLGFBQWEsVUFBVTtBQUNoQyxZQUFNLEVBQUUsUUFBUSxLQUFLLElBQUksS0FBSztBQUM5QixXQUFLLEtBQUssS0FBSyxFQUFFLE9BQU8sWUFBWSxTQUFTLFVBQVUsVUFBVSxPQUFPLFNBQVMsQ0FBQztBQUFBLElBQ3BGLE1BQU8sTUFBSyxLQUFLLEtBQUssYUFBYSxVQUFVLE9BQU8sVUFBVSxPQUFPLEVBQUUsR0FBRyxRQUFRLE1BQU0sSUFBSSxhQUFhLEtBQUssQ0FBQztBQUFBLEVBQ2pIO0FBQUE7QUFBQSxFQUdBLE9BQU8sS0FBc0I7QUFDM0IsUUFBSSxLQUFLLE1BQU0sR0FBRyxNQUFNLEtBQU0sUUFBTztBQUNyQyxTQUFLLEtBQUssS0FBSyxNQUFNO0FBQ3JCLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxLQUFLLEtBQWEsSUFBb0I7QUFDcEMsVUFBTSxXQUFXLEtBQUssSUFBSSxHQUFHO0FBQzdCLFNBQUssUUFBUSxLQUFLLE1BQU0sS0FBSyxVQUFVLEVBQUU7QUFDekMsUUFBSSxDQUFDLEtBQUssUUFBUSxTQUFTLFFBQVEsRUFBRyxNQUFLLFFBQVEsS0FBSyxRQUFRO0FBQUEsRUFDbEU7QUFBQSxFQUVBLElBQUksS0FBcUI7QUFDdkIsV0FBTyxRQUFRLEtBQUssWUFBWSxJQUFJLEdBQUcsR0FBRyxtQkFBbUI7QUFBQSxFQUMvRDtBQUNGO0FBRUEsSUFBTSxLQUFxQixFQUFFLE1BQU0sVUFBVSxNQUFNLEtBQUs7QUFDeEQsSUFBTSxPQUF1QixFQUFFLE1BQU0sT0FBTztBQUM1QyxJQUFNLGlCQUFpQyxFQUFFLE1BQU0sU0FBUyxTQUFTLDhDQUE4QztBQUUvRyxJQUFNLFlBQTRCLEVBQUUsTUFBTSxXQUFXLE9BQU8sRUFBRTtBQUM5RCxJQUFNLGtCQUFrQixRQUFRLEVBQUU7QUFDbEMsSUFBTSxjQUFjLFFBQVEsRUFBRTtBQUU5QixTQUFTLFFBQVEsT0FBK0I7QUFDOUMsU0FBTyxFQUFFLE1BQU0sV0FBVyxNQUFNO0FBQ2xDO0FBRlM7QUFJVCxTQUFTLFlBQVksT0FBc0M7QUFDekQsU0FBTyxVQUFVLE9BQU8sT0FBTyxFQUFFLE1BQU0sUUFBUSxNQUFNLE1BQU07QUFDN0Q7QUFGUztBQWNULElBQU0sU0FBUyw2QkFBZSxNQUFmO0FBQ2YsSUFBTSxRQUFRLDZCQUFlLE9BQWY7QUFDZCxJQUFNLFlBQVksd0JBQUMsV0FBb0MsT0FBTyxTQUFTLFFBQXJEO0FBQ2xCLElBQU0sWUFBWSx3QkFBQyxXQUFvQyxPQUFPLFNBQVMsYUFBYSxPQUFPLFVBQVUsR0FBbkY7QUFDbEIsSUFBTSxlQUFlLHdCQUFDLFdBQW9DLE9BQU8sU0FBUyxTQUFyRDtBQUdyQixTQUFTLGVBQWUsT0FBdUI7QUFDN0MsUUFBTSxDQUFDLE9BQU8sSUFBSSxHQUFHLElBQUksSUFBSTtBQUM3QixNQUFJLE1BQU0sS0FBSyxDQUFDLFNBQVMsQ0FBQyxRQUFRLElBQUksQ0FBQyxFQUFHLE9BQU0sUUFBUSxPQUFPLHlCQUF5QjtBQUN4RixRQUFNLENBQUMsTUFBTSxJQUFJLFNBQVMsRUFBRSxJQUFJO0FBQ2hDLFFBQU0sVUFBVSx3QkFBQyxNQUF5QixTQUE2QixTQUFrQztBQUFBLElBQ3ZHO0FBQUEsSUFDQTtBQUFBLElBQ0E7QUFBQSxJQUNBLGNBQWM7QUFBQSxJQUNkLGFBQWE7QUFBQSxFQUNmLElBTmdCO0FBT2hCLFFBQU0sUUFBUSx3QkFBQyxZQUEyQjtBQUN4QyxRQUFJLENBQUMsUUFBUyxPQUFNLFFBQVEsT0FBTyxrQ0FBa0M7QUFBQSxFQUN2RSxHQUZjO0FBR2QsVUFBUSxNQUFNO0FBQUEsSUFDWixLQUFLO0FBQ0gsWUFBTSxLQUFLLFdBQVcsQ0FBQztBQUN2QixhQUFPLFFBQVEsQ0FBQyxHQUFHLEdBQUcsUUFBUSxDQUFDLFVBQVUsWUFBWSxNQUFNLE1BQU0sR0FBRyxDQUFDLENBQUM7QUFBQSxJQUN4RSxLQUFLO0FBQ0gsWUFBTSxLQUFLLFNBQVMsQ0FBQztBQUNyQixhQUFPLFFBQVEsTUFBTSxRQUFRLENBQUMsV0FBVyxFQUFFLE1BQU0sU0FBUyxPQUFPLEtBQUssSUFBSSxDQUFDLFNBQVMsWUFBWSxNQUFNLE1BQU0sSUFBSSxDQUFDLENBQUMsRUFBRSxFQUFFO0FBQUEsSUFDeEgsS0FBSztBQUNILFlBQU0sS0FBSyxTQUFTLENBQUM7QUFDckIsYUFBTyxRQUFRLE1BQU0sUUFBUSxDQUFDLFVBQVUsUUFBUSxLQUFLLE9BQU8sQ0FBQyxTQUFTLE1BQU0sTUFBTSxJQUFJLE1BQU0sSUFBSSxFQUFFLE1BQU0sQ0FBQztBQUFBLElBQzNHLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFDSCxZQUFNLEtBQUssV0FBVyxDQUFDO0FBQ3ZCLGFBQU8sRUFBRSxHQUFHLFFBQVEsQ0FBQyxHQUFHLEdBQUcsUUFBUSxDQUFDLFVBQVUsV0FBVyxPQUFPLEdBQUcsQ0FBQyxHQUFHLGFBQWEsS0FBSztBQUFBLElBQzNGLEtBQUs7QUFDSCxZQUFNLEtBQUssVUFBVSxDQUFDO0FBQ3RCLGFBQU8sV0FBVyxLQUFLO0FBQUEsSUFDekIsS0FBSztBQUFBLElBQ0wsS0FBSztBQUNILFlBQU0sS0FBSyxXQUFXLENBQUM7QUFDdkIsYUFBTyxRQUFRLENBQUMsR0FBRyxHQUFHLGNBQWMsQ0FBQyxVQUFVLFVBQVUsT0FBTyxLQUFLLFNBQVMsU0FBUyxJQUFJLEVBQUUsQ0FBQztBQUFBLElBQ2hHLEtBQUs7QUFBQSxJQUNMLEtBQUssVUFBVTtBQUNiLFlBQU0sS0FBSyxXQUFXLENBQUM7QUFDdkIsWUFBTSxLQUFLLFVBQVUsT0FBTyxNQUFNLEtBQUssU0FBUyxXQUFXLElBQUk7QUFDL0QsYUFBTyxRQUFRLENBQUMsR0FBRyxHQUFHLGNBQWMsQ0FBQyxVQUFVLFVBQVUsT0FBTyxLQUFLLEVBQUUsQ0FBQztBQUFBLElBQzFFO0FBQUEsSUFDQSxLQUFLO0FBQ0gsWUFBTSxLQUFLLFdBQVcsQ0FBQztBQUN2QixhQUFPLFFBQVEsQ0FBQyxHQUFHLEdBQUcsT0FBTyxDQUFDLFVBQVU7QUFDdEMsY0FBTSxRQUFRLEdBQUcsTUFBTSxNQUFNLEdBQUcsS0FBSyxFQUFFLEdBQUcsTUFBTTtBQUNoRCxjQUFNLElBQUksS0FBSyxPQUFPLE1BQU07QUFDNUIsZUFBTyxRQUFRLE1BQU0sTUFBTTtBQUFBLE1BQzdCLENBQUM7QUFBQSxJQUNILEtBQUs7QUFDSCxZQUFNLEtBQUssU0FBUyxDQUFDO0FBQ3JCLGFBQU8sUUFBUSxNQUFNLFdBQVcsQ0FBQyxVQUFVLFFBQVEsS0FBSyxPQUFPLENBQUMsU0FBUyxNQUFNLE9BQU8sSUFBSSxDQUFDLEVBQUUsTUFBTSxDQUFDO0FBQUEsSUFDdEcsS0FBSztBQUNILFlBQU0sS0FBSyxXQUFXLENBQUM7QUFDdkIsYUFBTyxRQUFRLENBQUMsR0FBRyxHQUFHLFdBQVcsQ0FBQyxVQUFVO0FBQzFDLGNBQU0sU0FBUyxNQUFNLE1BQU0sR0FBRztBQUM5QixjQUFNLE9BQU8sR0FBRztBQUNoQixlQUFPLFlBQVksTUFBTTtBQUFBLE1BQzNCLENBQUM7QUFBQSxJQUNILEtBQUs7QUFBQSxJQUNMLEtBQUssV0FBVztBQUNkLFlBQU0sS0FBSyxXQUFXLENBQUM7QUFDdkIsWUFBTSxlQUFlLFVBQVUsT0FBTyxNQUFNLEtBQUssU0FBUyxXQUFXLE1BQU87QUFDNUUsWUFBTSxNQUFzQix3QkFBQyxVQUFVLE9BQU8sT0FBTyxLQUFLLFlBQVksR0FBMUM7QUFDNUIsYUFBTyxFQUFFLEdBQUcsUUFBUSxDQUFDLEdBQUcsR0FBRyxXQUFXLEdBQUcsR0FBRyxjQUFjLGVBQWUsRUFBRTtBQUFBLElBQzdFO0FBQUEsSUFDQSxLQUFLO0FBQ0gsWUFBTSxLQUFLLFdBQVcsQ0FBQztBQUN2QixhQUFPLFFBQVEsQ0FBQyxHQUFHLEdBQUcsV0FBVyxDQUFDLFVBQVU7QUFDMUMsWUFBSSxDQUFDLE1BQU0sWUFBWSxHQUFHLEVBQUcsUUFBTyxRQUFRLENBQUM7QUFDN0MsY0FBTSxJQUFJLEtBQUssTUFBTSxNQUFNLEdBQUcsS0FBSyxJQUFJLE1BQU07QUFDN0MsZUFBTyxRQUFRLENBQUM7QUFBQSxNQUNsQixDQUFDO0FBQUEsSUFDSCxLQUFLO0FBQ0gsWUFBTSxLQUFLLFNBQVMsS0FBSyxLQUFLLFNBQVMsTUFBTSxDQUFDO0FBQzlDLGFBQU87QUFBQSxRQUNMLEtBQUssT0FBTyxDQUFDLEdBQUcsVUFBVSxRQUFRLE1BQU0sQ0FBQztBQUFBLFFBQ3pDO0FBQUEsUUFDQSxDQUFDLFVBQVU7QUFDVCxtQkFBUyxLQUFLLEdBQUcsS0FBSyxLQUFLLFFBQVEsTUFBTSxFQUFHLE9BQU0sSUFBSSxLQUFLLEVBQUUsR0FBSSxLQUFLLEtBQUssQ0FBQyxHQUFJLE1BQU07QUFDdEYsaUJBQU87QUFBQSxRQUNUO0FBQUEsTUFDRjtBQUFBLElBQ0Y7QUFDRSxZQUFNLFFBQVEsT0FBTywwQkFBMEI7QUFBQSxFQUNuRDtBQUNGO0FBckZTO0FBdUZULFNBQVMsV0FBVyxPQUF1QjtBQUN6QyxRQUFNLENBQUMsRUFBRSxNQUFNLElBQUksUUFBUSxJQUFJLEdBQUcsT0FBTyxJQUFJO0FBQzdDLE1BQUksWUFBZ0M7QUFDcEMsTUFBSSxXQUFxQztBQUN6QyxNQUFJLGdCQUFnQjtBQUNwQixXQUFTLEtBQUssR0FBRyxLQUFLLFFBQVEsUUFBUSxNQUFNLEdBQUc7QUFDN0MsVUFBTSxTQUFTLFFBQVEsRUFBRTtBQUN6QixRQUFJLFdBQVcsUUFBUSxXQUFXLEtBQU0sYUFBWTtBQUFBLGFBQzNDLFdBQVcsTUFBTyxpQkFBZ0I7QUFBQSxhQUNsQyxXQUFXLFVBQVcsWUFBVztBQUFBLGFBQ2pDLFdBQVcsUUFBUSxXQUFXLE1BQU07QUFDM0MsWUFBTTtBQUNOLGlCQUFXLFVBQVUsT0FBTyxRQUFRLEVBQUUsS0FBSyxFQUFFLEtBQUssV0FBVyxPQUFPLE1BQU87QUFDM0UsVUFBSSxZQUFZLEVBQUcsT0FBTSxRQUFRLE9BQU8sa0NBQWtDO0FBQUEsSUFDNUUsTUFBTyxPQUFNLFFBQVEsT0FBTyxzQkFBc0IsTUFBTSxFQUFFO0FBQUEsRUFDNUQ7QUFDQSxRQUFNLFVBQVUsd0JBQUMsV0FBb0M7QUFDbkQsUUFBSSxjQUFjLEtBQU0sUUFBTztBQUMvQixXQUFPLGdCQUFpQixPQUFPLFNBQVMsWUFBYSxjQUFjLFFBQVEsT0FBTyxTQUFTO0FBQUEsRUFDN0YsR0FIZ0I7QUFJaEIsUUFBTSxNQUFNLHdCQUFDLFVBQWlDO0FBQzVDLFVBQU0sU0FBUyxNQUFNLE1BQU0sR0FBRztBQUM5QixVQUFNLE9BQU8sY0FBYyxRQUFTLGNBQWMsVUFBVyxXQUFXO0FBQ3hFLFFBQUksS0FBTSxPQUFNLElBQUksS0FBSyxPQUFPLFFBQVE7QUFDeEMsUUFBSSxjQUFlLFFBQU8sWUFBWSxNQUFNO0FBQzVDLFdBQU8sT0FBTyxLQUFLO0FBQUEsRUFDckIsR0FOWTtBQU9aLFNBQU8sRUFBRSxNQUFNLENBQUMsR0FBRyxHQUFHLFNBQVMsS0FBSyxjQUFjLE9BQU8sYUFBYSxVQUFVLGFBQWEsTUFBTTtBQUNyRztBQTVCUztBQThCVCxTQUFTLFdBQVcsT0FBYyxLQUE2QjtBQUM3RCxNQUFJLE1BQU0sTUFBTSxHQUFHLE1BQU0sS0FBTSxRQUFPO0FBQ3RDLFNBQU8sTUFBTSxZQUFZLEdBQUcsSUFBSSxZQUFZO0FBQzlDO0FBSFM7QUFNVCxJQUFNLFVBQVU7QUFFaEIsU0FBUyxVQUFVLE9BQWMsS0FBYSxJQUE0QjtBQUN4RSxRQUFNLFNBQVMsTUFBTSxNQUFNLEdBQUcsS0FBSztBQUNuQyxNQUFJLENBQUMsUUFBUSxLQUFLLE1BQU0sRUFBRyxRQUFPO0FBQ2xDLFFBQU0sTUFBTSxPQUFPLE1BQU0sSUFBSTtBQUM3QixNQUFJLENBQUMsT0FBTyxjQUFjLEdBQUcsRUFBRyxPQUFNLElBQUksV0FBVyxnQ0FBZ0MsTUFBTSxNQUFNLEVBQUUsRUFBRTtBQUNyRyxRQUFNLElBQUksS0FBSyxPQUFPLEdBQUcsR0FBRyxNQUFNO0FBQ2xDLFNBQU8sUUFBUSxHQUFHO0FBQ3BCO0FBUFM7QUFVVCxTQUFTLE9BQU8sT0FBYyxLQUFhLGNBQXNDO0FBQy9FLFFBQU0sUUFBUSxNQUFNLE1BQU0sR0FBRztBQUM3QixNQUFJLFVBQVUsS0FBTSxRQUFPLFFBQVEsQ0FBQztBQUNwQyxNQUFJLGVBQWUsRUFBRyxPQUFNLElBQUksS0FBSyxPQUFPLFlBQVk7QUFBQSxNQUNuRCxPQUFNLE9BQU8sR0FBRztBQUNyQixTQUFPLFFBQVEsQ0FBQztBQUNsQjtBQU5TO0FBUVQsU0FBUyxVQUFVLE9BQWMsTUFBc0I7QUFDckQsTUFBSSxDQUFDLFFBQVEsS0FBSyxJQUFJLEtBQUssQ0FBQyxPQUFPLGNBQWMsT0FBTyxJQUFJLENBQUMsRUFBRyxPQUFNLFFBQVEsT0FBTyxHQUFHLEtBQUssVUFBVSxJQUFJLENBQUMsZ0JBQWdCO0FBQzVILFNBQU8sT0FBTyxJQUFJO0FBQ3BCO0FBSFM7QUFLVCxTQUFTLFFBQVEsTUFBdUI7QUFDdEMsV0FBUyxLQUFLLEdBQUcsS0FBSyxLQUFLLFFBQVEsTUFBTSxFQUFHLEtBQUksS0FBSyxXQUFXLEVBQUUsSUFBSSxJQUFLLFFBQU87QUFDbEYsU0FBTztBQUNUO0FBSFM7QUFLVCxTQUFTLFFBQVEsT0FBYyxLQUF5QjtBQUN0RCxTQUFPLElBQUksV0FBVywyQkFBMkIsTUFBTSxLQUFLLEdBQUcsQ0FBQyxLQUFLLEdBQUcsRUFBRTtBQUM1RTtBQUZTOzs7QUNyWEYsU0FBUyxhQUFhLFlBQTBDLFNBQTZDO0FBQ2xILFFBQU0sZUFBZSxJQUFJLElBQUksV0FBVyxJQUFJLENBQUMsY0FBYyxDQUFDLFVBQVUsU0FBUyxTQUFTLENBQUMsQ0FBQztBQUMxRixRQUFNLFlBQVksZUFBZSxZQUFZLFlBQVk7QUFDekQsUUFBTSxRQUFRLElBQUksYUFBYTtBQUMvQixhQUFXLEVBQUUsS0FBSyxLQUFLLFVBQVcsT0FBTSxLQUFLLEtBQUssSUFBSTtBQUN0RCxRQUFNLFFBQVEsb0JBQUksSUFBeUI7QUFDM0MsYUFBVyxRQUFRLFdBQVc7QUFFNUIsVUFBTSxPQUFPLE1BQU0sT0FBTyxLQUFLLEtBQUssS0FBSyxDQUFDLEtBQUssRUFBRTtBQUNqRCxVQUFNLE9BQU8sTUFBTSxJQUFJLElBQUk7QUFDM0IsUUFBSSxTQUFTLE9BQVcsT0FBTSxJQUFJLE1BQU0sQ0FBQyxJQUFJLENBQUM7QUFBQSxRQUN6QyxNQUFLLEtBQUssSUFBSTtBQUFBLEVBQ3JCO0FBQ0EsU0FBTyxDQUFDLEdBQUcsTUFBTSxPQUFPLENBQUMsRUFBRSxJQUFJLENBQUMsU0FBUyxZQUFZLE1BQU0sY0FBYyxPQUFPLENBQUM7QUFDbkY7QUFkZ0I7QUF1QmhCLFNBQVMsVUFBVSxFQUFFLEtBQUssR0FBc0IsY0FBMEQ7QUFDeEcsTUFBSSxLQUFLLFNBQVMsY0FBZSxRQUFPLENBQUM7QUFDekMsU0FBTyxLQUFLLFFBQVEsSUFBSSxDQUFDLFlBQVk7QUFDbkMsVUFBTSxRQUFRLFFBQVEsYUFBYSxJQUFJLE9BQU8sR0FBRyxvREFBb0Q7QUFDckcsUUFBSSxNQUFNLEtBQUssU0FBUyxRQUFTLE9BQU0sSUFBSSxXQUFXLHVCQUF1QixPQUFPLGNBQWM7QUFDbEcsV0FBTztBQUFBLEVBQ1QsQ0FBQztBQUNIO0FBUFM7QUFTVCxTQUFTLGVBQWUsWUFBMEMsY0FBa0Q7QUFDbEgsUUFBTSxVQUFVLG9CQUFJLElBQVk7QUFDaEMsUUFBTSxZQUF5QixDQUFDO0FBQ2hDLGFBQVcsYUFBYSxZQUFZO0FBQ2xDLFVBQU0sRUFBRSxNQUFNLFFBQVEsSUFBSTtBQUMxQixRQUFJLFFBQVEsU0FBUyxhQUFhLEtBQUssU0FBUyxRQUFTO0FBQ3pELFVBQU0sWUFBWSxLQUFLLFNBQVMsaUJBQWlCLFFBQVEsU0FBUyxRQUFRLFFBQVEsT0FBTyxTQUFTO0FBQ2xHLFVBQU0sVUFBVSxVQUFVLFdBQVcsWUFBWTtBQUNqRCxVQUFNLGFBQWEsUUFBUSxTQUFTLGFBQWEsUUFBUSxLQUFLLENBQUMsVUFBVSxNQUFNLFFBQVEsU0FBUyxTQUFTO0FBQ3pHLFFBQUksYUFBYSxXQUFZO0FBQzdCLFVBQU0sT0FBTyxRQUFRLFFBQVEsQ0FBQyxVQUFXLE1BQU0sS0FBSyxTQUFTLFVBQVUsTUFBTSxLQUFLLE9BQU8sQ0FBQyxDQUFFO0FBQzVGLFVBQU0sV0FBVyxJQUFJLGFBQWEsTUFBTSxJQUFJO0FBQzVDLFFBQUksUUFBUSxTQUFTLGFBQWEsU0FBUyxXQUFZO0FBQ3ZELGNBQVUsS0FBSyxFQUFFLFdBQVcsTUFBTSxTQUFTLENBQUM7QUFDNUMsZUFBVyxTQUFTLFNBQVM7QUFDM0IsVUFBSSxRQUFRLElBQUksTUFBTSxPQUFPLEtBQUssTUFBTSxRQUFRLFNBQVMsS0FBTTtBQUMvRCxjQUFRLElBQUksTUFBTSxPQUFPO0FBQ3pCLGdCQUFVLEtBQUssRUFBRSxXQUFXLE9BQU8sTUFBTSxJQUFJLGFBQWEsTUFBTSxJQUFJLEVBQUUsQ0FBQztBQUFBLElBQ3pFO0FBQUEsRUFDRjtBQUNBLFNBQU8sVUFBVSxLQUFLLENBQUMsR0FBRyxNQUFNLEVBQUUsVUFBVSxVQUFVLEVBQUUsVUFBVSxPQUFPO0FBQzNFO0FBckJTO0FBdUJULFNBQVMsWUFBWSxNQUE0QixjQUE0QixTQUFrQztBQUM3RyxRQUFNLE9BQU8sQ0FBQyxHQUFHLElBQUksSUFBSSxLQUFLLFFBQVEsQ0FBQyxFQUFFLEtBQUssTUFBTSxLQUFLLElBQUksQ0FBQyxDQUFDO0FBQy9ELFFBQU0sYUFBYSxJQUFJLElBQUksS0FBSyxJQUFJLENBQUMsS0FBSyxhQUFhLENBQUMsS0FBSyxRQUFRLENBQUMsQ0FBQztBQUN2RSxhQUFXLEVBQUUsS0FBSyxLQUFLLEtBQU0sTUFBSyxNQUFNLFVBQVU7QUFDbEQsUUFBTSxTQUFTLHdCQUFDLFNBQ2QsS0FBSyxPQUFPLENBQUMsRUFBRSxVQUFVLE1BQU0sVUFBVSxRQUFRLFNBQVMsSUFBSSxHQURqRDtBQUVmLFFBQU0sUUFBUSxPQUFPLElBQUk7QUFDekIsUUFBTSxVQUFVLElBQUksSUFBSSxNQUFNLElBQUksQ0FBQyxFQUFFLFVBQVUsR0FBRyxVQUFVLENBQUMsVUFBVSxTQUFTLEVBQUUsT0FBTyxNQUFNLE1BQU0sS0FBSyxFQUFHLEtBQUssQ0FBQyxDQUFDLENBQUM7QUFDckgsUUFBTSxVQUFVLHdCQUFDLGNBQTBEO0FBQ3pFLFVBQU0sUUFBUSxVQUFVLFdBQVcsWUFBWTtBQUMvQyxRQUFJLE1BQU0sS0FBSyxDQUFDLEVBQUUsUUFBUSxNQUFNLFFBQVEsU0FBUyxTQUFTLEVBQUcsUUFBTztBQUNwRSxXQUFPLE1BQU0sUUFBUSxDQUFDLEVBQUUsUUFBUSxNQUFNO0FBQ3BDLFlBQU0sS0FBSyxRQUFRLElBQUksT0FBTztBQUM5QixhQUFPLE9BQU8sU0FBWSxDQUFDLElBQUksQ0FBQyxFQUFFLE9BQU8sR0FBRyxPQUFPLFdBQVcsR0FBRyxLQUFLLFVBQVUsQ0FBQztBQUFBLElBQ25GLENBQUM7QUFBQSxFQUNILEdBUGdCO0FBUWhCLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxPQUFPLEtBQUssSUFBSSxDQUFDLEVBQUUsVUFBVSxNQUFNLFNBQVM7QUFBQSxJQUM1QyxTQUFTLEtBQUssSUFBSSxDQUFDLFFBQVE7QUFDekIsWUFBTSxRQUFRLFFBQVEsU0FBUyxJQUFJLEdBQUc7QUFDdEMsYUFBTyxVQUFVLFNBQVksU0FBUyxhQUFhLEtBQUs7QUFBQSxJQUMxRCxDQUFDO0FBQUEsSUFDRCxPQUFPLE1BQU0sSUFBSSxDQUFDLEVBQUUsV0FBVyxLQUFLLE1BQU07QUFDeEMsWUFBTSxTQUF5QixVQUFVLFFBQVEsU0FBUyxPQUFPLFVBQVUsUUFBUSxTQUFTLEVBQUUsTUFBTSxPQUFPO0FBQzNHLFlBQU0sVUFBVSxLQUFLLFFBQVEsTUFBTTtBQUNuQyxhQUFPO0FBQUEsUUFDTDtBQUFBLFFBQ0E7QUFBQSxRQUNBLFFBQVEsU0FBUyxXQUFXLE1BQU0sT0FBTztBQUFBLFFBQ3pDLFFBQVEsS0FBSyxTQUFTLE1BQU07QUFBQSxRQUM1QjtBQUFBLFFBQ0EsU0FBUyxRQUFRLFNBQVM7QUFBQSxNQUM1QjtBQUFBLElBQ0YsQ0FBQztBQUFBLElBQ0QsU0FBUztBQUFBLE1BQ1AsT0FBTyxTQUFTLEVBQUUsSUFBSSxDQUFDLEVBQUUsV0FBVyxLQUFLLE9BQU87QUFBQSxRQUM5QztBQUFBLFFBQ0E7QUFBQSxRQUNBLFFBQVEsU0FBUyxXQUFXLE1BQU0sT0FBTztBQUFBLFFBQ3pDLFNBQVMsUUFBUSxTQUFTLEtBQUssQ0FBQztBQUFBLE1BQ2xDLEVBQUU7QUFBQSxJQUNKO0FBQUEsRUFDRjtBQUNGO0FBNUNTO0FBK0NULElBQU0sY0FBYztBQUVwQixTQUFTLFNBQ1AsRUFBRSxTQUFTLGFBQWEsY0FBYyxLQUFLLEdBQzNDLFVBQ0EsRUFBRSxlQUFlLEdBQ1Q7QUFDUixNQUFJLFNBQVMsZ0JBQWdCLG1CQUFtQjtBQUM5QyxVQUFNLElBQUksV0FBVyxHQUFHLEtBQUssVUFBVSxJQUFJLENBQUMsMkRBQTJEO0FBQ3pHLFFBQU0sV0FBVyxrQkFBa0IsS0FBSztBQUN4QyxTQUFPLEVBQUUsUUFBUSxjQUFjLFNBQVMsTUFBTSxRQUFRLFNBQVMsT0FBTyxlQUFlLFVBQVUsT0FBTyxrQkFBa0I7QUFDMUg7QUFUUztBQVdULFNBQVMsVUFBVSxPQUE0RTtBQUM3RixRQUFNLFFBQVEsb0JBQUksSUFBb0I7QUFDdEMsU0FBTyxNQUFNLElBQUksQ0FBQyxNQUFNLFVBQVU7QUFFaEMsUUFBSSxLQUFLLEtBQUssZ0JBQWdCLEtBQUssUUFBUSxTQUFTLEVBQUcsUUFBTyxFQUFFLEdBQUcsTUFBTSxhQUFhLEdBQUc7QUFDekYsVUFBTSxPQUFPLEtBQUssVUFBVSxLQUFLLFVBQVUsSUFBSTtBQUMvQyxVQUFNLGNBQWMsTUFBTSxJQUFJLElBQUksS0FBSztBQUN2QyxVQUFNLElBQUksTUFBTSxLQUFLO0FBQ3JCLFdBQU8sRUFBRSxHQUFHLE1BQU0sWUFBWTtBQUFBLEVBQ2hDLENBQUM7QUFDSDtBQVZTO0FBWVQsSUFBTSxlQUFOLE1BQW1CO0FBQUEsRUFoTG5CLE9BZ0xtQjtBQUFBO0FBQUE7QUFBQSxFQUNSLFdBQVcsb0JBQUksSUFBb0I7QUFBQSxFQUU1QyxLQUFLLE1BQStCO0FBQ2xDLFVBQU0sQ0FBQyxPQUFPLEdBQUcsTUFBTSxJQUFJLEtBQUssSUFBSSxDQUFDLFFBQVEsS0FBSyxPQUFPLEdBQUcsQ0FBQztBQUM3RCxRQUFJLFVBQVUsT0FBVyxZQUFXLFNBQVMsT0FBUSxNQUFLLFNBQVMsSUFBSSxLQUFLLE9BQU8sS0FBSyxHQUFHLEtBQUssT0FBTyxLQUFLLENBQUM7QUFBQSxFQUMvRztBQUFBLEVBRUEsT0FBTyxLQUFxQjtBQUMxQixRQUFJLE9BQU87QUFDWCxhQUFTLFNBQVMsS0FBSyxTQUFTLElBQUksSUFBSSxHQUFHLFdBQVcsVUFBYSxXQUFXLE1BQU0sU0FBUyxLQUFLLFNBQVMsSUFBSSxJQUFJO0FBQ2pILGFBQU87QUFDVCxRQUFJLFNBQVMsSUFBSyxNQUFLLFNBQVMsSUFBSSxLQUFLLElBQUk7QUFDN0MsV0FBTztBQUFBLEVBQ1Q7QUFDRjs7O0FDcEpPLFNBQVMsWUFBWSxXQUFzQixtQkFBa0M7QUFDbEYsU0FBTyxJQUFJLE9BQU8sV0FBVyxpQkFBaUIsRUFBRSxJQUFJO0FBQ3REO0FBRmdCO0FBSWhCLElBQU0sU0FBTixNQUFhO0FBQUEsRUEvQ2IsT0ErQ2E7QUFBQTtBQUFBO0FBQUEsRUFDRjtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQSxTQUFTLElBQUksV0FBVztBQUFBLEVBQ3hCO0FBQUEsRUFDQSxRQUFRLG9CQUFJLElBQXNCO0FBQUEsRUFDbEM7QUFBQSxFQUNULGtCQUFrQjtBQUFBLEVBRWxCLFlBQVksRUFBRSxNQUFNLFNBQVMsT0FBTyxTQUFBQyxTQUFRLEdBQWMsbUJBQTJCO0FBQ25GLFNBQUssU0FBUztBQUNkLFNBQUssV0FBV0E7QUFDaEIsU0FBSyxxQkFBcUI7QUFDMUIsU0FBSyxVQUFVLFNBQVMsS0FBSyxRQUFRLE9BQU9BLFFBQU87QUFDbkQsU0FBSyxTQUFTLEVBQUUsT0FBTyxLQUFLLE9BQU8sU0FBUyxPQUFPLEdBQUcsTUFBTSxHQUFHLE9BQU8sQ0FBQyxHQUFHLFVBQVUsR0FBRztBQUFBLEVBQ3pGO0FBQUEsRUFFQSxNQUFhO0FBRVgsVUFBTSxRQUFxRSxDQUFDLEVBQUUsSUFBSSxLQUFLLFFBQVEsU0FBUyxNQUFNLENBQUM7QUFDL0csYUFBUyxPQUFPLE1BQU0sSUFBSSxHQUFHLFNBQVMsUUFBVyxPQUFPLE1BQU0sSUFBSSxHQUFHO0FBQ25FLFlBQU0sRUFBRSxJQUFJLFFBQVEsSUFBSTtBQUN4QixVQUFJLFNBQVM7QUFDWCxtQkFBV0MsT0FBTSxLQUFLLFVBQVUsRUFBRSxFQUFHLE9BQU0sS0FBSyxFQUFFLElBQUlBLEtBQUksU0FBUyxNQUFNLENBQUM7QUFDMUU7QUFBQSxNQUNGO0FBQ0EsVUFBSSxHQUFHLFNBQVMsS0FBSyxPQUFPLE9BQVEsUUFBTyxFQUFFLE1BQU0sU0FBUyxnQkFBZ0IsS0FBSyxnQkFBZ0I7QUFDakcsVUFBSSxLQUFLLFNBQVMsRUFBRSxFQUFHO0FBQ3ZCLFVBQUksS0FBSyxtQkFBbUIsS0FBSyxtQkFBb0IsUUFBTyxFQUFFLE1BQU0sV0FBVyxnQkFBZ0IsS0FBSyxnQkFBZ0I7QUFDcEgsV0FBSyxtQkFBbUI7QUFDeEIsWUFBTSxFQUFFLFdBQVcsR0FBRyxJQUFJLEtBQUssU0FBUyxFQUFFO0FBQzFDLFVBQUksQ0FBQyxhQUFhLEtBQUssU0FBUyxTQUFTLEVBQUcsT0FBTSxLQUFLLEVBQUUsSUFBSSxTQUFTLEtBQUssQ0FBQztBQUM1RSxpQkFBVyxRQUFRLEdBQUksT0FBTSxLQUFLLEVBQUUsSUFBSSxNQUFNLFNBQVMsTUFBTSxDQUFDO0FBQUEsSUFDaEU7QUFDQSxXQUFPLEVBQUUsTUFBTSxZQUFZLGdCQUFnQixLQUFLLGdCQUFnQjtBQUFBLEVBQ2xFO0FBQUEsRUFFQSxTQUFTLEVBQUUsT0FBTyxNQUFNLE9BQU8sU0FBUyxHQUEyQjtBQUNqRSxVQUFNLE9BQU8sR0FBRyxJQUFJLElBQUksTUFBTSxLQUFLLENBQUMsSUFBSSxLQUFLLE9BQU8sR0FBRyxLQUFLLENBQUM7QUFDN0QsVUFBTSxPQUFPLEtBQUssTUFBTSxJQUFJLElBQUk7QUFDaEMsUUFBSSxTQUFTLFFBQVc7QUFDdEIsV0FBSyxNQUFNLElBQUksTUFBTSxDQUFDLFFBQVEsQ0FBQztBQUMvQixhQUFPO0FBQUEsSUFDVDtBQUNBLFFBQUksS0FBSyxLQUFLLENBQUMsV0FBVyxRQUFRLGNBQWMsS0FBSyxFQUFHLFFBQU87QUFDL0QsU0FBSyxLQUFLLFFBQVE7QUFDbEIsV0FBTztBQUFBLEVBQ1Q7QUFBQTtBQUFBLEVBR0EsU0FBUyxNQUE2RjtBQUNwRyxVQUFNLEtBQWtFLENBQUM7QUFDekUsZUFBVyxTQUFTLEtBQUssWUFBWSxJQUFJLEVBQUUsWUFBWTtBQUNyRCxZQUFNLEVBQUUsU0FBUyxVQUFVLElBQUksS0FBSyxPQUFPLEtBQUs7QUFDaEQsaUJBQVcsVUFBVSxLQUFLLGdCQUFnQixNQUFNLEtBQUssR0FBRztBQUN0RCxjQUFNLEtBQUssRUFBRSxHQUFHLE1BQU0sTUFBTSxLQUFLLEdBQUcsR0FBRyxPQUFPO0FBQzlDLFlBQUksV0FBVyxPQUFPLFVBQVUsS0FBSyxNQUFPLFFBQU8sRUFBRSxXQUFXLE1BQU0sSUFBSSxDQUFDLEVBQUUsRUFBRTtBQUMvRSxXQUFHLEtBQUssRUFBRSxVQUFVLFVBQVUsVUFBVSxHQUFHLENBQUM7QUFBQSxNQUM5QztBQUFBLElBQ0Y7QUFDQSxPQUFHLEtBQUssQ0FBQyxHQUFHLE1BQU0sRUFBRSxXQUFXLEVBQUUsUUFBUTtBQUN6QyxXQUFPLEVBQUUsV0FBVyxPQUFPLElBQUksR0FBRyxJQUFJLENBQUMsRUFBRSxHQUFHLE1BQU0sRUFBRSxFQUFFO0FBQUEsRUFDeEQ7QUFBQTtBQUFBLEVBR0EsVUFBVSxNQUErQztBQUN2RCxVQUFNLEVBQUUsWUFBWSxRQUFRLElBQUksS0FBSyxZQUFZLElBQUk7QUFDckQsV0FBTyxXQUFXLFFBQVEsQ0FBQyxVQUFVLEtBQUssVUFBVSxNQUFNLE9BQU8sT0FBTyxDQUFDLEVBQUUsUUFBUTtBQUFBLEVBQ3JGO0FBQUE7QUFBQSxFQUdBLFVBQVUsTUFBcUIsT0FBZSxTQUEyQztBQUN2RixVQUFNLFFBQXlCLENBQUM7QUFDaEMsVUFBTSxXQUFXLEtBQUssVUFBVSxNQUFNLE9BQU8sT0FBTztBQUNwRCxRQUFJLFNBQVMsV0FBVyxFQUFHLFFBQU87QUFDbEMsVUFBTSxPQUFPLG9CQUFJLElBQVk7QUFDN0IsUUFBSSxTQUEyQixDQUFDLEVBQUUsT0FBTyxLQUFLLE9BQU8sVUFBVSxLQUFLLFVBQVUsTUFBTSxLQUFLLENBQUM7QUFDMUYsV0FBTyxPQUFPLFNBQVMsS0FBSyxLQUFLLGtCQUFrQixLQUFLLG9CQUFvQjtBQUMxRSxZQUFNLFNBQWtCLENBQUM7QUFDekIsaUJBQVcsU0FBUyxRQUFRO0FBQzFCLFlBQUksTUFBTSxTQUFTLEtBQU0sT0FBTSxLQUFLLEdBQUcsS0FBSyxRQUFRLE1BQU0sT0FBTyxNQUFNLE1BQU0sS0FBSyxDQUFDO0FBQ25GLG1CQUFXLFFBQVEsVUFBVTtBQUMzQixxQkFBVyxNQUFNLEtBQUssVUFBVSxNQUFNLE9BQU8sSUFBSSxHQUFHO0FBQ2xELGtCQUFNLE9BQU8sR0FBRyxHQUFHLFFBQVEsSUFBSSxJQUFJLElBQUksS0FBSyxPQUFPLEdBQUcsR0FBRyxLQUFLLENBQUM7QUFDL0QsZ0JBQUksS0FBSyxJQUFJLElBQUksRUFBRztBQUNwQixpQkFBSyxJQUFJLElBQUk7QUFDYixpQkFBSyxtQkFBbUI7QUFDeEIsbUJBQU8sS0FBSyxFQUFFO0FBQUEsVUFDaEI7QUFBQSxRQUNGO0FBQUEsTUFDRjtBQUNBLGVBQVM7QUFBQSxJQUNYO0FBQ0EsV0FBTztBQUFBLEVBQ1Q7QUFBQTtBQUFBLEVBR0EsVUFBVSxNQUFxQixPQUFlLFNBQW9DO0FBQ2hGLFVBQU0sT0FBaUIsQ0FBQztBQUN4QixlQUFXLENBQUMsSUFBSSxFQUFFLFVBQVUsQ0FBQyxLQUFLLEtBQUssU0FBUyxRQUFRLEdBQUc7QUFDekQsVUFBSSxVQUFVLFVBQVUsUUFBUztBQUNqQyxVQUFJLENBQUMsSUFBSSxLQUFLLFVBQVUsRUFBRSxFQUFHLE1BQUssS0FBSyxFQUFFO0FBQUEsSUFDM0M7QUFDQSxVQUFNLFVBQVUsSUFBSSxJQUFJLEtBQUssT0FBTyxLQUFLLEVBQUcsS0FBSyxTQUFTO0FBQzFELFVBQU0sV0FBVyxvQkFBSSxJQUFZO0FBQ2pDLGFBQVMsT0FBTyxNQUFNLFFBQU87QUFDM0IsYUFBTztBQUNQLGlCQUFXLE1BQU0sTUFBTTtBQUNyQixjQUFNLEVBQUUsVUFBVSxJQUFJLEtBQUssU0FBUyxFQUFFLEVBQUc7QUFDekMsWUFBSSxTQUFTLElBQUksRUFBRSxLQUFLLENBQUMsVUFBVSxLQUFLLENBQUMsYUFBYSxRQUFRLElBQUksUUFBUSxDQUFDLEVBQUc7QUFDOUUsaUJBQVMsSUFBSSxFQUFFO0FBQ2YsbUJBQVcsWUFBWSxVQUFXLFNBQVEsSUFBSSxRQUFRO0FBQ3RELGVBQU87QUFBQSxNQUNUO0FBQUEsSUFDRjtBQUNBLFdBQU8sQ0FBQyxHQUFHLFFBQVEsRUFBRSxLQUFLLENBQUMsR0FBRyxNQUFNLElBQUksQ0FBQztBQUFBLEVBQzNDO0FBQUEsRUFFQSxVQUFVLE1BQXFCLE9BQWMsTUFBZ0M7QUFDM0UsVUFBTSxFQUFFLEtBQUssSUFBSTtBQUNqQixVQUFNLEVBQUUsWUFBWSxJQUFJLEtBQUssU0FBUyxJQUFJO0FBQzFDLFFBQUksSUFBSSxNQUFNLFVBQVUsSUFBSSxLQUFNLGVBQWUsS0FBSyxDQUFDLElBQUksTUFBTSxVQUFVLFdBQVcsRUFBSSxRQUFPLENBQUM7QUFDbEcsV0FBTyxLQUFLLGtCQUFrQixFQUFFLEdBQUcsTUFBTSxHQUFHLE1BQU0sR0FBRyxJQUFJLEVBQUUsUUFBUSxDQUFDLEVBQUUsT0FBTyxTQUFTLE1BQU07QUFDMUYsVUFBSSxVQUFVLE1BQU0sTUFBTyxRQUFPLENBQUM7QUFDbkMsVUFBSSxTQUFTLE1BQU07QUFDakIsY0FBTSxVQUFVLEtBQUssa0JBQWtCLEVBQUUsR0FBRyxNQUFNLE9BQU8sS0FBSyxRQUFRLFVBQVUsS0FBSyxlQUFlLEdBQUcsSUFBSTtBQUMzRyxjQUFNLFVBQVUsT0FBTyxLQUFLLFNBQVMsS0FBSyxXQUFXLE1BQU0sS0FBSyxPQUFPLFNBQVMsRUFBRSxPQUFPLFNBQVMsQ0FBQztBQUNuRyxZQUFJLFdBQVcsV0FBVyxTQUFTLEVBQUUsT0FBTyxTQUFTLENBQUMsRUFBRyxRQUFPLENBQUM7QUFBQSxNQUNuRTtBQUNBLGFBQU8sQ0FBQyxFQUFFLE9BQU8sVUFBVSxNQUFNLEVBQUUsT0FBTyxNQUFNLFFBQVEsTUFBTSxPQUFPLGdCQUFnQixNQUFNLFNBQVMsRUFBRSxDQUFDO0FBQUEsSUFDekcsQ0FBQztBQUFBLEVBQ0g7QUFBQTtBQUFBLEVBR0EsUUFBUSxNQUFxQixPQUFjLE1BQThCLE9BQXlDO0FBQ2hILFVBQU0sVUFBVSxLQUFLLGdCQUFnQixFQUFFLEdBQUcsTUFBTSxPQUFPLEtBQUssUUFBUSxVQUFVLEtBQUssZUFBZSxHQUFHLEtBQUs7QUFDMUcsV0FBTyxLQUFLLGdCQUFnQixFQUFFLEdBQUcsTUFBTSxHQUFHLE1BQU0sR0FBRyxLQUFLLEVBQUUsUUFBUSxDQUFDLFdBQVc7QUFDNUUsVUFBSSxXQUFXLFNBQVMsTUFBTSxLQUFLLEtBQUssV0FBVyxNQUFNLE1BQU0sS0FBSyxHQUFHLEtBQUssT0FBTyxTQUFTLE1BQU0sRUFBRyxRQUFPLENBQUM7QUFDN0csYUFBTyxDQUFDLEVBQUUsR0FBRyxNQUFNLE1BQU0sS0FBSyxHQUFHLEdBQUcsT0FBTyxDQUFDO0FBQUEsSUFDOUMsQ0FBQztBQUFBLEVBQ0g7QUFBQTtBQUFBLEVBR0EsV0FBVyxNQUFxQkQsVUFBaUIsT0FBd0IsTUFBcUI7QUFDNUYsV0FBTyxNQUFNLEtBQUssQ0FBQyxTQUFTLFdBQVcsS0FBSyxrQkFBa0IsRUFBRSxHQUFHLE1BQU0sR0FBRyxLQUFLLEdBQUdBLFFBQU8sR0FBRyxJQUFJLENBQUM7QUFBQSxFQUNyRztBQUFBLEVBRUEsZ0JBQWdCLE1BQXFCLE9BQWdDO0FBQ25FLFVBQU0sRUFBRSxNQUFNLFFBQVEsUUFBUSxRQUFRLElBQUksS0FBSyxPQUFPLEtBQUs7QUFDM0QsUUFBSSxZQUFZLFFBQVEsQ0FBQyxRQUFRLE1BQU0sQ0FBQyxFQUFFLE1BQU0sTUFBTSxRQUFRLE1BQU0sS0FBSyxDQUFDLEVBQUcsUUFBTyxDQUFDO0FBQ3JGLFdBQU8sS0FBSyxRQUFRLEtBQUssT0FBTyxNQUFNLEVBQUUsUUFBUSxDQUFDLFdBQVc7QUFDMUQsVUFBSSxDQUFDLGFBQWEsT0FBTyxRQUFRLE1BQU0sRUFBRyxRQUFPLENBQUM7QUFDbEQsYUFBTyxLQUFLLFNBQVMsTUFBTSxRQUFRLEVBQUUsTUFBTSxTQUFTLE1BQU0sQ0FBQztBQUFBLElBQzdELENBQUM7QUFBQSxFQUNIO0FBQUEsRUFFQSxrQkFBa0IsTUFBcUIsT0FBZ0M7QUFDckUsVUFBTSxFQUFFLE1BQU0sUUFBUSxRQUFRLElBQUksS0FBSyxTQUFTLEtBQUs7QUFDckQsUUFBSSxJQUFJLEtBQUssVUFBVSxLQUFLLEtBQUssQ0FBQyxRQUFRLE1BQU0sQ0FBQyxFQUFFLE1BQU0sTUFBTSxRQUFRLE1BQU0sS0FBSyxDQUFDLEVBQUcsUUFBTyxDQUFDO0FBQzlGLFVBQU0sU0FBUyxFQUFFLEdBQUcsTUFBTSxVQUFVLEtBQUssV0FBWSxNQUFNLE9BQU8sS0FBSyxFQUFHO0FBQzFFLFdBQU8sS0FBSyxRQUFRLEtBQUssT0FBTyxNQUFNLEVBQUUsUUFBUSxDQUFDLFdBQVcsS0FBSyxTQUFTLFFBQVEsUUFBUSxFQUFFLE1BQU0sV0FBVyxNQUFNLENBQUMsQ0FBQztBQUFBLEVBQ3ZIO0FBQUE7QUFBQSxFQUdBLFNBQVMsTUFBcUIsRUFBRSxPQUFPLFFBQVEsR0FBVyxJQUE2QjtBQUNyRixRQUFJLFdBQVcsS0FBSztBQUNwQixlQUFXLFlBQVksU0FBUztBQUM5QixpQkFBVyxFQUFFLE9BQU8sS0FBSyxLQUFLLEtBQUssUUFBUSxRQUFRLEdBQUk7QUFDckQsWUFBSSxDQUFDLFFBQVEsTUFBTSxLQUFLLEtBQU0sS0FBSyxTQUFTLEdBQUcsUUFBUSxLQUFLLFVBQVUsR0FBRyxNQUFRO0FBQ2pGLFlBQUksS0FBSyxTQUFTLFVBQVcsYUFBWSxNQUFNLE9BQU8sS0FBSyxLQUFLO0FBQUEsaUJBQ3ZELENBQUMsUUFBUSxNQUFNLEtBQUssS0FBSyxFQUFHLFFBQU8sQ0FBQztBQUFBLE1BQy9DO0FBQUEsSUFDRjtBQUNBLFdBQU8sQ0FBQyxFQUFFLE9BQU8sS0FBSyxPQUFPLFNBQVMsS0FBSyxHQUFHLFNBQVMsQ0FBQztBQUFBLEVBQzFEO0FBQUE7QUFBQSxFQUdBLFlBQVksTUFBMkY7QUFDckcsVUFBTSxhQUF1QixDQUFDO0FBQzlCLFFBQUksVUFBVSxPQUFPO0FBQ3JCLGFBQVMsUUFBUSxLQUFLLE1BQU0sUUFBUSxLQUFLLE9BQU8sUUFBUSxTQUFTLEdBQUc7QUFDbEUsWUFBTSxFQUFFLFNBQVMsU0FBUyxJQUFJLEtBQUssT0FBTyxLQUFLLEVBQUc7QUFDbEQsVUFBSSxVQUFVLFFBQVM7QUFDdkIsVUFBSSxLQUFLLE1BQU0sU0FBUyxLQUFLLEVBQUc7QUFDaEMsaUJBQVcsS0FBSyxLQUFLO0FBQ3JCLGdCQUFVLEtBQUssSUFBSSxTQUFTLFFBQVE7QUFBQSxJQUN0QztBQUNBLFdBQU8sRUFBRSxZQUFZLFFBQVE7QUFBQSxFQUMvQjtBQUNGO0FBUUEsU0FBUyxXQUFXLE9BQXdCLE1BQXFCO0FBQy9ELFNBQU8sTUFBTSxLQUFLLENBQUMsRUFBRSxPQUFPLFNBQVMsTUFBTSxVQUFVLEtBQUssVUFBVSxXQUFXLEtBQUssY0FBYyxRQUFRO0FBQzVHO0FBRlM7QUFlVCxTQUFTLFNBQVMsTUFBYyxPQUE2QkEsVUFBZ0U7QUFDM0gsUUFBTSxTQUFTLE1BQU0sS0FBSyxFQUFFLFFBQVEsS0FBSyxHQUFHLE1BQWUsQ0FBQyxDQUFDO0FBQzdELFFBQU0sTUFBTSx3QkFBQyxTQUEyQixTQUF1QjtBQUM3RCxlQUFXLEVBQUUsT0FBTyxVQUFVLEtBQUssUUFBUyxZQUFXLFlBQVksVUFBVyxRQUFPLFFBQVEsRUFBRyxLQUFLLEVBQUUsT0FBTyxLQUFLLENBQUM7QUFBQSxFQUN0SCxHQUZZO0FBR1osYUFBVyxDQUFDLE9BQU8sRUFBRSxRQUFRLENBQUMsS0FBSyxNQUFNLFFBQVEsRUFBRyxLQUFJLFdBQVcsQ0FBQyxHQUFHLEVBQUUsTUFBTSxTQUFTLE1BQU0sQ0FBQztBQUMvRixhQUFXLENBQUMsT0FBTyxFQUFFLFFBQVEsQ0FBQyxLQUFLQSxTQUFRLFFBQVEsRUFBRyxLQUFJLFNBQVMsRUFBRSxNQUFNLFdBQVcsTUFBTSxDQUFDO0FBQzdGLFNBQU87QUFDVDtBQVJTO0FBV1QsSUFBTSxhQUFOLE1BQWlCO0FBQUEsRUEvUWpCLE9BK1FpQjtBQUFBO0FBQUE7QUFBQSxFQUNOLGFBQWEsb0JBQUksSUFBK0Q7QUFBQSxFQUNoRixVQUFVLG9CQUFJLFFBQTBCO0FBQUEsRUFDeEMsVUFBVSxvQkFBSSxJQUF3QjtBQUFBLEVBQ3RDLFNBQVMsb0JBQUksUUFBNEI7QUFBQSxFQUVsRCxHQUFHLE9BQTJCO0FBQzVCLFVBQU0sUUFBUSxLQUFLLE9BQU8sSUFBSSxLQUFLO0FBQ25DLFFBQUksVUFBVSxPQUFXLFFBQU87QUFDaEMsVUFBTSxPQUFPLE1BQU0sSUFBSSxDQUFDLFFBQVEsS0FBSyxPQUFPLEdBQUcsQ0FBQyxFQUFFLEtBQUs7QUFDdkQsU0FBSyxPQUFPLElBQUksT0FBTyxJQUFJO0FBQzNCLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxTQUFTLE9BQStCO0FBQ3RDLFVBQU0sT0FBTyxLQUFLLEdBQUcsS0FBSztBQUMxQixVQUFNLE9BQU8sS0FBSyxRQUFRLElBQUksSUFBSTtBQUNsQyxRQUFJLFNBQVMsT0FBVyxRQUFPO0FBQy9CLFNBQUssUUFBUSxJQUFJLE1BQU0sS0FBSztBQUM1QixXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsT0FBTyxLQUF1QjtBQUM1QixVQUFNLFFBQVEsS0FBSyxRQUFRLElBQUksR0FBRztBQUNsQyxRQUFJLFVBQVUsT0FBVyxRQUFPO0FBQ2hDLFVBQU0sT0FBTyxHQUFHLElBQUksVUFBVSxJQUFJLElBQUksUUFBUSxJQUFJLElBQUksVUFBVSxPQUFPLEtBQUssSUFBSSxJQUFJLEtBQUssRUFBRTtBQUMzRixVQUFNLEtBQUssS0FBSyxXQUFXLElBQUksSUFBSSxHQUFHLE1BQU0sS0FBSyxXQUFXO0FBQzVELFFBQUksT0FBTyxLQUFLLFdBQVcsS0FBTSxNQUFLLFdBQVcsSUFBSSxNQUFNLEVBQUUsSUFBSSxPQUFPLElBQUksQ0FBQztBQUM3RSxTQUFLLFFBQVEsSUFBSSxLQUFLLEVBQUU7QUFDeEIsV0FBTztBQUFBLEVBQ1Q7QUFDRjtBQUVBLFNBQVMsSUFBSSxVQUFrQixPQUF3QjtBQUNyRCxVQUFTLFlBQVksT0FBTyxLQUFLLElBQUssUUFBUTtBQUNoRDtBQUZTO0FBSVQsU0FBUyxRQUFRLEVBQUUsTUFBTSxNQUFNLEdBQWtCLE9BQXdCO0FBQ3ZFLFNBQU8sUUFBUSxRQUFRLE1BQU0sU0FBUyxLQUFLO0FBQzdDO0FBRlM7QUFJVCxTQUFTLE1BQU0sTUFBcUIsT0FBOEI7QUFDaEUsUUFBTSxRQUFRLENBQUMsR0FBRyxLQUFLLE9BQU8sS0FBSyxFQUFFLEtBQUssQ0FBQyxHQUFHLE1BQU0sSUFBSSxDQUFDO0FBQ3pELE1BQUksT0FBTyxLQUFLO0FBQ2hCLFNBQU8sTUFBTSxDQUFDLE1BQU0sTUFBTTtBQUN4QixVQUFNLE1BQU07QUFDWixZQUFRO0FBQUEsRUFDVjtBQUNBLFNBQU8sRUFBRSxHQUFHLE1BQU0sTUFBTSxNQUFNO0FBQ2hDO0FBUlM7OztBQzNTRixJQUFNLHFCQUFxQjtBQXlCM0IsU0FBUyxrQkFBa0IsWUFBMEMsVUFBd0IsQ0FBQyxHQUFZO0FBQy9HLFFBQU0sb0JBQW9CLFFBQVEscUJBQXFCO0FBQ3ZELE1BQUksaUJBQWlCO0FBQ3JCLGFBQVcsYUFBYSxhQUFhLFlBQVksT0FBTyxHQUFHO0FBQ3pELFVBQU0sUUFBUSxZQUFZLFdBQVcsaUJBQWlCO0FBQ3RELHNCQUFrQixNQUFNO0FBQ3hCLFFBQUksTUFBTSxTQUFTLFVBQVcsUUFBTyxPQUFPLFdBQVcsTUFBTSxjQUFjO0FBQzNFLFFBQUksTUFBTSxTQUFTLFdBQVksUUFBTyxhQUFhLFdBQVcsWUFBWSxPQUFPO0FBQUEsRUFDbkY7QUFDQSxTQUFPLEVBQUUsTUFBTSxnQkFBZ0IsWUFBWSxXQUFXLFFBQVEsZUFBZTtBQUMvRTtBQVZnQjtBQVloQixTQUFTLE9BQU8sRUFBRSxLQUFLLEdBQWMsZ0JBQWlDO0FBQ3BFLFFBQU0sY0FBYyxjQUFjLEtBQUssS0FBSyxJQUFJLENBQUMsVUFBVSxjQUFjO0FBQ3pFLFNBQU8sRUFBRSxNQUFNLFdBQVcsTUFBTSxnQkFBZ0IsWUFBWTtBQUM5RDtBQUhTO0FBTVQsSUFBTSx1QkFBdUIsSUFBSTtBQUVqQyxTQUFTLGFBQWEsRUFBRSxNQUFNLE1BQU0sR0FBYyxZQUEwQyxTQUFnQztBQUMxSCxRQUFNLHFCQUFxQixRQUFRLHFCQUFxQixzQkFBc0I7QUFDOUUsUUFBTSxhQUFhLHdCQUFDLFNBQ2xCLGFBQWEsTUFBTSxPQUFPLEVBQUUsS0FBSyxDQUFDLGNBQWMsWUFBWSxXQUFXLGlCQUFpQixFQUFFLFNBQVMsVUFBVSxHQUQ1RjtBQUVuQixRQUFNLFlBQVksSUFBSSxJQUFJLE1BQU0sSUFBSSxDQUFDLEVBQUUsUUFBUSxNQUFNLE9BQU8sQ0FBQztBQUU3RCxRQUFNLFlBQVk7QUFBQSxJQUNoQixXQUFXLE9BQU8sQ0FBQyxFQUFFLFNBQVMsS0FBSyxNQUFNLFVBQVUsSUFBSSxPQUFPLEtBQUssS0FBSyxTQUFTLE9BQU87QUFBQSxJQUN4RjtBQUFBLEVBQ0Y7QUFDQSxRQUFNLGNBQWM7QUFBQSxJQUNsQiw0QkFBNEIsS0FBSyxLQUFLLElBQUksQ0FBQztBQUFBLElBQzNDLEdBQUcsVUFBVSxJQUFJLGlCQUFpQjtBQUFBLEVBQ3BDLEVBQUUsS0FBSyxNQUFNO0FBQ2IsU0FBTyxFQUFFLE1BQU0sb0JBQW9CLE1BQU0sV0FBVyxZQUFZO0FBQ2xFO0FBZlM7QUFrQkYsU0FBUyxrQkFBa0IsRUFBRSxRQUFRLE1BQU0sU0FBUyxhQUFhLGFBQWEsR0FBOEI7QUFDakgsUUFBTSxTQUFTLFFBQVEsU0FBUyxPQUFPLGVBQWUsUUFBUSxNQUFNLElBQUksR0FBRyxRQUFRLElBQUksS0FBSyxRQUFRLE1BQU07QUFDMUcsU0FBTyxVQUFVLE1BQU0sS0FBSyxhQUFhLElBQUksQ0FBQyxPQUFPLE1BQU0sS0FBSyxZQUFZLFFBQVEsQ0FBQyxDQUFDLEtBQUssYUFBYSxRQUFRLENBQUMsQ0FBQztBQUNwSDtBQUhnQjtBQUtoQixTQUFTLGFBQWEsTUFBNEI7QUFDaEQsVUFBUSxLQUFLLE1BQU07QUFBQSxJQUNqQixLQUFLO0FBQ0gsYUFBTyxLQUFLLE1BQU0sS0FBSyxHQUFHO0FBQUEsSUFDNUIsS0FBSztBQUNILGFBQU8sU0FBUyxLQUFLLEtBQUssS0FBSyxHQUFHLENBQUM7QUFBQSxJQUNyQyxLQUFLO0FBQ0gsYUFBTyxVQUFVLEtBQUssU0FBUyxJQUFJLENBQUMsVUFBVSxNQUFNLEtBQUssR0FBRyxDQUFDLEVBQUUsS0FBSyxJQUFJLENBQUM7QUFBQSxJQUMzRTtBQUNFLGFBQU8sWUFBWSxJQUFJO0FBQUEsRUFDM0I7QUFDRjtBQVhTO0FBYVQsU0FBUyxlQUFlLFFBQWdDO0FBQ3RELFVBQVEsT0FBTyxNQUFNO0FBQUEsSUFDbkIsS0FBSztBQUNILGFBQU8sT0FBTztBQUFBLElBQ2hCLEtBQUs7QUFDSCxhQUFPLElBQUksT0FBTyxPQUFPO0FBQUEsSUFDM0IsS0FBSztBQUNILGFBQU8sT0FBTyxPQUFPLEtBQUs7QUFBQSxJQUM1QixLQUFLO0FBQ0gsYUFBTyxLQUFLLFVBQVUsT0FBTyxJQUFJO0FBQUEsSUFDbkMsS0FBSztBQUNILGFBQU87QUFBQSxJQUNULEtBQUs7QUFDSCxhQUFPLElBQUksT0FBTyxNQUFNLElBQUksY0FBYyxFQUFFLEtBQUssSUFBSSxDQUFDO0FBQUEsSUFDeEQ7QUFDRSxhQUFPLFlBQVksTUFBTTtBQUFBLEVBQzdCO0FBQ0Y7QUFqQlM7OztBQ25GVCxJQUFNLGdCQUFnQjtBQUN0QixJQUFNLGtCQUFrQjtBQUVqQixJQUFNLFVBQU4sTUFBYztBQUFBLEVBZHJCLE9BY3FCO0FBQUE7QUFBQTtBQUFBLEVBQ1Y7QUFBQSxFQUVULFlBQVksV0FBc0I7QUFDaEMsU0FBSyxZQUFZLElBQUksZ0JBQWdCLE1BQU0sVUFBVSxLQUFLO0FBQUEsRUFDNUQ7QUFBQSxFQUVBLE9BQU8sUUFBZ0IsTUFBbUM7QUFDeEQsV0FBTyxLQUFLLFVBQVUsT0FBTyxRQUFRLElBQUk7QUFBQSxFQUMzQztBQUFBLEVBRUEsT0FBTyxNQUFxQixTQUFtQztBQUM3RCxVQUFNLFdBQVcsVUFBVSxPQUFPO0FBQ2xDLFNBQUssVUFBVSxPQUFPLE1BQU0sUUFBUTtBQUNwQyxXQUFPLFNBQVM7QUFBQSxFQUNsQjtBQUFBO0FBQUEsRUFHQSxjQUFvQjtBQUNsQixTQUFLLFVBQVUsWUFBWSxpQkFBaUI7QUFBQSxFQUM5QztBQUFBLEVBRUEsTUFBTSxNQUEyQjtBQUMvQixXQUFPLEtBQUssVUFBVSxXQUFXLEVBQUUsT0FBTyxDQUFDLEVBQUUsUUFBUSxNQUFNLFFBQVEsU0FBUyxJQUFJLEVBQUU7QUFBQSxFQUNwRjtBQUFBO0FBQUEsRUFHQSxNQUFNLGdCQUF1QztBQUMzQyxVQUFNLFVBQVUsa0JBQWtCLEtBQUssVUFBVSxXQUFXLEdBQUcsRUFBRSxlQUFlLENBQUM7QUFDakYsV0FBTyxRQUFRLFNBQVMsaUJBQWlCLE9BQU8sa0JBQWtCLFFBQVEsSUFBSSxLQUFLLFFBQVEsV0FBVztBQUFBLEVBQ3hHO0FBQ0Y7QUFHQSxTQUFTLFVBQVUsU0FBdUM7QUFDeEQsUUFBTSxTQUFTLGdCQUFnQixPQUFPO0FBQ3RDLE1BQUksUUFBUSxTQUFTLFNBQVUsUUFBTyxFQUFFLE1BQU0sV0FBVyxPQUFPO0FBQ2hFLE1BQUksUUFBUSxTQUFTLE9BQVEsUUFBTyxFQUFFLE1BQU0sV0FBVyxPQUFPO0FBQzlELFFBQU0sRUFBRSxNQUFNLElBQUk7QUFDbEIsTUFBSSxNQUFNLFNBQVMsV0FBVyxjQUFjLEtBQUssTUFBTSxPQUFPLEVBQUcsUUFBTyxFQUFFLE1BQU0sV0FBVyxPQUFPO0FBQ2xHLE1BQUksTUFBTSxTQUFTLFdBQVcsZ0JBQWdCLEtBQUssTUFBTSxPQUFPLEVBQUcsUUFBTyxFQUFFLE1BQU0sV0FBVyxPQUFPO0FBQ3BHLFNBQU8sRUFBRSxNQUFNLE1BQU0sUUFBUSxTQUFTLEtBQUssRUFBRTtBQUMvQztBQVJTOzs7QUMxQ1QsU0FBUyxhQUFhOzs7QUNnQ2YsSUFBTSxZQUFOLGNBQXdCLE1BQU07QUFBQSxFQXRDckMsT0FzQ3FDO0FBQUE7QUFBQTtBQUFBLEVBQ2pCLE9BQU87QUFBQSxFQUNoQjtBQUFBLEVBRVQsWUFBWSxNQUFjLFNBQWlCLFNBQXdCO0FBQ2pFLFVBQU0sU0FBUyxPQUFPO0FBQ3RCLFNBQUssT0FBTztBQUFBLEVBQ2Q7QUFDRjs7O0FEbENPLElBQU0sa0JBQWtCO0FBaUQvQixJQUFNLFdBQU4sTUFBZTtBQUFBLEVBN0RmLE9BNkRlO0FBQUE7QUFBQTtBQUFBLEVBQ0osT0FBTztBQUFBO0FBQUEsRUFFaEIsVUFBVTtBQUFBLEVBQ1Y7QUFBQSxFQUNBO0FBQUEsRUFDQSxXQUE0QixDQUFDO0FBQUEsRUFFN0IsWUFBWSxTQUFpQixVQUFVLFNBQVM7QUFDOUMsU0FBSyxVQUFVLE9BQU8sS0FBSyxPQUFPO0FBQ2xDLFNBQUssVUFBVSxPQUFPLEtBQUssT0FBTztBQUFBLEVBQ3BDO0FBQ0Y7QUFFQSxJQUFNLGFBQU4sTUFBaUI7QUFBQSxFQTNFakIsT0EyRWlCO0FBQUE7QUFBQTtBQUFBLEVBQ04sT0FBTztBQUFBLEVBQ1AsVUFBVSxvQkFBSSxJQUFrQjtBQUFBLEVBQ2hDLFVBQVUsb0JBQUksSUFBa0I7QUFDM0M7QUFlQSxJQUFNLFdBQVcsNkJBQXFCLElBQUksUUFBUSxDQUFDLFlBQVksYUFBYSxPQUFPLENBQUMsR0FBbkU7QUFHakIsSUFBTSxRQUFRLDZCQUFzQixJQUFJLFFBQVEsTUFBTSxNQUFTLEdBQWpEO0FBWVAsSUFBTSxnQkFBTixNQUFNLGVBQThCO0FBQUEsRUE3RzNDLE9BNkcyQztBQUFBO0FBQUE7QUFBQSxFQUNoQztBQUFBLEVBQ0E7QUFBQSxFQUNULGNBQWM7QUFBQSxFQUNkLFdBQVcsT0FBTztBQUFBLEVBQ2xCLFVBQVU7QUFBQSxFQUNWLFlBQXdCLDZCQUFNLFFBQU47QUFBQTtBQUFBLEVBRWY7QUFBQSxFQUVULFlBQVksVUFBZ0MsQ0FBQyxHQUFHLFFBQWUsRUFBRSxNQUFNLElBQUksV0FBVyxHQUFHLFNBQVMsQ0FBQyxFQUFFLEdBQUc7QUFDdEcsU0FBSyxXQUFXO0FBQ2hCLFNBQUssU0FBUztBQUNkLFNBQUssVUFBVSxJQUFJLFFBQVEsQ0FBQyxZQUFhLEtBQUssWUFBWSxPQUFRO0FBQUEsRUFDcEU7QUFBQSxFQUVBLE9BQU8sTUFBYyxTQUF3QjtBQUMzQyxXQUFPLEtBQUssU0FBUyxRQUFRLE1BQU0sT0FBTyxLQUFLLElBQUksVUFBVSxNQUFNLE9BQU87QUFBQSxFQUM1RTtBQUFBLEVBRUEsSUFBSSxhQUFxQjtBQUN2QixXQUFPLEtBQUs7QUFBQSxFQUNkO0FBQUE7QUFBQSxFQUdBLFFBQVEsaUJBQStCO0FBQ3JDLFNBQUssV0FBVztBQUFBLEVBQ2xCO0FBQUEsRUFFQSxTQUFlO0FBQ2IsU0FBSyxVQUFVO0FBQ2YsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQSxFQUVBLFdBQVcsUUFBZ0IsT0FBa0IsVUFBVSxVQUFnQyxDQUFDLEdBQWtCO0FBQ3hHLFdBQU8sSUFBSSxlQUFjLFNBQVMsTUFBTSxLQUFLLFFBQVEsTUFBTSxRQUFRLElBQUksR0FBRyxNQUFNLFFBQVEsSUFBSSxDQUFDLENBQUM7QUFBQSxFQUNoRztBQUFBO0FBQUE7QUFBQTtBQUFBO0FBQUEsRUFNQSxDQUFDLGNBQWMsU0FBOEMsVUFBZ0MsQ0FBQyxHQUEyQjtBQUN2SCxlQUFXLFNBQVMsUUFBUSxLQUFLLE9BQU8sUUFBUSxNQUFNLEdBQUc7QUFDdkQsVUFBSSxRQUFRO0FBQ1osWUFBTSxLQUFLLFFBQVEsU0FBUyxLQUFLLEdBQUcsTUFBTTtBQUN4QyxpQkFBUztBQUNULGVBQU87QUFBQSxNQUNULENBQUM7QUFDRCxpQkFBVyxTQUFTLFFBQVEsS0FBSyxHQUFHO0FBQ2xDLGNBQU0sT0FBTyxJQUFJLGVBQWMsU0FBUyxNQUFNLEtBQUssUUFBUSxTQUFTLEtBQUssR0FBRyxTQUFTLEtBQUssQ0FBQyxDQUFDO0FBQzVGLGNBQU0sRUFBRSxPQUFPLE9BQU8sS0FBSztBQUFBLE1BQzdCO0FBQUEsSUFDRjtBQUFBLEVBQ0Y7QUFBQSxFQUVBLEtBQUssVUFBZ0MsQ0FBQyxHQUFrQjtBQUN0RCxXQUFPLElBQUksZUFBYyxTQUFTLFdBQVcsS0FBSyxNQUFNLENBQUM7QUFBQSxFQUMzRDtBQUFBO0FBQUEsRUFHQSxhQUFhLFFBQStCO0FBQzFDLFFBQUksT0FBeUIsS0FBSyxPQUFPO0FBQ3pDLGVBQVcsUUFBUSxPQUFPLE1BQU0sR0FBRyxFQUFFLE9BQU8sQ0FBQyxTQUFTLFNBQVMsRUFBRSxHQUFHO0FBQ2xFLGFBQU8sTUFBTSxTQUFTLFdBQVcsS0FBSyxRQUFRLElBQUksSUFBSSxJQUFJO0FBQUEsSUFDNUQ7QUFDQSxRQUFJLE1BQU0sU0FBUyxTQUFVLFFBQU8sQ0FBQztBQUNyQyxVQUFNLFFBQXVCLENBQUM7QUFDOUIsZUFBVyxDQUFDLE1BQU0sS0FBSyxLQUFLLEtBQUssU0FBUztBQUN4QyxVQUFJLE1BQU0sU0FBUyxPQUFRLE9BQU0sS0FBSyxFQUFFLE1BQU0sTUFBTSxPQUFPLFNBQVMsTUFBTSxTQUFTLE9BQU8sTUFBTSxRQUFRLENBQUM7QUFBQSxJQUMzRztBQUNBLFdBQU8sTUFBTSxLQUFLLENBQUMsTUFBTSxVQUFXLEtBQUssT0FBTyxNQUFNLE9BQU8sS0FBSyxDQUFFO0FBQUEsRUFDdEU7QUFBQSxFQUVBLElBQUksWUFBb0I7QUFDdEIsV0FBTyxLQUFLLFdBQVc7QUFBQSxFQUN6QjtBQUFBO0FBQUEsRUFHQSxRQUFRLE1BQWMsTUFBYyxLQUFtQjtBQUNyRCxVQUFNLE9BQU8sS0FBSyxNQUFNLElBQUk7QUFDNUIsU0FBSyxXQUFXO0FBQ2hCLGVBQVcsU0FBUyxvQkFBSSxJQUFJLENBQUMsS0FBSyxTQUFTLEtBQUssT0FBTyxDQUFDLEVBQUcsT0FBTSxXQUFXLE1BQU0sVUFBVSxJQUFJLElBQUssS0FBSyxLQUFNLElBQUk7QUFBQSxFQUN0SDtBQUFBO0FBQUEsRUFHQSxVQUFVLE1BQWMsUUFBZ0IsT0FBd0I7QUFDOUQsVUFBTSxPQUFPLEtBQUssTUFBTSxJQUFJO0FBQzVCLFVBQU0sVUFBVSxDQUFDLEtBQUssUUFBUSxTQUFTLFFBQVEsU0FBUyxNQUFNLE1BQU0sRUFBRSxPQUFPLEtBQUs7QUFDbEYsU0FBSyxVQUFVLFVBQVUsS0FBSyxTQUFTLFFBQVEsS0FBSztBQUNwRCxTQUFLLFVBQVUsVUFBVSxLQUFLLFNBQVMsUUFBUSxLQUFLO0FBQ3BELFdBQU87QUFBQSxFQUNUO0FBQUE7QUFBQSxFQUdBLFFBQVEsTUFBYyxRQUFzQjtBQUMxQyxVQUFNLE9BQU8sS0FBSyxNQUFNLElBQUk7QUFDNUIsU0FBSyxVQUFVLE9BQU8sS0FBSyxLQUFLLFFBQVEsU0FBUyxHQUFHLE1BQU0sQ0FBQztBQUMzRCxTQUFLLFVBQVUsT0FBTyxLQUFLLEtBQUssUUFBUSxTQUFTLEdBQUcsTUFBTSxDQUFDO0FBQUEsRUFDN0Q7QUFBQSxFQUVBLFNBQVMsTUFBc0I7QUFDN0IsV0FBTyxPQUFPLEtBQUssS0FBSyxNQUFNLElBQUksRUFBRSxPQUFPO0FBQUEsRUFDN0M7QUFBQTtBQUFBLEVBR0EsY0FBYyxNQUFzQjtBQUNsQyxXQUFPLEtBQUssTUFBTSxJQUFJLEVBQUUsU0FBUyxPQUFPLENBQUMsT0FBTyxFQUFFLE1BQU0sTUFBTSxRQUFRLE1BQU0sUUFBUSxDQUFDO0FBQUEsRUFDdkY7QUFBQTtBQUFBLEVBR0EsVUFBb0I7QUFDbEIsV0FBTyxXQUFXLEtBQUssT0FBTyxNQUFNLEVBQUUsRUFBRSxJQUFJLENBQUMsRUFBRSxNQUFNLEtBQUssTUFBTSxHQUFHLElBQUksSUFBSSxLQUFLLFFBQVEsTUFBTSxJQUFJLE1BQU0sS0FBSyxPQUFPLENBQUMsRUFBRTtBQUFBLEVBQ3pIO0FBQUEsRUFFQSxNQUFNLEtBQUssUUFBbUM7QUFDNUMsVUFBTSxLQUFLLE9BQU8sUUFBUSxNQUFNO0FBQ2hDLFVBQU0sT0FBTyxLQUFLLE1BQU0sTUFBTTtBQUM5QixXQUFPLE1BQU0sU0FBUyxXQUFXLENBQUMsR0FBRyxLQUFLLFFBQVEsS0FBSyxDQUFDLEVBQUUsS0FBSyxJQUFJLENBQUM7QUFBQSxFQUN0RTtBQUFBLEVBRUEsTUFBTSxPQUFPLE1BQWdDO0FBQzNDLFVBQU0sS0FBSyxPQUFPLFFBQVEsSUFBSTtBQUM5QixXQUFPLEtBQUssTUFBTSxJQUFJLE1BQU07QUFBQSxFQUM5QjtBQUFBLEVBRUEsTUFBTSxLQUFLLE1BQWMsRUFBRSxTQUFTLE1BQU0sSUFBbUMsQ0FBQyxHQUFzQjtBQUNsRyxVQUFNLEtBQUssT0FBTyxTQUFTLFdBQVcsUUFBUSxJQUFJO0FBQ2xELFVBQU0sV0FBVyxLQUFLLE1BQU0sSUFBSTtBQUNoQyxRQUFJLENBQUMsUUFBUTtBQUNYLFVBQUksVUFBVSxTQUFTLE9BQVEsT0FBTSxLQUFLLE9BQU8sVUFBVSxRQUFRLElBQUkseUJBQXlCO0FBQ2hHLGFBQU8sS0FBSyxRQUFRLE1BQU0sUUFBUTtBQUFBLElBQ3BDO0FBQ0EsUUFBSSxTQUFVLE9BQU0sS0FBSyxPQUFPLFVBQVUsUUFBUSxJQUFJLGFBQWE7QUFDbkUsVUFBTSxFQUFFLFFBQVEsS0FBSyxJQUFJLEtBQUssUUFBUSxJQUFJO0FBQzFDLFVBQU0sT0FBTyxJQUFJLFNBQVMsT0FBTyxNQUFNLENBQUMsQ0FBQztBQUN6QyxTQUFLLFFBQVEsRUFBRSxVQUFVLENBQUMsR0FBRyxXQUFXLENBQUMsQ0FBQyxRQUFRLE1BQU0sSUFBSSxDQUFDLEVBQUUsQ0FBQztBQUNoRSxXQUFPLEtBQUssUUFBUSxNQUFNLElBQUk7QUFBQSxFQUNoQztBQUFBLEVBRUEsTUFBTSxXQUFXLE1BQTZCO0FBQzVDLFVBQU0sS0FBSyxPQUFPLGNBQWMsSUFBSTtBQUNwQyxRQUFJLFNBQVMsS0FBSyxPQUFPO0FBQ3pCLGVBQVcsUUFBUSxLQUFLLE1BQU0sR0FBRyxFQUFFLE9BQU8sQ0FBQyxTQUFTLFNBQVMsRUFBRSxHQUFHO0FBQ2hFLFlBQU0sV0FBVyxPQUFPLFFBQVEsSUFBSSxJQUFJO0FBQ3hDLGFBQU8sVUFBVSxTQUFTLFFBQVEsc0NBQXNDO0FBQ3hFLFlBQU0sUUFBUSxZQUFZLElBQUksV0FBVztBQUN6QyxVQUFJLENBQUMsU0FBVSxNQUFLLFFBQVEsRUFBRSxVQUFVLENBQUMsR0FBRyxXQUFXLENBQUMsQ0FBQyxRQUFRLE1BQU0sS0FBSyxDQUFDLEVBQUUsQ0FBQztBQUNoRixlQUFTO0FBQUEsSUFDWDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLE1BQU0sT0FBTyxNQUFjLElBQTJCO0FBQ3BELFVBQU0sS0FBSyxPQUFPLFVBQVUsRUFBRTtBQUM5QixVQUFNLE9BQU8sS0FBSyxNQUFNLElBQUk7QUFDNUIsUUFBSSxDQUFDLEtBQU0sT0FBTSxLQUFLLE9BQU8sVUFBVSxVQUFVLElBQUkseUJBQXlCO0FBQzlFLFVBQU0sU0FBUyxLQUFLLE1BQU0sRUFBRTtBQUM1QixRQUFJLFFBQVEsU0FBUyxZQUFZLE9BQU8sUUFBUSxPQUFPLEVBQUcsT0FBTSxLQUFLLE9BQU8sYUFBYSxhQUFhLEVBQUUsbUJBQW1CO0FBQzNILFVBQU0sU0FBUyxLQUFLLFFBQVEsSUFBSTtBQUNoQyxVQUFNLGNBQWMsS0FBSyxRQUFRLEVBQUU7QUFDbkMsU0FBSyxRQUFRLEVBQUUsVUFBVSxDQUFDLENBQUMsT0FBTyxRQUFRLE9BQU8sSUFBSSxDQUFDLEdBQUcsV0FBVyxDQUFDLENBQUMsWUFBWSxRQUFRLFlBQVksTUFBTSxJQUFJLENBQUMsRUFBRSxDQUFDO0FBQUEsRUFDdEg7QUFBQSxFQUVBLE1BQU0sT0FBTyxNQUE2QjtBQUN4QyxVQUFNLEtBQUssT0FBTyxVQUFVLElBQUk7QUFDaEMsVUFBTSxPQUFPLEtBQUssTUFBTSxJQUFJO0FBQzVCLFFBQUksQ0FBQyxLQUFNO0FBQ1gsVUFBTSxFQUFFLFFBQVEsS0FBSyxJQUFJLEtBQUssUUFBUSxJQUFJO0FBQzFDLFNBQUssWUFBWSxRQUFRLE1BQU0sSUFBSTtBQUFBLEVBQ3JDO0FBQUE7QUFBQSxFQUdBLFlBQVksUUFBb0IsTUFBYyxNQUFrQjtBQUM5RCxRQUFJLEtBQUssU0FBUyxTQUFVLFlBQVcsQ0FBQyxXQUFXLEtBQUssS0FBSyxDQUFDLEdBQUcsS0FBSyxPQUFPLEVBQUcsTUFBSyxZQUFZLE1BQU0sV0FBVyxLQUFLO0FBQ3ZILFNBQUssUUFBUSxFQUFFLFVBQVUsQ0FBQyxDQUFDLFFBQVEsSUFBSSxDQUFDLEdBQUcsV0FBVyxDQUFDLEVBQUUsQ0FBQztBQUFBLEVBQzVEO0FBQUEsRUFFQSxNQUFNLFdBQVcsTUFBNkI7QUFDNUMsVUFBTSxZQUFZLE1BQU0sS0FBSyxPQUFPLGNBQWMsSUFBSTtBQUN0RCxVQUFNLFNBQVMsS0FBSyxNQUFNLElBQUk7QUFDOUIsUUFBSSxRQUFRLFNBQVMsU0FBVSxPQUFNLEtBQUssT0FBTyxVQUFVLGVBQWUsSUFBSSwyQkFBMkI7QUFDekcsUUFBSSxLQUFLLFNBQVMsYUFBYSxTQUFTLEVBQUc7QUFDM0MsVUFBTSxFQUFFLFFBQVEsSUFBSSxLQUFLO0FBQ3pCLFVBQU0sU0FBUyxRQUFRLE9BQU8sQ0FBQyxXQUFXLFFBQVEsUUFBUSxNQUFNLENBQUM7QUFDakUsZUFBVyxVQUFVLFFBQVE7QUFDM0Isa0JBQVksTUFBTTtBQUNsQixjQUFRLE9BQU8sUUFBUSxRQUFRLE1BQU0sR0FBRyxDQUFDO0FBQUEsSUFDM0M7QUFBQSxFQUNGO0FBQUEsRUFFQSxNQUFNLFFBQThFO0FBQ2xGLFVBQU0sS0FBSyxPQUFPLFNBQVMsRUFBRTtBQUM3QixVQUFNLGFBQWEsS0FBSyxTQUFTLGlCQUFpQixLQUFLO0FBQ3ZELFdBQU8sRUFBRSxXQUFXLEtBQUssSUFBSSxHQUFHLGFBQWEsS0FBSyxXQUFXLENBQUMsR0FBRyxXQUFXO0FBQUEsRUFDOUU7QUFBQSxFQUVBLGFBQXFCO0FBQ25CLFdBQU8sV0FBVyxLQUFLLE9BQU8sTUFBTSxFQUFFLEVBQUUsT0FBTyxDQUFDLE9BQU8sRUFBRSxLQUFLLE1BQU0sUUFBUSxLQUFLLFFBQVEsUUFBUSxDQUFDO0FBQUEsRUFDcEc7QUFBQSxFQUVBLFFBQVEsTUFBYyxNQUEwQjtBQUM5QyxXQUFPO0FBQUEsTUFDTCxNQUFNLG1DQUFZO0FBQ2hCLGNBQU0sS0FBSyxPQUFPLFFBQVEsSUFBSTtBQUM5QixlQUFPLEtBQUssUUFBUTtBQUFBLE1BQ3RCLEdBSE07QUFBQSxNQUlOLE1BQU0sOEJBQU8sUUFBUSxXQUFXO0FBQzlCLGNBQU0sWUFBWSxNQUFNLEtBQUssT0FBTyxRQUFRLElBQUk7QUFDaEQsY0FBTSxZQUFZLEtBQUssU0FBUyxZQUFZLFdBQVcsUUFBUSxNQUFNO0FBQ3JFLFlBQUksVUFBVyxRQUFPLEtBQUssT0FBTyxVQUFVLE1BQU0sVUFBVSxRQUFRLE1BQU07QUFDMUUsZUFBTyxPQUFPLEtBQUssS0FBSyxRQUFRLFNBQVMsUUFBUSxTQUFTLE1BQU0sQ0FBQztBQUFBLE1BQ25FLEdBTE07QUFBQSxNQU1OLE9BQU8sOEJBQU8sUUFBUSxXQUFXO0FBQy9CLGNBQU0sWUFBWSxNQUFNLEtBQUssT0FBTyxTQUFTLElBQUk7QUFDakQsY0FBTSxRQUFRLE9BQU8sT0FBTyxNQUFNO0FBQ2xDLGNBQU0sWUFBWSxLQUFLLFNBQVMsWUFBWSxXQUFXLFFBQVEsTUFBTSxNQUFNO0FBQzNFLFlBQUksVUFBVyxNQUFLLE9BQU8sVUFBVSxNQUFNLEtBQUssTUFBTSxVQUFVLElBQUksR0FBRyxVQUFVLFFBQVEsS0FBSztBQUFBLFlBQ3pGLE1BQUssT0FBTyxNQUFNLE1BQU0sUUFBUSxLQUFLO0FBQUEsTUFDNUMsR0FOTztBQUFBLE1BT1AsVUFBVSxtQ0FBWTtBQUNwQixjQUFNLFlBQVksTUFBTSxLQUFLLE9BQU8sWUFBWSxNQUFNLE1BQU8sS0FBSyxXQUFXLENBQUMsQ0FBRTtBQUNoRixZQUFJLEtBQUssU0FBUyxhQUFhLFNBQVMsRUFBRztBQUMzQyxtQkFBVyxTQUFTLEtBQUssU0FBVSxNQUFLLFVBQVUsVUFBVSxLQUFLLFNBQVMsTUFBTSxRQUFRLE1BQU0sS0FBSztBQUNuRyxZQUFJLEtBQUssU0FBUyxTQUFTLEVBQUcsTUFBSyxXQUFXO0FBQzlDLGFBQUssV0FBVyxDQUFDO0FBQUEsTUFDbkIsR0FOVTtBQUFBLE1BT1YsT0FBTyxtQ0FBWTtBQUNqQixZQUFJLEtBQUssUUFBUyxPQUFNLE1BQU07QUFBQSxNQUNoQyxHQUZPO0FBQUEsSUFHVDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLE9BQU8sTUFBYyxRQUFnQixRQUF3QjtBQUMzRCxXQUFPLE9BQU8sS0FBSyxLQUFLLE1BQU0sSUFBSSxFQUFFLFFBQVEsU0FBUyxRQUFRLFNBQVMsTUFBTSxDQUFDO0FBQUEsRUFDL0U7QUFBQSxFQUVBLE9BQU8sTUFBYyxNQUFnQixRQUFnQixPQUFxQjtBQUN4RSxVQUFNLFNBQVMsS0FBSyxJQUFJLEdBQUcsU0FBUyxNQUFNLFNBQVMsS0FBSyxRQUFRLE1BQU07QUFDdEUsVUFBTSxFQUFFLGNBQWMsSUFBSSxLQUFLO0FBQy9CLFFBQUksU0FBUyxLQUFLLGtCQUFrQixVQUFhLEtBQUssV0FBVyxJQUFJLFNBQVMsZUFBZTtBQUMzRixZQUFNLEtBQUssT0FBTyxVQUFVLFNBQVMsSUFBSSxpQkFBaUI7QUFBQSxJQUM1RDtBQUNBLFNBQUssVUFBVSxVQUFVLEtBQUssU0FBUyxRQUFRLEtBQUs7QUFDcEQsU0FBSyxTQUFTLEtBQUssRUFBRSxRQUFRLE1BQU0sQ0FBQztBQUFBLEVBQ3RDO0FBQUE7QUFBQSxFQUdBLE1BQU0sT0FBTyxNQUFxQixNQUFjLFVBQXNCLE1BQU0sUUFBK0I7QUFDekcsVUFBTSxZQUFZLFNBQVMsVUFBVSxTQUFTO0FBQzlDLFVBQU0sU0FBUyxTQUFTLGNBQWMsU0FBUztBQUMvQyxVQUFNLE9BQU8sS0FBSyxTQUFTLGVBQWUsUUFBUSxTQUFTLFNBQVMsSUFBSTtBQUN4RSxRQUFJLEtBQUssUUFBUyxPQUFNLE1BQU07QUFDOUIsUUFBSSxVQUFXLE1BQUssZUFBZTtBQUNuQyxVQUFNLFlBQXVCLEVBQUUsUUFBUSxZQUFZLEtBQUssY0FBYyxHQUFHLE1BQU0sTUFBTSxLQUFLO0FBQzFGLFFBQUksYUFBYSxLQUFLLGVBQWUsS0FBSyxTQUFVLE1BQUssT0FBTztBQUFBLFFBQzNELE1BQUssU0FBUyxrQkFBa0IsU0FBUztBQUM5QyxXQUFPLEtBQUssU0FBUyxPQUFPLFVBQVUsU0FBUztBQUMvQyxRQUFJLEtBQUssVUFBVSxFQUFHLE9BQU0sTUFBTTtBQUNsQyxVQUFNLE9BQU8sS0FBSyxTQUFTLFFBQVEsU0FBUyxLQUFLO0FBQ2pELFFBQUksU0FBUyxLQUFNLFFBQU87QUFDMUIsWUFBUTtBQUNSLFVBQU0sS0FBSyxPQUFPLE1BQU0sR0FBRyxJQUFJLElBQUksSUFBSSxZQUFZO0FBQUEsRUFDckQ7QUFBQSxFQUVBLFlBQXFCO0FBQ25CLFdBQU8sS0FBSztBQUFBLEVBQ2Q7QUFBQSxFQUVBLFFBQVEsUUFBMEI7QUFDaEMsZUFBVyxDQUFDLFFBQVEsSUFBSSxLQUFLLE9BQU8sU0FBVSxRQUFPLFFBQVEsT0FBTyxJQUFJO0FBQ3hFLGVBQVcsQ0FBQyxRQUFRLE1BQU0sSUFBSSxLQUFLLE9BQU8sVUFBVyxRQUFPLFFBQVEsSUFBSSxNQUFNLElBQUk7QUFDbEYsU0FBSyxPQUFPLFFBQVEsS0FBSyxNQUFNO0FBQUEsRUFDakM7QUFBQSxFQUVBLE1BQU0sTUFBMkI7QUFDL0IsUUFBSSxPQUFhLEtBQUssT0FBTztBQUM3QixlQUFXLFFBQVEsS0FBSyxNQUFNLEdBQUcsRUFBRSxPQUFPLENBQUMsU0FBUyxTQUFTLEVBQUUsR0FBRztBQUNoRSxZQUFNLFFBQTBCLEtBQUssU0FBUyxXQUFXLEtBQUssUUFBUSxJQUFJLElBQUksSUFBSTtBQUNsRixVQUFJLENBQUMsTUFBTyxRQUFPO0FBQ25CLGFBQU87QUFBQSxJQUNUO0FBQ0EsV0FBTztBQUFBLEVBQ1Q7QUFBQSxFQUVBLE1BQU0sTUFBd0I7QUFDNUIsVUFBTSxPQUFPLEtBQUssTUFBTSxJQUFJO0FBQzVCLFdBQU8sTUFBTSxTQUFTLFFBQVEsbUJBQW1CLElBQUksRUFBRTtBQUN2RCxXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsUUFBUSxNQUFzRTtBQUM1RSxVQUFNLFFBQVEsS0FBSyxZQUFZLEdBQUc7QUFDbEMsVUFBTSxTQUFTLEtBQUssTUFBTSxRQUFRLElBQUksS0FBSyxLQUFLLE1BQU0sR0FBRyxLQUFLLENBQUM7QUFDL0QsUUFBSSxRQUFRLFNBQVMsU0FBVSxPQUFNLEtBQUssT0FBTyxVQUFVLEdBQUcsSUFBSSwyQkFBMkI7QUFDN0YsV0FBTyxFQUFFLFFBQVEsTUFBTSxLQUFLLE1BQU0sUUFBUSxDQUFDLEVBQUU7QUFBQSxFQUMvQztBQUNGO0FBRUEsU0FBUyxVQUFVLFFBQWdCLFFBQWdCLE9BQXVCO0FBQ3hFLFFBQU0sTUFBTSxTQUFTLE1BQU07QUFDM0IsUUFBTSxTQUFTLE1BQU0sT0FBTyxTQUFTLE9BQU8sT0FBTyxDQUFDLFFBQVEsT0FBTyxNQUFNLE1BQU0sT0FBTyxNQUFNLENBQUMsQ0FBQyxJQUFJO0FBQ2xHLFFBQU0sS0FBSyxRQUFRLE1BQU07QUFDekIsU0FBTztBQUNUO0FBTFM7QUFVVCxTQUFTLE1BQU0sUUFBZ0IsTUFBMkI7QUFDeEQsU0FBTyxNQUFPLFNBQVMsV0FBVyxPQUFPLE1BQU0sQ0FBQyxNQUFNLElBQUksU0FBUztBQUNyRTtBQUZTO0FBSVQsU0FBUyxTQUFTLFFBQTBCO0FBQzFDLE1BQUksV0FBVztBQUNmLFNBQU8sTUFBTTtBQUNYLGdCQUFZO0FBQ1osV0FBTyxRQUFRLE9BQU8sV0FBVyxDQUFDLEdBQUcsaURBQWlEO0FBQUEsRUFDeEY7QUFDRjtBQU5TO0FBU1QsU0FBUyxNQUFNLE9BQWMsY0FBd0IsY0FBK0I7QUFDbEYsUUFBTSxFQUFFLE1BQU0sUUFBUSxJQUFJLFdBQVcsS0FBSztBQUMxQyxhQUFXLFVBQVUsUUFBUyxLQUFJLGFBQWEsRUFBRyxhQUFZLE1BQU07QUFDcEUsU0FBTyxNQUFNLFlBQVk7QUFDekIsU0FBTyxFQUFFLE1BQU0sU0FBUyxDQUFDLEVBQUU7QUFDN0I7QUFMUztBQU9ULFNBQVMsUUFBUSxRQUFvQixRQUE2QjtBQUNoRSxTQUFPLE9BQU8sU0FBUyxLQUFLLENBQUMsQ0FBQyxJQUFJLE1BQU0sU0FBUyxNQUFNLEtBQUssT0FBTyxVQUFVLEtBQUssQ0FBQyxDQUFDLElBQUksTUFBTSxTQUFTLE1BQU07QUFDL0c7QUFGUztBQUlULFNBQVMsWUFBWSxRQUEwQjtBQUM3QyxhQUFXLENBQUMsUUFBUSxJQUFJLEtBQUssT0FBTyxTQUFVLFFBQU8sUUFBUSxPQUFPLElBQUk7QUFDeEUsYUFBVyxDQUFDLFFBQVEsTUFBTSxJQUFJLEtBQUssT0FBTyxVQUFXLFFBQU8sUUFBUSxJQUFJLE1BQU0sSUFBSTtBQUNwRjtBQUhTO0FBS1QsU0FBUyxPQUFPLFFBQW9CLFVBQTBCO0FBQzVELFNBQU8sUUFBUSxNQUFNO0FBQ3JCLGFBQVcsQ0FBQyxNQUFNLElBQUksS0FBSyxPQUFPLFNBQVM7QUFDekMsV0FBTyxRQUFRLElBQUksTUFBTSxJQUFJO0FBQzdCLFFBQUksS0FBSyxTQUFTLFNBQVUsUUFBTyxNQUFNLFFBQVE7QUFBQSxRQUM1QyxZQUFXLE1BQU0sUUFBUTtBQUFBLEVBQ2hDO0FBQ0Y7QUFQUztBQVNULFNBQVMsV0FBVyxNQUFnQixVQUEwQjtBQUM1RCxNQUFJLFFBQVEsS0FBSztBQUNqQixhQUFXLFNBQVMsS0FBSyxVQUFVO0FBQ2pDLGFBQVMsS0FBSyxNQUFNLFFBQVEsS0FBSyxNQUFNLFNBQVMsTUFBTSxNQUFNLFVBQVM7QUFDbkUsWUFBTSxVQUFVLEtBQUssS0FBSyxLQUFLLE1BQU0sS0FBSyxlQUFlLElBQUksS0FBSyxpQkFBaUIsTUFBTSxTQUFTLE1BQU0sTUFBTSxNQUFNO0FBQ3BILFVBQUksU0FBUyxFQUFHLFNBQVEsVUFBVSxPQUFPLElBQUksTUFBTSxNQUFNLFNBQVMsS0FBSyxNQUFNLFFBQVEsVUFBVSxNQUFNLE1BQU0sQ0FBQztBQUM1RyxXQUFLO0FBQUEsSUFDUDtBQUFBLEVBQ0Y7QUFDQSxPQUFLLFVBQVU7QUFDZixPQUFLLFdBQVc7QUFDaEIsT0FBSyxVQUFVLE9BQU8sS0FBSyxLQUFLO0FBQ2hDLE9BQUssV0FBVyxDQUFDO0FBQ25CO0FBYlM7QUFlVCxTQUFTLFdBQVcsRUFBRSxNQUFNLFFBQVEsR0FBaUI7QUFDbkQsUUFBTSxTQUFTLG9CQUFJLElBQWdCO0FBQ25DLFFBQU0sV0FBVyx3QkFBQyxTQUFxQjtBQUNyQyxVQUFNLFFBQVEsT0FBTyxJQUFJLElBQUk7QUFDN0IsUUFBSSxNQUFPLFFBQU87QUFDbEIsUUFBSSxLQUFLLFNBQVMsUUFBUTtBQUN4QixZQUFNLE9BQU8sSUFBSSxTQUFTLEtBQUssU0FBUyxLQUFLLE9BQU87QUFDcEQsV0FBSyxXQUFXLENBQUMsR0FBRyxLQUFLLFFBQVE7QUFDakMsYUFBTyxJQUFJLE1BQU0sSUFBSTtBQUNyQixhQUFPO0FBQUEsSUFDVDtBQUNBLFdBQU8sV0FBVyxJQUFJO0FBQUEsRUFDeEIsR0FWaUI7QUFXakIsUUFBTSxhQUFhLHdCQUFDLFdBQW1DO0FBQ3JELFVBQU0sUUFBUSxPQUFPLElBQUksTUFBTTtBQUMvQixRQUFJLE9BQU8sU0FBUyxTQUFVLFFBQU87QUFDckMsVUFBTSxPQUFPLElBQUksV0FBVztBQUM1QixXQUFPLElBQUksUUFBUSxJQUFJO0FBQ3ZCLGVBQVcsQ0FBQyxNQUFNLEtBQUssS0FBSyxPQUFPLFFBQVMsTUFBSyxRQUFRLElBQUksTUFBTSxTQUFTLEtBQUssQ0FBQztBQUNsRixlQUFXLENBQUMsTUFBTSxLQUFLLEtBQUssT0FBTyxRQUFTLE1BQUssUUFBUSxJQUFJLE1BQU0sU0FBUyxLQUFLLENBQUM7QUFDbEYsV0FBTztBQUFBLEVBQ1QsR0FSbUI7QUFTbkIsUUFBTSxTQUFTLFFBQVEsSUFBSSxDQUFDLEVBQUUsVUFBVSxVQUFVLE9BQU87QUFBQSxJQUN2RCxVQUFVLFNBQVMsSUFBSSxDQUFDLENBQUMsUUFBUSxJQUFJLE1BQU0sQ0FBQyxXQUFXLE1BQU0sR0FBRyxJQUFJLENBQVU7QUFBQSxJQUM5RSxXQUFXLFVBQVUsSUFBSSxDQUFDLENBQUMsUUFBUSxNQUFNLElBQUksTUFBTSxDQUFDLFdBQVcsTUFBTSxHQUFHLE1BQU0sU0FBUyxJQUFJLENBQUMsQ0FBVTtBQUFBLEVBQ3hHLEVBQUU7QUFDRixTQUFPLEVBQUUsTUFBTSxXQUFXLElBQUksR0FBRyxTQUFTLE9BQU87QUFDbkQ7QUEzQlM7QUE2QlQsU0FBUyxXQUFXLFFBQW9CLFFBQXNFO0FBQzVHLFNBQU8sQ0FBQyxHQUFHLE9BQU8sUUFBUSxLQUFLLENBQUMsRUFBRSxLQUFLLEVBQUUsUUFBUSxDQUFDLFNBQVM7QUFDekQsVUFBTSxPQUFPLFFBQVEsT0FBTyxRQUFRLElBQUksSUFBSSxHQUFHLHdCQUF3QjtBQUN2RSxVQUFNLE9BQU8sU0FBUztBQUN0QixXQUFPLEtBQUssU0FBUyxTQUFTLENBQUMsRUFBRSxNQUFNLE1BQU0sS0FBSyxDQUFDLElBQUksV0FBVyxNQUFNLEdBQUcsSUFBSSxHQUFHO0FBQUEsRUFDcEYsQ0FBQztBQUNIO0FBTlM7QUFTVCxTQUFTLFdBQW1CO0FBQzFCLGFBQVcsU0FBUyxJQUFJLE1BQU0sTUFBTSxFQUFFLFNBQVMsSUFBSSxNQUFNLElBQUksR0FBRztBQUM5RCxVQUFNLFFBQVEsbUVBQW1FLEtBQUssSUFBSTtBQUMxRixRQUFJLE1BQU8sUUFBTyxHQUFHLE1BQU0sQ0FBQyxLQUFLLEVBQUUsSUFBSSxNQUFNLENBQUMsS0FBSyxFQUFFLElBQUksTUFBTSxDQUFDLEtBQUssRUFBRSxJQUFJLE1BQU0sQ0FBQyxLQUFLLEVBQUU7QUFBQSxFQUMzRjtBQUNBLFNBQU87QUFDVDtBQU5TOzs7QUV0ZlQsSUFBTSxTQUFTO0FBQUEsRUFDYixZQUFZO0FBQUEsRUFDWixnQkFBZ0IsSUFBSSxPQUFPO0FBQUEsRUFDM0IscUJBQXFCO0FBQUEsRUFDckIsa0JBQWtCLE9BQU87QUFDM0I7QUFFTyxJQUFNLGFBQU4sTUFBaUI7QUFBQSxFQWJ4QixPQWF3QjtBQUFBO0FBQUE7QUFBQSxFQUNiO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUVULFlBQVlFLFVBQXNCLE1BQW1CLFNBQWtCO0FBQ3JFLFNBQUssV0FBV0E7QUFDaEIsU0FBSyxRQUFRO0FBQ2IsU0FBSyxXQUFXO0FBQUEsRUFDbEI7QUFBQSxFQUVBLE9BQWE7QUFDWCxVQUFNLEVBQUUsT0FBTyxNQUFNLElBQUksS0FBSztBQUM5QixVQUFNLFdBQVcsSUFBSSxNQUFNLGVBQWUsS0FBSztBQUMvQyxVQUFNLFVBQVUsSUFBSSxNQUFNLFlBQVksS0FBSyxPQUFPLENBQUM7QUFDbkQsVUFBTSxjQUFjLEVBQUUsU0FBUyxVQUFVLFVBQVUsNkJBQU0sTUFBTixhQUFZLFFBQVEsT0FBTztBQUM5RSxTQUFLLFNBQVMsT0FBTyxLQUFLLFVBQVUsVUFBVSxDQUFDLE1BQU0sU0FBUztBQUM1RCxZQUFNLFFBQVEsU0FBUyxLQUFLLEtBQUssTUFBTSxLQUFLLFNBQVMsTUFBTSxJQUFJO0FBQy9ELFlBQU0sVUFBVSxJQUFJLE1BQU0sY0FBYyxPQUFPLGFBQWE7QUFBQSxRQUMxRCxPQUFPLDZCQUFNLGVBQWUsTUFBTSxLQUFLLE9BQU8sU0FBUyxJQUFJLENBQUMsR0FBckQ7QUFBQSxRQUNQLGFBQWEsNkJBQU0sS0FBSyxjQUFYO0FBQUEsUUFDYixZQUFZLDZCQUFNLEtBQUssUUFBUSxHQUFuQjtBQUFBLE1BQ2QsQ0FBQztBQUNELFlBQU0sU0FBcUI7QUFBQSxRQUN6QixhQUFhLDZCQUFNLFFBQU47QUFBQSxRQUNiLFFBQVEsd0JBQUMsVUFBVSxRQUFRLFFBQVEsS0FBSyxHQUFoQztBQUFBLFFBQ1IsVUFBVSw2QkFBTTtBQUNkLGtCQUFRLFdBQVc7QUFDbkIsbUJBQVMsTUFBTSxLQUFLO0FBQUEsUUFDdEIsR0FIVTtBQUFBLE1BSVo7QUFDQSxhQUFPO0FBQUEsSUFDVCxDQUFDO0FBQUEsRUFDSDtBQUFBLEVBRUEsT0FBTyxTQUE4RCxNQUFzQjtBQUN6RixVQUFNLFNBQVMsUUFBUSxXQUFXO0FBQ2xDLFFBQUksUUFBUSxPQUFRLE1BQUssSUFBSSxNQUFNO0FBQUEsYUFDMUIsT0FBTyxTQUFTLEVBQUcsTUFBSyxNQUFNLE1BQU07QUFDN0MsWUFBUSxPQUFPO0FBQUEsRUFDakI7QUFDRjs7O0FDNUNBLElBQU0sYUFBYTtBQUNuQixJQUFNLG1CQUFtQjtBQVlsQixJQUFNLGFBQU4sTUFBd0M7QUFBQSxFQXZCL0MsT0F1QitDO0FBQUE7QUFBQTtBQUFBLEVBQ3BDO0FBQUEsRUFDVDtBQUFBLEVBQ0EsWUFBMkIsQ0FBQztBQUFBO0FBQUEsRUFFNUIsU0FBbUIsQ0FBQztBQUFBLEVBQ3BCLFNBQVM7QUFBQSxFQUNULFlBQTJCO0FBQUEsRUFDM0IsWUFBdUIsRUFBRSxNQUFNLEdBQUcsTUFBTSxLQUFLO0FBQUEsRUFFN0MsWUFBWSxPQUFjLE1BQXFCO0FBQzdDLFNBQUssU0FBUztBQUNkLFNBQUssUUFBUTtBQUFBLEVBQ2Y7QUFBQTtBQUFBLEVBR0EsUUFBUSxNQUEyQjtBQUNqQyxTQUFLLFFBQVE7QUFDYixVQUFNLFFBQVEsS0FBSyxhQUFhLFVBQVUsRUFBRSxPQUFPLENBQUMsRUFBRSxLQUFLLE1BQU0sS0FBSyxTQUFTLE1BQU0sQ0FBQztBQUN0RixVQUFNLFFBQVEsTUFBTSxDQUFDO0FBQ3JCLFdBQU8sS0FBSyxVQUFVLFNBQVMsS0FBSyxTQUFTLEtBQUssVUFBVSxDQUFDLEVBQUcsT0FBTyxNQUFNLEtBQU0sTUFBSyxVQUFVLE1BQU07QUFDeEcsVUFBTSxjQUFjLEtBQUssVUFBVSxNQUFNLENBQUMsU0FBUyxhQUFhLE1BQU0sUUFBUSxHQUFHLFNBQVMsUUFBUSxJQUFJO0FBQ3RHLFFBQUksQ0FBQyxlQUFnQixTQUFTLEtBQUssVUFBVSxXQUFXLEVBQUksTUFBSyxPQUFPO0FBQ3hFLGVBQVcsQ0FBQyxVQUFVLElBQUksS0FBSyxNQUFNLFFBQVEsRUFBRyxNQUFLLFFBQVEsVUFBVSxJQUFJO0FBQzNFLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxJQUFJLFlBQW9CO0FBQ3RCLFdBQU8sS0FBSyxTQUFTLEtBQUssT0FBTyxTQUFTO0FBQUEsRUFDNUM7QUFBQTtBQUFBLEVBR0EsSUFBSSxZQUFvQjtBQUN0QixVQUFNLFNBQVMsS0FBSyxNQUNqQixhQUFhLGdCQUFnQixFQUM3QixPQUFPLENBQUMsRUFBRSxLQUFLLE1BQU0sS0FBSyxTQUFTLFdBQVcsQ0FBQyxFQUMvQyxHQUFHLEVBQUU7QUFDUixXQUFPLFNBQVMsT0FBTyxPQUFPLEtBQUssTUFBTSxHQUFHLEVBQUUsQ0FBQyxJQUFJO0FBQUEsRUFDckQ7QUFBQSxFQUVBLE9BQU8sT0FBOEI7QUFDbkMsUUFBSSxVQUFVLEtBQUssU0FBUyxFQUFHLFFBQU8sS0FBSztBQUMzQyxXQUFPLEtBQUssT0FBTyxRQUFRLEtBQUssTUFBTSxLQUFLO0FBQUEsRUFDN0M7QUFBQSxFQUVBLFNBQWU7QUFDYixTQUFLLFlBQVksQ0FBQztBQUNsQixTQUFLLFNBQVMsQ0FBQztBQUNmLFNBQUssU0FBUztBQUNkLFNBQUssWUFBWTtBQUNqQixTQUFLLFlBQVksRUFBRSxNQUFNLEdBQUcsTUFBTSxLQUFLO0FBQUEsRUFDekM7QUFBQSxFQUVBLFFBQVEsVUFBa0IsRUFBRSxNQUFNLE1BQU0sU0FBUyxNQUFNLEdBQXNCO0FBQzNFLFFBQUksVUFBVSxLQUFLLFVBQVUsUUFBUTtBQUNyQyxRQUFJLENBQUMsU0FBUztBQUNaLFlBQU0sVUFBVSxLQUFLLE9BQU8sa0JBQWtCLE9BQU8sRUFBRSxLQUFLLEdBQUcsS0FBSyxPQUFPLGlCQUFpQixDQUFDO0FBQzdGLFVBQUksUUFBUSxTQUFTLFNBQVU7QUFDL0IsWUFBTSxFQUFFLE1BQU0sU0FBUyxZQUFZLElBQUksUUFBUTtBQUMvQyxVQUFJLGFBQWEsRUFBRyxNQUFLLFNBQVMsY0FBYztBQUNoRCxnQkFBVSxFQUFFLE1BQU0sTUFBTSxTQUFTLElBQUksTUFBTSxTQUFTLFNBQVMsR0FBRyxLQUFLLEtBQUssT0FBTyxxQkFBcUI7QUFDdEcsV0FBSyxVQUFVLEtBQUssT0FBTztBQUFBLElBQzdCO0FBQ0EsUUFBSSxRQUFRLFlBQVksUUFBUztBQUNqQyxZQUFRLFVBQVU7QUFDbEIsZUFBUztBQUNQLFlBQU0sVUFBVSxLQUFLLE9BQU8sVUFBVSxPQUFPLFFBQVEsS0FBSyxRQUFRLElBQUk7QUFDdEUsVUFBSSxRQUFRLFNBQVMsV0FBVyxRQUFRLE9BQU8sYUFBYSxRQUFRLFVBQVUsUUFBUSxVQUFVLEVBQUc7QUFDbkcsY0FBUSxXQUFXO0FBQ25CLGNBQVEsTUFBTSxRQUFRO0FBQ3RCLFdBQUssWUFBWSxRQUFRLE9BQU87QUFDaEMsaUJBQVcsVUFBVSxRQUFRLFFBQVMsTUFBSyxPQUFPLE1BQU07QUFBQSxJQUMxRDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLE9BQU8sUUFBeUI7QUFDOUIsUUFBSSxPQUFPLFNBQVMsUUFBUTtBQUMxQixXQUFLLFNBQVMsT0FBTyxLQUFLLFFBQVE7QUFDbEMsV0FBSyxZQUFZLE9BQU8sS0FBSztBQUM3QixXQUFLLFNBQVMsQ0FBQztBQUFBLElBQ2pCLFdBQVcsT0FBTyxTQUFTLFlBQVk7QUFDckMsVUFBSSxPQUFPLE9BQU8sS0FBSyxRQUFRO0FBQzdCLGFBQUssU0FBUyxPQUFPO0FBQ3JCLGFBQUssU0FBUyxDQUFDO0FBQUEsTUFDakIsTUFBTyxNQUFLLE9BQU8sU0FBUyxLQUFLLElBQUksS0FBSyxPQUFPLFFBQVEsT0FBTyxPQUFPLEtBQUssTUFBTTtBQUFBLElBQ3BGLFdBQVcsT0FBTyxTQUFTLFVBQVcsWUFBVyxFQUFFLEtBQUssS0FBSyxPQUFPLFFBQVMsTUFBSyxPQUFPLEtBQUssSUFBSTtBQUFBLEVBQ3BHO0FBQ0Y7OztBQ3pHTyxJQUFNLFdBQVc7QUFTakIsSUFBTSxlQUFOLE1BQW9DO0FBQUEsRUFkM0MsT0FjMkM7QUFBQTtBQUFBO0FBQUEsRUFDaEM7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQTtBQUFBLEVBR1QsWUFBWSxXQUFzQixPQUFtQixTQUFvQztBQUN2RixTQUFLLGFBQWE7QUFDbEIsU0FBSyxTQUFTO0FBQ2QsU0FBSyxlQUFlLFVBQVU7QUFDOUIsU0FBSyxXQUFXO0FBQUEsRUFDbEI7QUFBQSxFQUVBLGNBQXNCO0FBQ3BCLFlBQVEsS0FBSyxXQUFXLFFBQVEsS0FBSyxnQkFBZ0IsS0FBSyxPQUFPO0FBQUEsRUFDbkU7QUFBQSxFQUVBLFNBQWlCO0FBQ2YsV0FBTyxLQUFLLE1BQU0sV0FBVyxLQUFLLFdBQVcsUUFBUSxLQUFLLE9BQU8sT0FBTyxLQUFLLE9BQU8sWUFBWTtBQUFBLEVBQ2xHO0FBQUEsRUFFQSxTQUFTLFNBQWlCLFVBQWtDO0FBQzFELFFBQUksY0FBYztBQUVsQixVQUFNLFNBQVMsS0FBSyxXQUFXO0FBQUEsTUFBTSxVQUFVLEtBQUssT0FBTztBQUFBLE1BQU0sTUFDL0QsS0FBSyxTQUFTLE1BQU07QUFDbEIsWUFBSSxDQUFDLFlBQWEsVUFBUztBQUFBLE1BQzdCLENBQUM7QUFBQSxJQUNIO0FBQ0EsV0FBTyxNQUFNO0FBQ1gsb0JBQWM7QUFDZCxhQUFPO0FBQUEsSUFDVDtBQUFBLEVBQ0Y7QUFDRjs7O0FDN0NBLFNBQVMsU0FBQUMsY0FBYTtBQXVCZixJQUFNLFVBQU4sTUFBYztBQUFBLEVBM0JyQixPQTJCcUI7QUFBQTtBQUFBO0FBQUEsRUFDVjtBQUFBLEVBQ0EsUUFBZSxFQUFFLFNBQVMsQ0FBQyxLQUFLLENBQUMsR0FBRyxXQUFXLEdBQUcsUUFBUSxFQUFFO0FBQUEsRUFDNUQ7QUFBQSxFQUNBLGFBQWEsb0JBQUksSUFBd0U7QUFBQTtBQUFBLEVBRXpGLFFBQVEsb0JBQUksSUFBb0I7QUFBQSxFQUNoQyxTQUFTLG9CQUFJLElBQW9CO0FBQUEsRUFDakMsU0FBUyxvQkFBSSxJQUFjO0FBQUEsRUFDcEMsWUFBWTtBQUFBLEVBQ1osV0FBVztBQUFBLEVBRVgsWUFBWSxXQUFzQixRQUFnQjtBQUNoRCxTQUFLLFlBQVk7QUFDakIsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQSxFQUVBLE9BQU8sVUFBb0IsTUFBYyxRQUF3QjtBQUMvRCxTQUFLLFdBQVcsSUFBSSxHQUFHLFNBQVMsSUFBSSxJQUFJLElBQUksSUFBSSxFQUFFLFVBQVUsT0FBTyxDQUFDO0FBQUEsRUFDdEU7QUFBQSxFQUVBLFNBQVMsVUFBb0IsTUFBb0I7QUFDL0MsVUFBTSxNQUFNLEdBQUcsU0FBUyxJQUFJLElBQUksSUFBSTtBQUNwQyxRQUFJLEtBQUssV0FBVyxJQUFJLEdBQUcsR0FBRyxhQUFhLFNBQVUsTUFBSyxXQUFXLE9BQU8sR0FBRztBQUFBLEVBQ2pGO0FBQUEsRUFFQSxLQUFLLE1BQWdCLE1BQWMsTUFBYyxRQUE4QjtBQUM3RSxVQUFNLE9BQU8sSUFBSSxTQUFTLE1BQU0sTUFBTSxNQUFNLE1BQU07QUFDbEQsU0FBSyxPQUFPLElBQUksSUFBSTtBQUNwQixTQUFLLFVBQVUsTUFBTSxLQUFLLFlBQVksR0FBRyxNQUFNO0FBQzdDLFVBQUksS0FBSyxVQUFVLEtBQUssTUFBTSxLQUFLLE1BQU0sSUFBSSxFQUFHO0FBQ2hELFlBQU0sV0FBVyxLQUFLLFdBQVcsSUFBSSxHQUFHLElBQUksSUFBSSxJQUFJLEVBQUU7QUFDdEQsVUFBSSxVQUFVLFNBQVMsWUFBWSxLQUFNLE1BQUssS0FBSyxTQUFTLFVBQVUsU0FBUyxNQUFNO0FBQUEsVUFDaEYsTUFBSyxPQUFPO0FBQUEsSUFDbkIsQ0FBQztBQUNELFdBQU8sS0FBSztBQUFBLEVBQ2Q7QUFBQTtBQUFBLEVBR0EsSUFBSSxNQUFjLElBQWtCO0FBQ2xDLFVBQU0sTUFBTSxHQUFHLElBQUksSUFBSSxFQUFFO0FBQ3pCLFNBQUssTUFBTSxJQUFJLE1BQU0sS0FBSyxNQUFNLElBQUksR0FBRyxLQUFLLEtBQUssQ0FBQztBQUFBLEVBQ3BEO0FBQUEsRUFFQSxLQUFLLE1BQWMsSUFBa0I7QUFDbkMsVUFBTSxNQUFNLEdBQUcsSUFBSSxJQUFJLEVBQUU7QUFDekIsVUFBTSxRQUFRLEtBQUssTUFBTSxJQUFJLEdBQUcsS0FBSyxLQUFLO0FBQzFDLFFBQUksT0FBTyxFQUFHLE1BQUssTUFBTSxJQUFJLEtBQUssSUFBSTtBQUFBLFFBQ2pDLE1BQUssTUFBTSxPQUFPLEdBQUc7QUFDMUIsUUFBSSxRQUFRLEVBQUcsTUFBSyxTQUFTO0FBQUEsRUFDL0I7QUFBQSxFQUVBLEtBQUssTUFBYyxJQUFZLFNBQXVCO0FBQ3BELFNBQUssT0FBTyxJQUFJLEdBQUcsSUFBSSxJQUFJLEVBQUUsSUFBSSxPQUFPO0FBQ3hDLFNBQUssVUFBVSxNQUFNLFVBQVUsS0FBSyxVQUFVLE9BQU8sTUFBTSxLQUFLLFNBQVMsQ0FBQztBQUFBLEVBQzVFO0FBQUEsRUFFQSxNQUFNLE1BQWMsSUFBcUI7QUFDdkMsV0FBTyxLQUFLLE1BQU0sSUFBSSxHQUFHLElBQUksSUFBSSxFQUFFLEVBQUU7QUFBQSxFQUN2QztBQUFBLEVBRUEsT0FBTyxNQUFjLElBQXFCO0FBQ3hDLFFBQUksS0FBSyxNQUFNLE1BQU0sRUFBRSxFQUFHLFFBQU87QUFDakMsVUFBTSxVQUFVLEtBQUssT0FBTyxJQUFJLEdBQUcsSUFBSSxJQUFJLEVBQUUsRUFBRTtBQUMvQyxXQUFPLFlBQVksVUFBYSxVQUFVLEtBQUssVUFBVTtBQUFBLEVBQzNEO0FBQUE7QUFBQSxFQUdBLE1BQU0sS0FBYSxPQUF1QjtBQUN4QyxRQUFJLFNBQVM7QUFDYixlQUFXLFFBQVEsQ0FBQyxHQUFHLEtBQUssTUFBTSxFQUFHLEtBQUksS0FBSyxNQUFNLEtBQUssS0FBSyxFQUFHLFdBQVUsS0FBSyxTQUFTLElBQUksSUFBSTtBQUNqRyxXQUFPO0FBQUEsRUFDVDtBQUFBO0FBQUEsRUFHQSxRQUFRLFVBQW9CLE9BQXNCO0FBQ2hELGVBQVcsQ0FBQyxLQUFLLFFBQVEsS0FBSyxDQUFDLEdBQUcsS0FBSyxVQUFVLEVBQUcsS0FBSSxTQUFTLGFBQWEsU0FBVSxNQUFLLFdBQVcsT0FBTyxHQUFHO0FBQ2xILGVBQVcsUUFBUSxDQUFDLEdBQUcsS0FBSyxNQUFNLEVBQUcsTUFBSyxRQUFRLFVBQVUsS0FBSztBQUFBLEVBQ25FO0FBQUEsRUFFQSxjQUFzQjtBQUNwQixVQUFNLENBQUMsT0FBTyxJQUFJLElBQUksS0FBSyxNQUFNO0FBQ2pDLFVBQU0sVUFBVSxRQUFRLEtBQUssUUFBUSxTQUFTLEtBQUssT0FBTztBQUMxRCxVQUFNLFNBQVMsS0FBSyxNQUFNLFlBQVksS0FBSyxLQUFLLFFBQVEsU0FBUyxJQUFJLEtBQUssTUFBTTtBQUNoRixXQUFPLFNBQVMsVUFBVSxLQUFLLFFBQVEsU0FBUyxJQUFJLEtBQUssTUFBTSxTQUFTO0FBQUEsRUFDMUU7QUFBQSxFQUVBLEtBQUssTUFBdUI7QUFDMUIsV0FBTyxLQUFLLFdBQVcsSUFBSSxHQUFHLElBQUksT0FBTyxHQUFHLFNBQVMsWUFBWTtBQUFBLEVBQ25FO0FBQUEsRUFFQSxPQUFPLE1BQXNCO0FBQzNCLFNBQUssT0FBTyxPQUFPLElBQUk7QUFBQSxFQUN6QjtBQUFBLEVBRUEsV0FBaUI7QUFDZixlQUFXLFFBQVEsQ0FBQyxHQUFHLEtBQUssTUFBTSxFQUFHLE1BQUssUUFBUTtBQUFBLEVBQ3BEO0FBQ0Y7QUFTQSxJQUFNLE9BQU4sTUFBVztBQUFBLEVBdElYLE9Bc0lXO0FBQUE7QUFBQTtBQUFBLEVBQ0EsT0FBaUIsQ0FBQztBQUFBLEVBQzNCLFVBQVU7QUFBQSxFQUNWLFlBQVk7QUFBQSxFQUNaLFlBQVk7QUFBQSxFQUNaLFlBQVk7QUFBQSxFQUNaLFVBQVU7QUFBQSxFQUVWLEtBQUssT0FBOEI7QUFDakMsU0FBSyxXQUFXO0FBQ2hCLFdBQU8sRUFBRSxRQUFRLEtBQUssU0FBUyxNQUFNO0FBQUEsRUFDdkM7QUFBQTtBQUFBLEVBR0EsS0FBSyxRQUFzQjtBQUN6QixRQUFJLEtBQUssS0FBSyxLQUFLO0FBQ25CLFdBQU8sS0FBSyxLQUFLLEtBQUssS0FBSyxLQUFLLENBQUMsRUFBRyxTQUFTLE9BQU8sT0FBUSxPQUFNO0FBQ2xFLFNBQUssS0FBSyxPQUFPLElBQUksR0FBRyxNQUFNO0FBQzlCLFNBQUssYUFBYSxPQUFPLE9BQU8sVUFBVTtBQUFBLEVBQzVDO0FBQ0Y7QUFFTyxJQUFNLFdBQU4sTUFBZTtBQUFBLEVBNUp0QixPQTRKc0I7QUFBQTtBQUFBO0FBQUEsRUFDWDtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNULE1BQXVCO0FBQUEsRUFDdkIsa0JBQXFDO0FBQUEsRUFDNUIsT0FBTyxJQUFJLEtBQUs7QUFBQSxFQUNoQixRQUFRLElBQUksS0FBSztBQUFBLEVBQzFCLGNBQWM7QUFBQSxFQUNkLGdCQUFnQjtBQUFBLEVBRWhCLFlBQVksU0FBa0IsTUFBZ0IsTUFBYyxRQUFvQjtBQUM5RSxTQUFLLFdBQVc7QUFDaEIsU0FBSyxRQUFRO0FBQ2IsU0FBSyxRQUFRO0FBQ2IsU0FBSyxnQkFBZ0I7QUFDckIsU0FBSyxTQUFTLEtBQUssS0FBSyxLQUFLLE1BQU0sTUFBTSxNQUFNLEtBQUssYUFBYSxDQUFDO0FBQUEsRUFDcEU7QUFBQSxFQUVBLElBQUksU0FBa0I7QUFDcEIsV0FBTyxDQUFDLEtBQUssZUFBZSxDQUFDLEtBQUs7QUFBQSxFQUNwQztBQUFBLEVBRUEsTUFBTSxLQUFhLE9BQXdCO0FBQ3pDLFdBQVEsS0FBSyxNQUFNLFNBQVMsT0FBTyxLQUFLLFVBQVUsU0FBVyxLQUFLLE1BQU0sU0FBUyxTQUFTLEtBQUssVUFBVTtBQUFBLEVBQzNHO0FBQUEsRUFFQSxLQUFLLElBQWMsUUFBd0I7QUFDekMsU0FBSyxNQUFNO0FBQ1gsU0FBSyxnQkFBZ0I7QUFDckIsVUFBTSxPQUFPLEtBQUssS0FBSyxLQUFLLE9BQU8sS0FBSyxNQUFNLE1BQU0sTUFBTSxLQUFLLGVBQWUsQ0FBQztBQUMvRSxPQUFHLFFBQVEsTUFBTTtBQUNmLFdBQUssa0JBQWtCLE9BQU8sTUFBTSxLQUFLLEtBQUs7QUFBQSxJQUNoRCxDQUFDO0FBQ0QsUUFBSSxLQUFLLFlBQWEsTUFBSyxNQUFNLFFBQVEsTUFBTSxLQUFLLGNBQWMsWUFBWSxDQUFDO0FBQUEsRUFDakY7QUFBQSxFQUVBLFNBQWU7QUFDYixTQUFLLGFBQWE7QUFBQSxFQUNwQjtBQUFBO0FBQUEsRUFHQSxXQUFvQjtBQUNsQixVQUFNLFVBQVUsS0FBSyxlQUFlLEtBQUs7QUFDekMsU0FBSyxNQUFNO0FBQ1gsU0FBSyxhQUFhO0FBQ2xCLFNBQUssZUFBZTtBQUNwQixXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsUUFBUSxVQUFvQixPQUFzQjtBQUNoRCxRQUFJLGFBQWEsS0FBSyxTQUFTLEtBQUssYUFBYTtBQUMvQyxXQUFLLGNBQWM7QUFDbkIsVUFBSSxNQUFPLE1BQUssTUFBTSxLQUFLLE1BQU0sSUFBSTtBQUFBLElBQ3ZDLFdBQVcsYUFBYSxLQUFLLE9BQU8sS0FBSyxlQUFlO0FBQ3RELFdBQUssZ0JBQWdCO0FBQ3JCLFVBQUksTUFBTyxNQUFLLE1BQU0sS0FBSyxPQUFPLElBQUk7QUFBQSxJQUN4QztBQUNBLFNBQUssY0FBYztBQUFBLEVBQ3JCO0FBQUEsRUFFQSxVQUFnQjtBQUNkLGVBQVcsUUFBUSxDQUFDLEtBQUssTUFBTSxLQUFLLEtBQUssR0FBRztBQUMxQyxVQUFJLEtBQUssS0FBSyxXQUFXLEtBQUssS0FBSyxXQUFXLElBQUksRUFBRztBQUNyRCxZQUFNLE9BQU8sS0FBSyxLQUFLLE9BQU8sQ0FBQztBQUMvQixXQUFLLFlBQVk7QUFDakIsaUJBQVcsVUFBVSxLQUFNLE1BQUssUUFBUSxNQUFNLE1BQU07QUFBQSxJQUN0RDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFFBQWM7QUFDWixlQUFXLFFBQVEsQ0FBQyxLQUFLLE1BQU0sS0FBSyxLQUFLLEdBQUc7QUFDMUMsV0FBSyxLQUFLLFNBQVM7QUFDbkIsV0FBSyxZQUFZO0FBQUEsSUFDbkI7QUFBQSxFQUNGO0FBQUEsRUFFQSxLQUFLLE1BQVksZUFBdUIsT0FBNkI7QUFDbkUsVUFBTSxTQUFTLDZCQUFnQixTQUFTLEtBQUssT0FBTyxLQUFLLGNBQWMsS0FBSyxlQUE3RDtBQUNmLFVBQU0sUUFBUSx3QkFBQyxVQUE0QjtBQUN6QyxVQUFJLENBQUMsT0FBTyxLQUFLLEtBQUssUUFBUztBQUMvQixXQUFLLFNBQVMsVUFBVSxJQUFJQyxPQUFNLEtBQUssQ0FBQztBQUV4QyxXQUFLLE1BQU0sTUFBTSxPQUFPLEtBQUssS0FBSyxDQUFDO0FBQUEsSUFDckMsR0FMYztBQU1kLFdBQU87QUFBQSxNQUNMO0FBQUEsTUFDQSxLQUFLLHdCQUFDLFVBQVU7QUFDZCxjQUFNLEtBQUs7QUFDWCxhQUFLLE1BQU0sTUFBTSxJQUFJO0FBQ3JCLGFBQUssVUFBVTtBQUFBLE1BQ2pCLEdBSks7QUFBQSxNQUtMLFNBQVMsNkJBQU0sTUFBTSxHQUFaO0FBQUEsTUFDVCxJQUFJLGNBQWM7QUFDaEIsZUFBTyxDQUFDLE9BQU87QUFBQSxNQUNqQjtBQUFBLE1BQ0EsSUFBSSxlQUFlO0FBQ2pCLGVBQU8sS0FBSztBQUFBLE1BQ2Q7QUFBQSxNQUNBLElBQUksWUFBWTtBQUNkLGVBQU8sS0FBSztBQUFBLE1BQ2Q7QUFBQSxNQUNBO0FBQUEsSUFDRjtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFdBQVcsTUFBcUI7QUFDOUIsV0FBTyxTQUFTLEtBQUssT0FDakIsS0FBSyxTQUFTLE9BQU8sS0FBSyxNQUFNLE1BQU0sS0FBSyxLQUFLLElBQ2hELEtBQUssU0FBUyxPQUFPLEtBQUssT0FBTyxLQUFLLE1BQU0sSUFBSTtBQUFBLEVBQ3REO0FBQUEsRUFFQSxNQUFNLE1BQVksT0FBNEI7QUFDNUMsVUFBTSxTQUFTLEtBQUssS0FBSyxLQUFLO0FBQzlCLFFBQUksS0FBSyxLQUFLLFdBQVcsS0FBSyxDQUFDLEtBQUssV0FBVyxJQUFJLEdBQUc7QUFDcEQsV0FBSyxRQUFRLE1BQU0sTUFBTTtBQUN6QjtBQUFBLElBQ0Y7QUFDQSxTQUFLLFNBQVMsWUFBWTtBQUMxQixTQUFLLEtBQUssTUFBTTtBQUFBLEVBQ2xCO0FBQUEsRUFFQSxRQUFRLE1BQVksUUFBc0I7QUFDeEMsVUFBTSxFQUFFLFVBQVUsSUFBSSxLQUFLO0FBQzNCLFNBQUssYUFBYSxPQUFPLE9BQU8sVUFBVTtBQUMxQyxTQUFLLFlBQVksS0FBSyxJQUFJLEtBQUssV0FBVyxVQUFVLFFBQVEsS0FBSyxTQUFTLFlBQVksQ0FBQztBQUN2RixjQUFVLE1BQU0sS0FBSyxZQUFZLFVBQVUsT0FBTyxNQUFNLEtBQUssUUFBUSxNQUFNLE1BQU0sQ0FBQztBQUFBLEVBQ3BGO0FBQUEsRUFFQSxRQUFRLE1BQVksUUFBc0I7QUFFeEMsUUFBSSxLQUFLLEtBQUssU0FBUyxLQUFLLEtBQUssV0FBVyxJQUFJLEdBQUc7QUFDakQsV0FBSyxLQUFLLE1BQU07QUFDaEI7QUFBQSxJQUNGO0FBQ0EsVUFBTSxRQUFRLFNBQVMsS0FBSztBQUM1QixVQUFNLEVBQUUsTUFBTSxJQUFJO0FBQ2xCLFFBQUksVUFBVSxNQUFNO0FBQ2xCLFVBQUksTUFBTyxNQUFLLGVBQWU7QUFBQSxVQUMxQixNQUFLLGFBQWE7QUFDdkI7QUFBQSxJQUNGO0FBQ0EsVUFBTSxXQUFXLFFBQVEsS0FBSyxNQUFNLEtBQUs7QUFDekMsUUFBSSxVQUFVLFlBQVksTUFBTyxNQUFLLFFBQVEsS0FBSztBQUNuRCxjQUFVLFFBQVEsTUFBTTtBQUN0QixVQUFJLEVBQUUsUUFBUSxLQUFLLGdCQUFnQixLQUFLLGFBQWM7QUFDdEQsV0FBSyxTQUFTLGFBQWE7QUFDM0IsVUFBSSxNQUFPLE1BQUssaUJBQWlCLE9BQU8sS0FBSztBQUFBLFVBQ3hDLE1BQUssY0FBYyxPQUFPLEtBQUs7QUFBQSxJQUN0QyxDQUFDO0FBQUEsRUFDSDtBQUFBO0FBQUEsRUFHQSxRQUFRLE9BQXNCO0FBQzVCLFFBQUksQ0FBQyxLQUFLLFNBQVMsS0FBSyxRQUFRLEtBQUssUUFBUSxLQUFLLE1BQU0sSUFBSSxFQUFHO0FBQy9ELFFBQUksTUFBTyxNQUFLLGFBQWE7QUFBQSxRQUN4QixNQUFLLGVBQWU7QUFBQSxFQUMzQjtBQUFBLEVBRUEsZUFBcUI7QUFDbkIsUUFBSSxDQUFDLEtBQUssWUFBYTtBQUN2QixTQUFLLGNBQWM7QUFDbkIsUUFBSSxLQUFLLGNBQWUsTUFBSyxNQUFNLEtBQUssTUFBTSxJQUFJO0FBQ2xELFNBQUssU0FBUyxVQUFVLE1BQU0sR0FBRyxNQUFNLEtBQUssTUFBTSxRQUFRLE1BQU0sS0FBSyxjQUFjLFNBQVMsQ0FBQyxDQUFDO0FBQzlGLFNBQUssY0FBYztBQUFBLEVBQ3JCO0FBQUEsRUFFQSxpQkFBdUI7QUFDckIsUUFBSSxDQUFDLEtBQUssY0FBZTtBQUN6QixTQUFLLGdCQUFnQjtBQUNyQixRQUFJLEtBQUssWUFBYSxNQUFLLE1BQU0sS0FBSyxPQUFPLElBQUk7QUFDakQsU0FBSyxTQUFTLFVBQVUsTUFBTSxHQUFHLE1BQU0sS0FBSyxLQUFLLFFBQVEsTUFBTSxLQUFLLGlCQUFpQixTQUFTLENBQUMsQ0FBQztBQUNoRyxTQUFLLGNBQWM7QUFBQSxFQUNyQjtBQUFBLEVBRUEsZ0JBQXNCO0FBQ3BCLFFBQUksS0FBSyxPQUFRLE1BQUssU0FBUyxPQUFPLElBQUk7QUFBQSxFQUM1QztBQUNGO0FBR08sU0FBUyxjQUFjLFNBQWtCLFVBQW1DO0FBQ2pGLFNBQU87QUFBQSxJQUNMLE1BQU0sd0JBQUMsTUFBTSxXQUFXLFFBQVEsS0FBSyxVQUFVLE1BQU0sUUFBUSxNQUFNLEdBQTdEO0FBQUEsSUFDTixRQUFRLDhCQUFPLFdBQVcsUUFBUSxPQUFPLFVBQVUsUUFBUSxDQUFDLFNBQVMsT0FBTyxJQUFJLENBQUMsR0FBekU7QUFBQSxJQUNSLE9BQU8sbUNBQVksUUFBUSxTQUFTLFVBQVUsTUFBTSxHQUE3QztBQUFBLEVBQ1Q7QUFDRjtBQU5nQjs7O0FDblNULElBQU0sY0FBTixNQUFzQztBQUFBLEVBaEQ3QyxPQWdENkM7QUFBQTtBQUFBO0FBQUEsRUFDbEM7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDVCxPQUEyQjtBQUFBO0FBQUEsRUFFM0IsV0FBbUM7QUFBQSxFQUNuQyxVQUFVO0FBQUEsRUFDVixZQUFZO0FBQUEsRUFDSCxXQUEyQixDQUFDO0FBQUEsRUFDNUI7QUFBQSxFQUVULFlBQVksU0FBa0IsT0FBYyxRQUFnQixVQUE0RDtBQUN0SCxTQUFLLFdBQVc7QUFDaEIsU0FBSyxPQUFPLFFBQVE7QUFDcEIsU0FBSyxRQUFRO0FBQ2IsU0FBSyxTQUFTO0FBQ2QsU0FBSyxRQUFRLElBQUksYUFBYSxRQUFRLE1BQU0sUUFBUSxXQUFXLFFBQVEsWUFBWSxDQUFDLFFBQVEsS0FBSyxRQUFRLEdBQUcsQ0FBQztBQUM3RyxTQUFLLE9BQU8sU0FBUyxLQUFLLGFBQWEsQ0FBQztBQUFBLEVBQzFDO0FBQUEsRUFFQSxJQUFJLFdBQW9CO0FBQ3RCLFdBQU8sS0FBSztBQUFBLEVBQ2Q7QUFBQSxFQUVBLFFBQVEsS0FBdUI7QUFDN0IsUUFBSSxDQUFDLEtBQUssUUFBUztBQUNuQixRQUFJLEtBQUssV0FBVztBQUNsQixXQUFLLFNBQVMsS0FBSyxHQUFHO0FBQ3RCO0FBQUEsSUFDRjtBQUNBLFNBQUssU0FBUyxVQUFVO0FBQ3hCLFFBQUk7QUFDRixVQUFJO0FBQUEsSUFDTixTQUFTLE9BQU87QUFDZCxXQUFLLFNBQVMsTUFBTSxPQUFPLEtBQUssVUFBVSxLQUFLO0FBQUEsSUFDakQ7QUFBQSxFQUNGO0FBQUEsRUFFQSxRQUFjO0FBQ1osU0FBSyxZQUFZO0FBQUEsRUFDbkI7QUFBQTtBQUFBLEVBR0EsU0FBZTtBQUNiLFNBQUssWUFBWTtBQUNqQixlQUFXLE9BQU8sS0FBSyxTQUFTLE9BQU8sQ0FBQyxFQUFHLE1BQUssUUFBUSxHQUFHO0FBQUEsRUFDN0Q7QUFBQSxFQUVBLE1BQVk7QUFDVixTQUFLLFVBQVU7QUFDZixTQUFLLFNBQVMsU0FBUztBQUN2QixTQUFLLEtBQUssT0FBTztBQUFBLEVBQ25CO0FBQUEsRUFFQSxlQUFxQztBQUNuQyxVQUFNLFVBQVUsS0FBSztBQUNyQixVQUFNLEVBQUUsTUFBTSxJQUFJO0FBQ2xCLFVBQU0sRUFBRSxVQUFVLElBQUksTUFBTTtBQUM1QixXQUFPO0FBQUEsTUFDTCxlQUFlLFFBQVE7QUFBQSxNQUN2QixPQUFPLHdCQUFDLE1BQU0sWUFBWSxJQUFJLEtBQUssTUFBTSxVQUFVLE1BQU0sT0FBTyxHQUF6RDtBQUFBLE1BQ1AsS0FBSyx3QkFBQyxjQUFjO0FBQ2xCLGNBQU0sVUFBVSxRQUFRLFlBQVksV0FBVyxLQUFLLE1BQU07QUFDMUQsWUFBSSxZQUFZLEVBQUcsUUFBTyxRQUFRLFFBQVE7QUFDMUMsZUFBTyxJQUFJLFFBQVEsQ0FBQyxZQUFZLFVBQVUsTUFBTSxTQUFTLE1BQU0sS0FBSyxRQUFRLE9BQU8sQ0FBQyxDQUFDO0FBQUEsTUFDdkYsR0FKSztBQUFBLE1BS0wsaUJBQWlCLHdCQUFDLGNBQWMsTUFBTSxvQkFBb0IsU0FBUyxTQUFTLEdBQTNEO0FBQUEsTUFDakIsT0FBTyx3QkFBQyxjQUFjLE1BQU0sVUFBVSxTQUFTLFNBQVMsR0FBakQ7QUFBQSxNQUNQLFdBQVcsd0JBQUMsV0FBVyxRQUFRLFdBQVcsTUFBTSxVQUFVLFNBQVMsV0FBVyxRQUFRLE1BQU0sR0FBakY7QUFBQSxJQUNiO0FBQUEsRUFDRjtBQUNGO0FBRU8sSUFBTSxVQUFOLE1BQWM7QUFBQSxFQTVIckIsT0E0SHFCO0FBQUE7QUFBQTtBQUFBLEVBQ1Y7QUFBQSxFQUNBO0FBQUEsRUFDQSxhQUF5QixFQUFFLE1BQU0sR0FBRyxjQUFjLEVBQUU7QUFBQSxFQUNwRCxPQUFpQixFQUFFLFNBQVMsQ0FBQyxNQUFNLEdBQUcsR0FBRyxRQUFRLENBQUMsS0FBSyxDQUFDLEVBQUU7QUFBQSxFQUNuRSxnQkFBZ0IsS0FBSyxPQUFPO0FBQUEsRUFDNUI7QUFBQSxFQUNBLFVBQThCO0FBQUE7QUFBQSxFQUU5QixVQUE4QjtBQUFBO0FBQUEsRUFFOUIsVUFBZ0M7QUFBQSxFQUNoQyxVQUFpQjtBQUFBLEVBQ1I7QUFBQSxFQUNBO0FBQUEsRUFDVCxTQUFTO0FBQUE7QUFBQSxFQUVULFVBQTJCO0FBQUEsRUFFM0IsWUFBWSxNQUFjLE9BQXFCLE9BQWMsUUFBZ0I7QUFDM0UsU0FBSyxPQUFPO0FBQ1osU0FBSyxRQUFRO0FBQ2IsU0FBSyxRQUFRO0FBQ2IsU0FBSyxVQUFVO0FBQ2YsU0FBSyxVQUFVLElBQUksV0FBVyxPQUFPLElBQUksY0FBYyxDQUFDO0FBQUEsRUFDMUQ7QUFBQSxFQUVBLElBQUksT0FBZ0I7QUFDbEIsV0FBTyxLQUFLLFlBQVk7QUFBQSxFQUMxQjtBQUFBLEVBRUEsSUFBSSxPQUE2QjtBQUMvQixXQUFPLEtBQUssU0FBUyxRQUFRLEtBQUs7QUFBQSxFQUNwQztBQUFBLEVBRUEsSUFBSSxPQUEyQjtBQUM3QixXQUFPLEtBQUssU0FBUyxRQUFRO0FBQUEsRUFDL0I7QUFBQSxFQUVBLElBQUksV0FBNEI7QUFDOUIsV0FBTyxLQUFLLE1BQU0sV0FBVyxTQUFTLFlBQVk7QUFBQSxFQUNwRDtBQUFBO0FBQUEsRUFHQSxhQUFnQztBQUM5QixVQUFNLEVBQUUsS0FBSyxJQUFJO0FBQ2pCLFdBQU8sUUFBUSxLQUFLLFFBQVEsUUFBUSxJQUFJO0FBQUEsRUFDMUM7QUFBQSxFQUVBLFlBQVksRUFBRSxLQUFLLEdBQWMsUUFBd0I7QUFDdkQsUUFBSSxTQUFTLFVBQVUsU0FBUyxRQUFTLFFBQU87QUFDaEQsVUFBTSxDQUFDLE9BQU8sSUFBSSxJQUFJLFNBQVMsY0FBYyxTQUFTLGVBQWUsS0FBSyxLQUFLLFNBQVMsS0FBSyxLQUFLO0FBQ2xHLFdBQU8sUUFBUSxPQUFPLFNBQVMsS0FBSyxPQUFPO0FBQUEsRUFDN0M7QUFBQSxFQUVBLFFBQWM7QUFDWixRQUFJLEtBQUssUUFBUztBQUNsQixTQUFLLFVBQVU7QUFDZixVQUFNLFNBQVMsS0FBSztBQUNwQixTQUFLLFVBQVU7QUFDZixVQUFNQyxXQUFVLElBQUksWUFBWSxNQUFNLEtBQUssT0FBTyxLQUFLLFFBQVEsTUFBTSxHQUFHLENBQUMsWUFBWTtBQUNuRixVQUFJLENBQUMsT0FBUSxRQUFPLElBQUksY0FBYyxPQUFPO0FBQzdDLGFBQU8sS0FBSyxZQUFZLFdBQVcsT0FBTyxLQUFLLE9BQU8sSUFBSSxPQUFPLFdBQVcsS0FBSyxTQUFTLFVBQVUsT0FBTztBQUFBLElBQzdHLENBQUM7QUFDRCxTQUFLLFVBQVVBO0FBQ2YsSUFBQUEsU0FBUSxRQUFRLE1BQU07QUFDcEIsV0FBSyxNQUFNQSxRQUFPLEVBQUUsTUFBTSxDQUFDLFVBQW1CLEtBQUssWUFBWUEsVUFBUyxLQUFLLENBQUM7QUFBQSxJQUNoRixDQUFDO0FBQUEsRUFDSDtBQUFBLEVBRUEsSUFBSSxPQUFvQjtBQUN0QixVQUFNLEVBQUUsU0FBQUEsU0FBUSxJQUFJO0FBQ3BCLFFBQUksQ0FBQ0EsU0FBUztBQUNkLFNBQUssVUFBVTtBQUNmLElBQUFBLFNBQVEsSUFBSTtBQUNaLFNBQUssTUFBTSxRQUFRLFFBQVFBLFVBQVMsVUFBVSxRQUFRO0FBQ3RELFNBQUssVUFBVUEsU0FBUTtBQUN2QixTQUFLLFVBQVU7QUFBQSxFQUNqQjtBQUFBO0FBQUEsRUFHQSxhQUFtQjtBQUNqQixTQUFLLElBQUksWUFBWTtBQUNyQixTQUFLLFVBQVU7QUFBQSxFQUNqQjtBQUFBO0FBQUEsRUFHQSxhQUFtQztBQUNqQyxXQUFPLEtBQUssTUFBTSxLQUFLLEtBQUs7QUFBQSxFQUM5QjtBQUFBLEVBRUEsY0FBYyxNQUEyQjtBQUN2QyxTQUFLLElBQUksUUFBUTtBQUNqQixTQUFLLFVBQVU7QUFDZixTQUFLLFVBQVU7QUFBQSxFQUNqQjtBQUFBLEVBRUEsTUFBTSxNQUFNQSxVQUFxQztBQUMvQyxVQUFNLEVBQUUsT0FBTyxRQUFRLE9BQU8sS0FBSyxJQUFJQTtBQUN2QyxVQUFNLFNBQVMsTUFBTSxNQUFNLGVBQWUsTUFBTSxPQUFPLE1BQU0sQ0FBQztBQUM5RCxRQUFJLENBQUMsT0FBTyxJQUFJO0FBQ2QsV0FBSyxNQUFNQSxVQUFTLHFDQUFxQyxPQUFPLE9BQU8sSUFBSSxLQUFLLE9BQU8sT0FBTyxPQUFPLEVBQUU7QUFDdkc7QUFBQSxJQUNGO0FBQ0EsVUFBTSxRQUFtQjtBQUFBLE1BQ3ZCO0FBQUEsTUFDQTtBQUFBLE1BQ0EsUUFBUSxPQUFPLE1BQU07QUFBQSxNQUNyQixhQUFhLHdCQUFDLFlBQVksS0FBSyxhQUFhQSxVQUFTLE9BQU8sR0FBL0M7QUFBQSxJQUNmO0FBQ0EsVUFBTSxPQUFPLElBQUksTUFBTSxZQUFZO0FBQUEsTUFDakMsUUFBUSxXQUFXLEtBQUssTUFBTSxLQUFLLE1BQU0sTUFBTTtBQUFBLE1BQy9DO0FBQUEsTUFDQSxZQUFZLE9BQU87QUFBQSxNQUNuQixLQUFLLEtBQUssS0FBSztBQUFBLE1BQ2YsT0FBTyx3QkFBQyxXQUFXLEtBQUssTUFBTUEsVUFBUyxNQUFNLEdBQXRDO0FBQUEsSUFDVCxDQUFDO0FBQ0QsSUFBQUEsU0FBUSxPQUFPO0FBQ2YsUUFBSSxXQUFXQSxVQUFTLE1BQU0sS0FBSyxNQUFNLE9BQU8sRUFBRSxLQUFLO0FBQ3ZELFVBQU0sS0FBSyxNQUFNO0FBQUEsRUFDbkI7QUFBQSxFQUVBLFlBQVlBLFVBQXNCLE9BQXNCO0FBQ3RELFFBQUksaUJBQWlCQSxTQUFRLE1BQU0sVUFBVyxNQUFLLE1BQU1BLFVBQVMsb0JBQW9CLE1BQU0sT0FBTyxFQUFFO0FBQUEsUUFDaEcsTUFBSyxNQUFNLE9BQU8sTUFBTSxLQUFLO0FBQUEsRUFDcEM7QUFBQSxFQUVBLE1BQU1BLFVBQXNCLFFBQXNCO0FBQ2hELFFBQUksS0FBSyxZQUFZQSxTQUFTO0FBQzlCLFNBQUssSUFBSSxRQUFRO0FBQ2pCLFNBQUssTUFBTSxPQUFPLE1BQU0sTUFBTTtBQUFBLEVBQ2hDO0FBQUEsRUFFQSxNQUFNLGFBQWFBLFVBQXNCLFNBQXdFO0FBQy9HLFVBQU0sRUFBRSxNQUFNLElBQUk7QUFDbEIsVUFBTSxVQUFVLE1BQU1BLFNBQVEsTUFBTSxjQUFjO0FBQUEsTUFDaEQ7QUFBQSxRQUNFLFdBQVcsY0FBYyxNQUFNLFNBQVNBLFFBQU87QUFBQSxRQUMvQyxRQUFRLDZCQUFNLCtCQUFOO0FBQUEsUUFDUixPQUFPQSxTQUFRO0FBQUEsUUFDZixRQUFRQSxTQUFRLE9BQU8sTUFBTTtBQUFBLE1BQy9CO0FBQUEsTUFDQTtBQUFBLElBQ0Y7QUFDQSxXQUFPO0FBQUEsTUFDTCxNQUFNLHdCQUFDLElBQUksTUFBTSxVQUFVO0FBQ3pCLGNBQU0sU0FBUyxNQUFNLFlBQVksTUFBTSxJQUFJLEtBQUs7QUFFaEQsWUFBSSxXQUFXLEVBQUcsUUFBTztBQUN6QixjQUFNQyxTQUFRLFFBQVEsS0FBSyxJQUFJLE1BQU0sS0FBSztBQUMxQyxpQkFBUyxPQUFPLEdBQUcsT0FBTyxRQUFRLFFBQVEsRUFBRyxTQUFRLEtBQUssSUFBSSxNQUFNLEtBQUs7QUFDekUsZUFBT0E7QUFBQSxNQUNULEdBUE07QUFBQSxNQVFOLGNBQWMsd0JBQUMsT0FBTyxRQUFRLGFBQWEsRUFBRSxHQUEvQjtBQUFBLE1BQ2QsTUFBTSx3QkFBQyxZQUFZLFFBQVEsS0FBSyxPQUFPLEdBQWpDO0FBQUEsTUFDTixPQUFPLDZCQUFNLFFBQVEsTUFBTSxHQUFwQjtBQUFBLElBQ1Q7QUFBQSxFQUNGO0FBQUEsRUFFQSxPQUFZO0FBQ1YsVUFBTSxNQUFNLHdCQUFDLE1BQWMsYUFBMkIsS0FBSyxNQUFNLE1BQU0sTUFBTSxVQUFVLElBQUksR0FBL0U7QUFDWixXQUFPLEVBQUUsT0FBTyxLQUFLLE1BQU0sS0FBSyxNQUFNLEtBQUssT0FBTyxJQUFJO0FBQUEsRUFDeEQ7QUFDRjtBQUVBLFNBQVMsV0FBVyxNQUFjLFFBQTBDO0FBQzFFLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxZQUFZO0FBQUEsSUFDWixNQUFNO0FBQUEsSUFDTixZQUFZO0FBQUEsSUFDWixVQUFVO0FBQUEsSUFDVixVQUFVO0FBQUEsSUFDVixPQUFPLEVBQUUsY0FBYyxVQUFVLE1BQU0sS0FBSztBQUFBLElBQzVDLGdCQUFnQjtBQUFBLElBQ2hCLGdCQUFnQjtBQUFBLElBQ2hCLG9CQUFvQjtBQUFBLElBQ3BCLFVBQVU7QUFBQSxJQUNWO0FBQUEsRUFDRjtBQUNGO0FBZlM7OztBQ2hTRixJQUFNLFNBQVM7QUFBQSxFQUNwQixNQUFNLEVBQUUsUUFBUSxHQUFHLFlBQVksRUFBRTtBQUFBLEVBQ2pDLGNBQWMsRUFBRSxRQUFRLEdBQUcsWUFBWSxFQUFFO0FBQUEsRUFDekMsc0JBQXNCLEVBQUUsUUFBUSxHQUFHLFlBQVksRUFBRTtBQUFBLEVBQ2pELHFCQUFxQixFQUFFLFFBQVEsR0FBRyxZQUFZLEVBQUU7QUFBQSxFQUNoRCxPQUFPLEVBQUUsUUFBUSxHQUFHLFlBQVksRUFBRTtBQUFBLEVBQ2xDLFNBQVMsRUFBRSxRQUFRLEdBQUcsWUFBWSxFQUFFO0FBQ3RDOzs7QUM2QkEsSUFBTSxpQkFBaUI7QUFBQSxFQUNyQixDQUFDLEtBQUssQ0FBQztBQUFBLEVBQ1AsQ0FBQyxLQUFLLENBQUM7QUFBQSxFQUNQLENBQUMsS0FBSyxFQUFFO0FBQUEsRUFDUixDQUFDLEdBQUcsRUFBRTtBQUNSO0FBRU8sSUFBTSxlQUFlO0FBRTVCLElBQU0sVUFBVSxDQUFDLEdBQUcsR0FBRyxHQUFHLEdBQUcsR0FBRyxHQUFHLENBQUM7QUFFN0IsU0FBUyxTQUFTLE1BQW9CO0FBQzNDLFFBQU0sU0FBUyxJQUFJLGFBQWEsT0FBTyxLQUFNO0FBQzdDLFFBQU0sVUFBVSxLQUFLLFFBQVEsT0FBTztBQUNwQyxRQUFNLFdBQVcsTUFBUyxPQUFPLE1BQU0sR0FBTTtBQUM3QyxRQUFNLGNBQWMsS0FBSyxRQUFRLGNBQWM7QUFDL0MsUUFBTSxZQUFZLE9BQU8sTUFBTSxDQUFDLE1BQU0sSUFBSSxJQUFJLE9BQU8sU0FBUyxJQUFJO0FBQ2xFLFFBQU0sU0FBUyxLQUFLLE9BQU8sTUFBTSxHQUFJO0FBQ3JDLFFBQU0sY0FBYyxnQkFBZ0IsUUFBUSxVQUFVLE9BQU87QUFDN0QsUUFBTSxTQUFTLFlBQVksS0FBSyxDQUFDLEVBQUUsTUFBTSxNQUFNLFVBQVUsT0FBTztBQUNoRSxRQUFNLGlCQUFpQixNQUFNLElBQUksWUFBWSxDQUFDLEtBQUssWUFBWSxJQUFJLFNBQVMsTUFBTSxTQUFTLGVBQWU7QUFDMUcsU0FBTztBQUFBLElBQ0w7QUFBQSxJQUNBO0FBQUEsSUFDQSxTQUFTO0FBQUEsTUFDUCxTQUFTLElBQUksT0FBTyxNQUFNLENBQUM7QUFBQSxNQUMzQixTQUFTLE1BQU0sT0FBTyxNQUFNLEdBQUc7QUFBQSxNQUMvQixNQUFNLElBQUksT0FBTyxNQUFNLENBQUM7QUFBQSxNQUN4QixlQUFlLE9BQU8sU0FBUyxJQUFJO0FBQUEsTUFDbkMsa0JBQWtCLE9BQU8sU0FBUyxJQUFJO0FBQUEsTUFDdEMsZUFBZSxPQUFPLE1BQU0sQ0FBQyxNQUFNLElBQUksSUFBSSxPQUFPLFNBQVMsSUFBSTtBQUFBLE1BQy9ELFdBQVcsTUFBTyxPQUFPLE1BQU0sR0FBSTtBQUFBLElBQ3JDO0FBQUEsSUFDQTtBQUFBLElBQ0EsVUFBVTtBQUFBLElBQ1YsU0FBUztBQUFBLElBQ1Q7QUFBQSxJQUNBO0FBQUEsSUFDQTtBQUFBLElBQ0EsV0FBVyxPQUFPLE1BQU0sQ0FBQyxNQUFNLElBQUksSUFBSSxPQUFPLFNBQVMsSUFBSTtBQUFBLElBQzNELGdCQUFnQixPQUFPLE1BQU0sQ0FBQyxNQUFNLElBQUksSUFBSSxPQUFPLFNBQVMsSUFBSTtBQUFBLElBQ2hFO0FBQUEsSUFDQSxnQkFBZ0I7QUFBQSxJQUNoQjtBQUFBLEVBQ0Y7QUFDRjtBQWxDZ0I7QUFvQ2hCLFNBQVMsZ0JBQWdCLFFBQWdCLFVBQWtCLFNBQStCO0FBQ3hGLFFBQU0sUUFBUyxPQUFPLEtBQUssTUFBTSxFQUFrQixPQUFPLENBQUMsU0FBUyxXQUFXLE9BQU8sSUFBSSxFQUFFLFVBQVU7QUFDdEcsUUFBTSxTQUFTLE1BQU0sT0FBTyxNQUFNLE9BQU8sTUFBTSxDQUFDLElBQUksQ0FBQztBQUNyRCxNQUFJLE9BQU8sV0FBVyxFQUFHLFFBQU8sQ0FBQztBQUNqQyxRQUFNLFVBQVUsT0FBTyxJQUFJLENBQUMsU0FBUyxPQUFPLElBQUksRUFBRSxVQUFVLE9BQU8sT0FBTyxTQUFTLEVBQUU7QUFDckYsUUFBTSxRQUFRLFFBQVEsT0FBTyxDQUFDLEtBQUssV0FBVyxNQUFNLFFBQVEsQ0FBQztBQUM3RCxRQUFNLFNBQVMsTUFBTyxPQUFPLE1BQU0sR0FBSTtBQUN2QyxRQUFNLGNBQTRCLENBQUM7QUFDbkMsV0FBUyxPQUFPLE9BQU8sU0FBUyxJQUFJLElBQUksUUFBUSxPQUFPLFVBQVUsUUFBUSxPQUFPLFNBQVMsSUFBSSxJQUFJLFFBQVE7QUFDdkcsUUFBSSxLQUFLLE9BQU8sU0FBUyxJQUFJO0FBQzdCLFVBQU0sUUFBUSxPQUFPLEtBQUssQ0FBQyxHQUFHLGNBQWMsTUFBTSxRQUFRLFFBQVEsS0FBTSxDQUFDLEtBQUssT0FBTyxDQUFDO0FBQ3RGLGdCQUFZLEtBQUssRUFBRSxRQUFRLFlBQVksUUFBUSxNQUFNLE9BQU8sTUFBTSxPQUFPLE9BQU8sRUFBRSxDQUFDO0FBQUEsRUFDckY7QUFDQSxTQUFPO0FBQ1Q7QUFkUztBQWdCVCxTQUFTLEtBQVksUUFBZ0IsUUFBaUM7QUFDcEUsU0FBTyxPQUFPLE9BQU8sTUFBTSxPQUFPLE1BQU0sQ0FBQztBQUMzQztBQUZTOzs7QUN6RkYsSUFBTSxTQUFOLE1BQWE7QUFBQSxFQVhwQixPQVdvQjtBQUFBO0FBQUE7QUFBQSxFQUNUO0FBQUEsRUFDQTtBQUFBLEVBQ1QsWUFBWTtBQUFBLEVBQ1osU0FBUztBQUFBO0FBQUEsRUFFQSxRQUFRLG9CQUFJLElBQWE7QUFBQTtBQUFBLEVBRXpCLFFBQVEsb0JBQUksSUFBZ0I7QUFBQTtBQUFBLEVBRTVCLFNBQVMsb0JBQUksSUFBOEQ7QUFBQSxFQUVwRixZQUFZLE9BQWMsUUFBZ0I7QUFDeEMsU0FBSyxTQUFTO0FBQ2QsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQSxFQUVBLElBQUksVUFBbUI7QUFDckIsV0FBTyxLQUFLO0FBQUEsRUFDZDtBQUFBLEVBRUEsTUFBTSxVQUF5QjtBQUM3QjtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFVBQVUsVUFBNEI7QUFDcEMsV0FBTztBQUFBLEVBQ1Q7QUFBQSxFQUVBLFNBQVMsU0FBMkI7QUFDbEMsV0FBTyxDQUFDLEtBQUssTUFBTSxJQUFJLE9BQU8sS0FBSyxDQUFDLFFBQVE7QUFBQSxFQUM5QztBQUFBLEVBRUEsUUFBYztBQUNaLFVBQU0sRUFBRSxNQUFNLFNBQVMsVUFBVSxJQUFJLEtBQUs7QUFDMUMsU0FBSyxZQUFZO0FBQ2pCLFlBQVEsTUFBTSxVQUFVLEtBQUs7QUFDN0IsWUFBUSxNQUFNLFlBQVksS0FBSztBQUMvQixZQUFRLE1BQU0sU0FBUyxLQUFLO0FBQzVCLGVBQVcsY0FBYyxLQUFLLGFBQWE7QUFDekMsZ0JBQVUsTUFBTSxXQUFXLE1BQU0sTUFBTTtBQUNyQyxZQUFJLEtBQUssVUFBVyxNQUFLLFFBQVEsVUFBVTtBQUFBLE1BQzdDLENBQUM7QUFBQSxJQUNIO0FBQUEsRUFDRjtBQUFBO0FBQUEsRUFHQSxNQUFZO0FBQ1YsU0FBSyxZQUFZO0FBQ2pCLFVBQU0sRUFBRSxRQUFRLElBQUksS0FBSztBQUN6QixZQUFRLE1BQU0sVUFBVSxDQUFDLEtBQUssQ0FBQztBQUMvQixZQUFRLE1BQU0sWUFBWTtBQUMxQixTQUFLLE9BQU8sTUFBTTtBQUNsQixlQUFXLFFBQVEsQ0FBQyxHQUFHLEtBQUssS0FBSyxFQUFHLE1BQUs7QUFDekMsZUFBVyxXQUFXLEtBQUssT0FBTyxTQUFVLEtBQUksS0FBSyxTQUFTLE9BQU8sRUFBRyxTQUFRLE1BQU07QUFBQSxFQUN4RjtBQUFBLEVBRUEsYUFBbUI7QUFDakIsU0FBSyxTQUFTO0FBQUEsRUFDaEI7QUFBQSxFQUVBLFNBQVMsT0FBZSxLQUFhLE9BQTBCO0FBQzdELFFBQUksQ0FBQyxLQUFLLFVBQVcsUUFBTztBQUM1QixVQUFNLEVBQUUsV0FBVyxlQUFlLElBQUksS0FBSyxPQUFPO0FBRWxELFVBQU0sWUFBWSxNQUFNLFNBQVMscUJBQXFCLE1BQU0sU0FBUztBQUNyRSxVQUFNLE1BQU0sS0FBSyxRQUFRLFNBQVM7QUFDbEMsUUFBSSxPQUFPLFlBQVksWUFBWSxJQUFJLFlBQVk7QUFDakQsV0FBSyxPQUFPLFNBQVMsTUFBTSxhQUFhO0FBQ3hDLGFBQU87QUFBQSxJQUNUO0FBQ0EsUUFBSSxhQUFhLE1BQU0sSUFBSSxnQkFBZ0I7QUFDekMsVUFBSSxVQUFXLFFBQU87QUFDdEIsV0FBSyxPQUFPLFNBQVMsTUFBTSxtQkFBbUI7QUFDOUMsYUFBTztBQUFBLElBQ1Q7QUFDQSxXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsb0JBQW9CLFNBQWtCLEVBQUUsS0FBSyxHQUFvQjtBQUMvRCxVQUFNLFFBQVEsS0FBSyxPQUFPLElBQUksT0FBTztBQUNyQyxRQUFJLENBQUMsU0FBVSxTQUFTLGNBQWMsU0FBUyxhQUFlO0FBQzlELFVBQU0sY0FBYztBQUNwQixRQUFJLE1BQU0sYUFBYSxFQUFHO0FBQzFCLFNBQUssT0FBTyxPQUFPLE9BQU87QUFFMUIsU0FBSyxPQUFPLFVBQVUsTUFBTSxNQUFNLE9BQU8sTUFBTSxDQUFDLE1BQU0sSUFBSSxJQUFJLE1BQU0sT0FBTyxTQUFTLElBQUksR0FBRyxNQUFNO0FBQy9GLFVBQUksS0FBSyxhQUFhLFFBQVEsS0FBTSxNQUFLLFVBQVUsU0FBUyxjQUFjLEtBQUssUUFBUSxNQUFNLE1BQU0sQ0FBQztBQUFBLElBQ3RHLENBQUM7QUFBQSxFQUNIO0FBQUEsRUFFQSxVQUFVLFVBQW1CLFlBQXNDO0FBQ2pFLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxVQUFVLFVBQW1CLFlBQXVCLFNBQWlCLFNBQTBEO0FBQzdILFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxRQUFRLEVBQUUsT0FBTyxNQUFNLE9BQU8sR0FBcUI7QUFDakQsVUFBTSxFQUFFLE1BQU0sSUFBSSxFQUFFLE9BQU8sS0FBSyxPQUFPO0FBQ3ZDLFVBQU0sU0FBUyxJQUFJLGFBQWEsSUFBSTtBQUNwQyxVQUFNLEtBQUssTUFBTSxTQUFTLE9BQU8sQ0FBQyxZQUFZLFFBQVEsSUFBSTtBQUUxRCxVQUFNLFNBQVMsR0FBRyxLQUFLLENBQUMsWUFBWSxRQUFRLE1BQU0sU0FBUyxRQUFRLE9BQU8sU0FBUyxRQUFRO0FBQzNGLFVBQU0sU0FBUyxVQUFVLE9BQU8sTUFBTSxDQUFDLE1BQU0sSUFBSSxTQUFTLEdBQUcsT0FBTyxNQUFNLEtBQUssSUFBSSxHQUFHLEdBQUcsTUFBTSxDQUFDLENBQUM7QUFDakcsUUFBSSxDQUFDLE9BQVE7QUFDYixVQUFNLFNBQVMsTUFBTSxVQUFVLEtBQUssRUFBRTtBQUN0QyxVQUFNLE1BQU0sUUFBUSxTQUFTLE1BQU0sS0FBSyxLQUFLLElBQUksQ0FBQyxDQUFDO0FBQ25ELFlBQVEsT0FBTztBQUFBLE1BQ2IsS0FBSztBQUNILGFBQUssVUFBVSxRQUFRLFVBQVUsS0FBSyxRQUFRLE1BQU0sQ0FBQztBQUNyRDtBQUFBLE1BQ0YsS0FBSztBQUNILGFBQUssVUFBVSxRQUFRLGNBQWMsS0FBSyxRQUFRLE1BQU0sQ0FBQztBQUN6RDtBQUFBLE1BQ0YsS0FBSztBQUNILGFBQUssT0FBTyxJQUFJLFFBQVEsRUFBRSxZQUFZLElBQUksT0FBTyxNQUFNLENBQUMsR0FBRyxPQUFPLENBQUM7QUFDbkU7QUFBQSxNQUNGLEtBQUs7QUFDSCxtQkFBVyxXQUFXLEdBQUksTUFBSyxVQUFVLFNBQVMsY0FBYyxLQUFLLFFBQVEsTUFBTSxDQUFDO0FBQ3BGO0FBQUEsTUFDRixLQUFLO0FBQ0gsYUFBSyxPQUFPLFFBQVEsTUFBTSxPQUFPLFNBQVMsSUFBSSxPQUFPLFNBQVMsS0FBSyxlQUFlLElBQUk7QUFDdEY7QUFBQSxNQUNGLEtBQUs7QUFDSCxhQUFLLFNBQVMsUUFBUSxNQUFNLE9BQU8sU0FBUyxJQUFJLEdBQUk7QUFDcEQ7QUFBQSxNQUNGO0FBQ0Usb0JBQVksS0FBSztBQUFBLElBQ3JCO0FBQUEsRUFDRjtBQUFBLEVBRUEsUUFBUSxRQUF3QjtBQUM5QixXQUFPLE9BQU8sTUFBTSxDQUFDLE1BQU0sSUFBSSxLQUFLLE9BQU8sU0FBUyxJQUFJLE1BQU0sT0FBTyxTQUFTLElBQUk7QUFBQSxFQUNwRjtBQUFBLEVBRUEsVUFBVSxTQUFrQixPQUFnQyxRQUFzQjtBQUNoRixZQUFRLElBQUksS0FBSztBQUNqQixTQUFLLE1BQU0sSUFBSSxPQUFPO0FBQ3RCLFNBQUssS0FBSyxRQUFRLE1BQU07QUFDdEIsV0FBSyxNQUFNLE9BQU8sT0FBTztBQUN6QixVQUFJLENBQUMsUUFBUSxLQUFNLFNBQVEsTUFBTTtBQUFBLElBQ25DLENBQUM7QUFBQSxFQUNIO0FBQUEsRUFFQSxPQUFPLFNBQWtCLFlBQTBCO0FBQ2pELFVBQU0sRUFBRSxTQUFBQyxTQUFRLElBQUk7QUFDcEIsUUFBSSxDQUFDQSxZQUFXQSxTQUFRLFNBQVU7QUFDbEMsSUFBQUEsU0FBUSxNQUFNO0FBQ2QsU0FBSyxLQUFLLFlBQVksTUFBTUEsU0FBUSxPQUFPLENBQUM7QUFBQSxFQUM5QztBQUFBLEVBRUEsU0FBUyxTQUFrQixZQUEwQjtBQUNuRCxVQUFNLEVBQUUsU0FBUyxTQUFTLElBQUksS0FBSztBQUNuQyxVQUFNLFNBQVMsU0FBUyxPQUFPLENBQUMsVUFBVSxVQUFVLE9BQU87QUFDM0QsZUFBVyxTQUFTLFFBQVE7QUFDMUIsY0FBUSxJQUFJLFFBQVEsTUFBTSxNQUFNLElBQUk7QUFDcEMsY0FBUSxJQUFJLE1BQU0sTUFBTSxRQUFRLElBQUk7QUFBQSxJQUN0QztBQUNBLFNBQUssS0FBSyxZQUFZLE1BQU07QUFDMUIsaUJBQVcsU0FBUyxRQUFRO0FBQzFCLGdCQUFRLEtBQUssUUFBUSxNQUFNLE1BQU0sSUFBSTtBQUNyQyxnQkFBUSxLQUFLLE1BQU0sTUFBTSxRQUFRLElBQUk7QUFBQSxNQUN2QztBQUFBLElBQ0YsQ0FBQztBQUFBLEVBQ0g7QUFBQTtBQUFBLEVBR0EsS0FBSyxZQUFvQixNQUF3QjtBQUMvQyxVQUFNLE9BQU8sNkJBQVk7QUFDdkIsVUFBSSxLQUFLLE1BQU0sT0FBTyxJQUFJLEVBQUcsTUFBSztBQUFBLElBQ3BDLEdBRmE7QUFHYixTQUFLLE1BQU0sSUFBSSxJQUFJO0FBQ25CLFNBQUssT0FBTyxVQUFVLE1BQU0sWUFBWSxJQUFJO0FBQUEsRUFDOUM7QUFDRjs7O0FDaExBLElBQU0sc0JBQXNCO0FBRXJCLElBQU0sWUFBTixNQUFnQjtBQUFBLEVBYnZCLE9BYXVCO0FBQUE7QUFBQTtBQUFBLEVBQ1osUUFBcUIsQ0FBQztBQUFBLEVBQy9CLFFBQVE7QUFBQSxFQUNSLFNBQVM7QUFBQSxFQUNULFNBQVM7QUFBQSxFQUNULFFBQVE7QUFBQTtBQUFBLEVBR1IsSUFBSSxRQUFnQjtBQUNsQixXQUFPLEtBQUs7QUFBQSxFQUNkO0FBQUEsRUFFQSxJQUFJLFFBQWdCO0FBQ2xCLFdBQU8sS0FBSztBQUFBLEVBQ2Q7QUFBQTtBQUFBLEVBR0EsSUFBSSxZQUFvQjtBQUN0QixXQUFPLEtBQUssTUFBTSxTQUFTLEVBQUUsRUFBRSxTQUFTLEdBQUcsR0FBRztBQUFBLEVBQ2hEO0FBQUEsRUFFQSxJQUFJLE9BQXFCO0FBQ3ZCLFNBQUssU0FBUyxLQUFLLEtBQUssS0FBSyxTQUFTLFFBQVEsSUFBSSxRQUFVLElBQUssS0FBSyxVQUFVLFFBQVM7QUFBQSxFQUMzRjtBQUFBLEVBRUEsTUFBTSxTQUFpQixLQUE2QjtBQUNsRCxVQUFNLFlBQXVCLEVBQUUsT0FBTyxLQUFLLFNBQVMsS0FBSyxJQUFJLEdBQUcsT0FBTyxHQUFHLFFBQVEsS0FBSyxPQUFPLElBQUk7QUFDbEcsU0FBSyxTQUFTO0FBQ2QsU0FBSyxNQUFNLFNBQVM7QUFDcEIsV0FBTyxNQUFNO0FBQ1gsZ0JBQVUsTUFBTTtBQUFBLElBQ2xCO0FBQUEsRUFDRjtBQUFBLEVBRUEsTUFBTSxTQUFnQztBQUNwQyxXQUFPLElBQUksUUFBUSxDQUFDLFlBQVksS0FBSyxNQUFNLFNBQVMsT0FBTyxDQUFDO0FBQUEsRUFDOUQ7QUFBQTtBQUFBLEVBR0EsSUFBSSxPQUFlLFNBQW9DO0FBQ3JELFdBQU8sSUFBSSxRQUFRLENBQUMsU0FBUyxXQUFXO0FBQ3RDLFlBQU0sT0FBTyw2QkFBWTtBQUN2QixZQUFJO0FBQ0Ysa0JBQVE7QUFDUixnQkFBTSxPQUFPLEtBQUssTUFBTSxLQUFLO0FBQzdCLGNBQUksQ0FBQyxNQUFNLEtBQUs7QUFDZCxpQkFBSyxTQUFTLEtBQUssSUFBSSxLQUFLLFFBQVEsS0FBSztBQUN6QyxvQkFBUTtBQUNSO0FBQUEsVUFDRjtBQUNBLGVBQUssU0FBUyxLQUFLLElBQUksS0FBSyxRQUFRLEtBQUssS0FBSztBQUM5QyxlQUFLLElBQUksS0FBSyxNQUFNO0FBQ3BCLGVBQUssVUFBVTtBQUNmLGVBQUssSUFBSTtBQUFBLFFBQ1gsU0FBUyxPQUFPO0FBQ2QsaUJBQU8saUJBQWlCLFFBQVEsUUFBUSxJQUFJLE1BQU0sT0FBTyxLQUFLLENBQUMsQ0FBQztBQUNoRTtBQUFBLFFBQ0Y7QUFFQSxZQUFJLEtBQUssU0FBUyx3QkFBd0IsRUFBRyxjQUFhLElBQUk7QUFBQSxZQUN6RCxnQkFBZSxNQUFNLFFBQVEsU0FBUyxJQUFJLENBQUM7QUFBQSxNQUNsRCxHQXBCYTtBQXFCYixXQUFLO0FBQUEsSUFDUCxDQUFDO0FBQUEsRUFDSDtBQUFBLEVBRUEsTUFBTSxPQUFpQztBQUNyQyxlQUFTO0FBQ1AsWUFBTSxRQUFRLEtBQUssTUFBTSxDQUFDO0FBQzFCLFVBQUksQ0FBQyxTQUFTLE1BQU0sUUFBUSxNQUFPLFFBQU87QUFDMUMsV0FBSyxLQUFLO0FBQ1YsVUFBSSxNQUFNLElBQUssUUFBTztBQUFBLElBQ3hCO0FBQUEsRUFDRjtBQUFBLEVBRUEsTUFBTSxXQUE0QjtBQUNoQyxVQUFNLE9BQU8sS0FBSztBQUNsQixRQUFJLEtBQUssS0FBSztBQUNkLFNBQUssS0FBSyxTQUFTO0FBQ25CLFdBQU8sS0FBSyxHQUFHO0FBQ2IsWUFBTSxTQUFVLEtBQUssS0FBTTtBQUMzQixVQUFJLENBQUMsU0FBUyxXQUFXLEtBQUssTUFBTSxDQUFFLEVBQUc7QUFDekMsV0FBSyxFQUFFLElBQUksS0FBSyxNQUFNO0FBQ3RCLFdBQUs7QUFBQSxJQUNQO0FBQ0EsU0FBSyxFQUFFLElBQUk7QUFBQSxFQUNiO0FBQUEsRUFFQSxPQUFhO0FBQ1gsVUFBTSxPQUFPLEtBQUs7QUFDbEIsVUFBTSxPQUFPLEtBQUssSUFBSTtBQUN0QixRQUFJLEtBQUssV0FBVyxFQUFHO0FBQ3ZCLFFBQUksS0FBSztBQUNULGVBQVM7QUFDUCxVQUFJLFFBQVEsSUFBSSxLQUFLO0FBQ3JCLFVBQUksU0FBUyxLQUFLLE9BQVE7QUFDMUIsVUFBSSxRQUFRLElBQUksS0FBSyxVQUFVLFNBQVMsS0FBSyxRQUFRLENBQUMsR0FBSSxLQUFLLEtBQUssQ0FBRSxFQUFHLFVBQVM7QUFDbEYsVUFBSSxDQUFDLFNBQVMsS0FBSyxLQUFLLEdBQUksSUFBSSxFQUFHO0FBQ25DLFdBQUssRUFBRSxJQUFJLEtBQUssS0FBSztBQUNyQixXQUFLO0FBQUEsSUFDUDtBQUNBLFNBQUssRUFBRSxJQUFJO0FBQUEsRUFDYjtBQUNGO0FBRUEsU0FBUyxTQUFTLE1BQWlCLE9BQTJCO0FBQzVELFNBQU8sS0FBSyxRQUFRLE1BQU0sU0FBVSxLQUFLLFVBQVUsTUFBTSxTQUFTLEtBQUssU0FBUyxNQUFNO0FBQ3hGO0FBRlM7OztBQ2xIVCxTQUFTLFNBQUFDLGNBQWE7OztBQ0lmLElBQU0saUJBQU4sY0FBNkIsTUFBTTtBQUFBLEVBUjFDLE9BUTBDO0FBQUE7QUFBQTtBQUFBLEVBQ3RCLE9BQU87QUFDM0I7QUFFTyxTQUFTLEtBQUssV0FBb0IsVUFBcUM7QUFDNUUsTUFBSSxDQUFDLFVBQVcsT0FBTSxJQUFJLGVBQWUsUUFBUTtBQUNuRDtBQUZnQjtBQXVDVCxJQUFNLGNBQU4sTUFBa0I7QUFBQSxFQW5EekIsT0FtRHlCO0FBQUE7QUFBQTtBQUFBLEVBQ2QsV0FBVyxvQkFBSSxJQUFzQjtBQUFBO0FBQUEsRUFFckMsYUFBYSxvQkFBSSxJQUE0QjtBQUFBO0FBQUEsRUFFdEQsZUFBZTtBQUFBO0FBQUEsRUFFTixTQUFTLG9CQUFJLElBQW9CO0FBQUEsRUFDMUMsZ0JBQWdCO0FBQUEsRUFFaEIsSUFBSSxpQkFBeUI7QUFDM0IsV0FBTyxLQUFLLFdBQVc7QUFBQSxFQUN6QjtBQUFBLEVBRUEsSUFBSSxXQUFtQjtBQUNyQixXQUFPLEtBQUssU0FBUztBQUFBLEVBQ3ZCO0FBQUEsRUFFQSxTQUFTLElBQWMsU0FBdUI7QUFDNUMsU0FBSyxPQUFPLElBQUksR0FBRyxFQUFFLElBQUksT0FBTyxJQUFJLEtBQUssWUFBWTtBQUFBLEVBQ3ZEO0FBQUE7QUFBQSxFQUdBLFVBQVUsTUFBZ0IsU0FBK0IsUUFBb0Q7QUFDM0csU0FBSyxlQUFlLE1BQU0sU0FBUyxLQUFLLEtBQUssT0FBTyxFQUFFLFdBQVc7QUFDakUsU0FBSyxVQUFVLE1BQU0sTUFBTTtBQUMzQixTQUFLLFlBQVksS0FBSyxLQUFLLE9BQU8sRUFBRSxJQUFJLE9BQU87QUFBQSxFQUNqRDtBQUFBO0FBQUEsRUFHQSxVQUFVLE1BQWdCLFFBQW9EO0FBQzVFLFVBQU0sU0FBUyxLQUFLLEtBQUssT0FBTztBQUNoQyxTQUFLLE9BQU8sUUFBUSxLQUFLLE1BQU0sb0JBQW9CO0FBQ25ELFNBQUssT0FBTyxlQUFlLEtBQUssYUFBYSw4QkFBOEI7QUFDM0UsU0FBSyxPQUFPLGdCQUFnQixPQUFPLFdBQVcsMkNBQTJDO0FBQ3pGLFNBQUssT0FBTyxPQUFPO0FBQ25CLFFBQUksT0FBTyxTQUFTLFNBQVUsTUFBSyxhQUFhLE1BQU0sUUFBUSxNQUFNO0FBQ3BFLFNBQUssY0FBYyxPQUFPO0FBQzFCLFVBQU0sT0FBTyxPQUFPLE9BQU8sRUFBRTtBQUM3QixRQUFJLEtBQU0sbUJBQWtCLEtBQUssTUFBTSxRQUFRLElBQUk7QUFBQSxFQUNyRDtBQUFBO0FBQUEsRUFHQSxlQUFlLE1BQWdCLFNBQStCLGFBQTJCO0FBQ3ZGLFFBQUksUUFBUSxRQUFTLE1BQUssVUFBVSxNQUFNLFFBQVEsUUFBUSxLQUFLO0FBQy9ELGVBQVcsU0FBUyxRQUFRLFVBQVcsTUFBSyxRQUFRLE1BQU0sS0FBSztBQUMvRCxTQUFLLEtBQUssaUJBQWlCLGFBQWEsNENBQTRDO0FBQUEsRUFDdEY7QUFBQSxFQUVBLFFBQVEsTUFBZ0IsT0FBb0I7QUFDMUMsU0FBSyxNQUFNLFVBQVUsS0FBSyxlQUFlLEdBQUcsMkNBQTJDO0FBQ3ZGLFNBQUssZUFBZSxNQUFNO0FBQzFCLFNBQUssUUFBUSxLQUFLO0FBQUEsRUFDcEI7QUFBQSxFQUVBLFVBQVUsTUFBZ0IsT0FBcUI7QUFDN0MsU0FBSyxTQUFTLEtBQUssY0FBYyxpREFBaUQ7QUFDbEYsU0FBSyxlQUFlO0FBQUEsRUFDdEI7QUFBQSxFQUVBLFFBQVEsT0FBb0I7QUFDMUIsVUFBTSxVQUFVLEdBQUcsTUFBTSxJQUFJLElBQUksT0FBTyxLQUFLLE1BQU0sT0FBTyxFQUFFLFNBQVMsUUFBUSxDQUFDO0FBQzlFLFVBQU0sU0FBUyxLQUFLLFdBQVcsSUFBSSxNQUFNLEtBQUs7QUFDOUMsUUFBSSxDQUFDLE9BQVEsTUFBSyxXQUFXLElBQUksTUFBTSxPQUFPLEVBQUUsTUFBTSxNQUFNLE1BQU0sUUFBUSxDQUFDO0FBQUEsUUFDdEUsTUFBSyxPQUFPLFNBQVMsTUFBTSxRQUFRLE9BQU8sWUFBWSxTQUFTLGlDQUFpQyxNQUFNLEtBQUssRUFBRTtBQUFBLEVBQ3BIO0FBQUEsRUFFQSxhQUFhLE1BQWdCLFFBQW9CLFFBQW9EO0FBQ25HLFVBQU0sUUFBUSxLQUFLLFNBQVMsSUFBSSxPQUFPLElBQUk7QUFDM0MsU0FBSyxVQUFVLFVBQWEsVUFBVSxPQUFPLElBQUksd0NBQXdDLE9BQU8sSUFBSSxFQUFFO0FBQ3RHLFFBQUksVUFBVSxRQUFXO0FBQ3ZCLFdBQUssU0FBUyxJQUFJLE9BQU8sTUFBTSxPQUFPLEVBQUU7QUFDeEMsV0FBSyxtQkFBbUIsTUFBTSxNQUFNO0FBQUEsSUFDdEM7QUFDQSxRQUFJLE9BQU8sZUFBZSxLQUFLLFlBQWE7QUFDNUMsU0FBSyxlQUFlLEtBQUssSUFBSSxLQUFLLGNBQWMsT0FBTyxXQUFXO0FBQ2xFLFVBQU0sT0FBTyxLQUFLLEtBQUssT0FBTyxPQUFPLFdBQVc7QUFDaEQsVUFBTSxTQUFTLE9BQU8sY0FBYyxRQUFRLE9BQU8sQ0FBQyxXQUFXLE9BQU8sU0FBUyxPQUFPO0FBQ3RGLFVBQU0sVUFBVSxPQUFPLE9BQU8sQ0FBQyxFQUFFLEdBQUcsTUFBTTtBQUN4QyxZQUFNLE9BQU8sT0FBTyxFQUFFO0FBQ3RCLGFBQU8sU0FBUyxRQUFRLE1BQU0sTUFBTSxPQUFPLGFBQWEsSUFBSTtBQUFBLElBQzlELENBQUM7QUFDRCxTQUFLLFFBQVEsU0FBUyxJQUFJLE9BQU8sUUFBUSxjQUFjLE9BQU8sV0FBVywyQ0FBMkM7QUFBQSxFQUN0SDtBQUFBLEVBRUEsbUJBQW1CLE1BQWdCLFFBQTBCO0FBQzNELGVBQVcsQ0FBQyxPQUFPLEtBQUssS0FBSyxLQUFLLFlBQVk7QUFDNUMsVUFBSSxNQUFNLFFBQVEsT0FBTyxRQUFRLFFBQVEsT0FBTyxXQUFZO0FBQzVELFdBQUssS0FBSyxLQUFLLE9BQU8sS0FBSyxNQUFNLE1BQU0sTUFBTSw2QkFBNkIsT0FBTyxJQUFJLDBCQUEwQixLQUFLLEVBQUU7QUFBQSxJQUN4SDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFlBQVksSUFBYyxTQUFxQztBQUM3RCxlQUFXLFVBQVUsUUFBUSxTQUFTO0FBQ3BDLFVBQUksT0FBTyxTQUFTLGFBQWM7QUFDbEMsWUFBTSxRQUFRLEtBQUssT0FBTyxJQUFJLEdBQUcsRUFBRSxJQUFJLE9BQU8sT0FBTyxFQUFFO0FBQ3ZELFdBQUssVUFBVSxRQUFXLHlCQUF5QjtBQUNuRCxXQUFLLE9BQU8sU0FBUyxPQUFPLG1CQUFtQixPQUFPLEtBQUssaUNBQWlDLEtBQUssaUJBQWlCO0FBQ2xILFdBQUssT0FBTyxPQUFPLEdBQUcsRUFBRSxJQUFJLE9BQU8sT0FBTyxFQUFFO0FBQzVDLFdBQUssaUJBQWlCO0FBQUEsSUFDeEI7QUFBQSxFQUNGO0FBQUE7QUFBQSxFQUdBLGNBQWMsTUFBbUIsSUFBYyxTQUE0QjtBQUN6RSxRQUFJLFFBQVEsU0FBUyxzQkFBdUIsUUFBUSxTQUFTLHVCQUF1QixRQUFRLFFBQVU7QUFDdEcsU0FBSyxRQUFRLFFBQVEsS0FBSyxVQUFVLE1BQU0sUUFBUSxRQUFRLElBQUksMENBQTBDO0FBQ3hHLFFBQUksUUFBUSxTQUFTLG1CQUFtQixRQUFRLFdBQVcsUUFBUSxTQUFTLEtBQUssVUFBVTtBQUN6RixXQUFLLEtBQUssVUFBVSxTQUFTLElBQUksNENBQTRDO0FBQy9FLFFBQUksUUFBUSxTQUFTLHFCQUFxQixRQUFRLFlBQVksUUFBUSxTQUFTLEtBQUssVUFBVTtBQUM1RixXQUFLLFFBQVEsY0FBYyxLQUFLLFdBQVcsa0VBQWtFO0FBQUEsRUFDakg7QUFBQTtBQUFBLEVBR0EsaUJBQWlCLE9BQXNDO0FBQ3JELGVBQVcsQ0FBQyxVQUFVLElBQUksS0FBSyxNQUFNLFFBQVEsR0FBRztBQUM5QyxpQkFBVyxTQUFTLE1BQU0sTUFBTSxXQUFXLENBQUMsR0FBRztBQUM3QyxjQUFNLENBQUMsS0FBSyxLQUFLLElBQUksQ0FBQyxLQUFLLE9BQU8sR0FBRyxNQUFNLE9BQU8sQ0FBQztBQUNuRCxjQUFNLFFBQVEsS0FBSyxJQUFJLElBQUksWUFBWSxNQUFNLFVBQVU7QUFDdkQsWUFBSSxRQUFRLEtBQUssSUFBSSxJQUFJLFdBQVcsTUFBTSxTQUFTO0FBQ25ELGVBQU8sU0FBUyxTQUFTLEtBQUssT0FBTyxLQUFLLE1BQU0sTUFBTSxPQUFPLEtBQUssRUFBRyxVQUFTO0FBQzlFLGVBQU8sU0FBUyxPQUFPLFNBQVMsRUFBRyxNQUFLLEtBQUssT0FBTyxLQUFLLE1BQU0sTUFBTSxPQUFPLEtBQUssR0FBRyx5QkFBeUIsS0FBSyxFQUFFO0FBQUEsTUFDdEg7QUFBQSxJQUNGO0FBQUEsRUFDRjtBQUNGO0FBR0EsU0FBUyxNQUFNLE1BQW1CLE9BQWUsTUFBOEI7QUFDN0UsU0FBTyxRQUFRLEtBQUssYUFBYSxLQUFLLE9BQU8sS0FBSyxNQUFNO0FBQzFEO0FBRlM7QUFLVCxTQUFTLGtCQUFrQixNQUFvQixRQUFvQixNQUF5QjtBQUMxRixRQUFNLFFBQVEsT0FBTztBQUNyQixNQUFJLFFBQVEsT0FBTyxjQUFjLFFBQVEsS0FBSyxVQUFXO0FBQ3pELE9BQUssS0FBSyxPQUFPLEtBQUssTUFBTSxLQUFLLE9BQU8sS0FBSyxHQUFHLGNBQWMsS0FBSywwREFBMEQ7QUFDL0g7QUFKUzs7O0FEdkpGLElBQU0sVUFBTixNQUFjO0FBQUEsRUFqQ3JCLE9BaUNxQjtBQUFBO0FBQUE7QUFBQSxFQUNWLFdBQTRCO0FBQUEsSUFDbkMsV0FBVztBQUFBLElBQ1gsb0JBQW9CO0FBQUEsSUFDcEIsYUFBYTtBQUFBLElBQ2IseUJBQXlCO0FBQUEsSUFDekIsb0JBQW9CO0FBQUEsRUFDdEI7QUFBQSxFQUNTO0FBQUEsRUFDQSxXQUFXLElBQUksWUFBWTtBQUFBLEVBQzNCLFdBQVcsb0JBQUksSUFBb0c7QUFBQTtBQUFBLEVBRW5ILE9BQU8sb0JBQUksSUFBdUI7QUFBQTtBQUFBLEVBRWxDLFdBQVcsb0JBQUksSUFBYztBQUFBLEVBQzdCLGNBQWMsb0JBQUksSUFBdUI7QUFBQSxFQUNsRCxhQUFtQztBQUFBO0FBQUEsRUFFMUIsU0FBUyxvQkFBSSxJQUErRDtBQUFBLEVBQzVFLGVBQWUsb0JBQUksSUFBaUU7QUFBQSxFQUU3RixZQUFZLE9BQXFCO0FBQy9CLFNBQUssU0FBUztBQUFBLEVBQ2hCO0FBQUEsRUFFQSxJQUFJLHlCQUErQztBQUNqRCxXQUFPLEtBQUs7QUFBQSxFQUNkO0FBQUEsRUFFQSxJQUFJLGlCQUF5QjtBQUMzQixXQUFPLEtBQUssU0FBUztBQUFBLEVBQ3ZCO0FBQUEsRUFFQSxXQUFXLElBQXVCO0FBQ2hDLFdBQU8sS0FBSyxTQUFTLElBQUksRUFBRTtBQUFBLEVBQzdCO0FBQUEsRUFFQSxPQUFPLFNBQWtCQyxVQUFzQixTQUF3QjtBQUNyRSxVQUFNLEVBQUUsUUFBUSxJQUFJO0FBQ3BCLFVBQU0sT0FBcUIsRUFBRSxRQUFRLDZCQUFNLFFBQVEsUUFBZCxXQUFzQixRQUFRLHdCQUFDLFVBQVUsUUFBUSxPQUFPLEtBQUssR0FBL0IsVUFBaUM7QUFDcEcsVUFBTSxTQUFTLFFBQVE7QUFDdkIsVUFBTSxVQUFVLFFBQVE7QUFDeEIsVUFBTSxPQUFpQixFQUFFLE1BQU0sYUFBYSxPQUFPLGFBQWEsY0FBYyxTQUFTLE1BQU0sT0FBTyxLQUFLO0FBQ3pHLFNBQUssU0FBUyxJQUFJQSxVQUFTLEVBQUUsU0FBUyxNQUFNLFFBQVEsQ0FBQztBQUNyRCxVQUFNLFNBQWlDLEVBQUUsT0FBTztBQUNoRCxZQUFRLEtBQUs7QUFBQSxNQUNYLFNBQVMsNkJBQU0sUUFBTjtBQUFBLE1BQ1QsVUFBVSw2QkFBTSxRQUFOO0FBQUEsTUFDVixTQUFTLHdCQUFDLFVBQVUsS0FBSyxTQUFTLFNBQVNBLFVBQVMsU0FBUyxNQUFNLEtBQUssR0FBL0Q7QUFBQSxNQUNULFdBQVcsd0JBQUMsU0FBUyxLQUFLLFdBQVcsTUFBTSxJQUFJLEdBQXBDO0FBQUEsTUFDWCxRQUFRLHdCQUFDLFFBQVE7QUFDZixhQUFLLE1BQU0sU0FBUyxNQUFNLE9BQU8sUUFBUSxHQUFHO0FBQzVDLGVBQU8sU0FBUztBQUFBLE1BQ2xCLEdBSFE7QUFBQSxJQUlWLENBQUM7QUFBQSxFQUNIO0FBQUEsRUFFQSxLQUFLQSxVQUE0QjtBQUMvQixTQUFLLFNBQVMsT0FBT0EsUUFBTztBQUFBLEVBQzlCO0FBQUE7QUFBQSxFQUdBLGNBQWMsU0FBa0IsSUFBb0I7QUFDbEQsVUFBTSxTQUFTLEtBQUssWUFBWSxJQUFJLE9BQU87QUFDM0MsUUFBSSxXQUFXLEdBQUk7QUFDbkIsU0FBSyxZQUFZLElBQUksU0FBUyxFQUFFO0FBQ2hDLFVBQU0sUUFBUSxLQUFLLEtBQUssSUFBSSxFQUFFO0FBQzlCLFNBQUssVUFBVSxVQUFhLFVBQVUsU0FBUyxPQUFPLFFBQVEsSUFBSSxhQUFhLEVBQUUsV0FBVyxPQUFPLFFBQVEsRUFBRSxPQUFPO0FBQ3BILFNBQUssV0FBVyxVQUFhLFVBQVUsUUFBVyxPQUFPLFFBQVEsSUFBSSxhQUFhLEVBQUUsUUFBUTtBQUM1RixTQUFLLEtBQUssSUFBSSxJQUFJLE9BQU87QUFDekIsU0FBSyxzQkFBc0IsU0FBUyxFQUFFO0FBQUEsRUFDeEM7QUFBQTtBQUFBLEVBR0EsU0FBUyxTQUFrQixJQUFvQjtBQUM3QyxTQUFLLEtBQUssU0FBUyxJQUFJLEVBQUUsR0FBRyxPQUFPLFFBQVEsSUFBSSw0QkFBNEIsRUFBRSw0Q0FBNEM7QUFBQSxFQUMzSDtBQUFBLEVBRUEsYUFBYSxTQUF3QjtBQUNuQyxTQUFLLFlBQVksT0FBTyxPQUFPO0FBQUEsRUFDakM7QUFBQSxFQUVBLFlBQVksU0FBa0IsSUFBYyxPQUF3QjtBQUNsRSxRQUFJLE1BQU0sU0FBUyxjQUFjLENBQUMsUUFBUSxRQUFTO0FBQ25ELFVBQU0sT0FBTyxRQUFRLFdBQVc7QUFDaEMsUUFBSSxLQUFNLE1BQUssU0FBUyxjQUFjLE1BQU0sSUFBSSxRQUFRLFFBQVEsTUFBTSxrQkFBa0IsTUFBTSxLQUFLLENBQUM7QUFBQSxFQUN0RztBQUFBO0FBQUEsRUFHQSxZQUFrQjtBQUNoQixTQUFLLFNBQVMsaUJBQWlCLENBQUMsR0FBRyxLQUFLLFFBQVEsRUFBRSxPQUFPLENBQUMsQ0FBQ0EsUUFBTyxNQUFNQSxTQUFRLE9BQU8sRUFBRSxJQUFJLENBQUMsQ0FBQyxFQUFFLEVBQUUsS0FBSyxDQUFDLE1BQU0sS0FBSyxJQUFJLENBQUM7QUFBQSxFQUMzSDtBQUFBLEVBRUEsc0JBQXNCLFNBQWtCLElBQW9CO0FBQzFELFVBQU0sT0FBTyxRQUFRLE1BQU0sYUFBYSxTQUFTLEVBQUUsS0FBSyxDQUFDLEVBQUUsS0FBSyxNQUFNLFNBQVMsVUFBVTtBQUN6RixVQUFNLFdBQVcsUUFBUSxRQUFRLE1BQU0sZUFBZSxLQUFLLE9BQU8sVUFBVTtBQUM1RSxTQUFLLFVBQVUsT0FBTyxRQUFRLFNBQVMsTUFBTSxhQUFhLElBQUksT0FBTyxRQUFRLElBQUksMENBQTBDO0FBQUEsRUFDN0g7QUFBQSxFQUVBLFFBQVEsSUFBa0M7QUFDeEMsVUFBTSxVQUFVLEtBQUssS0FBSyxJQUFJLEVBQUU7QUFDaEMsUUFBSSxDQUFDLFdBQVcsS0FBSyxZQUFZLElBQUksT0FBTyxNQUFNLEdBQUksUUFBTztBQUM3RCxXQUFPLEtBQUssT0FBTyxVQUFVLE9BQU8sSUFBSSxhQUFhLFFBQVEsV0FBVztBQUFBLEVBQzFFO0FBQUEsRUFFQSxNQUFNLFNBQWtCLE1BQWdCLFFBQW9CLEtBQXVCO0FBQ2pGLFFBQUksSUFBSSxTQUFTLGFBQWEsT0FBTyxTQUFTLFlBQVksT0FBTyxTQUFTLElBQUksTUFBTyxNQUFLLFNBQVMsYUFBYTtBQUNoSCxRQUNFLElBQUksWUFBWSxPQUFPLGFBQ3RCLElBQUksT0FBTyxPQUFPLFFBQVEsSUFBSSxhQUFhLE9BQU8sWUFBWSxPQUFPLGFBQWEsSUFBSTtBQUV2RixXQUFLLFNBQVMsZUFBZTtBQUMvQixTQUFLLFNBQVMsVUFBVSxNQUFNLENBQUMsT0FBTyxLQUFLLFFBQVEsRUFBRSxDQUFDO0FBQ3RELFNBQUsscUJBQXFCLFNBQVMsR0FBRztBQUFBLEVBQ3hDO0FBQUE7QUFBQSxFQUdBLHFCQUFxQixTQUFrQixFQUFFLGVBQWUsd0JBQXdCLFlBQVksR0FBcUI7QUFDL0csU0FBSyx1QkFBdUIsU0FBUyxhQUFhLE9BQU8sUUFBUSxJQUFJLG1EQUFtRDtBQUN4SCxTQUFLLGNBQWMsU0FBUyx1QkFBdUIsT0FBTyxPQUFPLFFBQVEsSUFBSSxtQ0FBbUM7QUFDaEgsUUFBSSxjQUFjLFNBQVM7QUFDekI7QUFBQSxRQUNFLGNBQWMsVUFBVSx1QkFBdUI7QUFBQSxRQUMvQyxPQUFPLFFBQVEsSUFBSTtBQUFBLE1BQ3JCO0FBQ0YsVUFBTSxRQUFRLEtBQUs7QUFDbkIsUUFBSSxDQUFDLFNBQVMsdUJBQXVCLFFBQVEsTUFBTSxPQUFPO0FBQ3hELFVBQUksU0FBUyx1QkFBdUIsUUFBUSxTQUFTLEdBQUc7QUFDdEQsYUFBSyxTQUFTLDJCQUEyQjtBQUN6QyxtQkFBVyxFQUFFLEdBQUcsS0FBSyx1QkFBdUIsUUFBUyxNQUFLLFNBQVMsSUFBSSxFQUFFO0FBQUEsTUFDM0U7QUFDQSxVQUFJLHVCQUF1QixRQUFRLFNBQVMsRUFBRyxNQUFLLGFBQWE7QUFBQSxJQUNuRSxXQUFXLHVCQUF1QixVQUFVLE1BQU0sU0FBUyxNQUFNLFFBQVEsR0FBRztBQUMxRSxZQUFNLE9BQU8sS0FBSyxVQUFVLEtBQUssTUFBTSxLQUFLLFVBQVUsc0JBQXNCO0FBQzVFLFdBQUssTUFBTSw2Q0FBNkMsTUFBTSxLQUFLLEVBQUU7QUFBQSxJQUN2RTtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFdBQVcsTUFBZ0IsTUFBcUI7QUFDOUMsU0FBSyxTQUFTLHNCQUFzQjtBQUNwQyxTQUFLLFNBQVMsVUFBVSxNQUFNLEtBQUssS0FBSztBQUFBLEVBQzFDO0FBQUEsRUFFQSxTQUFTLFNBQWtCQSxVQUFzQixTQUFrQixNQUFnQixPQUFvQjtBQUNyRyxTQUFLLFNBQVMsUUFBUSxNQUFNLEtBQUs7QUFDakMsUUFBSSxNQUFNLFNBQVMsVUFBVztBQUM5QixTQUFLLFdBQVdBLFVBQVMsS0FBSztBQUM5QixVQUFNLEVBQUUsTUFBTSxJQUFJLFFBQVE7QUFFMUIsVUFBTSxNQUFNLEdBQUcsTUFBTSxLQUFLLElBQUksTUFBTSxZQUFZO0FBQ2hELFVBQU0sUUFBUSxLQUFLLGFBQWEsSUFBSSxHQUFHO0FBQ3ZDLFFBQUksQ0FBQyxNQUFPLE1BQUssYUFBYSxJQUFJLEtBQUssRUFBRSxNQUFNLE1BQU0sV0FBVyxTQUFTLFFBQVEsS0FBSyxDQUFDO0FBQUEsUUFDbEYsTUFBSyxNQUFNLFNBQVMsTUFBTSxXQUFXLFFBQVEsUUFBUSxJQUFJLFFBQVEsTUFBTSxPQUFPLHVCQUF1QixNQUFNLEtBQUssRUFBRTtBQUFBLEVBQ3pIO0FBQUEsRUFFQSxXQUFXQSxVQUFzQixPQUFvQjtBQUNuRCxVQUFNLE1BQU1DLE9BQU0sTUFBTSxPQUFPO0FBQy9CLFFBQUksS0FBSyxPQUFPLElBQUksTUFBTSxLQUFLLEdBQUcsUUFBUSxJQUFLO0FBQy9DLFVBQU0sRUFBRSxPQUFPLElBQUlELFNBQVEsTUFBTSxZQUFZLE1BQU0sT0FBTztBQUMxRCxTQUFLLE9BQU8sSUFBSSxNQUFNLE9BQU8sRUFBRSxRQUFRLElBQUksQ0FBQztBQUM1QyxRQUFJLFdBQVcsTUFBTSxRQUFRO0FBQzdCLFdBQU8sV0FBVyxLQUFLLE1BQU0sUUFBUSxXQUFXLEtBQUssQ0FBQyxLQUFLLE9BQU8sSUFBSSxRQUFRLEVBQUcsYUFBWTtBQUM3RixVQUFNLFVBQVUsS0FBSyxPQUFPLElBQUksUUFBUTtBQUN4QyxTQUFLLFlBQVksVUFBYSxVQUFVLFFBQVEsUUFBUSxnQ0FBZ0MsTUFBTSxLQUFLLEVBQUU7QUFDckcsVUFBTSxTQUFTLFdBQVcsS0FBSyxPQUFPLE1BQU07QUFDNUMsU0FBSyxVQUFVLFNBQVMsS0FBSyxPQUFPLGdCQUFnQixvQkFBb0IsU0FBUyxNQUFNLHNCQUFzQixNQUFNLEtBQUssRUFBRTtBQUFBLEVBQzVIO0FBQ0Y7QUFHQSxJQUFNLGFBQTBCO0FBQUEsRUFDOUIsV0FBVyxFQUFFLE1BQU0sR0FBRyxNQUFNLEtBQUs7QUFBQSxFQUNqQyxXQUFXO0FBQUEsRUFDWCxXQUFXLE9BQU87QUFBQSxFQUNsQixRQUFRLDZCQUFNLE1BQU47QUFDVjs7O0FFeE1PLElBQU0sV0FBTixNQUFlO0FBQUEsRUFSdEIsT0FRc0I7QUFBQTtBQUFBO0FBQUEsRUFDWCxTQUFpQyxDQUFDO0FBQUEsRUFDbEMsZUFBNkIsRUFBRSxPQUFPLEdBQUcsY0FBYyxFQUFFO0FBQUEsRUFDekQsVUFBd0IsRUFBRSxPQUFPLEdBQUcsY0FBYyxFQUFFO0FBQUEsRUFDN0QsYUFBYTtBQUFBLEVBQ2Isa0JBQWtCO0FBQUEsRUFFbEIsTUFBTSxNQUFjLEtBQUssR0FBUztBQUNoQyxTQUFLLE9BQU8sSUFBSSxLQUFLLEtBQUssT0FBTyxJQUFJLEtBQUssS0FBSztBQUFBLEVBQ2pEO0FBQUEsRUFFQSxLQUFLLFVBQXdCO0FBQzNCLFFBQUksYUFBYSwrQkFBZ0MsTUFBSyxNQUFNLGdCQUFnQjtBQUM1RSxRQUFJLGFBQWEsa0JBQW1CLE1BQUssTUFBTSxpQkFBaUI7QUFDaEUsUUFBSSxhQUFhLHdCQUF5QixNQUFLLE1BQU0sMkJBQTJCO0FBQUEsRUFDbEY7QUFBQTtBQUFBLEVBR0EsTUFBTSxTQUFrQixXQUEyRDtBQUNqRixTQUFLLGNBQWM7QUFDbkIsVUFBTSxZQUFZLFVBQVU7QUFDNUIsV0FBTyxDQUFDLGlCQUFpQjtBQUN2QixZQUFNLFFBQVEsVUFBVSxLQUFLLFVBQVUsS0FBSztBQUM1QyxVQUFJLENBQUMsV0FBVyxDQUFDLGdCQUFnQixFQUFFLGFBQWEsVUFBVSxHQUFJO0FBQzlELFlBQU0sU0FBUztBQUNmLFVBQUksYUFBYyxPQUFNLGdCQUFnQjtBQUFBLElBQzFDO0FBQUEsRUFDRjtBQUFBLEVBRUEsT0FBTyxFQUFFLFNBQVMsU0FBUyxRQUFRLEdBQWdCO0FBQ2pELFNBQUssa0JBQWtCLFFBQVEsTUFBTSxTQUFTO0FBQzlDLFNBQUssTUFBTSxvQkFBb0IsS0FBSyxlQUFlO0FBQ25ELFNBQUssTUFBTSxXQUFXLFFBQVEsTUFBTSxTQUFTLENBQUM7QUFDOUMsZUFBVyxDQUFDLE1BQU0sS0FBSyxLQUFLLE9BQU8sUUFBUSxFQUFFLEdBQUcsUUFBUSxTQUFTLENBQUMsRUFBRyxNQUFLLE1BQU0sTUFBTSxLQUFLO0FBQzNGLFNBQUssTUFBTSxvQkFBb0IsUUFBUSxRQUFRO0FBQUEsRUFDakQ7QUFDRjs7O0FDbkJPLElBQU0sYUFBYSxRQUFRLGVBQWUsUUFBUSxHQUFHLGNBQWM7QUFHMUUsSUFBTUUsVUFBK0I7QUFBQSxFQUNuQyxZQUFZO0FBQUEsRUFDWixzQkFBc0IsSUFBSSxPQUFPO0FBQUEsRUFDakMscUJBQXFCLE1BQU07QUFBQSxFQUMzQixlQUFlO0FBQUEsRUFDZixhQUFhO0FBQUEsRUFDYixpQkFBaUIsTUFBTTtBQUFBLEVBQ3ZCLGNBQWMsSUFBSSxPQUFPO0FBQUEsRUFDekIsY0FBYztBQUFBLEVBQ2Qsa0JBQWtCO0FBQUEsRUFDbEIsaUJBQWlCO0FBQUEsRUFDakIsd0JBQXdCLE1BQU07QUFDaEM7QUFHQSxJQUFNLGFBQWE7QUFpQlosSUFBTSxRQUFOLE1BQW9DO0FBQUEsRUE1RDNDLE9BNEQyQztBQUFBO0FBQUE7QUFBQSxFQUNoQztBQUFBLEVBQ0E7QUFBQSxFQUNBLFNBQVNBO0FBQUEsRUFDVCxZQUFZLElBQUksVUFBVTtBQUFBLEVBQzFCO0FBQUEsRUFDQSxXQUFzQixDQUFDO0FBQUEsRUFDdkI7QUFBQSxFQUNBO0FBQUEsRUFDQSxXQUFXLElBQUksU0FBUztBQUFBLEVBQ3hCO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNULFdBQXFCLENBQUM7QUFBQSxFQUN0QixXQUEwQjtBQUFBLEVBRTFCLFlBQVksUUFBZ0IsTUFBWSxTQUFxQjtBQUMzRCxTQUFLLE9BQU87QUFDWixTQUFLLFNBQVM7QUFDZCxTQUFLLFNBQVMsUUFBUSxVQUFVLE9BQU8sQ0FBQyxJQUFJO0FBQzVDLFNBQUssU0FBUyxJQUFJLGFBQWEsS0FBSyxJQUFJO0FBQ3hDLFNBQUssVUFBVSxJQUFJLFFBQVEsS0FBSyxXQUFXLEtBQUssT0FBTyxNQUFNLENBQUM7QUFDOUQsU0FBSyxVQUFVLElBQUksUUFBUSxLQUFLLFNBQVM7QUFDekMsU0FBSyxTQUFTLElBQUksT0FBTyxNQUFNLEtBQUssT0FBTyxNQUFNLENBQUM7QUFDbEQsU0FBSyxVQUFVLElBQUksUUFBUTtBQUFBLE1BQ3pCLFVBQVUsS0FBSztBQUFBLE1BQ2YsT0FBTyw2QkFBTSxLQUFLLFVBQVUsT0FBckI7QUFBQSxNQUNQLFdBQVcsd0JBQUMsWUFBWSxLQUFLLE9BQU8sVUFBVSxPQUFPLEdBQTFDO0FBQUEsTUFDWCxnQkFBZ0IsS0FBSztBQUFBLElBQ3ZCLENBQUM7QUFBQSxFQUNIO0FBQUEsRUFFQSxJQUFJLFFBQWdCO0FBQ2xCLFdBQU8sS0FBSyxVQUFVO0FBQUEsRUFDeEI7QUFBQTtBQUFBLEVBR0EsTUFBTSxNQUFxQjtBQUN6QixVQUFNLEVBQUUsS0FBSyxJQUFJO0FBQ2pCLGFBQVMsU0FBUyxHQUFHLFNBQVMsS0FBSyxTQUFTLFVBQVUsRUFBRyxNQUFLLFdBQVc7QUFDekUsZUFBVyxXQUFXLEtBQUssU0FBVSxTQUFRLE1BQU07QUFDbkQsVUFBTSxLQUFLLE1BQU0sR0FBRztBQUNwQixVQUFNLEtBQUssT0FBTztBQUNsQixVQUFNLEtBQUssTUFBTSxHQUFJO0FBQ3JCLFNBQUssV0FBVztBQUFBLE1BQ2Q7QUFBQSxRQUNFLFNBQVMsS0FBSztBQUFBLFFBQ2QsU0FBUyxLQUFLO0FBQUEsUUFDZCxPQUFPLDZCQUFNLEtBQUssU0FBUyxPQUFPLENBQUMsRUFBRSxLQUFLLE1BQU0sSUFBSSxFQUFFLElBQUksQ0FBQyxFQUFFLEtBQUssTUFBTSxJQUFJLEdBQXJFO0FBQUEsUUFDUCxPQUFPLDZCQUFNLEtBQUssU0FBUyxNQUFNLEtBQUssT0FBTyxTQUFTLE1BQU0sS0FBSyxVQUFVLENBQUMsR0FBckU7QUFBQSxNQUNUO0FBQUEsTUFDQSxLQUFLO0FBQUEsTUFDTCxLQUFLLE9BQU8sTUFBTTtBQUFBLElBQ3BCO0FBQ0EsZUFBVyxVQUFVLEtBQUssU0FBVSxNQUFLLE9BQU8sSUFBSSxFQUFFLE1BQU0sQ0FBQyxVQUFtQixLQUFLLE9BQU8sTUFBTSxLQUFLLENBQUM7QUFDeEcsU0FBSyxPQUFPLE1BQU07QUFDbEIsVUFBTSxLQUFLLE1BQU0sS0FBSyxRQUFRO0FBQzlCLFNBQUssT0FBTyxJQUFJO0FBQ2hCLFVBQU0sS0FBSyxNQUFNLEtBQUssUUFBUTtBQUM5QixTQUFLLE9BQU8sV0FBVztBQUN2QixVQUFNLEtBQUssTUFBTSxLQUFLLE9BQU87QUFDN0IsZUFBVyxVQUFVLEtBQUssU0FBVSxRQUFPLEtBQUs7QUFDaEQsVUFBTSxLQUFLLE1BQU0sS0FBSyxRQUFRLFlBQVksR0FBSTtBQUM5QyxTQUFLLE9BQU87QUFBQSxFQUNkO0FBQUEsRUFFQSxXQUFXLFFBQVEsS0FBSyxPQUFPLE9BQWdCO0FBQzdDLFVBQU0sVUFBVSxJQUFJLFFBQVEsS0FBSyxLQUFLLFNBQVMsTUFBTSxJQUFJLE1BQU0sT0FBTyxLQUFLLE9BQU8sTUFBTSxDQUFDO0FBQ3pGLFNBQUssU0FBUyxLQUFLLE9BQU87QUFDMUIsU0FBSyxPQUFPLE1BQU0sT0FBTztBQUN6QixXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsVUFBVSxJQUE4QjtBQUN0QyxXQUFPLEtBQUssU0FBUyxLQUFLLENBQUMsWUFBWSxRQUFRLGFBQWEsRUFBRSxLQUFLO0FBQUEsRUFDckU7QUFBQTtBQUFBLEVBR0EsWUFBcUI7QUFDbkIsVUFBTSxnQkFBZ0IsS0FBSyxRQUFRO0FBQ25DLFFBQUksQ0FBQyxjQUFlLFFBQU87QUFDM0IsVUFBTSxTQUFTLGNBQWMsUUFBUSxPQUFPLENBQUMsRUFBRSxLQUFLLE1BQU0sU0FBUyxPQUFPO0FBQzFFLFVBQU0sS0FBSyxPQUFPLFFBQVEsQ0FBQyxFQUFFLEdBQUcsTUFBTTtBQUNwQyxZQUFNLFVBQVUsS0FBSyxVQUFVLEVBQUU7QUFDakMsYUFBTyxTQUFTLFNBQVMsYUFBYSxTQUFTLFFBQVEsTUFBTSxTQUFTLE9BQU8sQ0FBQyxPQUFPLElBQUksQ0FBQztBQUFBLElBQzVGLENBQUM7QUFDRCxXQUFPLEdBQUcsS0FBSyxDQUFDLFFBQVE7QUFDdEIsWUFBTSxVQUFVLEdBQUc7QUFBQSxRQUNqQixDQUFDLFVBQVUsQ0FBQyxLQUFLLFFBQVEsT0FBTyxJQUFJLE1BQU0sTUFBTSxJQUFJLEtBQUssQ0FBQyxLQUFLLFFBQVEsT0FBTyxNQUFNLE1BQU0sSUFBSSxJQUFJO0FBQUEsTUFDcEc7QUFDQSxhQUFPLFFBQVEsU0FBUyxJQUFJLE9BQU87QUFBQSxJQUNyQyxDQUFDO0FBQUEsRUFDSDtBQUFBLEVBRUEsT0FBTyxTQUF5QixPQUFzQjtBQUNwRCxTQUFLLGFBQWEsR0FBRyxTQUFTLFFBQVEsV0FBVyxPQUFPLEtBQUssTUFBTSxRQUFRLENBQUMsQ0FBQyxRQUFRLGNBQWMsS0FBSyxDQUFDO0FBQ3pHLFVBQU07QUFBQSxFQUNSO0FBQUEsRUFFQSxPQUFPLFNBQWtCLFFBQXNCO0FBQzdDLFNBQUssTUFBTSxTQUFTLHNCQUFzQixNQUFNLElBQUksQ0FBQyxDQUFDO0FBQ3RELFNBQUssU0FBUyxNQUFNLGVBQWU7QUFDbkMsU0FBSyxVQUFVLE1BQU0sWUFBWSxNQUFNLEtBQUssT0FBTyxTQUFTLE9BQU8sS0FBSyxRQUFRLE1BQU0sQ0FBQztBQUFBLEVBQ3pGO0FBQUEsRUFFQSxTQUFlO0FBQ2IsU0FBSyxTQUFTLE1BQU0sYUFBYTtBQUFBLEVBQ25DO0FBQUEsRUFFQSxZQUFZLFNBQWtCLElBQXNELE9BQTBCO0FBQzVHLFNBQUssUUFBUSxZQUFZLFNBQVMsR0FBRyxJQUFJLEtBQUs7QUFDOUMsV0FBTyxLQUFLLE9BQU8sU0FBUyxRQUFRLE1BQU0sR0FBRyxNQUFNLEtBQUs7QUFBQSxFQUMxRDtBQUFBLEVBRUEsb0JBQW9CLFNBQWtCLFdBQTRCO0FBQ2hFLFNBQUssT0FBTyxvQkFBb0IsU0FBUyxTQUFTO0FBQUEsRUFDcEQ7QUFBQSxFQUVBLFVBQVUsU0FBa0IsV0FBcUM7QUFDL0QsV0FBTyxLQUFLLE9BQU8sVUFBVSxTQUFTLFNBQVM7QUFBQSxFQUNqRDtBQUFBLEVBRUEsVUFBVSxTQUFrQixXQUFzQixRQUFnQixRQUF5RDtBQUN6SCxXQUFPLEtBQUssT0FBTyxVQUFVLFNBQVMsV0FBVyxRQUFRLE1BQU07QUFBQSxFQUNqRTtBQUFBLEVBRUEsTUFBTSxTQUF5QixVQUFrQixNQUFvQjtBQUNuRSxTQUFLLFNBQVMsS0FBSyxRQUFRO0FBQzNCLFNBQUssUUFBUTtBQUFBLE1BQ1gsSUFBSSxLQUFLLFFBQVEsS0FBTSxRQUFRLENBQUMsRUFBRSxTQUFTLENBQUMsQ0FBQyxLQUFLLFNBQVMsUUFBUSxJQUFJLE9BQU8sQ0FBQyxDQUFDLElBQUksUUFBUSxJQUFJLEtBQUssVUFBVSxJQUFJLENBQUM7QUFBQSxJQUN0SDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLElBQUksYUFBZ0M7QUFDbEMsV0FBTyxLQUFLLFVBQVUsQ0FBQztBQUFBLEVBQ3pCO0FBQUE7QUFBQSxFQUdBLE1BQU0sU0FBd0I7QUFDNUIsVUFBTSxVQUFVLEtBQUssU0FBUyxJQUFJLENBQUMsYUFBYTtBQUFBLE1BQzlDLElBQUksUUFBUSxRQUFRLFVBQVUscUJBQXFCO0FBQUEsTUFDbkQsTUFBTSxRQUFRO0FBQUEsSUFDaEIsRUFBRTtBQUNGLFVBQU0sVUFBVSxFQUFFLFdBQVcsWUFBWSxZQUFZLGtCQUFrQixPQUFPLEdBQUcsUUFBUTtBQUN6RixlQUFXLFdBQVcsS0FBSyxTQUFVLE1BQUssUUFBUSxNQUFNLE1BQU0sT0FBTztBQUFBLEVBQ3ZFO0FBQUEsRUFFQSxNQUFNLFlBQW1DO0FBQ3ZDLFdBQU8sS0FBSyxVQUFVLElBQUksS0FBSyxRQUFRLFlBQVksTUFBTSxLQUFLLFNBQVMsQ0FBQztBQUFBLEVBQzFFO0FBQUE7QUFBQSxFQUdBLFdBQWlCO0FBQ2YsZUFBVyxXQUFXLEtBQUssVUFBVTtBQUNuQyxZQUFNQyxXQUFVLFFBQVE7QUFDeEIsVUFBSSxDQUFDQSxTQUFTO0FBQ2QsY0FBUSxVQUFVO0FBQ2xCLFdBQUssTUFBTSxTQUFTQSxRQUFPO0FBQUEsSUFDN0I7QUFBQSxFQUNGO0FBQUEsRUFFQSxNQUFNLFNBQWtCQSxVQUE0QjtBQUNsRCxVQUFNLEVBQUUsS0FBSyxJQUFJQTtBQUNqQixRQUFJLENBQUMsUUFBUSxDQUFDQSxTQUFRLFFBQVM7QUFDL0IsVUFBTSxFQUFFLFNBQVMsSUFBSSxLQUFLO0FBQzFCLFVBQU0sU0FBUyxTQUFTLFVBQVUsQ0FBQztBQUNuQyxRQUFJLFdBQVcsVUFBYSxRQUFRLFlBQVksT0FBUSxNQUFLLFFBQVEsU0FBUyxTQUFTLE1BQU07QUFDN0YsWUFBUSxVQUFVLFNBQVM7QUFDM0IsU0FBSyxRQUFRLGNBQWMsU0FBUyxTQUFTLFFBQVE7QUFDckQsUUFBSSxLQUFLLFlBQVlBLFNBQVEsU0FBVTtBQUN2QyxJQUFBQSxTQUFRLFdBQVcsS0FBSztBQUN4QixRQUFJLEtBQUssU0FBUztBQUNoQixXQUFLLFFBQVEsT0FBTyxTQUFTQSxVQUFTLEtBQUssT0FBTztBQUNsRCxXQUFLLE9BQU87QUFBQSxJQUNkLE1BQU8sTUFBSyxRQUFRLEtBQUtBLFFBQU87QUFBQSxFQUNsQztBQUFBLEVBRUEsU0FBZTtBQUNiLFNBQUssUUFBUSxZQUFZO0FBQ3pCLFNBQUssUUFBUSxVQUFVO0FBQ3ZCLFVBQU0sVUFBVSxLQUFLLFFBQVEsTUFBTSxLQUFLLEtBQUssY0FBYztBQUMzRCxRQUFJLFlBQVksS0FBTSxPQUFNLElBQUksTUFBTSxPQUFPO0FBQUEsRUFDL0M7QUFBQSxFQUVBLE9BQU8sT0FBMkI7QUFDaEMsUUFBSSxVQUFVLEtBQUs7QUFDbkIsUUFBSSxZQUFZLFFBQVEsVUFBVSxLQUFNLFdBQVUsTUFBTSxLQUFLLE1BQU0sUUFBUSxDQUFDLENBQUMsUUFBUSxjQUFjLEtBQUssQ0FBQztBQUN6RyxTQUFLLFNBQVMsT0FBTyxJQUFJO0FBQ3pCLFdBQU87QUFBQSxNQUNMLE1BQU0sS0FBSyxLQUFLO0FBQUEsTUFDaEI7QUFBQSxNQUNBLFdBQVcsS0FBSyxVQUFVO0FBQUEsTUFDMUIsT0FBTyxLQUFLLFVBQVU7QUFBQSxNQUN0QixXQUFXLEtBQUs7QUFBQSxNQUNoQixVQUFVLEtBQUs7QUFBQSxNQUNmLE9BQU8sS0FBSztBQUFBLElBQ2Q7QUFBQSxFQUNGO0FBQ0Y7QUFFQSxlQUFzQixRQUFRLFFBQWdCLE1BQWMsVUFBc0IsQ0FBQyxHQUF1QjtBQUN4RyxRQUFNLFFBQVEsSUFBSSxNQUFNLFFBQVEsUUFBUSxRQUFRLFNBQVMsSUFBSSxHQUFHLE9BQU87QUFDdkUsTUFBSTtBQUNGLFVBQU0sTUFBTSxJQUFJO0FBQ2hCLFdBQU8sTUFBTSxPQUFPLElBQUk7QUFBQSxFQUMxQixTQUFTLE9BQU87QUFDZCxXQUFPLE1BQU0sT0FBTyxLQUFLO0FBQUEsRUFDM0I7QUFDRjtBQVJzQjtBQVVmLFNBQVMsY0FBYyxPQUF3QjtBQUNwRCxTQUFPLGlCQUFpQixRQUFTLE1BQU0sU0FBUyxNQUFNLFVBQVcsS0FBSyxVQUFVLEtBQUs7QUFDdkY7QUFGZ0I7OztBQ2pRaEIsZUFBZSxPQUFzQjtBQUNuQyxRQUFNLENBQUMsUUFBUSxPQUFPLE9BQU8sSUFBSSxJQUFJLFFBQVEsS0FBSyxNQUFNLENBQUM7QUFDekQsUUFBTSxTQUFTLE1BQU0sV0FBVyxVQUFVLEVBQUU7QUFDNUMsUUFBTSxXQUFxQixDQUFDO0FBQzVCLFVBQVEsR0FBRyxzQkFBc0IsQ0FBQyxXQUFXLFNBQVMsS0FBSyxjQUFjLE1BQU0sQ0FBQyxDQUFDO0FBQ2pGLFdBQVMsT0FBTyxPQUFPLEtBQUssR0FBRyxPQUFPLE9BQU8sS0FBSyxJQUFJLE9BQU8sS0FBSyxHQUFHLFFBQVEsR0FBRztBQUM5RSxVQUFNLFlBQVksTUFBTTtBQUN4QixVQUFNLFNBQVMsTUFBTSxRQUFRLFFBQVEsTUFBTSxFQUFFLE9BQU8sU0FBUyxRQUFRLENBQUM7QUFFdEUsVUFBTSxJQUFJLFFBQWMsQ0FBQyxZQUFZLGFBQWEsT0FBTyxDQUFDO0FBQzFELFVBQU0sVUFBVSxPQUFPLFlBQVksU0FBUyxDQUFDLE1BQU0sU0FBWSxPQUFPLG9DQUFvQyxTQUFTLENBQUMsQ0FBQztBQUNySCxhQUFTLFNBQVM7QUFDbEIsVUFBTSxTQUFTLE1BQU0sSUFBSSxhQUFhO0FBQ3RDLFVBQU0sRUFBRSxPQUFPLEdBQUcsS0FBSyxJQUFJO0FBQzNCLFFBQUksU0FBUyxRQUFTLFlBQVcsUUFBUSxNQUFPLFNBQVEsTUFBTSxJQUFJO0FBQ2xFLFVBQU0sT0FBbUIsRUFBRSxHQUFHLE1BQU0sU0FBUyxNQUFNO0FBQ25ELFlBQVEsT0FBTyxNQUFNLEdBQUcsS0FBSyxVQUFVLElBQUksQ0FBQztBQUFBLENBQUk7QUFBQSxFQUNsRDtBQUNGO0FBbEJlO0FBb0JmLFNBQVMsUUFBZ0I7QUFDdkIsUUFBTSxFQUFFLE1BQU0sT0FBTyxJQUFJLFFBQVEsU0FBUztBQUMxQyxTQUFPLE9BQU87QUFDaEI7QUFIUztBQUtULEtBQUssS0FBSzsiLAogICJuYW1lcyI6IFsiZW5kZWQiLCAidW5rbm93biIsICJ0byIsICJwcm9jZXNzIiwgImNyYzMyIiwgImNyYzMyIiwgInByb2Nlc3MiLCAidGFrZW4iLCAicHJvY2VzcyIsICJjcmMzMiIsICJwcm9jZXNzIiwgImNyYzMyIiwgIkxJTUlUUyIsICJwcm9jZXNzIl0KfQo=
