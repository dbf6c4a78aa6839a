import type { ErrorCode, ErrorFields } from '@weighbridge/core';
import type { DocumentPath, Fault } from './fault.js';
import type { SourceDocument } from './source-document.js';

const none: readonly Place[] = [];

/**
 * One value of a document with its path. Reading is tolerant: what is absent or of another type reads as nothing, so
 * that meaning can be checked while the schema reports the types.
 */
export class Place {
  readonly value: unknown;
  private readonly document: SourceDocument;
  private readonly around: Place | null;
  private readonly step: string | number;

  /** `around` holds the value under `step`; null for the value of the whole document. */
  constructor(document: SourceDocument, value: unknown, around: Place | null = null, step: string | number = '') {
    this.document = document;
    this.value = value;
    this.around = around;
    this.step = step;
  }

  /** Made when it is asked for: hundreds of values are looked at for each that has a fault. */
  get path(): DocumentPath {
    return this.around === null ? [] : [...this.around.path, this.step];
  }

  get file(): string {
    return this.document.file;
  }

  get line(): number {
    return this.document.locateKey(this.path)?.line ?? 1;
  }

  get written(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  at(key: string): Place {
    const value = isMap(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Place(this.document, value, this, key);
  }

  /** What a list holds; nothing for other values. */
  items(): readonly Place[] {
    if (!Array.isArray(this.value)) return none;
    return this.value.map((item, index) => new Place(this.document, item, this, index));
  }

  /** What a map holds, by its keys; nothing for other values. */
  members(): readonly (readonly [string, Place])[] {
    if (!isMap(this.value)) return [];
    return Object.entries(this.value).map(([key, value]) => [key, new Place(this.document, value, this, key)]);
  }

  text(): string | null {
    return typeof this.value === 'string' ? this.value : null;
  }

  /** The texts of a list; items of other types are left out. */
  texts(): readonly string[] {
    return Array.isArray(this.value) ? this.value.filter((item) => typeof item === 'string') : [];
  }

  integer(): number | null {
    return Number.isInteger(this.value) ? (this.value as number) : null;
  }

  truth(): boolean | null {
    return typeof this.value === 'boolean' ? this.value : null;
  }

  /** A number as it was written, or a text; null for everything else. */
  exact(): string | null {
    if (typeof this.value === 'number') return this.document.sourceText(this.path);
    return this.text();
  }

  fault<Code extends ErrorCode>(code: Code, fields: ErrorFields<Code>, at?: 'key'): Fault {
    return this.document.fault(code, this.path, fields, at);
  }
}

/** The value of a whole document. */
export function rootPlace(document: SourceDocument): Place {
  return new Place(document, document.value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
