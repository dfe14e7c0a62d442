/** `Metadata: Leastwise: neighbours:` of account.yaml: a template for each. */
import { readTemplate } from '../../cloud/templates/template.ts';
import { type NeighbourName, type Neighbours, neighbourNames } from '../neighbours.ts';
import type { Problem } from '../problem.ts';
import { type Path, pointerOf, type YamlFile } from './document.ts';

const PLACE: Path = ['Metadata', 'Leastwise', 'neighbours'];

export type ReadNeighbours =
  | { readonly kind: 'ok'; readonly neighbours: Neighbours }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the neighbours; none where account.yaml names none. */
export function readNeighbours(account: YamlFile): ReadNeighbours {
  const found = PLACE.reduce<unknown>((data, step) => (isData(data) ? data[String(step)] : undefined), account.value);
  if (found === undefined) return { kind: 'ok', neighbours: {} };
  if (!isData(found)) {
    const message = `neighbours takes a mapping of ${neighbourNames.join(', ')}, each a template.`;
    return { kind: 'invalid', problems: [account.problem('wrong_value', PLACE, message)] };
  }
  const problems: Problem[] = [];
  const neighbours: { [Name in NeighbourName]?: Neighbours[Name] } = {};
  for (const name of Object.keys(found)) {
    const known = neighbourNames.find((neighbour) => neighbour === name);
    if (known === undefined) {
      const message = `There is no neighbour ${name}: they are ${neighbourNames.join(', ')}.`;
      problems.push(account.keyProblem('unknown_field', [...PLACE, name], message));
      continue;
    }
    const read = readNeighbour(account, known, found[name]);
    if (Array.isArray(read)) problems.push(...read);
    else neighbours[known] = read;
  }
  return problems.length === 0 ? { kind: 'ok', neighbours } : { kind: 'invalid', problems };
}

/** A template; null for an account with nothing in it. */
function readNeighbour(account: YamlFile, name: NeighbourName, value: unknown): Neighbours[NeighbourName] | Problem[] {
  if (value === null || (isData(value) && Object.keys(value).length === 0)) return null;
  const path = [...PLACE, name];
  const part = account.textOf(path);
  const read = readTemplate(part.text);
  if (read.kind === 'ok') return read.template;
  return read.problems.map(({ line, field, ...problem }) => ({
    ...problem,
    file: account.file,
    line: line + part.line - 1,
    field: `${pointerOf(path)}${field}`,
  }));
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
