/** What the rule for permissions cannot tell of stacks: their ids, tags and condition keys. */
import { parseArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import type { PermissionFacts, ResourceRules } from '../../service.ts';
import { tagMap } from '../../templates/differences.ts';
import { stackArn } from './stacks.ts';

type Input = Readonly<Record<string, unknown>>;

/** Condition keys of the service, each with the member of the input that it holds. */
const keys = {
  'cloudformation:RoleArn': 'RoleARN',
  'cloudformation:TemplateUrl': 'TemplateURL',
  'cloudformation:StackPolicyUrl': 'StackPolicyURL',
  'cloudformation:ChangeSetName': 'ChangeSetName',
} as const;

function textOf(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The stack that a call is about; a change set's, where it is named by its ARN alone. */
function stackOf(input: Input, { world, callerAccountId, region }: PermissionFacts): string | undefined {
  const account = own(world.accounts, callerAccountId);
  const name = textOf(input, 'StackName');
  if (name !== undefined) return stackArn(account, name, { region, accountId: callerAccountId });
  const set = textOf(input, 'ChangeSetName');
  if (set === undefined || account === undefined) return undefined;
  return Object.values(account.cloudformation.stacks).find((stack) =>
    Object.values(stack.changeSets).some(({ id }) => id === set),
  )?.id;
}

export const stackResources: ResourceRules = {
  named(input, facts, { operation, type }) {
    if (type !== 'stack') return [];
    const stack = stackOf(input, facts);
    if (stack !== undefined) return stack;
    const isAboutOne = operation !== 'DescribeStacks' && operation !== 'GetTemplateSummary';
    const place = `arn:aws:cloudformation:${facts.region}:${facts.callerAccountId}`;
    return operation === 'GetTemplateSummary' ? [] : `${place}:stack/${isAboutOne ? '*' : '*/*'}`;
  },
  tagsOf(world, arn) {
    const account = own(world.accounts, parseArn(arn)?.accountId ?? '');
    const stack = account && own(account.cloudformation.stacks, arn);
    return stack && tagMap(stack.tags);
  },
  context(input) {
    const texts = Object.entries(keys).flatMap(([key, member]) => {
      const value = textOf(input, member);
      return value === undefined ? [] : [[key, value] as const];
    });
    const types = input['ResourceTypes'];
    return {
      ...Object.fromEntries(texts),
      ...(Array.isArray(types) && types.length > 0 && { 'cloudformation:ResourceTypes': types.map(String) }),
    };
  },
};
