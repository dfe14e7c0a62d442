/** From YAML nodes to template values: short forms (`!Ref`), long forms (`Fn::Sub`), plain data. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { listed, type Problems } from './problem.ts';
import type { Place, Value } from './value.ts';

/** The functions that templates may use here, by the long form's key. */
const functions = ['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join'];
const shortForms: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!GetAtt': 'Fn::GetAtt',
  '!Sub': 'Fn::Sub',
  '!Join': 'Fn::Join',
};

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
    if (only !== undefined && others.length === 0 && /^(Ref|Fn::.*)$/.test(only)) {
      const argument = entries.get(only);
      if (argument !== undefined && functions.includes(only)) return this.#function(only, argument, place);
      this.#problems.add('wrong_value', place, `${only} is no function known here: they are ${listed(functions)}.`);
      return { kind: 'scalar', value: '', place };
    }
    return { kind: 'map', entries, place };
  }

  #function(name: string, argument: Value, place: Place): Value {
    const value = this.#called(name, argument, place);
    if (value !== undefined) return value;
    this.#problems.add('wrong_value', place, `${name} takes ${usage[name] ?? 'another argument'}.`);
    return { kind: 'scalar', value: '', place };
  }

  #called(name: string, argument: Value, place: Place): Value | undefined {
    switch (name) {
      case 'Ref':
        return isText(argument) ? { kind: 'ref', name: argument.value, place } : undefined;
      case 'Fn::GetAtt': {
        const parts = isText(argument) ? argument.value.split(/\.(.*)/s) : texts(argument);
        const [resource, attribute] = parts ?? [];
        return resource && attribute ? { kind: 'attribute', resource, attribute, place } : undefined;
      }
      case 'Fn::Join': {
        const [delimiter, parts] = argument.kind === 'list' ? argument.items : [];
        return delimiter !== undefined && isText(delimiter) && parts?.kind === 'list'
          ? { kind: 'join', delimiter: delimiter.value, parts, place }
          : undefined;
      }
      default:
        return this.#sub(argument, place);
    }
  }

  #sub(argument: Value, place: Place): Value | undefined {
    if (isText(argument)) return { kind: 'sub', pieces: substitutions(argument.value, new Map(), place), place };
    const [text, own] = argument.kind === 'list' ? argument.items : [];
    if (text === undefined || !isText(text) || own?.kind !== 'map') return undefined;
    return { kind: 'sub', pieces: substitutions(text.value, own.entries, place), place };
  }
}

const usage: Readonly<Record<string, string>> = {
  Ref: 'the name of a parameter or a resource',
  'Fn::GetAtt': 'a resource and one of its attributes, [Name, Arn] or Name.Arn',
  'Fn::Join': 'a delimiter and a list, [",", [a, b]]',
  'Fn::Sub': 'a text, or [text, {Name: value}]',
};

function isText(value: Value): value is Value & { kind: 'scalar'; value: string } {
  return value.kind === 'scalar' && typeof value.value === 'string';
}

function texts(value: Value): readonly string[] | undefined {
  if (value.kind !== 'list') return undefined;
  const found = value.items.flatMap((item) => (isText(item) ? [item.value] : []));
  return found.length === value.items.length ? found : undefined;
}

/**
 * The pieces of a text with `${Name}`, `${Name.Attribute}` and `${AWS::Region}`. `${!Literal}` stands for `${Literal}`; a
 * name with a single colon (`${aws:username}`) is a policy variable of IAM's and stays.
 */
export function substitutions(
  text: string,
  own: ReadonlyMap<string, Value>,
  place: Place,
): readonly (string | Value)[] {
  return text
    .split(/(\$\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece): string | Value => {
      const name = /^\$\{([^{}]*)\}$/.exec(piece)?.[1]?.trim();
      if (name === undefined) return piece;
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (/^[^:]+:[^:]+$/.test(name)) return piece;
      const given = own.get(name);
      if (given !== undefined) return given;
      const [resource = '', attribute] = name.split(/\.(.*)/s);
      return attribute === undefined ? { kind: 'ref', name, place } : { kind: 'attribute', resource, attribute, place };
    });
}
