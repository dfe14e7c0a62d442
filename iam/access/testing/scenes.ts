/** Requests whose answer hangs on their conditions: most of what else a policy says fits. */
import fc from 'fast-check';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import { clause, the } from '../../oracle/testing/conditions.ts';
import type { PrincipalElement, Statement } from '../../policy.ts';

export interface Scene {
  readonly request: AnyRequest;
  readonly policies: ApplicablePolicies;
}

const OWN = '111122223333';
const OTHER = '444455556666';
const BEA: AnyCaller = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/staff/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: { team: 'blue' },
};
const WEB: AnyCaller = {
  kind: 'role-session',
  accountId: OWN,
  roleArn: `arn:aws:iam::${OWN}:role/Web`,
  roleName: 'Web',
  roleId: 'AROAWEBAAAAAAAAAAAAAA',
  sessionName: '',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/Web/`,
  tags: { team: 'red' },
  session: { issuedAt: 0 },
};
const NAMES = [OWN, `arn:aws:iam::${OWN}:user/staff/Bea`, `arn:aws:iam::${OWN}:role/Web`];

const effect = (denials: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('Allow' as const) },
    { weight: denials, arbitrary: fc.constant('Deny' as const) },
  );
const resource = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ not: false, values: ['*'] }) },
  {
    weight: 1,
    arbitrary: fc.record({
      not: fc.boolean(),
      values: fc.array(
        fc.constantFrom(
          `arn:aws:s3:::archive/home/${the('aws:SourceIdentity')}/*`,
          `arn:aws:s3:::archive/${the("aws:UserAgent, 'home'")}/*`,
          `arn:aws:s3:::archive/${the('aws:UserAgent')}/${the('aws:SourceIdentity')}/*`,
          `arn:aws:s3:::archive/home/${the('aws:username')}/x`,
          `arn:aws:s3:${the('aws:RequestedRegion')}::archive/*`,
          'arn:aws:s3:::archive/other/*',
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
);
const conditions = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: fc.array(clause, { minLength: 1, maxLength: 2 }) },
);
const principal: fc.Arbitrary<PrincipalElement> = fc.record({
  not: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  everyone: fc.boolean(),
  aws: fc.subarray(NAMES, { minLength: 1 }),
  service: fc.constant([]),
  federated: fc.constant([]),
  canonicalUser: fc.constant([]),
});

function attached(layer: Layer, kind: AttachedPolicy['kind'], denials: number) {
  const version = fc.oneof(
    { weight: 5, arbitrary: fc.constant('2012-10-17' as const) },
    { weight: 1, arbitrary: fc.constant('2008-10-17' as const) },
  );
  const elements = {
    effect: effect(denials),
    action: fc.constant({ not: false, values: ['s3:*'] }),
    resource,
    conditions,
  };
  const isOfResource = layer === 'resource' || layer === 'resource-control';
  const statement: fc.Arbitrary<Statement> = isOfResource ? fc.record({ ...elements, principal }) : fc.record(elements);
  return fc
    .record({ version, statements: fc.array(statement, { minLength: 1, maxLength: 4 }) })
    .map((policy): AttachedPolicy => ({ layer, kind, name: layer, attachedTo: layer, policy }));
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A request without context, and policies of all layers. */
export const scene: fc.Arbitrary<Scene> = fc
  .record({
    caller: fc.constantFrom(BEA, WEB),
    owner: fc.constantFrom(OWN, OWN, OTHER),
    identity: fc.array(attached('identity', 'managed', 2), { minLength: 1, maxLength: 2 }),
    boundary: maybe(attached('boundary', 'managed', 1)),
    resource: maybe(attached('resource', 'resource', 1)),
    control: maybe(attached('service-control', 'managed', 1)),
    protection: maybe(attached('resource-control', 'resource', 6)),
  })
  .map(({ caller, owner, identity, boundary, resource: owners, control, protection }) => ({
    request: {
      caller,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::archive/home/Bea/x',
      resourceAccountId: owner,
      context: {},
    },
    policies: {
      identity,
      ...(boundary === undefined ? {} : { boundary }),
      ...(owners === undefined ? {} : { resource: owners }),
      ...(control === undefined ? {} : { serviceControl: [[control]] }),
      ...(protection === undefined ? {} : { resourceControl: [[protection]] }),
    },
  }));
