/** One program text seen two ways; both are as long as the text itself, so that places stay what they are. */
export interface SourceText {
  /** Comments blanked, strings kept. */
  readonly withoutComments: string;
  /** Comments, strings, template texts and regular expressions blanked. */
  readonly codeOnly: string;
}

const word = /[A-Za-z0-9_$]/;
const beforeExpression = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|await|yield|throw|new))\s*$/;

/** Tells code, comments and strings of TypeScript or JavaScript apart. */
export function readSource(text: string): SourceText {
  const kept = text.split('');
  const code = text.split('');
  const braces: number[] = [];
  let depth = 0;
  let at = 0;

  const blank = (end: number, everywhere: boolean): void => {
    for (; at < end; at += 1) {
      if (text[at] === '\n') continue;
      code[at] = ' ';
      if (everywhere) kept[at] = ' ';
    }
  };

  while (at < text.length) {
    const two = text.slice(at, at + 2);
    const one = text[at] ?? '';
    if (two === '//') blank(endOf(text, '\n', at), true);
    else if (two === '/*') blank(endOf(text, '*/', at + 2) + 2, true);
    else if (one === "'" || one === '"') blank(endOfString(text, at, one), false);
    else if (one === '`') blankTemplate();
    else if (one === '/' && startsExpression(text, at, code)) blank(endOfPattern(text, at), false);
    else if (one === '}' && braces.at(-1) === depth) {
      braces.pop();
      blankTemplate();
    } else {
      if (one === '{') depth += 1;
      if (one === '}') depth -= 1;
      at += 1;
    }
  }
  return { withoutComments: kept.join(''), codeOnly: code.join('') };

  /** From a backtick, or from the brace that ends a placeholder, to the template's end or its next placeholder. */
  function blankTemplate(): void {
    let end = at + 1;
    while (end < text.length && text[end] !== '`' && text.slice(end, end + 2) !== '${')
      end += text[end] === '\\' ? 2 : 1;
    const opens = text[end] === '$';
    if (opens) braces.push(depth);
    blank(Math.min(text.length, end + (opens ? 2 : 1)), false);
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

function endOfString(text: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return Math.min(text.length, at + 1);
}

function endOfPattern(text: string, from: number): number {
  let inClass = false;
  let at = from + 1;
  for (; at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/'); at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
  }
  do at += 1;
  while (word.test(text[at] ?? ''));
  return Math.min(text.length, at);
}

function startsExpression(text: string, at: number, code: readonly string[]): boolean {
  return text[at + 1] !== '=' && beforeExpression.test(code.slice(Math.max(0, at - 40), at).join(''));
}
