import type { ErrorArea } from './definition.js';

export const versioningErrors = {
  'versioning/unknown-rule': {
    exit: 2,
    message: 'No versioning rule is called {names}.',
    remedy: 'Under "versioning.rules" write a facet or facet.kind; the nearest are {near}.',
  },
  'versioning/rule-given-twice': {
    exit: 2,
    message: 'The versioning rule {rule} is given twice, as {first} and as {second}.',
    remedy: 'Keep one of the two spellings under "versioning.rules"; "_" and "-" are the same there.',
  },
  'versioning/base-out-of-range': {
    exit: 1,
    message: '{model} is made for {part} {range}, and would be used with {version}.',
    remedy:
      'Train the model for {version} and widen the range under "uses", or set the base back to a version within {range}.',
  },
} as const satisfies ErrorArea;
