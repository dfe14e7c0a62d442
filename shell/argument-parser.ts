/**
 * Parses a command line as Python's argparse does, whose habits the AWS CLI shows: options anywhere, `--name=value`,
 * unique prefixes of an option, the greedy `*`, and its error texts.
 * https://docs.python.org/3/library/argparse.html
 */

import { closeMatches } from './close-matches.ts';
import { usageFault } from './faults.ts';

/** How many words an argument takes: none (a switch), one, two, at most one, any number, at least one. */
export type Count = 'none' | 'one' | 'two' | '?' | '*' | '+';

const LIMITS: Readonly<Record<Count, readonly [least: number, most: number]>> = {
  none: [0, 0],
  one: [1, 1],
  two: [2, 2],
  '?': [0, 1],
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
};

export interface ArgumentSpec {
  /** `--user-name`, or for a positional argument its name. */
  readonly name: string;
  readonly positional?: true;
  readonly count: Count;
  /** Where the value is kept; the name without dashes where absent. */
  readonly target?: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  /** Value of a switch, or of `?` without a word. */
  readonly constant?: ParsedValue;
  /** Every use counts: the value is the option's name and its word, use after use. */
  readonly append?: true;
  /** A Python type that the words must convert to. */
  readonly type?: 'int' | 'float';
}

export type ParsedValue = string | boolean | readonly string[];

export interface ParsedArguments {
  readonly values: ReadonlyMap<string, ParsedValue>;
  /** Words that belong to no argument, in their order. */
  readonly rest: readonly string[];
}

/** The CLI lists choices two a line. */
function invalidChoice(spec: ArgumentSpec, value: string, choices: readonly string[]): never {
  const lines = ['Invalid choice, valid choices are:\n'];
  for (let i = 0; i < choices.length; i += 2) {
    lines.push(
      choices
        .slice(i, i + 2)
        .map((choice) => choice.padEnd(40))
        .join(' | '),
    );
  }
  const close = closeMatches(value, choices);
  if (close.length > 0) {
    lines.push(`\n\nInvalid choice: '${value}', maybe you meant:\n`);
    for (const word of close) lines.push(`  * ${word}`);
  }
  throw usageFault(`argument ${spec.name}: ${lines.join('\n')}`);
}

const NUMBER_WORD = /^-\d+$|^-\d*\.\d+$/;
const TYPES = {
  int: /^\s*[+-]?\d+(_\d+)*\s*$/,
  float: /^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf|nan|infinity)\s*$/i,
};

interface OptionWord {
  readonly spec: ArgumentSpec | undefined;
  readonly explicit: string | undefined;
}

class Parse {
  readonly specs: readonly ArgumentSpec[];
  readonly words: readonly string[];
  readonly values = new Map<string, ParsedValue>();
  readonly seen = new Set<ArgumentSpec>();
  readonly rest: string[] = [];
  readonly #options: ReadonlyMap<string, ArgumentSpec>;
  #positionals: ArgumentSpec[];

  constructor(specs: readonly ArgumentSpec[], words: readonly string[]) {
    this.specs = specs;
    this.words = words;
    this.#options = new Map(specs.filter((s) => s.positional === undefined).map((s) => [s.name, s]));
    this.#positionals = specs.filter((s) => s.positional);
  }

  run(): ParsedArguments {
    const options = new Map<number, OptionWord>();
    let pattern = '';
    let literal = false;
    this.words.forEach((word, index) => {
      if (word === '--' && !literal) {
        literal = true;
        pattern += '-';
        return;
      }
      const option = literal ? undefined : this.#classify(word);
      if (option !== undefined) options.set(index, option);
      pattern += option === undefined ? 'A' : 'O';
    });
    const last = Math.max(-1, ...options.keys());
    let at = 0;
    while (at <= last) {
      const next = Math.min(...[...options.keys()].filter((index) => index >= at));
      if (at !== next) {
        const end = this.#takePositionals(at, pattern);
        if (end > at) {
          at = end;
          continue;
        }
        at = end;
      }
      if (!options.has(at)) {
        this.rest.push(...this.words.slice(at, next));
        at = next;
      }
      at = this.#takeOption(at, options.get(at), pattern);
    }
    const stop = this.#takePositionals(at, pattern);
    this.rest.push(...this.words.slice(stop));
    const missing = this.specs.filter((s) => this.#isRequired(s) && !this.seen.has(s)).map((s) => s.name);
    if (missing.length > 0) throw usageFault(`the following arguments are required: ${missing.join(', ')}`);
    return { values: this.values, rest: this.rest };
  }

  #isRequired(spec: ArgumentSpec): boolean {
    if (spec.positional) return spec.required ?? LIMITS[spec.count][0] > 0;
    return spec.required ?? false;
  }

