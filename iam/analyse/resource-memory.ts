/** What one analysis found out about resources before: most of it depends neither on the caller nor on every variable. */
import type { ActionClass } from './actions.ts';
import { Automata } from './automaton.ts';
import type { Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { intersects } from './overlap.ts';
import type { Reading } from './readings.ts';

export class ResourceMemory {
  /** Partitions and services of the ARNs in Resource elements, where they are plain; `aws` is always among the partitions. */
  readonly partitions: readonly string[];
  readonly services: readonly string[];
  private readonly made = new Map<string, Pattern>();
  private readonly automata = new Automata();
  private readonly ids = new Map<Pattern, number>();
  private readonly universes = new Map<ActionClass, readonly Pattern[]>();
  private readonly met = new Map<Pattern, Map<Pattern, boolean>>();
  private readonly texts = new Map<string, readonly string[] | undefined>();

  constructor(readings: readonly Reading[]) {
    this.partitions = [...new Set(['aws', ...partsNamed(readings, 1)])];
    this.services = [...new Set(partsNamed(readings, 2))];
  }

  /** The pattern that `make` makes of what `id` says: its automaton is kept with it. */
  pattern(id: string, make: () => Pattern): Pattern {
    const known = this.made.get(id) ?? make();
    this.made.set(id, known);
    return known;
  }

  /** What the action can be asked on, as `make` makes it. */
  universe(action: ActionClass, make: () => readonly Pattern[]): readonly Pattern[] {
    const known = this.universes.get(action) ?? make();
    this.universes.set(action, known);
    return known;
  }

  /** The same for the same patterns in the same order. */
  idOf(patterns: readonly Pattern[]): string {
    let id = '';
    for (const pattern of patterns) {
      const known = this.ids.get(pattern) ?? this.ids.size;
      this.ids.set(pattern, known);
      id += `${known},`;
    }
    return id;
  }

  /** Whether some text belongs to both. */
  meets(pattern: Pattern, universe: Pattern): boolean {
    const known = this.met.get(universe) ?? new Map<Pattern, boolean>();
    this.met.set(universe, known);
    const meets = known.get(pattern) ?? intersects(pattern, universe);
    known.set(pattern, meets);
    return meets;
  }

  /** The first text of every class that the patterns tell apart in the universe. Undefined past the budget, in states. */
  textsIn(universe: Pattern, patterns: readonly Pattern[], budget: number): readonly string[] | undefined {
    const telling = patterns.filter((pattern) => this.meets(pattern, universe));
    const id = this.idOf([universe, ...telling]);
    if (!this.texts.has(id)) {
      this.texts.set(
        id,
        classMembers(telling, [universe], budget, this.automata)?.map(({ text }) => text),
      );
    }
    return this.texts.get(id);
  }
}

/** A part of the ARNs in Resource elements, where it is plain. */
function partsNamed(readings: readonly Reading[], part: number): readonly string[] {
  return readings.flatMap(({ compiled }) =>
    (compiled.statement.resource?.values ?? []).flatMap((value) => {
      const text = value.split(':')[part];
      return text !== undefined && /^[a-z0-9-]+$/.test(text) ? [text] : [];
    }),
  );
}
