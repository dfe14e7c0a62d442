/** What a comparison of access holds fixed: the caller of each part, what is settled of its requests, and what ARNs settle. */

import { needsTrust } from '../fixed-rules.ts';
import { compileGlob, matchGlob } from '../glob.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies } from '../model.ts';
import { requestContext } from '../request-context.ts';
import type { Subject } from '../statement.ts';
import type { Access, HeldKeys, ProtectedResource } from './access.ts';
import type { Frame, Standing } from './frame.ts';
import { followsFromCaller } from './known-keys.ts';
import { literal, type Pattern } from './language.ts';
import { resourcePattern, textPattern } from './patterns.ts';
import { arnsOfAccount } from './resources.ts';
import { accountIn } from './witness.ts';

const RESOURCE_TAG = 'aws:resourcetag/';
const OF_RESOURCE: ReadonlySet<string> = new Set(['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths']);
const ALL_OPEN: HeldKeys = { values: {}, open: 'all' };

/** The resource that covers an ARN, the first of several. */
export function coverOf({ resources }: Access, arn: string): ProtectedResource | undefined {
  return resources.find(({ arns }) => arns.some((pattern) => matchGlob(compileGlob([{ pattern }], 'arn'), arn)));
}

/** The account that owns what an ARN names: the covering resource's, else the one in the ARN, else the caller's. */
export function ownerOfArn(access: Access, arn: string): string {
  const { caller } = access;
  return coverOf(access, arn)?.accountId ?? accountIn(arn) ?? ('accountId' in caller ? caller.accountId : '');
}

/** The request as this caller makes it, on the resource as it is on this side. */
export function askedBy(access: Access, request: AnyRequest, hasTags: boolean): AnyRequest {
  const { caller, organization } = access;
  const tags = coverOf(access, request.resource)?.tags;
  const resourceAccountId = ownerOfArn(access, request.resource);
  return {
    ...request,
    caller,
    resourceAccountId,
    ...(organization === undefined ? {} : { organization }),
    ...(tags === undefined || !hasTags ? {} : { resourceTags: tags }),
  };
}

/** Every policy that can speak about the request. A role's trust policy speaks of becoming the role, and of nothing else. */
export function applicableTo(access: Access, { action, resource }: AnyRequest): ApplicablePolicies {
  const cover = coverOf(access, resource);
  if (cover === undefined) return access.policies;
  const { resource: policy, ...others } = cover.policies;
  const speaks = policy !== undefined && (policy.layer !== 'trust' || needsTrust(action.toLowerCase(), resource));
  return { ...access.policies, ...others, ...(speaks ? { resource: policy } : {}) };
}

/** A frame in which each speaker is the caller of its part; a bound's statements are asked about the first caller. */
export function accessFrame(speakers: readonly Access[], keys: HeldKeys = ALL_OPEN): Frame {
  const subjects = speakers.map((access) => subjectOf(access, keys));
  // A key of KMS alone follows from the caller too.
  const contexts = subjects.map(({ request }) => requestContext({ ...request, action: 'kms:Decrypt' }));
  const held = new Set(Object.keys(keys.values).map((key) => key.toLowerCase()));
  const open = keys.open === 'all' ? undefined : new Set(keys.open.map((key) => key.toLowerCase()));
  const knowsTags = speakers.some(({ resources }) => resources.some(({ tags }) => tags !== undefined));
  const isOpen = (key: string) => open?.has(key) ?? !followsFromCaller(key);
  const standing = (key: string): Standing => {
    if (held.has(key)) return 'of-caller';
    if (OF_RESOURCE.has(key) || (knowsTags && key.startsWith(RESOURCE_TAG))) return 'of-resource';
    return isOpen(key) ? 'open' : 'of-caller';
  };
  const patterns = patternsOf(speakers);
  const lookedAt = new Map(
    Object.entries(LOOKED_AT).map(([service, parts]) => [
      service,
      parts.map((part) => textPattern([{ pattern: `*${part}*` }])),
    ]),
  );
  const caller: AnyCaller = speakers[0]?.caller ?? { kind: 'anonymous' };
  return {
    who: { kind: caller.kind, caller },
    subjects,
    standing,
    valueOf: (key, speaker) => contexts[speaker]?.get(key),
    resourcePatterns: (service) => [...patterns, ...(lookedAt.get(service) ?? [])],
    settledBy: (arn, service) => ({
      accountId: speakers[0] === undefined ? undefined : ownerOfArn(speakers[0], arn),
      values: speakers.map((access, speaker) => valuesOn(access, arn, subjects[speaker], isOpen)),
      zone: speakers.map((access) => zoneOf(access, arn, service)).join(' '),
    }),
    settledValues: (key) => settledValues(speakers, key),
  };
}

