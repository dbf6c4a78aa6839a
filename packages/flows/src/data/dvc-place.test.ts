import { expect, test } from 'vitest';
import { placeOfDvc } from './dvc-place.js';

test.each([
  ['dvc.lock', 'data/a.csv', 'data/a.csv'],
  ['ml/dvc.lock', '../data/a.csv', 'data/a.csv'],
  ['dvc.lock', '/data/a.csv', null],
  ['ml/a.dvc', '/data/a.csv', null],
  ['dvc.lock', 's3://bucket/a.csv', null],
  ['dvc.lock', 'C:/data/a.csv', null],
  ['dvc.lock', '../a.csv', null],
])('%s: %s is %s', (file, written, place) => {
  expect(placeOfDvc(file, written)).toBe(place);
});

test.each([
  ['ml/dvc.yaml', 'scores.json', 'src', 'ml/src/scores.json'],
  ['dvc.yaml', '../data/a.csv', 'src', 'data/a.csv'],
  ['dvc.yaml', '/tmp/a.csv', 'src', null],
])('%s: %s of a stage that runs in %s', (file, written, wdir, place) => {
  expect(placeOfDvc(file, written, wdir)).toBe(place);
});
