import { parseModelName, parseVersion } from '@weighbridge/core';
import type { ImpactRow, LineageGraph, LineageNode } from '@weighbridge/lineage';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderImpactMarkdown, renderImpactText } from './render-impact.js';
import { mermaidLabel, renderLineageMermaid } from './render-lineage-mermaid.js';
import { renderLineageText } from './render-lineage-text.js';

const node = (id: string, kind: LineageNode['kind'] = 'raw-data', name = id): LineageNode => ({
  id,
  kind,
  name,
  version: null,
  detail: {},
});

/** A model that `width` data sets go into, each made from `depth` more in a row. */
function wideGraph(width: number, depth: number): LineageGraph {
  const nodes = [node('model', 'model')];
  const edges: LineageGraph['edges'][number][] = [];
  for (let set = 0; set < width; set++) {
    let after = 'model';
    for (let step = 0; step < depth; step++) {
      const id = `set-${set}-${step}`;
      nodes.push(node(id));
      edges.push({ from: id, to: after, relation: 'input' });
      after = id;
    }
  }
  return { nodes, edges };
}

describe('a graph as a Mermaid chart', () => {
  test('shows all of a small one', () => {
    const chart = renderLineageMermaid(wideGraph(2, 2), 'model');
    expect(chart.split('\n')).toEqual([
      'flowchart LR',
      '  n0(["model<br/>model"])',
      '  n1[("set-0-0<br/>raw data")]',
      '  n2[("set-0-1<br/>raw data")]',
      '  n3[("set-1-0<br/>raw data")]',
      '  n4[("set-1-1<br/>raw data")]',
      '  n1 -->|input| n0',
      '  n2 -->|input| n1',
      '  n3 -->|input| n0',
      '  n4 -->|input| n3',
    ]);
  });

  test('leaves out whole branches and counts what they hold', () => {
    const chart = renderLineageMermaid(wideGraph(10, 3), 'model', { nodes: 5 });
    expect(chart.match(/^ {2}n\d+[[({]/gm)).toHaveLength(5);
    // Four of ten branches are begun: six hang on the model with three nodes each, and two more on each of the four.
    expect(chart).toContain('["18 more"]');
    expect(chart.match(/\["2 more"\]/g)).toHaveLength(4);
  });

  test('counts with what it shows all that there is, at any bound', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 }), (width, depth, nodes) => {
        const chart = renderLineageMermaid(wideGraph(width, depth), 'model', { nodes });
        const shown = chart.match(/^ {2}n\d+[[({]/gm)?.length ?? 0;
        const left = [...chart.matchAll(/\["(\d+) more"\]/g)].reduce((sum, [, count]) => sum + Number(count), 0);
        expect(shown + left).toBe(1 + width * depth);
        expect(shown).toBeLessThanOrEqual(nodes);
      }),
      { seed: 11 },
    );
  });

  test('has labels that cannot end and do nothing', () => {
    expect(mermaidLabel('a"]; click n0 "javascript:alert(1)')).toBe(
      'a#34;#93;#59; click n0 #34;javascript:alert#40;1#41;',
    );
    expect(mermaidLabel('`md` <b>x</b> #quot; %%{init}%%\nend')).not.toMatch(/[`<>"%{}\n]/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const graph = { nodes: [node('start', 'model', text)], edges: [] };
        const chart = renderLineageMermaid(graph, 'start');
        expect(chart.split('\n')).toHaveLength(2);
        expect(chart.match(/"/g)).toHaveLength(2);
        expect(chart.length).toBeLessThan(800);
      }),
      { seed: 12 },
    );
  });
});

describe('a graph as a tree', () => {
  test('draws a branch once and names it after that', () => {
    const graph: LineageGraph = {
      nodes: [node('a'), node('b'), node('c'), node('m', 'model'), node('t', 'training')],
      edges: [
        { from: 'a', to: 'b', relation: 'input' },
        { from: 'a', to: 'c', relation: 'input' },
        { from: 'b', to: 't', relation: 'input' },
        { from: 'c', to: 't', relation: 'input' },
        { from: 'b', to: 'c', relation: 'input' },
        { from: 't', to: 'm', relation: 'output' },
      ],
    };
    expect(renderLineageText(graph, 'm')).toBe(`m (model)

made from
└─ t (training)
   ├─ input: b (raw data)
   │  └─ input: a (raw data)
   └─ input: c (raw data)
      ├─ input: a (raw data)
      └─ input: b (raw data) (as above)`);
  });

  test('keeps the text of others on its line', () => {
    const graph = { nodes: [node('m', 'model', 'x\n└─ forged')], edges: [] };
    expect(renderLineageText(graph, 'm').split('\n')).toHaveLength(1);
  });
});

describe('what a change reaches', () => {
  const row = (model: string, more: Partial<ImpactRow> = {}): ImpactRow => ({
    model: parseModelName(model),
    depth: 1,
    bump: 'minor',
    rule: 'base.registry-minor',
    because: 'its base llama gets a minor release',
    held: false,
    past: false,
    current: parseVersion('1.0.0'),
    next: parseVersion('1.1.0'),
    versions: [
      { version: parseVersion('1.0.0'), places: ['production', 'alias champion'], retired: false, depth: 1, via: '' },
    ],
    ...more,
  });

  test('is a table with stage, version and bump', () => {
    const rows = [row('support'), row('desk', { depth: 2, held: true, bump: 'none', next: null, versions: [] })];
    expect(renderImpactText({ subjects: ['llama'], rows })).toBe(`llama: 2 models depend on it.

  model    where                       version  would get      because
  support  production, alias champion  1.0.0    1.1.0 (minor)  its base llama gets a minor release
  desk     -                           1.0.0    stays          its base llama gets a minor release (2 steps away)`);
  });

  test('is bounded in Markdown, and counts the rest', () => {
    const rows = Array.from({ length: 100 }, (_, place) => row(`model-${place}`));
    const markdown = renderImpactMarkdown({ subjects: ['llama'], rows });
    expect(markdown.match(/^\| model-/gm)).toHaveLength(30);
    expect(markdown).toContain('… and 70 more');
    expect(renderImpactMarkdown({ subjects: ['llama'], rows: [] })).toBe('');
  });
});