function subjectOf({ caller, policies, organization }: Access, { values }: HeldKeys): Subject {
  const request: AnyRequest = {
    caller,
    action: '',
    resource: '*',
    resourceAccountId: 'accountId' in caller ? caller.accountId : '',
    context: values,
    ...(organization === undefined ? {} : { organization }),
  };
  return { request, action: '', context: requestContext(request), hasBoundary: policies.boundary !== undefined };
}

/** What is told of resources besides what policies tell: which one covers them, whose they are, and what the engine itself looks at. */
function patternsOf(speakers: readonly Access[]): readonly Pattern[] {
  const arns = new Set(speakers.flatMap(({ resources }) => resources.flatMap((resource) => resource.arns)));
  const accounts = new Set<string>();
  for (const { caller, organization } of speakers) {
    if ('accountId' in caller) accounts.add(caller.accountId);
    if (organization === undefined) continue;
    for (const id of [organization.managementAccountId, ...Object.keys(organization.paths ?? {})]) accounts.add(id);
  }
  return [
    ...[...arns].map((pattern) => resourcePattern([{ pattern }])),
    ...[...accounts].map((account) => arnsOfAccount(literal(account))),
    arnsOfAccount([]),
  ];
}

/** Parts of ARNs that the engine itself looks at, for the actions of these services. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  iam: [':role/aws-service-role/'],
  kms: [':key/'],
  s3: ['/'],
  sts: [':role/', ':role/aws-service-role/'],
};

/** ARNs of one zone have the same layers, and the engine's rules make no difference between them. */
function zoneOf(access: Access, arn: string, service: string): string {
  const cover = coverOf(access, arn);
  const owner = ownerOfArn(access, arn);
  const own = 'accountId' in access.caller ? access.caller.accountId : undefined;
  const account = owner === own ? 'own' : owner === access.organization?.managementAccountId ? 'management' : 'other';
  const rules = (LOOKED_AT[service] ?? []).filter((part) => arn.includes(part));
  const place = cover === undefined ? -1 : access.resources.indexOf(cover);
  return `${place} ${account} ${arn === '*'} ${rules.join(' ')}`;
}

function valuesOn(access: Access, arn: string, subject: Subject | undefined, isOpen: (key: string) => boolean) {
  const tags = coverOf(access, arn)?.tags;
  const request = { ...(subject?.request ?? { caller: access.caller, action: '', context: {} }), resource: arn };
  const context = requestContext({
    ...request,
    resourceAccountId: ownerOfArn(access, arn),
    ...(tags === undefined ? {} : { resourceTags: tags }),
  });
  return {
    has: (key: string) => OF_RESOURCE.has(key) || tags !== undefined || !isOpen(key),
    get: (key: string) => context.get(key),
  };
}

function settledValues(speakers: readonly Access[], key: string): readonly string[] {
  const values = new Set<string>();
  for (const access of speakers) {
    if ('accountId' in access.caller && key === 'aws:resourceaccount') values.add(access.caller.accountId);
    for (const { accountId, tags } of access.resources) {
      if (key === 'aws:resourceaccount') values.add(accountId);
      for (const [name, value] of Object.entries(tags ?? {})) {
        if (`${RESOURCE_TAG}${name}`.toLowerCase() === key) values.add(value);
      }
    }
  }
  return [...values];
}
