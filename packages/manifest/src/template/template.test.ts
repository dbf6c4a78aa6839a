import type { ModelName } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataRoles, modelKinds } from '../manifest.js';
import { parseManifest } from '../parse-manifest.js';
import { defaultPolicy, parsePolicy } from '../parse-policy.js';
import { parseStages } from '../parse-stages.js';
import { type ManifestFacts, renderManifestTemplate } from './manifest-template.js';
import { renderPolicyTemplate } from './policy-template.js';
import { renderStagesTemplate } from './stages-template.js';

const firstLine = /^# yaml-language-server: \$schema=\S+\/schemas\/[a-z]+\.schema\.json\n/;

describe('the policy that init writes', () => {
  const read = (text: string) => {
    const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return parsed.value;
  };

  it('is the default policy, in the mode that warns', () => {
    expect(renderPolicyTemplate()).toMatch(firstLine);
    expect(read(renderPolicyTemplate())).toEqual(defaultPolicy());
  });

  it('holds the facts', () => {
    const policy = read(
      renderPolicyTemplate({ owners: ['alice', 'bob'], verifierKey: 'acme+1a2b3c4d+AaBb', storePath: '/srv/a: b' }),
    );
    expect(policy.owners).toEqual(['alice', 'bob']);
    expect(policy.store).toEqual({ type: 'folder', path: '/srv/a: b' });
    expect(policy.ledger).toEqual({ branch: 'weighbridge', signing: 'required', keys: ['acme+1a2b3c4d+AaBb'] });
  });

  it('shows examples that hold once they are uncommented', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const text = renderPolicyTemplate()
      .replaceAll(/^(reviewers|gates|waivers): (?:\{\}|\[\])$/gm, '$1:')
      .replaceAll(/^#   /gm, '  ')
      .replace('# store:', 'store:')
      .replace('# tiers:', 'tiers:')
      .replace('sha256:…', digest);
    const policy = read(text);
    expect(policy.gates['production']?.metrics[0]?.baseline?.maxRegression).toEqual({
      absolute: null,
      relative: '0.01',
    });
    expect(policy.gates['production']?.reviewers).toHaveLength(3);
    expect(policy.waivers).toHaveLength(1);
    expect(policy.store).toEqual({ type: 'folder', path: '/srv/models' });
    expect(policy.tiers).toMatchObject({ warm: { compress: true }, cold: { compress: true } });
  });
});

describe('the manifest that init writes', () => {
  const read = (text: string) => {
    const parsed = parseManifest({ path: 'models/fraud/model.yaml', text });
    if (!parsed.ok) throw new Error(`${text}\n${JSON.stringify(parsed.faults)}`);
    return parsed.value;
  };
  const name = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?$/).map((text) => text as ModelName);
  const text = fc.oneof(
    fc
      .constantFrom('yes', '12345678', '1.10', '# x', 'a: b', '"', "'", '@x', '*', '- a', '', ' x ', 'null', '{', '%')
      .filter((one) => one !== ''),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 }),
  );
  const path = fc.constantFrom(
    'model.onnx',
    'out/*.bin',
    '/src/a b',
    'a#b',
    "it's.bin",
    '@x/y.bin',
    '-x',
    '[a].bin',
    '1.10',
  );
  const facts: fc.Arbitrary<ManifestFacts> = fc.record(
    {
      name,
      kind: fc.constantFrom(...modelKinds),
      description: fc.option(text),
      impact: fc.constantFrom('low' as const, 'high' as const),
      owners: fc.uniqueArray(fc.constantFrom('alice', '@acme/nlp', '@bob'), { maxLength: 3 }),
      base: fc.option(
        fc.record({ model: fc.constantFrom('hf://a/b', 'registry:x@^1', './y'), revision: fc.option(text) }),
      ),
      data: fc.uniqueArray(
        fc.record({ name: fc.constantFrom('a', 'b', '1'), role: fc.constantFrom(...dataRoles), ref: path }),
        { maxLength: 3, selector: (item) => item.name },
      ),
      artifacts: fc.array(path, { maxLength: 4 }),
      prompts: fc.array(path, { maxLength: 2 }),
      metrics: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('eval', '1'),
          path,
          examples: fc.array(path, { maxLength: 2 }),
          attestation: fc.option(path),
          run: fc.option(fc.constantFrom('7', '17243984411')),
          artifact: fc.option(fc.constantFrom('evaluation', '1.10')),
        }),
        {
          maxLength: 2,
          selector: ({ id }) => id,
        },
      ),
      training: fc.record({
        framework: fc.option(text),
        framework_version: fc.option(fc.constantFrom('2.10', '2', '2.9.0')),
        hardware: fc.option(text),
        duration: fc.option(fc.constantFrom('PT3H', 'P1DT2H')),
        run: fc.option(fc.constantFrom('mlflow:4f1c')),
      }),
      store: fc.constantFrom('copy' as const, 'reference' as const),
      bump: fc.option(fc.constantFrom('patch' as const, 'major' as const)),
    },
    { requiredKeys: ['name'] },
  );

  it('reads back as the facts, for any facts', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const rendered = renderManifestTemplate(known);
        expect(rendered).toMatch(firstLine);
        expect(read(rendered)).toMatchObject(known);
      }),
      { seed: 71, numRuns: 400 },
    );
  });

  it('shows examples that hold once they are uncommented', () => {
    const rendered = renderManifestTemplate({ name: 'fraud' as ModelName });
    const manifest = read(rendered.replaceAll(/^# (?=[a-z]+: )/gm, '').replace(/^yaml-language.*$/m, ''));
    expect(manifest.base).toEqual({ model: 'hf://org/name', revision: '0e9e39f' });
    expect(manifest.training.framework_version).toBe('2.9.0');
    expect(manifest.bump).toBe('major');
  });
});

describe('the stages that init writes', () => {
  it('ask for nothing', () => {
    expect(renderStagesTemplate()).toMatch(firstLine);
    const parsed = parseStages({ path: 'stages.yaml', text: renderStagesTemplate() });
    expect(parsed.ok && parsed.value).toEqual({ stages: {}, aliases: {} });
  });
});
