/** From YAML nodes to template values: short forms (`!Ref`), long forms (`Fn::Sub`), plain data. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { functions, shortForms } from './functions.ts';
import { listed, type Problems } from './problem.ts';
import type { Place, Value } from './value.ts';

/** Reads values of one document. */
export class ValueReader {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #problems: Problems;

  constructor(document: Document, lines: LineCounter, problems: Problems) {
    this.#document = document;
    this.#lines = lines;
    this.#problems = problems;
  }

  /** The whole document as a value. */
  read(): Value {
    return this.#value(this.#document.contents, '', undefined);
  }

  #place(node: Node | null, field: string, fallback: Place | undefined): Place {
    const offset = node?.range?.[0];
    if (offset === undefined) return { ...(fallback ?? { line: 1, column: 1 }), field };
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col, field };
  }

  #value(node: Node | null, field: string, parent: Place | undefined): Value {
    const place = this.#place(node, field, parent);
    if (isAlias(node)) {
      this.#problems.add('template_syntax', place, 'YAML aliases are not read in templates: write the value out.');
      return { kind: 'scalar', value: null, place };
    }
    const tag = node?.tag;
    if (tag?.startsWith('!')) {
      const name = shortForms[tag];
      if (name !== undefined && node !== null) return this.#function(name, this.#plain(node, place), place);
      this.#problems.add(
        'wrong_value',
        place,
        `${tag} is no function known here: they are ${listed(Object.keys(shortForms))}.`,
      );
    }
    return node === null ? { kind: 'scalar', value: null, place } : this.#plain(node, place);
  }

  #plain(node: Node, place: Place): Value {
    if (isScalar(node)) {
      const { value } = node;
      if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        return { kind: 'scalar', value, place };
      }
      return { kind: 'scalar', value: String(value), place };
    }
    if (isSeq(node)) {
      const items = node.items.map((item, i) => this.#value(isNode(item) ? item : null, `${place.field}/${i}`, place));
      return { kind: 'list', items, place };
    }
    if (!isMap(node)) return { kind: 'scalar', value: null, place };
    const entries = new Map<string, Value>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const pointer = `${place.field}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const keyPlace = this.#place(isNode(pair.key) ? pair.key : null, pointer, place);
      const value = this.#value(isNode(pair.value) ? pair.value : null, pointer, keyPlace);
      entries.set(key, value);
    }
    const [only, ...others] = entries.keys();
    if (only !== undefined && others.length === 0 && this.#isFunction(only, place.field)) {
      const argument = entries.get(only);
      if (argument !== undefined && Object.hasOwn(functions, only)) return this.#function(only, argument, place);
      const known = listed(Object.keys(functions));
      this.#problems.add('wrong_value', place, `${only} is no function known here: they are ${known}.`);
      return { kind: 'scalar', value: '', place };
    }
    return { kind: 'map', entries, place };
  }

  /** Outside of conditions `Condition` is a member like another: of a policy's statement, of a resource. */
  #isFunction(key: string, field: string): boolean {
    return /^(Ref|Fn::.*)$/.test(key) || (key === 'Condition' && field.startsWith('/Conditions/'));
  }

  #function(name: string, argument: Value, place: Place): Value {
    const value = functions[name]?.read(argument, place);
    if (value !== undefined) return value;
    this.#problems.add('wrong_value', place, `${name} takes ${functions[name]?.takes ?? 'another argument'}.`);
    return { kind: 'scalar', value: '', place };
  }
}
