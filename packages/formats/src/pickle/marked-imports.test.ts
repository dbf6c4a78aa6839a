import { describe, expect, test } from 'vitest';
import { markImport } from './marked-imports.js';

describe('imports that matter', () => {
  test.each([
    ['os.system', 'runs programs'],
    ['posix.system', 'runs programs'],
    ['nt.system', 'runs programs'],
    ['subprocess.Popen', 'runs programs'],
    ['builtins.eval', 'runs code'],
    ['__builtin__.exec', 'runs code'],
    ['builtins.getattr', 'reaches any object by name'],
    // What an evasion of a scanner writes: attributes of attributes, and submodules.
    ['builtins.eval.__call__', 'runs code'],
    ['os.path.os.system', 'runs programs'],
    ['torch.hub.load', 'loads code'],
    ['torch._inductor.codecache.compile_file', 'loads code'],
    ['numpy.testing._private.utils.runstring', 'runs code'],
    ['urllib.request.urlopen', 'reaches the network'],
    ['pathlib.Path', 'touches files'],
    ['os', 'runs programs'],
  ])('%s %s', (name, effect) => {
    expect(markImport(name)).toBe(effect);
  });

  test.each([
    'collections.OrderedDict',
    'torch._utils._rebuild_tensor_v2',
    'torch.FloatStorage',
    'numpy.core.multiarray._reconstruct',
    'numpy.dtype',
    'numpy.loads',
    'sklearn.ensemble._forest.RandomForestClassifier',
    'builtins.set',
    'builtins.evaluate',
    'osmium.Reader',
    'testing.x',
    '__proto__.constructor',
    'constructor.eval',
    'toString',
    'builtins.constructor',
    '',
  ])('%s is nobody’s worry', (name) => {
    expect(markImport(name)).toBeNull();
  });
});
