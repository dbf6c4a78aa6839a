// needs: documents
import { parseFrontMatter } from '@weighbridge/formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest } from '../scenarios/governed-repository.js';
import { askPeer } from './ask-python.js';

interface Answer {
  readonly cards: readonly {
    readonly data: Readonly<Record<string, unknown>>;
    readonly results: readonly Readonly<Record<string, unknown>>[];
    readonly round_trip: boolean;
    readonly body: string;
  }[];
  readonly boms: readonly {
    readonly faults: readonly string[];
    readonly component: string;
    readonly hashes: readonly string[];
    readonly ancestors: readonly string[];
    readonly licenses: readonly string[];
    readonly serial: string;
  }[];
}

/** Words that YAML 1.1 takes for something else, and marks that end values where they are not quoted. */
const hostile = [
  'no',
  '1.10',
  '12:30:45',
  '2026-01-01',
  'a: b # c',
  '---',
  '"\\',
  '!!python/name:os.system',
  '\u0085x',
];
const sources = 'data: [{ name: train, role: train, ref: data.csv }, { name: holdout, role: eval, ref: eval.csv }]';
const described = `${manifest.replace(/^data: .*$/m, sources)}description: ${JSON.stringify('Scores "payments": <b>fast</b>\n---\nlicense: x')}
base: { model: hf://Acme/Base-7B, revision: 0E9E39F249A16976918F6564B8830BC894C89659 }
metadata:
  license: apache-2.0
  pipeline_tag: text-classification
  language: [en, no]
  tags: ${JSON.stringify(hostile)}
`;

let repository: GovernedRepository;
let cards: readonly string[];
let boms: readonly string[];
let answer: Answer;

beforeAll(async () => {
  repository = await makeGovernedRepository();
  await repository.write(`${folder}/model.yaml`, described);
  await repository.write(`${folder}/eval.csv`, 'a\n1\n');
  await repository.write(`${folder}/eval.json`, '{"accuracy": 0.95, "loss": 1e-7, "mcc": NaN, "top": 1}\n');
  repository.commit('Describe it');
  await repository.run('register');
  await repository.write(`${folder}/README.md`, '---\ntags:\n- ours\n---\n# Fraud\n\nWords of the team.\n');
  await repository.write(
    `${folder}/model.yaml`,
    described.replace('license: apache-2.0', 'license: acme internal 1.0'),
  );
  await repository.write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
  repository.commit('Threshold');
  await repository.run('register');
  const texts = async (command: string) => [
    (await repository.run(command, { version: 'fraud@1.0.0' })).text,
    (await repository.run(command, { version: 'fraud@1.0.1' })).text,
  ];
  [cards, boms] = [await texts('card'), await texts('bom')];
  answer = askPeer('documents', 'read_documents.py', { input: { cards, boms } }) as Answer;
}, 120_000);
afterAll(() => repository.dispose());

describe('huggingface_hub', () => {
  test('reads in a card what we wrote', () => {
    const [first, second] = answer.cards;
    expect(first?.data).toMatchObject({
      license: 'apache-2.0',
      language: ['en', 'no'],
      pipeline_tag: 'text-classification',
      library_name: 'pytorch',
      base_model: 'Acme/Base-7B',
      tags: hostile.map((text) => text.replace('\u0085', ' ')),
    });
    expect(second?.data).toMatchObject({ license: 'acme internal 1.0', tags: ['ours'] });
    expect(second?.body).toContain('Words of the team.');
  });

  test('finds every result, and writes them as it read them', () => {
    for (const card of answer.cards) {
      const about = { task: 'text-classification', dataset: 'holdout' };
      expect(card.results).toEqual([
        expect.objectContaining({ ...about, metric: 'accuracy', value: 0.95 }) as unknown,
        expect.objectContaining({ ...about, metric: 'loss', value: 1e-7 }) as unknown,
        expect.objectContaining({ ...about, metric: 'top', value: 1 }) as unknown,
      ]);
      expect(card.results[0]?.['revision']).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(card.round_trip).toBe(true);
    }
  });

  test('reads the same values as we do', () => {
    for (const [place, card] of cards.entries()) {
      const own = parseFrontMatter(card, 'card')?.attributes ?? {};
      const { 'model-index': _results, ...plain } = own;
      expect(answer.cards[place]?.data).toMatchObject(plain);
    }
  });
});

describe('CycloneDX', () => {
  test('finds no fault in a bill of materials, as 1.6 and as 1.7', () => {
    expect(answer.boms.flatMap(({ faults }) => faults)).toEqual([]);
  });

  test('reads in it what we wrote', () => {
    const [first, second] = answer.boms;
    const base = 'pkg:huggingface/Acme/Base-7B@0e9e39f249a16976918f6564b8830bc894c89659';
    expect(first).toMatchObject({ component: 'fraud', ancestors: [base], licenses: ['Apache-2.0'] });
    expect(second).toMatchObject({ ancestors: ['fraud', base], licenses: ['acme internal 1.0'] });
    expect(first?.hashes).toHaveLength(3);
    expect(second?.serial).not.toBe(first?.serial);
  });
});
