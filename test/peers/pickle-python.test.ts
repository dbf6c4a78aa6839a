// needs: python
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { readHeader } from '@weighbridge/formats';
import { bytesSource } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { askPython } from './ask-python.js';

interface Sample {
  readonly protocol: number;
  readonly hex: string;
  /** Imports by pickletools.genops, the strings of STACK_GLOBAL followed through the memo. */
  readonly listed: readonly string[];
  /** What Python's own unpickler asked find_class for. */
  readonly asked: readonly string[];
  readonly arrays: readonly (readonly [dtype: string, shape: readonly number[]])[];
}

const script = `
import collections, datetime, decimal, fractions, io, json, pickle, pickletools, random, uuid
import numpy as np
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
rng = random.Random(20263)

class Slotted:
    __slots__ = ("a",)
    def __init__(self, a): self.a = a

class Plain:
    def __init__(self, **k): self.__dict__.update(k)

class Reduced:
    def __init__(self, a): self.a = a
    def __reduce__(self): return (Reduced, (self.a,), {"b": 1}, iter([1]), iter([("k", 2)]))
    def append(self, item): pass
    def extend(self, items): pass
    def __setitem__(self, k, v): pass

class Keyword:
    def __new__(cls, *, a=0): return object.__new__(cls)
    def __getnewargs_ex__(self): return ((), {"a": 1})

def value(depth, arrays):
    kind = rng.randrange(30 if depth > 0 else 11)
    if kind == 0: return rng.choice([None, True, False])
    if kind == 1: return rng.choice([0, 255, 256, 65536, -1, 2**31, -2**63, 2**200, -2**200])
    if kind == 2: return rng.choice([0.5, float("inf"), float("nan"), -0.0])
    if kind == 3: return rng.choice(["", "x\\ny", "\\u00fc\\u2713", "\\\\u0041", "\\U0001f600", "'quoted\\"", "z" * 300, "\\ud800"])
    if kind == 4: return bytes(rng.randrange(256) for _ in range(rng.choice([0, 3, 300])))
    if kind == 5: return rng.choice([decimal.Decimal("1.5"), fractions.Fraction(1, 3), uuid.UUID(int=5), datetime.datetime(2026, 1, 2), datetime.timedelta(1)])
    if kind == 6: return rng.choice([len, dict.fromkeys, collections.OrderedDict, json.dumps, Plain])
    if kind == 7: return bytearray(b"abc" * rng.randrange(3))
    if kind == 8: return complex(1, 2)
    if kind == 9: return range(rng.randrange(5))
    if kind == 10: return np.float32(rng.random())
    more = lambda: value(depth - 1, arrays)
    if kind == 11: return [more() for _ in range(rng.randrange(5))]
    if kind == 12: return tuple(more() for _ in range(rng.randrange(5)))
    if kind == 13: return {str(i): more() for i in range(rng.randrange(5))}
    if kind == 14: return {1, 2, rng.randrange(9)}
    if kind == 15: return frozenset([1, "a"])
    if kind == 16: return collections.OrderedDict((str(i), more()) for i in range(rng.randrange(4)))
    if kind == 17: return collections.defaultdict(list, {"a": more()})
    if kind == 18: return Plain(a=more(), b=more())
    if kind == 19: return Reduced(more())
    if kind == 20: return Keyword()
    if kind == 21: return rng.choice([StandardScaler(), DecisionTreeClassifier(max_depth=2)])
    if kind == 22:
        shared = [more()]
        return (shared, shared, shared)
    shape = tuple(rng.randrange(1, 5) for _ in range(rng.randrange(1, 3)))
    array = rng.choice([np.zeros(shape, "<f4"), np.ones(shape, ">i8"), np.full(shape, True), np.full(shape, "ab"), np.zeros(shape, "<f8").T])
    arrays.append([array.dtype.str, list(array.shape)])
    return array

def listed(data):
    found, strings, memo, last = set(), [], {}, None
    for opcode, argument, _ in pickletools.genops(io.BytesIO(data)):
        name = opcode.name
        if name in ("GLOBAL", "INST"): found.add(argument.replace(" ", "."))
        elif name == "STACK_GLOBAL": found.add(strings[-2] + "." + strings[-1])
        if "UNICODE" in name or name.endswith("STRING"): last = argument; strings.append(argument)
        elif name in ("GET", "BINGET", "LONG_BINGET"):
            last = memo.get(int(argument)); strings.append(last)
        elif name == "MEMOIZE": memo[len(memo)] = last
        elif "PUT" in name: memo[int(argument)] = last
        else: last = None
    return sorted(found)

class Asking(pickle.Unpickler):
    def __init__(self, *a): super().__init__(*a); self.asked = set()
    def find_class(self, module, name): self.asked.add(module + "." + name); return super().find_class(module, name)

samples = []
while len(samples) < 600:
    arrays = []
    root = {"v": value(4, arrays)}
    protocol = len(samples) % 6
    try:
        data = pickle.dumps(root, protocol)
    except (TypeError, pickle.PicklingError, AttributeError):
        continue
    asking = Asking(io.BytesIO(data)); asking.load()
    samples.append({"protocol": protocol, "hex": data.hex(), "listed": listed(data), "asked": sorted(asking.asked), "arrays": arrays})
print(json.dumps(samples))
`;

