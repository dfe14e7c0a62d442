/** A YAML file with the place of every field, for messages that point at it. YAML 1.2 core schema. */
import { type Document, isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem, ProblemCode } from '../problem.ts';

/** Where something stands in a file; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Keys and indices from the top of a document. */
export type Path = readonly (string | number)[];

/** One YAML file: its content as data, and where in the text each part of it stands. */
export class YamlFile {
  readonly file: string;
  /** The content as plain data; undefined where the text is no YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
    this.#lines = new LineCounter();
    // CloudFormation's short forms (!Ref) are for the template's own reader; here only plain YAML is read.
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    const faults = this.#document.errors.map((error) => this.#syntaxProblem(error.pos[0], error.message));
    const read = faults.length === 0 ? this.#read() : undefined;
    this.value = read?.value;
    this.problems = read?.problem === undefined ? faults : [read.problem];
  }

  /** The place of a field’s value, or of the closest thing above it that stands in the file. */
  placeOf(path: Path): Place {
    return this.#place(this.#closest(path));
  }

  /** The place of a key itself. */
  placeOfKey(path: Path): Place {
    const parent = this.#closest(path.slice(0, -1));
    const key = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair !== undefined) return this.#place(pair.key as Node);
    }
    return this.#place(parent);
  }

  /**
   * The text of a field's value, set in as far as it is in the file, so that columns stay and it is YAML by itself; with the line that it
   * begins in.
   */
  textOf(path: Path): { readonly text: string; readonly line: number } {
    const node = this.#closest(path);
    const { line, column } = this.#place(node);
    const [from = 0, to = 0] = node?.range ?? [];
    return { text: `${' '.repeat(column - 1)}${this.#text.slice(from, to)}`, line };
  }

  /** A problem at a field’s value. */
  problem(code: ProblemCode, path: Path, message: string): Problem {
    return { code, file: this.file, ...this.placeOf(path), field: pointerOf(path), message };
  }

  /** A problem with a key itself. */
  keyProblem(code: ProblemCode, path: Path, message: string): Problem {
    return { code, file: this.file, ...this.placeOfKey(path), field: pointerOf(path), message };
  }

  #read(): { readonly value?: unknown; readonly problem?: Problem } {
    try {
      // An alias may name another, and so on: a few lines that unfold to gigabytes. A hundred is plenty for people.
      return { value: this.#document.toJS({ maxAliasCount: 100 }) };
    } catch (error) {
      return { problem: this.#syntaxProblem(0, error instanceof Error ? error.message : String(error)) };
    }
  }

  #syntaxProblem(offset: number, why: string): Problem {
    const place = this.#placeAt(offset);
    return { code: 'yaml_syntax', file: this.file, ...place, field: '', message: `This is not YAML: ${why}` };
  }

  #closest(path: Path): Node | null {
    let node: Node | null = this.#document.contents;
    for (const step of path) {
      if (!isCollection(node)) break;
      const next: unknown = node.get(step, true);
      if (!isNode(next)) break;
      node = next;
    }
    return node;
  }

  #place(node: Node | null): Place {
    return this.#placeAt(node?.range?.[0] ?? 0);
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || (typeof value === 'object' && value !== null && !isPair(value));
}

/** RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
