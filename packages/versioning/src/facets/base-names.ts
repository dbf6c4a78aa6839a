/** Dates at the end of a model's name: `-2025-04-14`, `@20250514`, `-0613` (vendors), `-2407` (year and month), and moving words. */
const fullDate = /[-@_](?:20\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01]))(?:-v\d+(?::\d+)?)?$/;
const yearMonth = /-(?:2[3-9]|3\d)(?:0[1-9]|1[0-2])$/;
const monthDay = /-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const movingWord = /[-@](?:latest|preview|default)$/;
const numbered = /-00[1-9]$/;

/** Words that say in which numbers a model is stored, from the end of its name. */
const quantisation =
  /[-_.](?:gguf|ggml|awq|gptq|exl[23]|hqq|marlin|mlx|onnx|fp8|fp16|bf16|f16|f32|fp32|nf4|fp4|nvfp4|mxfp4|bnb|unsloth|quantized|dynamic|static|int[248]|uint[48]|[2-8]-?bits?|w\d+a\d+|i?q\d(?:_[a-z0-9]+)*|g\d{2,3}|\d+g)$/;

/** Most endings that a name is taken apart into. */
const maxEndings = 8;

/** Whether two references name dated snapshots of one model, such as `gpt-4.1` and `gpt-4.1-2025-04-14`. */
export function isDatedSnapshotOf(left: string, right: string): boolean {
  return left !== right && withoutDate(left) === withoutDate(right);
}

/** Whether two references name quantisations of one model, whoever published them. */
export function isQuantisationOf(left: string, right: string): boolean {
  const [from, to] = [withoutQuantisation(left), withoutQuantisation(right)];
  if (from.name !== to.name || (from.endings === 0 && to.endings === 0)) return false;
  return schemeOf(left) === schemeOf(right);
}

function withoutDate(reference: string): string {
  const patterns =
    schemeOf(reference) === 'vendor' ? [fullDate, yearMonth, monthDay, movingWord, numbered] : [fullDate, yearMonth];
  let name = reference.toLowerCase();
  for (let endings = 0; endings < maxEndings; endings++) {
    const shorter = patterns.reduce((text, pattern) => text.replace(pattern, ''), name);
    if (shorter === name) break;
    name = shorter;
  }
  return name;
}

function withoutQuantisation(reference: string): { readonly name: string; readonly endings: number } {
  let name = reference.toLowerCase().split('/').at(-1) ?? '';
  let endings = 0;
  for (; endings < maxEndings; endings++) {
    const shorter = name.replace(quantisation, '');
    if (shorter === name || shorter === '') break;
    name = shorter;
  }
  return { name, endings };
}

function schemeOf(reference: string): string {
  return /^([a-z0-9]+):/.exec(reference)?.[1] ?? '';
}