const context = {
  sha256: (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest()),
  openBeside: async () => null,
};

it('lists the imports of 600 pickles of all protocols as pickletools and the unpickler do', async () => {
  const samples = askPython(script) as readonly Sample[];
  expect(samples).toHaveLength(600);
  let arrays = 0;
  for (const [index, { protocol, hex, listed, asked, arrays: expected }] of samples.entries()) {
    const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
    const header = await readHeader(bytesSource(bytes, `sample-${index}.pkl`), context);
    if (header === null) throw new Error(`sample ${index} of protocol ${protocol} is not recognised`);
    expect(header.imports, `sample ${index}, protocol ${protocol}`).toEqual([...listed].sort());
    // Before protocol 3 the names in the file are Python 2's, which the unpickler translates.
    const translated = header.imports.filter((name) => !/^(?:__builtin__|copy_reg|itertools|UserDict)\./.test(name));
    expect(asked).toEqual(expect.arrayContaining(translated));
    expect(header.imports.length >= asked.length, `sample ${index}`).toBe(true);
    const told = header.tensors.map(({ dtype, shape }) => JSON.stringify([dtype, shape])).sort();
    expect(told, `sample ${index}`).toEqual(expected.map((array) => JSON.stringify(array)).sort());
    arrays += told.length;
  }
  expect(arrays).toBeGreaterThan(50);
});

const compressing = `
import io, json, random, tempfile, os
import joblib, numpy as np
from joblib.numpy_pickle_compat import write_zfile
import pickle
rng = random.Random(7)
samples = []
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "m")
    for size in (0, 1, 300, 10_000):
        for protocol in (0, 2, 4):
            content = {"w": np.frombuffer(rng.randbytes(8 * size), "<f8"), "names": ["a"] * size}
            for method in ("zlib", "gzip", "bz2", "lzma", "xz"):
                for level in (1, 9):
                    joblib.dump(content, path, compress=(method, level), protocol=protocol)
                    joblib.load(path)
                    samples.append([method, open(path, "rb").read(100_000).hex()])
            with open(path, "wb") as file: write_zfile(file, pickle.dumps({"n": size}, protocol))
            joblib.load(path)
            samples.append(["compat", open(path, "rb").read().hex()])
print(json.dumps(samples))
`;

it('knows whatever joblib compressed for a pickle', async () => {
  const samples = askPython(compressing) as readonly (readonly [method: string, hex: string])[];
  expect(samples).toHaveLength(4 * 3 * 11);
  for (const [method, hex] of samples) {
    const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
    const header = await readHeader(bytesSource(bytes, 'm'), { ...context, inflate: inflateAtOnce });
    expect(header?.format, `${method}: ${hex.slice(0, 40)}`).toBe('joblib');
    expect(header?.attributes['compression']).toContain(method === 'compat' ? 'zlib' : method.replace('bz2', 'bzip2'));
  }
});

async function* inflateAtOnce(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of compressed) pieces.push(piece.slice());
  yield new Uint8Array(inflateRawSync(Buffer.concat(pieces), { finishFlush: 2 }));
}
