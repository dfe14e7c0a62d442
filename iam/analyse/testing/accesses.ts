/** Callers with layers drawn at random, and requests that meet them. */
import fc from 'fast-check';
import type { AnyCaller, AnyRequest, AttachedPolicy, Layer } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import type { Access, ProtectedResource } from '../access.ts';
import { identityPolicy, request, resourcePolicy, resourceStatements, statements } from './policies.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

function attach(layer: Layer, policy: Policy): AttachedPolicy {
  return { layer, name: layer, kind: layer === 'resource' ? 'resource' : 'managed', attachedTo: 'test', policy };
}

const user: AnyCaller = {
  kind: 'user',
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/max`,
  name: 'max',
  id: 'AIDACKCEVSQ6C2EXAMPLE',
  tags: { team: 'red' },
};

const session: AnyCaller = {
  kind: 'role-session',
  accountId: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/app`,
  roleName: 'app',
  roleId: 'AROADBQP57FF2AEXAMPLE',
  sessionName: 'session',
  sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/session`,
  tags: { team: 'blue' },
  session: { issuedAt: 0 },
};

export const caller: fc.Arbitrary<AnyCaller> = fc.constantFrom<AnyCaller>(
  user,
  user,
  session,
  session,
  { kind: 'root', accountId: ACCOUNT },
  { kind: 'anonymous' },
  { kind: 'service', service: 'sns.amazonaws.com' },
);

const allowAll = identityPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const policy = fc.oneof(statements.map(identityPolicy), fc.constant(allowAll));
const layer = (name: Layer) => policy.map((drawn) => attach(name, drawn));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const bucketPolicy = resourceStatements.map((drawn) => attach('resource', resourcePolicy(drawn)));
const endpointPolicy = resourceStatements.map((drawn) => attach('vpc-endpoint', resourcePolicy(drawn)));
const control = resourceStatements.map((drawn) =>
  attach(
    'resource-control',
    resourcePolicy(
      drawn.map((one) => ({ ...one, Effect: 'Deny', Principal: '*', Action: 's3:GetObject', NotAction: undefined })),
    ),
  ),
);

const bucket: fc.Arbitrary<ProtectedResource> = fc
  .record({
    accountId: fc.constantFrom(ACCOUNT, OTHER),
    resource: maybe(bucketPolicy),
    resourceControl: maybe(control),
    tags: maybe(fc.constantFrom({ team: 'red' }, { team: 'green' })),
  })
  .map(({ accountId, resource, resourceControl, tags }) => ({
    arns: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'],
    accountId,
    policies: {
      ...(resource === undefined ? {} : { resource }),
      ...(resourceControl === undefined ? {} : { resourceControl: [[resourceControl]] }),
    },
    ...(tags === undefined ? {} : { tags }),
  }));

/** What such a caller may do. */
export function accessOf(who: AnyCaller): fc.Arbitrary<Access> {
  return fc
    .record({
      identity: fc.array(layer('identity'), { minLength: 1, maxLength: 2 }),
      boundary: maybe(layer('boundary')),
      session: maybe(layer('session')),
      serviceControl: maybe(
        fc.array(fc.array(layer('service-control'), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      ),
      vpcEndpoint: maybe(endpointPolicy),
      resources: fc.array(bucket, { maxLength: 1 }),
    })
    .map(({ identity, boundary, session: limits, serviceControl, vpcEndpoint, resources }) => ({
      caller: who,
      policies: {
        identity: 'tags' in who ? identity : [],
        ...(boundary === undefined || !('tags' in who) ? {} : { boundary }),
        ...(limits === undefined || who.kind !== 'role-session' ? {} : { session: [limits] }),
        ...(serviceControl === undefined ? {} : { serviceControl }),
        ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: [vpcEndpoint] }),
      },
      resources,
    }));
}

/** Requests without what the caller brings, on a resource that is `archive` or none of those that are protected. */
export const requestOfAnyone: fc.Arbitrary<AnyRequest> = request.map((drawn) => ({
  ...drawn,
  context: Object.fromEntries(Object.entries(drawn.context).filter(([key]) => !key.startsWith('aws:ResourceTag'))),
}));
