/**
 * The requests that the policies can tell apart, for one kind of caller and one value of each variable: classes of resources and of
 * the values of keys.
 */
import { askPrincipal, type Outcome } from '../statement.ts';
import type { Template } from '../variables.ts';
import { type ActionClass, hasKey } from './actions.ts';
import { type Box, full } from './boxes.ts';
import type { Frame } from './frame.ts';
import {
  type Asked,
  type KeyDimension,
  type KeyMemory,
  keyDimensions,
  openClauses,
  pointsWith,
} from './key-dimensions.ts';
import { templatesOf } from './key-values.ts';
import type { Reading } from './readings.ts';
import type { ResourceMemory } from './resource-memory.ts';
import {
  keysOfResources,
  type ResourceDimension,
  type ResourcePoint,
  resourceDimension,
  tellingOn,
} from './resource-points.ts';
import { resourcePatterns } from './resources.ts';
import { type Assignment, contextFor, valuesIn } from './symbols.ts';

/** The requests for one class of actions: boxes whose first dimension is the resource, the others the keys. */
export interface ActionSpace {
  readonly frame: Frame;
  readonly assignment: Assignment;
  readonly action: ActionClass;
  /** Whether every class that the statements can tell apart is here. */
  readonly exact: boolean;
  readonly resources: readonly ResourcePoint[];
  readonly keys: readonly KeyDimension[];
  readonly whole: Box;
  /** By statement; undefined where it speaks of nothing here. */
  readonly boxes: readonly (Box | undefined)[];
}

/** What is known of the statements for one frame, and classes that were found before: most do not depend on every variable. */
export class FrameSpaces {
  readonly frame: Frame;
  private readonly readings: readonly Reading[];
  private readonly budget: number;
  private readonly memory: ResourceMemory;
  private readonly byKey: ReadonlyMap<string, readonly Asked[]>;
  private readonly principals: readonly Outcome[];
  /** Those of clauses on fixed keys: classes of resources depend on them. */
  private readonly templates: readonly Template[];
  private readonly keys: KeyMemory = new Map();
  private readonly points = new Map<KeyDimension, Map<ActionClass, bigint>>();
  /** What the classes of an action's resources depend on, besides variables. */
  private readonly asked = new Map<ActionClass, string>();
  private readonly resources = new Map<string, ResourceDimension | undefined>();

  constructor(readings: readonly Reading[], frame: Frame, budget: number, memory: ResourceMemory) {
    this.memory = memory;
    this.readings = readings;
    this.frame = frame;
    this.budget = budget;
    this.byKey = openClauses(readings, frame);
    this.principals = readings.map(({ compiled, speaker, addressing }) => {
      const subject = frame.subjects[speaker];
      return subject === undefined ? 'does-not-apply' : askPrincipal(compiled, subject, addressing);
    });
    this.templates = readings.flatMap(({ compiled }) =>
      compiled.clauses.filter(({ key }) => frame.standing(key) !== 'open').flatMap(templatesOf),
    );
  }

  /** The space of each class of actions, for these values of the variables. Undefined past the budget. */
  spaces(assignment: Assignment): (action: ActionClass) => ActionSpace | undefined {
    const { readings, frame, budget } = this;
    const { dimensions, exact } = keyDimensions(this.byKey, readings, frame, assignment, budget, this.keys);
    const contexts = frame.subjects.map((_, speaker) => contextFor(frame, speaker, assignment));
    const patterns = resourcePatterns(readings, contexts, this.memory);
    const keysTold = keysOfResources(readings, frame, assignment);
    const own = keysTold.map((key): Template => [{ variable: key, fallback: undefined }]);
    const told = valuesIn([...this.templates, ...own], assignment);
    // A variable without a value makes a Resource element doubtful.
    const missing = [...assignment.values].flatMap(([key, value]) => (value === undefined ? [key] : [])).join();
    const setting = { readings, frame, assignment, contexts, patterns, budget, memory: this.memory };
    const found = new Map<string, ResourceDimension | undefined>();
    const resourcesFor = (action: ActionClass, asked: string) => {
      const telling = tellingOn(action, keysTold, setting);
      const id = `${asked} ${told} ${missing} ${this.memory.idOf(telling.patterns)}`;
      const known = this.resources;
      if (!known.has(id)) known.set(id, resourceDimension(action, keysTold, telling, setting));
      return known.get(id);
    };
    return (action) => {
      const asked = this.askedOn(action, keysTold);
      if (!found.has(asked)) found.set(asked, resourcesFor(action, asked));
      const resources = found.get(asked);
      if (resources === undefined) return undefined;
      const isExact = exact && assignment.exact && resources.exact;
      return { frame, assignment, action, exact: isExact, ...this.boxesIn(action, resources, dimensions) };
    };
  }

  /** `keysTold` are the same for every assignment. */
  private askedOn(action: ActionClass, keysTold: readonly string[]): string {
    const known = this.asked.get(action);
    if (known !== undefined) return known;
    const has = keysTold.map((key) => action.keys === undefined || hasKey(action.keys, key)).join();
    const untyped = action.resources?.length === 0 ? action.action : '';
    const asked = `${action.service} ${action.resources?.join(' ')} ${untyped} ${has}`;
    this.asked.set(action, asked);
    return asked;
  }

  private pointsOf(key: KeyDimension, action: ActionClass): bigint {
    const ofKey = this.points.get(key) ?? new Map<ActionClass, bigint>();
    this.points.set(key, ofKey);
    const points = ofKey.get(action) ?? pointsWith(key, action);
    ofKey.set(action, points);
    return points;
  }

  private boxesIn(action: ActionClass, resources: ResourceDimension, keys: readonly KeyDimension[]) {
    const whole: Box = [full(resources.points.length), ...keys.map((key) => this.pointsOf(key, action))];
    const boxes = this.readings.map(({ compiled }, i): Box | undefined => {
      if (((action.statements >> BigInt(i)) & 1n) === 0n || !counts(this.principals[i], compiled.isDeny))
        return undefined;
      const box: bigint[] = [];
      for (let d = 0; d < whole.length; d++) {
        const dimension = d === 0 ? resources : keys[d - 1];
        const reached = compiled.isDeny ? dimension?.possible[i] : dimension?.met[i];
        const bits = (reached ?? 0n) & (whole[d] ?? 0n);
        if (bits === 0n) return undefined;
        box.push(bits);
      }
      return box;
    });
    return { resources: resources.points, keys, whole, boxes };
  }
}

/** A doubtful Allow does not apply, a doubtful Deny does. */
function counts(outcome: Outcome | undefined, isDeny: boolean): boolean {
  return outcome === 'applies' || (isDeny && outcome === 'doubtful');
}
