/** Callers before a bucket with access control lists and Block Public Access, or a key with grants, drawn at random, and requests for them. */
import fc from 'fast-check';
import type { AnyCaller, AnyRequest, AttachedPolicy, Layer } from '../../model.ts';
import { CALLERS, namesOf, OTHER, OWN } from '../../oracle/testing/people.ts';
import { often } from '../../oracle/testing/policies.ts';
import { acl, block, grantFor } from '../../oracle/testing/scenes.ts';
import type { Access, ProtectedResource } from '../access.ts';
import { identityPolicy, resourcePolicy } from './policies.ts';

const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd`;
const OFFICE = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
/** Of the two it is the one that Block Public Access does not take for a limit. */
const BY_TLS = { Bool: { 'aws:SecureTransport': 'true' } };

/** What has lists or grants, and what is asked of it. */
interface Thing {
  readonly arns: readonly string[];
  readonly owners: readonly string[];
  /** As Action elements have them. */
  readonly patterns: readonly string[];
  readonly asked: fc.Arbitrary<Pick<AnyRequest, 'action' | 'resource' | 'context'>>;
  readonly conditions: readonly object[];
  readonly beside: (caller: AnyCaller) => fc.Arbitrary<ProtectedResource['policies']>;
}

const address = fc.constantFrom('203.0.113.7', '198.51.100.7', undefined);

/** The keys of a request that are there. */
function present(keys: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

const bucket: Thing = {
  arns: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'],
  owners: [OWN, OTHER],
  patterns: ['s3:*', 's3:Get*', 's3:*Object', 's3:*Acl', 's3:ListBucket', '*'],
  asked: fc.record({
    action: fc.constantFrom(
      's3:GetObject',
      's3:GetObjectVersionAcl',
      's3:PutObject',
      's3:PutObjectAcl',
      's3:PutObjectTagging',
      's3:DeleteObject',
      's3:ListBucket',
      's3:GetBucketAcl',
      's3:PutBucketPolicy',
    ),
    resource: fc.constantFrom('arn:aws:s3:::archive', 'arn:aws:s3:::archive/a', 'arn:aws:s3:::other/a'),
    context: fc
      .record({ 'aws:SourceIp': address, 'aws:SecureTransport': fc.constantFrom('true', 'false') })
      .map(present),
  }),
  conditions: [{}, {}, OFFICE, BY_TLS, BY_TLS, { Null: { 'aws:PrincipalAccount': 'true' } }],
  beside: () =>
    fc.record({ acl, publicAccessBlocks: fc.array(block, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] }),
};

const pair = fc.constantFrom('blue', 'Blue', 'a', undefined);

const key: Thing = {
  arns: [KEY],
  owners: [OWN],
  patterns: ['kms:*', 'kms:De*', 'kms:*crypt', 'kms:RetireGrant', '*'],
  asked: fc.record({
    action: fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:RetireGrant'),
    resource: fc.constantFrom(KEY, KEY, `arn:aws:kms:eu-west-1:${OWN}:key/0987dcba`),
    context: fc
      .record({
        'aws:SourceIp': address,
        'aws:SecureTransport': fc.constant('true'),
        'kms:EncryptionContext:team': pair,
        'kms:EncryptionContext:Stage': pair,
        'kms:EncryptionContext:more': pair,
      })
      .map(present),
  }),
  conditions: [{}, {}, OFFICE, { StringEquals: { 'kms:EncryptionContext:team': 'blue' } }],
  beside: (caller) => fc.record({ grants: fc.array(grantFor(caller), { maxLength: 3 }) }, { requiredKeys: [] }),
};

const attach = (layer: Layer, policy: AttachedPolicy['policy']): AttachedPolicy => ({
  layer,
  name: layer,
  kind: layer === 'resource' ? 'resource' : 'managed',
  attachedTo: 'test',
  policy,
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const few = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 2 });
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

function accessTo({ arns, owners, patterns, conditions, beside }: Thing, caller: AnyCaller): fc.Arbitrary<Access> {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom(...patterns),
    Resource: often(fc.constant('*'), 2, fc.constantFrom(...arns)),
    Condition: fc.constantFrom(...conditions),
  });
  const own = often(few(statement), 2, fc.constant([EVERYTHING])).map(identityPolicy);
  const names: readonly object[] = [
    ...new Array(4).fill({ Principal: '*' }),
    { Principal: { AWS: OTHER } },
    ...('accountId' in caller ? namesOf(caller).map((AWS) => ({ Principal: { AWS } })) : []),
    ...(caller.kind === 'service' ? [{ Principal: { Service: caller.service } }] : []),
  ];
  const owned = few(fc.tuple(statement, fc.constantFrom(...names)).map(([spoken, who]) => ({ ...spoken, ...who })));
  const signs = 'tags' in caller;
  const isSession = caller.kind === 'role-session' || caller.kind === 'federated-user';
  return fc
    .record({
      identity: signs ? own : fc.constant(undefined),
      boundary: signs ? maybe(own) : fc.constant(undefined),
      session: isSession ? maybe(own) : fc.constant(undefined),
      accountId: fc.constantFrom(...owners),
      policy: often(owned.map(resourcePolicy), 4, fc.constant(undefined)),
      more: beside(caller),
    })
    .map(({ identity, boundary, session, accountId, policy, more }) => ({
      caller,
      policies: {
        identity: identity === undefined ? [] : [attach('identity', identity)],
        ...(boundary === undefined ? {} : { boundary: attach('boundary', boundary) }),
        ...(session === undefined ? {} : { session: [attach('session', session)] }),
      },
      resources: [
        {
          arns,
          accountId,
          policies: { ...(policy === undefined ? {} : { resource: attach('resource', policy) }), ...more },
        },
      ],
    }));
}

/** Two sides of one caller, and what may be asked of both. */
export interface Scene {
  readonly sides: readonly [Access, Access];
  readonly asked: Thing['asked'];
}

const callers = CALLERS.filter(({ kind }) => kind !== 'federated-identity');

/** A bucket or a key, the second side often but for its lists, blocks and grants like the first. */
export const scene: fc.Arbitrary<Scene> = fc
  .tuple(fc.constantFrom(bucket, key), fc.constantFrom(...callers), fc.constantFrom('all', 'beside'))
  .chain(([thing, caller, differs]) =>
    fc.tuple(accessTo(thing, caller), accessTo(thing, caller), thing.beside(caller)).map(([a, b, more]): Scene => {
      const changed = a.resources.map((one) => ({
        ...one,
        policies: { ...(one.policies.resource === undefined ? {} : { resource: one.policies.resource }), ...more },
      }));
      return { sides: [a, differs === 'all' ? b : { ...a, resources: changed }], asked: thing.asked };
    }),
  );
