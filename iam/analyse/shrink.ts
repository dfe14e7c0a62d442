/** The inverse of `expandActions`: few, readable patterns for exactly a set of actions. */
import type { KnownActions } from './actions.ts';
import { lightestCover } from './cover.ts';

export interface ShrinkOptions {
  /**
   * What patterns may match that AWS has not yet: `any` action of a service or of all services (`s3:*`, `*`), `same-verb` only such as
   * begin with the same words (`s3:GetObject*`), `none`: every action is named. `any` where absent.
   */
  readonly actionsToCome?: 'any' | 'same-verb' | 'none';
}

/** A pattern, and the actions of the set (by index) that it matches. */
interface Candidate {
  readonly pattern: string;
  readonly covers: bigint;
  readonly weight: number;
}

/**
 * The shortest list of patterns that match these actions and no other action of the catalogue, in alphabetical order: as few as
 * possible, of those with wildcards behind a word rather than before, of those the shortest. Letter case does not count;
 * actions come out as AWS spells them. An action that the catalogue does not know is kept as it is, and patterns are no actions.
 * `expandActions(shrinkActions(x))` is `x`. Past a few thousand steps a short list is answered that may not be the shortest.
 */
export function shrinkActions(
  actions: readonly string[],
  catalogue: KnownActions,
  { actionsToCome = 'any' }: ShrinkOptions = {},
): readonly string[] {
  const wanted = new Map<string, Map<string, string>>();
  const unknown = new Set<string>();
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    const known = catalogue.get(service.toLowerCase())?.actions.get(name.toLowerCase());
    if (known === undefined) unknown.add(action);
    else namesOf(wanted, service.toLowerCase()).set(known.name.toLowerCase(), known.name);
  }
  const isWhole = (service: string) => wanted.get(service)?.size === catalogue.get(service)?.actions.size;
  const mayTakeAll = actionsToCome === 'any' && unknown.size === 0 && catalogue.size > 1;
  if (mayTakeAll && [...catalogue.keys()].every(isWhole)) return ['*'];
  const found = [...unknown];
  for (const [service, names] of wanted) {
    const own = [...names.values()].sort();
    let patterns: readonly string[] = own;
    if (actionsToCome === 'any' && isWhole(service) && own.length > 1) patterns = ['*'];
    else if (actionsToCome !== 'none') {
      const others = [...(catalogue.get(service)?.actions.keys() ?? [])].filter((name) => !names.has(name));
      const form = actionsToCome === 'any' ? wordPatterns : leadingPatterns;
      patterns = lightestCover(candidatesFor(own, others, form), own.length).map(({ pattern }) => pattern);
    }
    found.push(...patterns.map((pattern) => `${service}:${pattern}`));
  }
  return found.sort();
}

function namesOf(wanted: Map<string, Map<string, string>>, service: string): Map<string, string> {
  const names = wanted.get(service) ?? new Map<string, string>();
  wanted.set(service, names);
  return names;
}

/** Text before and after a star. A lone text has no star; `inner` is the text between two. */
type Form =
  | { readonly before: string; readonly after: string; readonly inner?: undefined }
  | { readonly inner: string };

/** Each action by its name, and every pattern that matches several of them and none of the others. */
function candidatesFor(
  own: readonly string[],
  others: readonly string[],
  formsOf: (name: string) => readonly Form[],
): readonly Candidate[] {
  const lower = own.map((name) => name.toLowerCase());
  const found: Candidate[] = own.map((pattern, i) => ({ pattern, covers: 1n << BigInt(i), weight: weightOf(pattern) }));
  const seen = new Set<string>();
  for (const form of own.flatMap(formsOf)) {
    const pattern = form.inner === undefined ? `${form.before}*${form.after}` : `*${form.inner}*`;
    const id = pattern.toLowerCase();
    if (seen.has(id)) continue;
    seen.add(id);
    const matches = matcher(form);
    if (others.some(matches)) continue;
    let covers = 0n;
    for (const [i, name] of lower.entries()) if (matches(name)) covers |= 1n << BigInt(i);
    // A wildcard that stands for one action says less than its name.
    if ((covers & (covers - 1n)) !== 0n) found.push({ pattern, covers, weight: weightOf(pattern) });
  }
  return found;
}

const A_PATTERN = 10_000;
const A_STAR_BEFORE = 1_000;

function weightOf(pattern: string): number {
  const star = pattern.indexOf('*');
  return A_PATTERN + (star >= 0 && star < pattern.length - 1 ? A_STAR_BEFORE : 0) + pattern.length;
}

function matcher(form: Form): (name: string) => boolean {
  if (form.inner !== undefined) {
    const inner = form.inner.toLowerCase();
    return (name) => name.includes(inner);
  }
  const before = form.before.toLowerCase();
  const after = form.after.toLowerCase();
  const least = before.length + after.length;
  return (name) => name.length >= least && name.startsWith(before) && name.endsWith(after);
}

/** `Get`, `Object`, `Tagging`; runs of capitals stay together: `List`, `MFA`, `Devices`. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|./g) ?? [name];
}

function leadingPatterns(name: string): readonly Form[] {
  const words = wordsOf(name);
  return words.map((_, i) => ({ before: words.slice(0, i + 1).join(''), after: '' }));
}

/** A star behind, before or between whole words, and one on both sides of some. */
function wordPatterns(name: string): readonly Form[] {
  const words = wordsOf(name);
  const forms: Form[] = [];
  for (let from = 0; from <= words.length; from++) {
    for (let to = from; to <= words.length; to++) {
      const before = words.slice(0, from).join('');
      const after = words.slice(to).join('');
      if (before !== '' || after !== '') forms.push({ before, after });
      if (from > 0 && to < words.length && to > from) forms.push({ inner: words.slice(from, to).join('') });
    }
  }
  return forms;
}
