import { isModelName, isVersion, type ModelName, versionTag, formatTag } from '@weighbridge/core';
import { matchGlob } from '@weighbridge/manifest';
import type { TagRuleset } from '@weighbridge/ports';
import { makeRuleset, rulesetsPage } from '../commands.js';
import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';

/** Models whose tags are looked at; a pattern that covers these covers the others. */
const maxModels = 50;
const named = 5;

/** Whether the tags of versions and of stages can be moved or deleted, and whether a job can make them. */
export function examineTags(facts: DoctorFacts): readonly Finding[] {
  const { tagProtection } = facts;
  if (tagProtection === null)
    return [
      finding(
        'release-tags',
        'unknown',
        'What protects the tags of versions and stages could not be read.',
        `See ${rulesetsPage(facts)}: tags *@v* and *#* must not be updated or deleted. ${protectTags(facts)}`,
      ),
    ];
  return [examineMoves(facts, tagProtection.rulesets), ...examineCreation(facts, tagProtection.rulesets)];
}

function examineMoves(facts: DoctorFacts, rulesets: readonly TagRuleset[]): Finding {
  const id = 'release-tags';
  const tags = tagsOf(facts);
  const open = (rule: string) =>
    tags.filter((tag) => rulesFor(rulesets, tag).every(({ rules }) => !rules.includes(rule)));
  const [movable, deletable] = [open('update'), open('deletion')];
  if (movable.length === 0 && deletable.length === 0) {
    const passing = [...new Set(tags.flatMap((tag) => rulesFor(rulesets, tag).flatMap(({ bypass }) => bypass ?? [])))];
    const but = passing.length === 0 ? '' : ` ${passing.join(', ')} may all the same.`;
    return ok(id, `Nobody may move or delete the tags of versions and stages.${but}`);
  }
  const told = [
    ...(movable.length === 0 ? [] : [`moved (${listed(movable)})`]),
    ...(deletable.length === 0 ? [] : [`deleted (${listed(deletable)})`]),
  ];
  const because = `Tags that say what was released can be ${told.join(' and ')}: what a name stands for could be exchanged.`;
  return finding(id, 'warn', because, protectTags(facts));
}

/** A rule on new tags that nobody passes stops each release: the job makes the tag. */
function examineCreation(facts: DoctorFacts, rulesets: readonly TagRuleset[]): readonly Finding[] {
  const hindering = ['creation', 'tag_name_pattern', 'required_signatures'];
  const tags = tagsOf(facts);
  const found = rulesets.filter(
    (ruleset) => tags.some((tag) => holdsFor(ruleset, tag)) && ruleset.rules.some((rule) => hindering.includes(rule)),
  );
  const closed = found.filter(({ bypass }) => bypass === null || bypass.length === 0);
  if (closed.length === 0) return [];
  const rules = [...new Set(closed.flatMap((ruleset) => ruleset.rules.filter((rule) => hindering.includes(rule))))];
  const names = closed.map(({ name }) => `"${name}"`).join(', ');
  const seen = closed.every(({ bypass }) => bypass !== null);
  return [
    finding(
      'tag-creation',
      seen ? 'fail' : 'unknown',
      `${names} restricts new tags of versions or stages (${rules.join(', ')}), and ${seen ? 'nobody is' : 'nobody is seen to be'} on its bypass list: a job may not be able to make them.`,
      `In ${rulesetsPage(facts)}, add the App whose token registers to the bypass list of ${names}, or take that rule out of it.`,
    ),
  ];
}

/** One of each kind of tag that registering and promoting make. */
function tagsOf({ models, policy }: DoctorFacts): readonly string[] {
  const version = '1.0.0';
  const known = models.filter(isModelName).slice(0, maxModels);
  const names = known.length > 0 ? known : ['model' as ModelName];
  return names.flatMap((model) => [
    ...(isVersion(version) ? [versionTag(model, version)] : []),
    ...policy.stages.map((stage) => formatTag({ event: 'assigned', model, stage, counter: 1 })),
  ]);
}

function rulesFor(rulesets: readonly TagRuleset[], tag: string): readonly TagRuleset[] {
  return rulesets.filter((ruleset) => holdsFor(ruleset, tag));
}

/** Patterns are those of fnmatch on the whole ref, with ~ALL for every one. */
function holdsFor({ include, exclude }: TagRuleset, tag: string): boolean {
  const matches = (pattern: string) => pattern === '~ALL' || matchGlob(pattern, `refs/tags/${tag}`);
  return include.some(matches) && !exclude.some(matches);
}

function protectTags(facts: DoctorFacts): string {
  const deep = facts.policy.stages.some((stage) => stage.includes('/')) ? ['refs/tags/*#*/**/*'] : [];
  return makeRuleset(facts, {
    name: 'weighbridge tags',
    target: 'tag',
    include: ['refs/tags/*@v*', 'refs/tags/*#*', ...deep],
    rules: [{ type: 'update' }, { type: 'deletion' }],
  });
}

function listed(tags: readonly string[]): string {
  const more = tags.length - named;
  return `${tags.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
