import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, identity, judged, otherIdentity } from '../../test/gate-case.js';
import { formatNames } from './formats.js';

describe('formats', () => {
  const judge = (
    formats: { allow?: readonly string[]; deny?: readonly string[] },
    artifacts: readonly [string, string | null, (readonly string[])?][],
  ) =>
    judged(
      gateRequest(gatePolicy({ formats: { allow: formats.allow ?? null, deny: formats.deny ?? [] } })),
      gateFacts({ artifacts: artifacts.map(([path, format, imports = []]) => ({ path, format, imports })) }),
      'formats',
    );
  test.each(['pickle', 'joblib', 'pytorch-zip'])('deny pickle means %s', (format) => {
    const node = judge({ deny: ['pickle'] }, [['m.bin', format, ['os.system', 'builtins.eval']]]);
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe(
      `m.bin is ${format}, which the policy denies; loading it imports os.system (runs programs) and builtins.eval (runs code).`,
    );
    expect(node.children?.[0]?.verdict).toBe('fail');
    expect(node.children?.[0]?.facts).toMatchObject({ imports: ['os.system', 'builtins.eval'], imports_total: 2 });
  });
  test('deny joblib means joblib alone', () => {
    expect(judge({ deny: ['joblib'] }, [['m.pkl', 'pickle']]).verdict).toBe('pass');
    expect(judge({ deny: ['joblib'] }, [['m.joblib', 'joblib']]).verdict).toBe('fail');
  });
  test('allow refuses the rest, and what nobody recognised', () => {
    const allow = ['safetensors'];
    expect(
      judge({ allow }, [
        ['m.safetensors', 'safetensors'],
        ['config.json', 'document'],
      ]).verdict,
    ).toBe('pass');
    expect(judge({ allow }, [['m.onnx', 'onnx']]).because).toBe('m.onnx is onnx, which the policy does not allow.');
    expect(judge({ allow }, [['m.bin', null]]).because).toBe(
      'm.bin is of no known format, which the policy does not allow.',
    );
    expect(judge({ allow: [...allow, 'unknown'] }, [['m.bin', null]]).verdict).toBe('pass');
    expect(judge({ allow: ['pickle'] }, [['m.pt', 'pytorch-zip']]).verdict).toBe('pass');
    expect(judge({ deny: ['pickle'] }, [['m.bin', null]]).verdict).toBe('pass');
    expect(judge({ deny: ['unknown'] }, [['m.bin', null]]).verdict).toBe('fail');
    expect(judge({ deny: ['document'] }, [['m.json', 'document']]).verdict).toBe('fail');
    expect(judge({ allow: ['pickle'], deny: ['joblib'] }, [['m.joblib', 'joblib']]).verdict).toBe('fail');
  });
  test('no artifact: an error for weights, nothing to refuse for a prompt', () => {
    expect(judge({ deny: ['pickle'] }, []).verdict).toBe('error');
    const request = gateRequest(gatePolicy({ formats: { allow: null, deny: ['pickle'] } }));
    const candidate = {
      identity,
      evidence: otherIdentity,
      kind: 'prompt' as const,
      impact: 'low' as const,
      owners: [],
    };
    expect(judged(request, gateFacts({ artifacts: [], candidate }), 'formats').verdict).toBe('pass');
    expect(
      judged(request, gateFacts({ artifacts: [], candidate: { ...candidate, kind: 'adapter' } }), 'formats').verdict,
    ).toBe('error');
  });
  test('long lists are cut and counted', () => {
    const many = Array.from(
      { length: 25 },
      (_, at) =>
        [`m${at}.pkl`, 'pickle', Array.from({ length: 30 }, (_, k) => `a.b${k}`)] as [string, string, string[]],
    );
    const node = judge({ deny: ['pickle'] }, many);
    expect(node.children).toHaveLength(20);
    expect(node.because).toContain('And 5 more.');
    expect(node.because).toContain('and 10 more');
    expect(node.facts).toMatchObject({ refused: 25, artifacts: 25 });
  });
  test('an allow list of nothing is a rule too', () => {
    expect(judge({ allow: [] }, [['m.safetensors', 'safetensors']]).verdict).toBe('fail');
  });
  test('unsafe-pickle means those whose loading runs something, whatever their format', () => {
    const deny = ['unsafe-pickle'];
    const honest = ['collections.OrderedDict', 'torch._utils._rebuild_tensor_v2'];
    expect(judge({ deny }, [['m.pt', 'pytorch-zip', honest]]).verdict).toBe('pass');
    expect(judge({ deny }, [['m.onnx', 'onnx']]).verdict).toBe('pass');
    for (const format of ['pickle', 'joblib', 'pytorch-zip']) {
      const node = judge({ deny }, [['m.bin', format, [...honest, 'subprocess.Popen']]]);
      expect(node.verdict).toBe('fail');
      expect(node.because).toContain('loading it imports subprocess.Popen (runs programs), collections.OrderedDict');
    }
    expect(judge({ allow: ['pickle'], deny }, [['m.pkl', 'pickle', ['os.system']]]).verdict).toBe('fail');
    expect([...formatNames({ path: 'm', format: 'joblib', imports: ['os.system'] })]).toEqual([
      'joblib',
      'pickle',
      'unsafe-pickle',
    ]);
  });
  test('what was not looked into counts as a pickle that may import anything', () => {
    const judgeUnread = (formats: { allow?: readonly string[]; deny?: readonly string[] }) =>
      judged(
        gateRequest(gatePolicy({ formats: { allow: formats.allow ?? null, deny: formats.deny ?? [] } })),
        gateFacts({ artifacts: [{ path: 'm.pt', format: 'pytorch-zip', imports: [], unread: true }] }),
        'formats',
      );
    for (const deny of ['pickle', 'pytorch-zip', 'unsafe-pickle']) {
      const node = judgeUnread({ deny: [deny] });
      expect(node.verdict).toBe('fail');
      expect(node.because).toBe(
        'm.pt is pytorch-zip, which the policy denies; it was not looked into, and loading it may import anything.',
      );
    }
    expect(judgeUnread({ allow: ['safetensors'] }).verdict).toBe('fail');
    const allowed = judgeUnread({ deny: ['onnx'] });
    expect(allowed.verdict).toBe('pass');
    expect(allowed.because).toContain('Not looked into: m.pt');
  });
  test('what loading an allowed pickle can do is told all the same', () => {
    const node = judge({ deny: ['onnx'] }, [['m.pkl', 'pickle', ['numpy.dtype', 'os.system']]]);
    expect(node.verdict).toBe('pass');
    expect(node.because).toBe(
      'The formats of all 1 artifacts are allowed. Loading m.pkl imports os.system (runs programs) and numpy.dtype.',
    );
    expect(node.facts).toMatchObject({
      pickles: [
        {
          path: 'm.pkl',
          imports: ['os.system', 'numpy.dtype'],
          imports_total: 2,
          imports_marked: { 'os.system': 'runs programs' },
        },
      ],
    });
  });
  test('imports that matter come first, however many others there are', () => {
    const many = [...Array.from({ length: 40 }, (_, at) => `a.b${at}`), 'os.system'];
    const node = judge({ deny: ['pickle'] }, [['m.pkl', 'pickle', many]]);
    expect(node.because).toContain('imports os.system (runs programs), a.b0');
    expect(node.because).toContain('and 21 more');
  });
});
