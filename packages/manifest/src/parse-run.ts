import type { JsonObject } from '@weighbridge/core';
import { durationOfSeconds, type RunFacts, runFacts } from '@weighbridge/formats';
import { type FileKind, judge } from './parse-file.js';
import type { Parsed } from './source/fault.js';
import { readJson } from './source/json-document.js';
import type { Place } from './source/place.js';
import { readText, type SourceFile } from './source/source-file.js';

/** The name of the file that a training script writes beside its weights or beside the manifest. */
export const runFileName = 'weighbridge-run.json';

/** What one script knows of one run, with parameters and metrics of every step. */
export const maxRunFileBytes = 16 * 1024 * 1024;

/**
 * Reads a `weighbridge-run.json`: JSON by its published schema, all its faults at once with their places. Never throws
 * for any content.
 */
export function parseRunFile(source: SourceFile): Parsed<RunFacts> {
  const text = readText(source, maxRunFileBytes);
  if (typeof text !== 'string') return { ok: false, faults: [text] };
  const document = readJson(source.path, text);
  if (document.value === undefined) return { ok: false, faults: document.faults };
  return judge(document, runKind);
}

const runKind: FileKind<RunFacts> = { schema: 'run', whenEmpty: null, check: () => [], read: readRun };

function readRun(root: Place): RunFacts {
  const text = (key: string) => root.at(key).text();
  const seconds = root.at('duration_seconds').value;
  return runFacts(root.file, {
    framework: text('framework'),
    frameworkVersion: text('framework_version'),
    hardware: text('hardware'),
    duration: text('duration') ?? (typeof seconds === 'number' ? durationOfSeconds(seconds) : null),
    startedAt: text('started_at'),
    finishedAt: text('finished_at'),
    commit: text('commit'),
    command: text('command'),
    python: text('python'),
    params: membersOf(root.at('params')),
    metrics: membersOf(root.at('metrics')),
    tags: membersOf(root.at('tags')),
    datasets: root
      .at('datasets')
      .items()
      .map((item) => ({
        name: item.at('name').text() ?? '',
        role: item.at('role').text(),
        digest: item.at('digest').text(),
        source: item.at('source').text(),
      })),
  });
}

function membersOf(place: Place): JsonObject {
  return (place.value ?? {}) as JsonObject;
}
