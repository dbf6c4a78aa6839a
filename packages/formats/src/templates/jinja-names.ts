/** What every environment of Jinja2 defines, and what the chat templates of models may call. */
const globals = new Set('range dict lipsum cycler joiner namespace raise_exception strftime_now'.split(' '));

/** `own` is set by the template; `given` is known to come from the caller. */
export type Knowledge = 'own' | 'given';

interface Known {
  readonly as: Knowledge;
  readonly frame: number;
}

interface Frame {
  readonly start: number;
  readonly defined: ReadonlySet<string>;
  /** The first frame around a block that it does not see. */
  readonly apart: boolean;
}

/** The names of a template at one place of it, and those that were read from the caller so far. */
export class JinjaNames {
  /** All that were read. */
  readonly read = new Set<string>();
  /** Those that were used where they might not have been there. */
  readonly required = new Set<string>();
  readonly #known = new Map<string, Known[]>();
  readonly #journal: string[] = [];
  readonly #frames: Frame[] = [];

  /** Begins a block that defines these names somewhere in it. */
  enter(defined: readonly string[], apart: boolean): void {
    this.#frames.push({ start: this.mark(), defined: new Set(defined), apart });
  }

  /** Ends the innermost block and forgets its names. */
  leave(): void {
    const frame = this.#frames.pop();
    if (frame !== undefined) this.undo(frame.start);
  }

  /** Notes that a name is read, and whether it is needed. */
  note(name: string, needed: boolean): void {
    const known = this.#visible(name);
    if (known === 'own' || globals.has(name) || (known === undefined && this.#isDefinedAround(name))) return;
    this.read.add(name);
    if (needed && known !== 'given') this.required.add(name);
  }

  bind(name: string, as: Knowledge): void {
    const entries = this.#known.get(name);
    const entry = { as, frame: this.#frames.length };
    if (entries === undefined) this.#known.set(name, [entry]);
    else entries.push(entry);
    this.#journal.push(name);
  }

  /** These names are given here. */
  bindAll(names: readonly string[]): void {
    for (const name of names) if (this.#visible(name) === undefined) this.bind(name, 'given');
  }

  /** A place to come back to. */
  mark(): number {
    return this.#journal.length;
  }

  undo(mark: number): void {
    for (const name of this.#journal.splice(mark)) {
      const entries = this.#known.get(name);
      entries?.pop();
      if (entries?.length === 0) this.#known.delete(name);
    }
  }

  /** What is known more than at that place. */
  since(mark: number): ReadonlyMap<string, Knowledge> {
    const found = new Map<string, Knowledge>();
    for (const name of this.#journal.slice(mark)) found.set(name, this.#visible(name) ?? 'given');
    return found;
  }

  /** Binds what all of them know; it is the template's own where all say so. */
  bindCommon([first, ...others]: readonly ReadonlyMap<string, Knowledge>[]): void {
    for (const [name, as] of first ?? []) {
      if (!others.every((each) => each.has(name) || this.#visible(name) !== undefined)) continue;
      const own = as === 'own' && others.every((each) => each.get(name) === 'own');
      if (this.#visible(name) === undefined || own) this.bind(name, own ? 'own' : 'given');
    }
  }

  #visible(name: string): Knowledge | undefined {
    const entries = this.#known.get(name);
    if (entries === undefined) return undefined;
    const [from, to] = this.#hidden();
    let found: Knowledge | undefined;
    for (let place = entries.length - 1; place >= 0; place--) {
      const entry = entries[place];
      if (entry === undefined || (entry.as === 'own' && entry.frame >= from && entry.frame < to)) continue;
      if (entry.as === 'own') return 'own';
      found = 'given';
    }
    return found;
  }

  /** A name that a block around sets, though not yet. */
  #isDefinedAround(name: string): boolean {
    const [from, to] = this.#hidden();
    return this.#frames.some(
      ({ defined }, place) =>
        place < this.#frames.length - 1 && (place + 1 < from || place + 1 >= to) && defined.has(name),
    );
  }

  /** The frames that a block does not see: those between the top of the template and itself. */
  #hidden(): readonly [number, number] {
    const block = this.#frames.findLastIndex(({ apart }) => apart);
    return block === -1 ? [0, 0] : [2, block + 1];
  }
}
