/** How log groups and streams are named: by name, by ARN with or without `:*`, and by the keys of the state. */
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, noSuchGroup, noSuchStream } from './errors.ts';
import type { LogGroupState, LogStreamState } from './state.ts';

/** Never a name of JavaScript's own: it has a colon. */
export function groupKey(region: string, name: string): string {
  return `${region}:${name}`;
}

export function policyKey(region: string, name: string): string {
  return `${region}:${name}`;
}

/** Without the `:*` at its end. */
export function groupArn(accountId: string, { region, name }: Pick<LogGroupState, 'region' | 'name'>): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/** Where a group is. */
export interface GroupPlace {
  readonly region: string;
  readonly name: string;
  /** Absent where it was named without its ARN. */
  readonly accountId?: string;
}

const GROUP_ARN = /^arn:aws[\w-]*:logs:([\w-]*):(\d{12}):log-group:([^:*]+)(?::\*|:log-stream:.*)?$/;

/** The group of an ARN: with `:*`, with a stream, or by itself. */
export function placeOfArn(arn: string): GroupPlace | undefined {
  const [, region, accountId, name] = GROUP_ARN.exec(arn) ?? [];
  return region === undefined || accountId === undefined || name === undefined
    ? undefined
    : { region, accountId, name };
}

/** What an input says of a group: exactly one of both. */
export interface GroupInput {
  readonly logGroupName?: string | undefined;
  /** A name or an ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/** The group that an input names; undefined where it names none, or by an ARN that is none of a log group. */
export function groupPlace({ logGroupName, logGroupIdentifier }: GroupInput, region: string): GroupPlace | undefined {
  if (logGroupName !== undefined) return { region, name: logGroupName };
  if (logGroupIdentifier === undefined) return undefined;
  return logGroupIdentifier.startsWith('arn:') ? placeOfArn(logGroupIdentifier) : { region, name: logGroupIdentifier };
}

/** The group that an input names. @throws AwsError InvalidParameterException, ResourceNotFoundException */
export function groupOf<Group extends LogGroupState>(
  logs: { readonly groups: Readonly<Record<string, Group>> },
  input: GroupInput,
  region: string,
): Group {
  if ((input.logGroupName === undefined) === (input.logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be specified.');
  }
  const place = groupPlace(input, region);
  if (place === undefined) throw invalidParameter('Invalid logGroupIdentifier.');
  const group = own(logs.groups, groupKey(place.region, place.name));
  if (group === undefined) throw noSuchGroup();
  return group;
}

/** @throws AwsError ResourceNotFoundException */
export function streamOf<Stream extends LogStreamState>(
  group: { readonly streams: Readonly<Record<string, Stream>> },
  name: string | undefined,
): Stream {
  const stream = own(group.streams, stateKey(name ?? ''));
  if (stream === undefined) throw noSuchStream();
  return stream;
}

/** The groups of a region, by name. */
export function groupsIn({ logs }: Account, region: string): readonly LogGroupState[] {
  return Object.values(logs.groups)
    .filter((group) => group.region === region)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
