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
  type KeyDimension,
  type KeyGroup,
  type KeyMemory,
  keyDimensions,
  keyGroups,
  pointsWith,
} from './key-dimensions.ts';
import { templatesOf } from './key-values.ts';
import type { Reading } from './readings.ts';
import { ResourceMemory } from './resource-memory.ts';
import { ResourceOutcomes } from './resource-outcomes.ts';
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

/**
 * Classes that were found before: most depend neither on the caller nor on every variable. Of the same readings, and of frames that
 * differ by who they are about alone.
 */
export class SpaceMemory {
  readonly resources: ResourceMemory;
  readonly keys: KeyMemory = new Map();
  /** By what they depend on. */
  readonly dimensions = new Map<string, ResourceDimension | undefined>();
  readonly outcomes: ResourceOutcomes;

  constructor(readings: readonly Reading[]) {
    this.resources = new ResourceMemory(readings);
    this.outcomes = new ResourceOutcomes(readings);
  }
}

/** What is known of the statements for one frame. */
export class FrameSpaces {
  readonly frame: Frame;
  private readonly readings: readonly Reading[];
  private readonly budget: number;
  private readonly memory: SpaceMemory;
  private readonly groups: readonly KeyGroup[];
  private readonly principals: readonly Outcome[];
  /** Those of clauses on fixed keys: classes of resources depend on them. */
  private readonly templates: readonly Template[];
  private readonly points = new Map<KeyDimension, Map<ActionClass, bigint>>();
  /** What the classes of an action's resources depend on, besides variables. */
  private readonly asked = new Map<ActionClass, string>();

  constructor(readings: readonly Reading[], frame: Frame, budget: number, memory: SpaceMemory) {
    this.memory = memory;
    this.readings = readings;
    this.frame = frame;
    this.budget = budget;
    this.groups = keyGroups(readings, frame);
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
    const { readings, frame, budget, memory } = this;
    const { dimensions, exact } = keyDimensions(this.groups, readings, frame, assignment, budget, memory.keys);
    const contexts = frame.subjects.map((_, speaker) => contextFor(frame, speaker, assignment));
    const patterns = resourcePatterns(readings, contexts, memory.resources);
    const ask = memory.outcomes.with(contexts);
    const keysTold = keysOfResources(readings, frame, assignment);
    const own = keysTold.map((key): Template => [{ variable: key, fallback: undefined }]);
    const told = valuesIn([...this.templates, ...own], assignment);
    // A variable without a value makes a Resource element doubtful.
    const missing = [...assignment.values].flatMap(([key, value]) => (value === undefined ? [key] : [])).join();
    const setting = { readings, frame, assignment, contexts, patterns, budget, memory: memory.resources, ask };
    const found = new Map<string, ResourceDimension | undefined>();
    const resourcesFor = (action: ActionClass, asked: string) => {
      const telling = tellingOn(action, keysTold, setting);
      const id = `${asked} ${told} ${missing} ${memory.resources.idOf(telling.patterns)}`;
      const known = memory.dimensions;
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
