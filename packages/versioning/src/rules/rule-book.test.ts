import type { Bump } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { expectThrown } from '../../test/thrown.js';
import { facets, openRuleBook, ruleNames, rules } from '../index.js';

const book = (overrides: Readonly<Record<string, Bump>>, preset: 'weights' | 'interface' = 'weights') =>
  openRuleBook({ preset, rules: overrides });

describe('the rules', () => {
  test('speak of every facet, and form never moves a version', () => {
    expect(new Set(ruleNames.map((name) => name.split('.')[0]))).toEqual(new Set(facets));
    const form = ruleNames.map((name) => rules[name]).filter(({ noise }) => noise);
    expect(form.flatMap((rule) => [rule.weights, rule.interface]).filter((bump) => bump !== 'none')).toEqual([]);
    expect(ruleNames.filter((name) => rules[name].says.length < 5)).toEqual([]);
  });

  test('are those of the preset', () => {
    expect(book({}).get('data.training')).toBe('minor');
    expect(book({}, 'interface').get('data.training')).toBe('patch');
  });

  test('are overridden by name, with either spelling', () => {
    expect(book({ 'tokenizer.chat_template': 'patch' }).get('tokenizer.chat-template')).toBe('patch');
    expect(book({ 'tokenizer.chat-template': 'none' }).get('tokenizer.chat-template')).toBe('none');
  });

  test('are overridden by facet, but for the name that is given and for what is form', () => {
    const own = book({ weights: 'minor', 'weights.file': 'major', documentation: 'patch' });
    expect(own.get('weights.tensors')).toBe('minor');
    expect(own.get('weights.file')).toBe('major');
    expect(own.get('weights.resaved')).toBe('none');
    expect(own.get('documentation.description')).toBe('patch');
    expect(book({ 'weights.resaved': 'patch' }).get('weights.resaved')).toBe('patch');
  });

  test('refuse names that there are not, all at once, with the nearest', () => {
    const error = expectThrown(
      () => book({ 'tokeniser.chat_template': 'patch', 'weights.tensor': 'patch', __proto: 'none' }),
      'versioning/unknown-rule',
    );
    expect(error.message).toBe('No versioning rule is called "__proto", "tokeniser.chat_template", "weights.tensor".');
    expect(error.remedy).toContain('tokenizer.chat-template');
    expect(error.remedy).toContain('weights.tensors');
  });

  test('refuse one rule with two bumps', () => {
    expectThrown(
      () => book({ 'tokenizer.chat_template': 'patch', 'tokenizer.chat-template': 'major' }),
      'versioning/rule-given-twice',
    );
    expect(
      book({ 'tokenizer.chat_template': 'patch', 'tokenizer.chat-template': 'patch' }).get('tokenizer.chat-template'),
    ).toBe('patch');
  });
});
