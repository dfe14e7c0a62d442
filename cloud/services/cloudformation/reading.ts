/** Operations that show stacks, their resources and what happened to them. */
import type {
  DescribeStackEventsInput,
  DescribeStackEventsOutput,
  DescribeStackResourceInput,
  DescribeStackResourceOutput,
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  ListStacksInput,
  ListStacksOutput,
  StackEvent,
  StackResource,
  StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { ReadOperation } from '../../service.ts';
import { validationError } from './errors.ts';
import { page } from './pages.ts';
import { deleted, describeStack, requireStack, requireStackFor, stacksOf, summarizeStack } from './stacks.ts';
import type { StackEventState, StackResourceState, StackState } from './state.ts';

const pageSize = 100;
const notChecked = { StackResourceDriftStatus: 'NOT_CHECKED' } as const;

/** Without a name: all but the deleted ones; that takes the right to list stacks too. */
export const describeStacks: ReadOperation<DescribeStacksInput, DescribeStacksOutput> = {
  kind: 'read',
  alsoNeeds: ({ StackName }, { callerAccountId }) =>
    StackName
      ? []
      : [{ action: 'cloudformation:ListStacks', resource: '*', resourceAccountId: callerAccountId, context: {} }],
  handle(account, { StackName, NextToken }, call) {
    if (StackName) return { Stacks: [describeStack(requireStack(account, StackName, call.request))] };
    const all = stacksOf(account, call.request).filter(({ status }) => status !== deleted);
    const { items, next } = page(all, NextToken, pageSize);
    return { Stacks: items.map(describeStack), ...(next !== undefined && { NextToken: next }) };
  },
};

export const listStacks: ReadOperation<ListStacksInput, ListStacksOutput> = {
  kind: 'read',
  handle(account, { StackStatusFilter = [], NextToken }, call) {
    const wanted: readonly string[] = StackStatusFilter;
    const all = stacksOf(account, call.request).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, next } = page(all, NextToken, pageSize);
    return { StackSummaries: items.map(summarizeStack), ...(next !== undefined && { NextToken: next }) };
  },
};

export const describeStackEvents: ReadOperation<DescribeStackEventsInput, DescribeStackEventsOutput> = {
  kind: 'read',
  handle(account, { StackName = '', NextToken }, call) {
    const stack = requireStackFor(account, StackName, call.request);
    const { items, next } = page([...stack.events].reverse(), NextToken, pageSize);
    return {
      StackEvents: items.map((event) => shownEvent(stack, event)),
      ...(next !== undefined && { NextToken: next }),
    };
  },
};

function shownEvent({ id, name }: StackState, event: StackEventState): StackEvent {
  return {
    StackId: id,
    EventId: event.id,
    StackName: name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status as StackEvent['ResourceStatus'],
    ...(event.reason !== undefined && { ResourceStatusReason: event.reason }),
    ...(event.token !== undefined && { ClientRequestToken: event.token }),
  };
}

function shownResource(resource: StackResourceState) {
  return {
    LogicalResourceId: resource.logicalId,
    ...(resource.physicalId !== undefined && { PhysicalResourceId: resource.physicalId }),
    ResourceType: resource.type,
    ResourceStatus: resource.status as StackResource['ResourceStatus'],
    ...(resource.statusReason !== undefined && { ResourceStatusReason: resource.statusReason }),
    DriftInformation: notChecked,
  };
}

export const describeStackResource: ReadOperation<DescribeStackResourceInput, DescribeStackResourceOutput> = {
  kind: 'read',
  handle(account, { StackName = '', LogicalResourceId = '' }, call) {
    const stack = requireStackFor(account, StackName, call.request);
    const resource = stack.resources.find(({ logicalId }) => logicalId === LogicalResourceId);
    if (resource === undefined) {
      throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
    }
    return {
      StackResourceDetail: {
        StackName: stack.name,
        StackId: stack.id,
        ...shownResource(resource),
        LastUpdatedTimestamp: new Date(resource.at),
        ...(resource.metadata !== undefined && { Metadata: resource.metadata }),
      },
    };
  },
};

/** By the stack, or by a resource that is in one. */
export const describeStackResources: ReadOperation<DescribeStackResourcesInput, DescribeStackResourcesOutput> = {
  kind: 'read',
  handle(account, { StackName, LogicalResourceId, PhysicalResourceId }, call) {
    if (!StackName && !PhysicalResourceId) {
      throw validationError('Either StackName or PhysicalResourceId must be specified.');
    }
    const { region } = call.request;
    const has = ({ resources }: StackState) => resources.some(({ physicalId }) => physicalId === PhysicalResourceId);
    const stack = StackName
      ? requireStackFor(account, StackName, { region })
      : stacksOf(account, { region }).find((known) => known.status !== deleted && has(known));
    if (stack === undefined) throw validationError(`Stack for ${PhysicalResourceId} does not exist`);
    const found = stack.resources.filter(
      ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
    );
    return {
      StackResources: found.map((resource) => ({
        StackName: stack.name,
        StackId: stack.id,
        ...shownResource(resource),
        Timestamp: new Date(resource.at),
      })),
    };
  },
};

export const listStackResources: ReadOperation<ListStackResourcesInput, ListStackResourcesOutput> = {
  kind: 'read',
  handle(account, { StackName = '', NextToken }, call) {
    const stack = requireStack(account, StackName, call.request);
    const { items, next } = page(stack.resources, NextToken, pageSize);
    return {
      StackResourceSummaries: items.map(
        (resource): StackResourceSummary => ({
          ...shownResource(resource),
          LastUpdatedTimestamp: new Date(resource.at),
        }),
      ),
      ...(next !== undefined && { NextToken: next }),
    };
  },
};
