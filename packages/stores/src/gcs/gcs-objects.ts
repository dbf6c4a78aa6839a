/** One object, as the service describes it. */
export interface GcsObject {
  /** With the prefix of the bucket. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly storedAt: string;
  /** The generation: another one with every write of the name. */
  readonly revision: string;
  readonly storageClass: string;
}

/** One page of a listing. */
export interface GcsPage {
  readonly objects: readonly GcsObject[];
  /** What asks for the next page; null on the last. */
  readonly next: string | null;
}

/** The fields of an object that are read here, as the parameter `fields` names them. */
export const objectFields = 'name,size,timeCreated,generation,storageClass';

/**
 * Reads the answer that describes an object (https://cloud.google.com/storage/docs/json_api/v1/objects#resource); null
 * for what does not.
 */
export function parseObject(bytes: Uint8Array): GcsObject | null {
  return readObject(parseRecord(bytes) ?? {});
}

/** The generation that a write has made; null for an answer that names none. */
export function parseGeneration(bytes: Uint8Array): string | null {
  return generationOf(parseRecord(bytes)?.['generation']);
}

/** Reads a page of a listing (https://cloud.google.com/storage/docs/json_api/v1/objects/list); null for what is none. */
export function parsePage(bytes: Uint8Array): GcsPage | null {
  const page = parseRecord(bytes);
  const { items = [], nextPageToken: next = null } = page ?? {};
  if (page === null || !Array.isArray(items) || (next !== null && (typeof next !== 'string' || next === '')))
    return null;
  const objects = items.map((item: unknown) => readObject(isRecord(item) ? item : {}));
  return objects.includes(null) ? null : { objects: objects.filter((each) => each !== null), next };
}

/** How far a rewrite is: the class that the object has now, or what asks for the rest; null for what is no such answer. */
export function parseRewrite(bytes: Uint8Array): { readonly storageClass: string } | { readonly token: string } | null {
  const { done, rewriteToken, resource } = parseRecord(bytes) ?? {};
  if (done === true) return { storageClass: classOf(isRecord(resource) ? resource['storageClass'] : undefined) };
  return done === false && typeof rewriteToken === 'string' ? { token: rewriteToken } : null;
}

/** Emulators leave it out. */
function classOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'STANDARD';
}

function readObject({ name, size, timeCreated, generation, storageClass }: Record<string, unknown>): GcsObject | null {
  const createdMs = typeof timeCreated === 'string' ? Date.parse(timeCreated) : Number.NaN;
  const revision = generationOf(generation);
  const isSize = typeof size === 'string' && /^\d{1,15}$/.test(size);
  if (typeof name !== 'string' || !isSize || Number.isNaN(createdMs) || revision === null) return null;
  const storedAt = new Date(createdMs).toISOString();
  return { name, sizeBytes: Number(size), storedAt, revision, storageClass: classOf(storageClass) };
}

/** Numbers of 64 bits are texts. */
function generationOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null;
}

function parseRecord(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isRecord(parsed) ? parsed : null;
  } catch {
    // No JSON: whatever it is, it describes nothing.
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
