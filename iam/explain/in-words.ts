/** An explanation as short sentences, for who reads rather than looks. */
import type { Layer } from '../model.ts';
import { remembered } from '../remembered.ts';
import type { AbsentKey, Explanation, Flip, LayerExplanation, Path, StatementExplanation } from './explanation.ts';
import { listOf, show } from './words.ts';

const LAYERS: Readonly<Record<Layer, string>> = {
  identity: 'Identity policies',
  resource: 'Resource policy',
  boundary: 'Permissions boundary',
  session: 'Session policies',
  trust: 'Trust policy',
  'service-control': 'Service control policies',
  'resource-control': 'Resource control policies',
  'vpc-endpoint': 'VPC endpoint policy',
  grant: 'Grants of the key',
  acl: 'Access control lists',
  'block-public-access': 'Block Public Access',
  root: 'Root user',
};

/** Adds the sentences, the most important first: the reason, the layers that were asked, what was missing, what turns it, the sources. */
export function addWords(explanation: Explanation, words: string[]): void {
  const { reason, awsMessage, basis, layers, paths, absentKeys, flip, sources } = explanation;
  words.push(reason);
  if (basis === 'assumed') words.push('AWS does not say so: it is the cautious reading.');
  if (basis === 'observed') words.push('No page of AWS says so: people have met it.');
  for (const layer of layers) if (layer.outcome !== 'not-asked') addLayer(layer, words);
  if (paths.length > 1) words.push(`It is allowed in ${paths.length} ways: ${paths.map(pathInWords).join('; ')}.`);
  for (const key of absentKeys) words.push(absentInWords(key));
  addFlip(flip, words);
  if (awsMessage !== undefined) words.push(`AWS says: ${awsMessage}`);
  for (const { title, url } of sources) words.push(`See ${title}: ${url}`);
}

function addLayer({ layer, level, because, near, part }: LayerExplanation, words: string[]): void {
  const name = level === undefined ? LAYERS[layer] : `${LAYERS[layer]}, level ${level}`;
  words.push(`${name}: ${because}${part === 'decides' ? ', and that decides.' : '.'}`);
  const [nearest] = near;
  if (nearest !== undefined) words.push(nearInWords(nearest));
}

function nearInWords({ name, sid, statement, effect, elements }: StatementExplanation): string {
  let missed = '';
  for (const { outcome, because } of elements) {
    if (outcome !== 'matches') missed += missed === '' ? because : `, and ${because}`;
  }
  const would = effect === 'Allow' ? ' would allow it, but ' : ' would deny it, but ';
  return `- nearest: statement ${sid ?? statement + 1} of ${name}${would}${missed}.`;
}

function pathInWords({ layer, statements, because }: Path): string {
  if (because !== undefined) return because;
  return `${LAYERS[layer].toLowerCase()} (${listOf(statements.map(({ name, sid, statement }) => `statement ${sid ?? statement + 1} of ${name}`))})`;
}

function absentInWords({ key, turns, value }: AbsentKey): string {
  if (turns === 'never') return `${key} is not in the request; no value of it that was tried turns the answer.`;
  const others = turns === 'together' ? ', together with the other keys,' : '';
  return `${key} is not in the request: with ${show(value ?? '')}${others} the answer would be another.`;
}

/** A text as JSON has it: documents have the same few elements, actions and resources again and again. */
const quoted = remembered(1024, (text) => JSON.stringify(text));

/** A document as `JSON.stringify` writes it. */
function jsonText(value: object | string): string {
  if (typeof value === 'string') return quoted(value);
  let inside = '';
  if (Array.isArray(value)) {
    for (const item of value) inside += inside === '' ? jsonText(item) : `,${jsonText(item)}`;
    return `[${inside}]`;
  }
  const members = value as Readonly<Record<string, object | string>>;
  for (const name in members) inside += `${inside === '' ? '' : ','}${quoted(name)}:${jsonText(members[name] ?? '')}`;
  return `{${inside}}`;
}

function addFlip(flip: Flip, words: string[]): void {
  if (flip.kind === 'impossible') {
    words.push(`No change of a policy turns it: ${flip.because}.`);
    return;
  }
  const { to, steps } = flip;
  words.push(
    `The smallest change of policies after which it is ${to}${steps.length === 1 ? '' : `, in ${steps.length} steps`}:`,
  );
  for (const { what, document } of steps) {
    words.push(`- ${what}`);
    if (document !== undefined) words.push(`  ${jsonText(document)}`);
  }
}
