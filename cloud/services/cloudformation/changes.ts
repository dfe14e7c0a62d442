/** What an update would do, found without doing it. */
import { AwsError } from '../../errors.ts';
import { changedNames, comparable } from '../../templates/differences.ts';
import type { Made, ResourceType } from '../../templates/resource-type.ts';
import type { Account } from '../../world.ts';
import { isReplacedBy } from './applying.ts';
import { outputsOf } from './outputs.ts';
import { isThere, madeOf, propertiesIn } from './stack-resources.ts';
import type { ChangeState, StackPlan, StackResourceState, StackState } from './state.ts';
import { propertiesOf, type Wanted, wantedOf } from './wanted.ts';

export interface Changes {
  readonly resources: readonly ChangeState[];
  /** Whether anything would change, outputs among it. */
  readonly isEmpty: boolean;
}

/** What a resource that is not there yet comes to. */
const later = '{{later}}';

/** @throws ValidationError where the template cannot be worked out */
export function changesOf(plan: StackPlan, stack: StackState, account: Account): Changes {
  const made = new Map<string, Made>();
  const wanted = wantedOf(plan, stack, account, made);
  const before = new Map(stack.resources.filter(isThere).map((resource) => [resource.logicalId, resource]));
  const changes: ChangeState[] = [];
  for (const [logicalId, resource] of wanted.resources) {
    const old = before.get(logicalId);
    const change = changeOf(wanted, logicalId, old);
    const isNew = old === undefined || change?.replacement === 'True' || change?.replacement === 'Conditional';
    made.set(logicalId, isNew ? unknownYet(resource.type) : madeOf(old));
    if (change !== undefined) changes.push(change);
  }
  for (const old of [...before.values()].reverse()) {
    if (wanted.resources.has(old.logicalId)) continue;
    const { logicalId, physicalId, type } = old;
    changes.push({ action: 'Remove', logicalId, physicalId, type, properties: [] });
  }
  return { resources: changes, isEmpty: changes.length === 0 && !outputsDiffer(wanted, stack, account) };
}

/** Outputs that cannot be as they are wanted differ too: the update finds out. */
function outputsDiffer(wanted: Wanted, stack: StackState, account: Account): boolean {
  const text = (outputs: StackState['outputs']) => comparable(outputs.map((output) => ({ ...output })));
  try {
    return text(outputsOf(wanted, stack, account)) !== text(stack.outputs);
  } catch (error) {
    if (error instanceof AwsError) return true;
    throw error;
  }
}

function unknownYet({ attributes }: ResourceType): Made {
  return { ref: later, attributes: Object.fromEntries(attributes.map((name) => [name, later])) };
}

function changeOf(wanted: Wanted, logicalId: string, old: StackResourceState | undefined): ChangeState | undefined {
  const resource = wanted.resources.get(logicalId);
  if (resource === undefined) throw new Error(`There is no ${logicalId}`);
  const properties = propertiesOf(wanted, resource);
  const { name: type } = resource.type;
  if (old === undefined) return { action: 'Add', logicalId, type, properties: [] };
  const { physicalId = '' } = old;
  if (old.type !== type || old.status === 'CREATE_FAILED') {
    return { action: 'Modify', logicalId, physicalId, type, replacement: 'True', properties: [] };
  }
  const names = changedNames(propertiesIn(old), properties);
  if (names.length === 0) return undefined;
  const certain = names.filter((name) => !comparable(properties[name]).includes(later));
  const replacement = isReplacedBy(resource.type, certain.length === 0 ? [] : certain)
    ? 'True'
    : isReplacedBy(resource.type, names)
      ? 'Conditional'
      : 'False';
  return { action: 'Modify', logicalId, physicalId, type, replacement, properties: names };
}
