import type { JsonValue } from '@weighbridge/core';
import { checkRetrieval } from './checks/check-retrieval.js';
import { type RetrievalLayout, retrievalLayout } from './retrieval-layout.js';
import { judge } from './parse-file.js';
import { type Fault, orderFaults } from './source/fault.js';
import { readText, type SourceFile } from './source/source-file.js';
import { maxYamlBytes, readYaml } from './source/yaml-document.js';

/**
 * The faults of a retrieval file: of its syntax whatever its layout is, of its content where it has the documented one.
 * Files of other layouts are their owners' own. Never throws for any content.
 */
export function findRetrievalFaults(source: SourceFile): {
  readonly layout: RetrievalLayout;
  readonly faults: readonly Fault[];
} {
  const text = readText(source, maxYamlBytes);
  if (typeof text !== 'string') return { layout: 'other', faults: [text] };
  const document = readYaml(source.path, text);
  const layout = retrievalLayout((document.value ?? null) as JsonValue);
  if (layout !== 'weighbridge')
    return { layout, faults: document.value === undefined ? orderFaults(document.faults) : [] };
  const parsed = judge(document, { schema: 'retrieval', whenEmpty: null, check: checkRetrieval, read: () => null });
  return { layout, faults: parsed.ok ? [] : parsed.faults };
}
