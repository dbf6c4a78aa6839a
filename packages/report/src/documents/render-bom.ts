import { canonicalJson, digestBytes, digestHex, type JsonObject, type Sha256, utf8 } from '@weighbridge/core';
import { dataComponents, fileComponents } from './bom-components.js';
import { modelComponent, modelReference } from './bom-model.js';
import type { VersionRecord } from './version-record.js';

/** A bill of materials: the document, and its canonical JSON, whose bytes are what a digest names. */
export interface RenderedBom {
  readonly bom: JsonObject;
  readonly text: string;
}

/**
 * The bill of materials of a version as CycloneDX 1.6 JSON: the model with its card, pedigree and licences, its files with
 * their hashes, and its data. The same record gives the same bytes: the serial number is made from the content (a UUID of
 * version 8, RFC 9562), and the time is that of the registration.
 */
export function renderBom(record: VersionRecord, sha256: Sha256): RenderedBom {
  const components = [...fileComponents(record), ...dataComponents(record)];
  const content: JsonObject = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: record.registeredAt,
      tools: { components: [{ type: 'application', name: 'weighbridge' }] },
      component: modelComponent(record),
    },
    components,
    dependencies: [
      { ref: modelReference(record), dependsOn: components.map((component) => component['bom-ref'] ?? '') },
    ],
  };
  const bom = { ...content, serialNumber: serialNumber(digestHex(digestBytes(sha256, utf8(canonicalJson(content))))) };
  return { bom, text: canonicalJson(bom) };
}

function serialNumber(hex: string): string {
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return `urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}`;
}
