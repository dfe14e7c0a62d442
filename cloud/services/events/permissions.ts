/** What the rule for permissions cannot tell of buses and rules. */
import type { Tags } from '../../../iam/model.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { busArn, busKey, DEFAULT_BUS, namedBus, placeOfBusArn, placeOfRuleArn, ruleArn, ruleKey } from './names.ts';
import { textsAskedOf } from './pattern.ts';

type Input = Readonly<Record<string, unknown>>;

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

function here({ region, callerAccountId: accountId }: PermissionFacts) {
  return { region, accountId };
}

function namedResources(input: Input, facts: PermissionFacts, type: string): string | readonly string[] | undefined {
  if ('ResourceARN' in input) return undefined;
  switch (type) {
    case 'event-bus':
      return busArn(namedBus(textOf(input['Name']), here(facts)));
    case 'rule-on-default-event-bus':
    case 'rule-on-custom-event-bus': {
      const { name: bus, region, accountId } = namedBus(textOf(input['EventBusName']), here(facts));
      const isDefault = bus === DEFAULT_BUS;
      if (isDefault !== (type === 'rule-on-default-event-bus')) return [];
      return ruleArn(accountId, { region, bus, name: textOf(input['Rule'] ?? input['Name']) ?? '' });
    }
    default:
      return [];
  }
}

export function tagsOf(world: World, arn: string): Tags | undefined {
  const rule = placeOfRuleArn(arn);
  const bus = placeOfBusArn(arn);
  const events = own(world.accounts, (rule ?? bus)?.accountId ?? '')?.events;
  if (events === undefined) return undefined;
  const found =
    rule === undefined
      ? bus && own(events.buses, busKey(bus.region, bus.name))
      : own(events.rules, ruleKey(rule.region, rule.bus, rule.name));
  return found && shownByName(found.tags);
}

/** Keys of PutRule that say what a pattern asks for, each with where it stands there. */
const PATTERN_KEYS: readonly (readonly [key: string, path: readonly string[]])[] = [
  ['events:source', ['source']],
  ['events:detail-type', ['detail-type']],
  ['events:detail.service', ['detail', 'service']],
  ['events:detail.eventTypeCode', ['detail', 'eventTypeCode']],
  ['events:detail.userIdentity.principalId', ['detail', 'userIdentity', 'principalId']],
];

function patternContext(pattern: string): Permission['context'] {
  try {
    const asked = PATTERN_KEYS.map(([key, path]) => [key, textsAskedOf(pattern, path)] as const);
    return Object.fromEntries(asked.filter(([, texts]) => texts.length > 0));
  } catch (error) {
    // A pattern that is none is refused by the operation, after the decision.
    if (error instanceof AwsError) return {};
    throw error;
  }
}

function contextOf(input: Input, facts: PermissionFacts, operation: string, arn: string): Permission['context'] {
  const context: Record<string, string | readonly string[]> = {};
  const rule = placeOfRuleArn(arn);
  if (rule === undefined) return context;
  const kept = own(
    own(facts.world.accounts, rule.accountId)?.events.rules ?? {},
    ruleKey(rule.region, rule.bus, rule.name),
  );
  context['events:creatorAccount'] = kept?.createdBy ?? facts.callerAccountId;
  const targets = input['Targets'];
  if (operation === 'PutTargets' && Array.isArray(targets)) {
    context['events:TargetArn'] = targets.flatMap(({ Arn }: { Arn?: string }) => Arn ?? []);
  }
  const pattern = textOf(input['EventPattern']);
  return operation === 'PutRule' && pattern !== undefined ? { ...context, ...patternContext(pattern) } : context;
}

export const eventsResources: ResourceRules = {
  named: (input, facts, { type }) => namedResources(input, facts, type),
  tagsOf,
  context: (input, facts, { operation, arn }) => contextOf(input, facts, operation, arn),
};
