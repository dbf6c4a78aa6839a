import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  manifest,
  openSurroundings,
} from './governed-repository.js';

const gated = `gates:
  development:
    metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }]
`;
const described = `${manifest}description: Scores payments
base: { model: hf://acme/base, revision: 0E9E39F249A16976918F6564B8830BC894C89659 }
metadata: { license: apache-2.0, language: [en, no], pipeline_tag: text-classification, tags: [fraud] }
`;
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('documents of a version', () => {
  let repository: GovernedRepository;
  beforeEach(async () => {
    repository = await makeGovernedRepository({ policy: gated });
    await repository.write(`${folder}/model.yaml`, described);
    repository.commit('Describe it');
  });
  afterEach(() => repository.dispose());

  const document = async (command: string, inputs: Readonly<Record<string, string>>) =>
    (await repository.run(command, inputs)).text;
  const release = async (threshold: string) => {
    await repository.write(`${folder}/settings.yaml`, `threshold: ${threshold}\n`);
    repository.commit(`Threshold ${threshold}`);
    return repository.run('register');
  };

  it('are recorded when it is registered, and come back byte for byte', async () => {
    const registered = await repository.run('register');
    const notes = registered.outputs['notes'] ?? '';
    expect(notes).toContain('**fraud 1.0.0** (first version): Scores payments');
    const card = await document('card', { version: 'fraud@1.0.0', recorded: 'true' });
    const bom = await document('bom', { version: 'fraud@1.0.0', recorded: 'true' });
    // Nothing came later, so that what is made now says the same.
    expect(await document('card', { version: 'fraud' })).toBe(card);
    expect(await document('bom', { version: 'fraud' })).toBe(bom);
    expect(await document('notes', { version: 'fraud' })).toBe(notes);
    const { ledger } = await openSurroundings(repository.root);
    const recorded = (await repository.run('bom', { version: 'fraud', recorded: 'true' })).json as { recorded: string };
    expect(recorded.recorded).toBe(sha256(bom));
    const kept = await ledger.evidence(sha256(bom) as `sha256:${string}`);
    expect(new TextDecoder().decode(kept ?? undefined)).toBe(bom);
    expect((await repository.run('audit verify')).exitCode).toBe(0);
  });

  it('tell what the record knows: data, base, licence, results, gate, changes and moves', async () => {
    await repository.run('register');
    await release('0.6');
    await repository.run('promote', { model: 'fraud@1.0.1', to: 'staging', reason: 'Looks | good' });
    const card = await document('card', { version: 'fraud@staging' });
    expect(card.startsWith('---\nlicense: apache-2.0\nlanguage:\n- en\n- "no"\n')).toBe(true);
    expect(card).toContain('base_model: acme/base\n');
    expect(card).toContain('### What changed since 1.0.0\n');
    expect(card).toMatch(/\| patch \| .*threshold.* \| config/);
    expect(card).toContain('| eval.accuracy | 0.95 | reported |');
    expect(card).toMatch(/\| accuracy \| ✅ pass \| /);
    expect(card).toContain('| staging | ');
    expect(card).toContain('Looks \\| good');
    // What was recorded is what was known then.
    expect(await document('card', { version: 'fraud@1.0.1', recorded: 'true' })).not.toContain('| staging | ');
    const bom = JSON.parse(await document('bom', { version: 'fraud' })) as {
      metadata: { component: { pedigree: { ancestors: readonly unknown[] }; version: string } };
      components: readonly { type: string; hashes?: readonly { content: string }[] }[];
    };
    expect(bom.metadata.component.pedigree.ancestors).toMatchObject([
      { name: 'acme/base', purl: 'pkg:huggingface/acme/base@0e9e39f249a16976918f6564b8830bc894c89659' },
      { name: 'fraud', version: '1.0.0' },
    ]);
    expect(bom.metadata.component.version).toBe('1.0.1');
    expect(bom.components.map(({ type, hashes }) => [type, hashes?.length])).toEqual([
      ['file', 1],
      ['data', 1],
    ]);
  });

  it('take over the README of the team, complete its head and tell what it contradicts', async () => {
    const readme = '---\n# ours\nlicense: mit\ntags: [payments]\n---\n# Fraud\n\nRead *this* first.\n';
    await repository.write(`${folder}/README.md`, readme);
    repository.commit('Card');
    const { notices } = await repository.run('register');
    expect(notices.map(({ text }) => text).join('\n')).toContain('says "mit" of license');
    const card = await document('card', { version: 'fraud' });
    expect(card.startsWith('---\n# ours\nlicense: mit\ntags: [payments]\nlanguage:\n')).toBe(true);
    expect(card).toContain('\n# Fraud\n\nRead *this* first.\n\n<!-- weighbridge');
    expect(card).toContain('| license | mit | apache-2.0 |');
    // Kept as the README, it is the same card: its record is replaced and not repeated.
    await repository.run('card', { version: 'fraud', output: `${folder}/README.md` });
    expect(await repository.read(`${folder}/README.md`)).toBe(card);
    repository.commit('Card as it was made');
    await release('0.7');
    const next = await document('card', { version: 'fraud@1.0.1' });
    expect(next.split('## Version').length).toBe(2);
    expect(next).toContain('## Version 1.0.1');
  });

  it('of a README whose head cannot be read are made from the record, with a warning', async () => {
    await repository.write(`${folder}/README.md`, '---\nlicense: [mit\n---\nText\n');
    repository.commit('Broken card');
    const registered = await repository.run('register');
    expect(registered.outputs['outcome']).toBe('registered');
    expect(registered.notices.map(({ text }) => text).join('\n')).toContain('made from the record alone');
    expect(await document('card', { version: 'fraud' })).toContain('license: apache-2.0\n');
  });

  it('are compared: front matter, results and words', async () => {
    await repository.write(`${folder}/README.md`, '# Fraud\n\nFirst words.\n');
    repository.commit('Card');
    await repository.run('register');
    await repository.write(`${folder}/README.md`, '# Fraud\n\nOther words.\n');
    await repository.write(`${folder}/eval.json`, '{"accuracy": 0.96}\n');
    await release('0.6');
    const outcome = await repository.run('diff', { from: 'fraud@1.0.0', to: '1.0.1', cards: 'true' });
    expect(outcome.json).toMatchObject({
      attributes: [{ key: 'accuracy on eval', from: 0.95, to: 0.96 }],
      prose: [
        { sign: '-', line: 'First words.' },
        { sign: '+', line: 'Other words.' },
      ],
    });
    expect(outcome.text).toContain('accuracy on eval: 0.95 -> 0.96');
    const same = await repository.run('diff', { from: 'fraud@1.0.1', to: 'fraud@1.0.1', cards: 'true' });
    expect(same.text).toBe('The cards say the same.');
  });

  it('are written into a folder together, under names that say what they are of', async () => {
    await repository.run('register');
    await release('0.6');
    await repository.run('promote', { model: 'fraud@1.0.1', to: 'staging', reason: 'Good' });
    const dry = await repository.run('documents', { version: 'fraud', 'dry-run': 'true' });
    expect(dry.text).toContain('Would write');
    await expect(repository.read(dry.outputs['card'] ?? '')).rejects.toThrow('ENOENT');
    const now = await repository.run('documents', { version: 'fraud' });
    expect(now.outputs).toEqual({
      model: 'fraud',
      version: '1.0.1',
      card: 'fraud-1.0.1-documents/fraud-1.0.1.card.md',
      bom: 'fraud-1.0.1-documents/fraud-1.0.1.cdx.json',
      notes: 'fraud-1.0.1-documents/fraud-1.0.1.notes.md',
    });
    expect(await repository.read(now.outputs['card'] ?? '')).toBe(await document('card', { version: 'fraud' }));
    expect(await repository.read(now.outputs['notes'] ?? '')).toBe(await document('notes', { version: 'fraud' }));
    const then = await repository.run('documents', { version: 'fraud@1.0.1', into: 'out', recorded: 'true' });
    expect(await repository.read('out/fraud-1.0.1.card.md')).not.toContain('| staging | ');
    expect(await repository.read(then.outputs['bom'] ?? '')).toBe(
      await document('bom', { version: 'fraud', recorded: 'true' }),
    );
    expect(await repository.failure('documents', { version: 'fraud', into: '../out' })).toBe('host/input');
  });

  it('write nothing in a dry run, and say what is wrong with what is asked', async () => {
    await repository.run('register', { 'dry-run': 'true' });
    expect(await repository.failure('card', { version: 'fraud' })).toBe('flow/not-registered');
    await repository.run('register');
    const dry = await repository.run('bom', { version: 'fraud', output: 'x/bom.json', 'dry-run': 'true' });
    expect(dry.text).toContain('Would write x/bom.json');
    await expect(repository.read('x/bom.json')).rejects.toThrow('ENOENT');
    const written = await repository.run('bom', { version: 'fraud', output: 'x/bom.json' });
    expect(written.outputs['digest']).toBe(sha256(await repository.read('x/bom.json')));
    await rm(join(repository.root, 'x'), { recursive: true });
    expect(await repository.failure('card', { version: 'fraud@9.9.9' })).toBe('flow/unknown-version');
    expect(await repository.failure('card', { version: '@1.0.0' })).toBe('host/input');
    expect(await repository.failure('notes', { version: 'fraud', output: '../notes.md' })).toBe('host/input');
  });
});
