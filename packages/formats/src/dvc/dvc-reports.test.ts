import { utf8 } from '@weighbridge/core';
import { expectCode } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { isDvcPath, parseDvcReports } from './dvc-reports.js';

const parse = (text: string) => parseDvcReports(utf8(text), 'dvc.yaml');

describe('the reports of a dvc.yaml', () => {
  test('are those of its stages, with the options that DVC allows', () => {
    const { stages } = parse(`stages:
  train:
    wdir: src
    cmd: x
    metrics: [m.json, { n.yaml: { cache: false } }]
    plots:
    - loss.csv
    - cm.csv: { cache: false, template: confusion, x: a, y: b }
  fit: { foreach: [a], do: { cmd: x, metrics: ['\${item}/m.json'] } }
  grid: { matrix: { a: [1] }, wdir: '\${item.a}', cmd: x }
`);
    expect(Object.fromEntries(stages)).toEqual({
      train: {
        wdir: 'src',
        metrics: ['m.json', 'n.yaml'],
        plots: [
          { path: 'loss.csv', template: null },
          { path: 'cm.csv', template: 'confusion' },
        ],
      },
      fit: { wdir: '', metrics: ['${item}/m.json'], plots: [] },
      grid: { wdir: null, metrics: [], plots: [] },
    });
  });

  test('are those of the project, plots by a path or by a title with the files of their axes', () => {
    const reports = parse(`params: [params.yaml, { more.json: [a] }]
metrics: [dvclive/metrics.json]
plots:
- dvclive/plots/metrics: { x: step }
- images
- Curve: { x: { steps.csv: s }, y: { a.csv: v, b.csv: [u, v] }, template: simple }
artifacts: { net: { path: out/net.pt, type: model } }
`);
    expect(reports).toMatchObject({
      params: ['params.yaml', 'more.json'],
      metrics: ['dvclive/metrics.json'],
      artifacts: ['out/net.pt'],
    });
    expect(reports.plots.map(({ path, template }) => `${path} ${template}`)).toEqual([
      'dvclive/plots/metrics null',
      'images null',
      'a.csv simple',
      'b.csv simple',
      'steps.csv simple',
    ]);
    expect(parse('plots: { loss.csv: { template: linear } }\n').plots).toEqual([
      { path: 'loss.csv', template: 'linear' },
    ]);
    expect(parse('').metrics).toEqual([]);
  });

  test.each([
    ['metrics/a.json', 'metrics/a.json', true],
    ['./plots/', 'plots', true],
    ['a.json', 'b.json', false],
    ['${item}/m.json', 'eu/m.json', true],
    ['m-${a}-${b}.json', 'm-1-2.json', true],
    ['m-${a}-${b}.json', 'm-1-.json', false],
    ['${item}/m.json', '/m.json', false],
    ['x${a}y', 'xy', false],
  ])('%s is written for %s: %s', (written, path, expected) => {
    expect(isDvcPath(written, path)).toBe(expected);
  });

  test('that is no mapping is refused by name', async () => {
    await expectCode((async () => parse('- 1\n'))(), 'formats/document-malformed');
  });
});