  /** An option word, or undefined for a value. */
  #classify(word: string): OptionWord | undefined {
    if (!word.startsWith('-')) return undefined;
    const exact = this.#options.get(word);
    if (exact !== undefined) return { spec: exact, explicit: undefined };
    if (word.length === 1) return undefined;
    const equals = word.indexOf('=');
    if (equals >= 0) {
      const named = this.#options.get(word.slice(0, equals));
      if (named !== undefined) return { spec: named, explicit: word.slice(equals + 1) };
    }
    if (word.startsWith('--')) {
      const prefix = equals >= 0 ? word.slice(0, equals) : word;
      const matches = [...this.#options.values()].filter((spec) => spec.name.startsWith(prefix));
      if (matches.length > 1) {
        throw usageFault(`ambiguous option: ${word} could match ${matches.map((spec) => spec.name).join(', ')}`);
      }
      if (matches.length === 1) return { spec: matches[0], explicit: equals >= 0 ? word.slice(equals + 1) : undefined };
    }
    if (NUMBER_WORD.test(word) || word.includes(' ')) return undefined;
    return { spec: undefined, explicit: undefined };
  }

  #takeOption(at: number, option: OptionWord | undefined, pattern: string): number {
    const spec = option?.spec;
    if (spec === undefined) {
      this.rest.push(...this.words.slice(at, at + 1));
      return at + 1;
    }
    if (option?.explicit !== undefined) {
      if (spec.count === 'none') {
        throw usageFault(`argument ${spec.name}: ignored explicit argument '${option.explicit}'`);
      }
      this.#keep(spec, [option.explicit]);
      return at + 1;
    }
    const run = /^A*/.exec(pattern.slice(at + 1))?.[0].length ?? 0;
    const [least, most] = LIMITS[spec.count];
    if (run < least) {
      throw usageFault(
        `argument ${spec.name}: expected ${spec.count === 'one' ? 'one argument' : 'at least one argument'}`,
      );
    }
    const taken = Math.min(run, most);
    this.#keep(spec, this.words.slice(at + 1, at + 1 + taken));
    return at + 1 + taken;
  }

  /** Gives the words from `at` to as many positional arguments as they are enough for; answers where it stopped. */
  #takePositionals(at: number, pattern: string): number {
    const run = /^[A-]*/.exec(pattern.slice(at))?.[0] ?? '';
    const words = [...run].flatMap((kind, i) => (kind === 'A' ? [at + i] : []));
    const wanted = this.#positionals;
    for (let count = wanted.length; count > 0; count -= 1) {
      const some = wanted.slice(0, count);
      const needed = some.reduce((sum, spec) => sum + LIMITS[spec.count][0], 0);
      if (needed > words.length) continue;
      let spare = words.length - needed;
      let used = 0;
      for (const spec of some) {
        const [least, most] = LIMITS[spec.count];
        const take = Math.min(least + spare, most);
        spare -= take - least;
        this.#keep(
          spec,
          words.slice(used, used + take).map((index) => this.words[index] ?? ''),
        );
        used += take;
      }
      this.#positionals = wanted.slice(count);
      const end = words[used - 1];
      if (used === 0 || end === undefined) return at;
      // A `--` behind the last of them goes with it.
      return end + 1 + (/^-*/.exec(pattern.slice(end + 1))?.[0].length ?? 0);
    }
    return at;
  }

  #keep(spec: ArgumentSpec, words: readonly string[]): void {
    const target = spec.target ?? spec.name.replace(/^--/, '');
    for (const word of words) this.#check(spec, word);
    if (spec.positional && words.length === 0) {
      if (!this.values.has(target) && spec.count === '*') this.values.set(target, []);
      this.seen.add(spec);
      return;
    }
    this.seen.add(spec);
    if (spec.append) {
      const before = this.values.get(target);
      this.values.set(target, [...(typeof before === 'object' ? before : []), spec.name, words[0] ?? '']);
    } else if (spec.count === 'none') this.values.set(target, spec.constant ?? true);
    else if (spec.count === 'one') this.values.set(target, words[0] ?? '');
    else if (spec.count === '?') this.values.set(target, words[0] ?? spec.constant ?? '');
    else this.values.set(target, words);
  }

  #check(spec: ArgumentSpec, word: string): void {
    if (spec.type !== undefined && !TYPES[spec.type].test(word)) {
      throw usageFault(`argument ${spec.name}: invalid ${spec.type} value: '${word}'`);
    }
    if (spec.choices !== undefined && !spec.choices.includes(word)) invalidChoice(spec, word, spec.choices);
  }
}

/** Parses `words` by `specs`. Throws a usage fault (exit code 252) with argparse's text. */
export function parseArguments(specs: readonly ArgumentSpec[], words: readonly string[]): ParsedArguments {
  return new Parse(specs, words).run();
}
