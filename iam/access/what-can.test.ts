import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../account/account.ts';
import { someActions } from '../analyse/testing/actions.ts';
import { compileGlob, type GlobMode, matchGlob } from '../glob.ts';
import { allow, deny, document, estateOf, OWN, role, user, when } from './testing/estates.ts';
import { type Permission, whatCan } from './what-can.ts';
import { whoCan } from './who-can.ts';

const ARCHIVE = 'arn:aws:s3:::archive';
const the = (key: string) => ['$', '{', key, '}'].join('');

function ofBea(estate: Estate) {
  const bea = estate.accounts[0]?.users[0];
  if (bea === undefined) throw new Error('There is no user.');
  return whatCan(estate, bea, { actions: someActions });
}

const permissionsOf = (...statements: object[]) => ofBea(estateOf({ users: [user('Bea', [document(...statements)])] }));

describe('what a principal can do', () => {
  it('is said in the patterns of its policies', () => {
    const lists = { Resource: ARCHIVE, ...when('StringLike', 's3:prefix', 'home/*') };
    const objects = { Resource: `${ARCHIVE}/*` };
    expect(permissionsOf(allow(['s3:GetObject', 's3:PutObject'], objects), allow('s3:ListBucket', lists))).toEqual({
      permissions: [
        { actions: ['s3:GetObject', 's3:PutObject'], resources: [`${ARCHIVE}/*`], conditions: [] },
        {
          actions: ['s3:ListBucket'],
          resources: [ARCHIVE],
          conditions: [{ operator: 'StringLike', key: 's3:prefix', values: ['home/*'] }],
        },
      ],
      notDecided: [],
    });
  });

  it('leaves out what is denied', () => {
    const secret = `${ARCHIVE}/secret/*`;
    expect(permissionsOf(allow('s3:*'), deny('s3:*', { Resource: secret }), deny('s3:Delete*')).permissions).toEqual([
      { actions: ['s3:*'], notActions: ['s3:Delete*'], resources: ['*'], notResources: [secret], conditions: [] },
    ]);
  });

  it('is what boundary and identity policies both let pass', () => {
    const arn = `arn:aws:iam::${OWN}:policy/Limit`;
    const limit = document(allow('sqs:*', { Resource: 'arn:aws:sqs:eu-west-1:*:*' }));
    const estate = estateOf({
      users: [
        user('Bea', [document(allow('sqs:Send*', { Resource: 'arn:aws:sqs:*:*:jobs-*' }), allow('s3:*'))], {
          PermissionsBoundary: { PermissionsBoundaryArn: arn },
        }),
      ],
      policies: [{ Arn: arn, DefaultVersionId: 'v1', PolicyVersionList: [{ VersionId: 'v1', Document: limit }] }],
    });
    expect(ofBea(estate).permissions).toEqual([
      {
        actions: ['sqs:Send*'],
        resources: ['arn:aws:sqs:*:*:jobs-*'],
        within: ['arn:aws:sqs:eu-west-1:*:*'],
        conditions: [],
      },
    ]);
  });

  it('takes in what resources and roles give', () => {
    const trust = {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OWN}:user/Bea` },
        Action: 'sts:AssumeRole',
        ...when('StringEquals', 'sts:ExternalId', 'x-1'),
      }),
    };
    const public_ = `${ARCHIVE}/public/*`;
    const bucket = document({
      ...allow('s3:GetObject', { Resource: public_ }),
      Principal: { AWS: `arn:aws:iam::${OWN}:user/Bea` },
    });
    const home = `arn:aws:s3:::home/${the('aws:username')}/*`;
    const estate = estateOf({
      users: [user('Bea', [document(allow('s3:GetObject', { Resource: home }))])],
      roles: [role('App', [], trust), role('Web', [])],
      resources: { [ARCHIVE]: bucket },
    });
    expect(ofBea(estate).permissions).toEqual([
      { actions: ['s3:GetObject'], resources: [public_, 'arn:aws:s3:::home/Bea/*'], conditions: [] },
      {
        actions: ['sts:AssumeRole'],
        resources: [`arn:aws:iam::${OWN}:role/App`],
        conditions: [{ operator: 'StringEquals', key: 'sts:ExternalId', values: ['x-1'] }],
      },
    ]);
  });

  it('does not say on what where the request’s own keys tell it', () => {
    const byAgent = { Resource: `arn:aws:s3:::home/${the('aws:UserAgent')}/*` };
    expect(permissionsOf(allow('s3:GetObject', byAgent), allow('sqs:SendMessage')).notDecided).toEqual([
      's3:GetObject',
    ]);
  });
});

const RESOURCES = [
  `${ARCHIVE}/a`,
  `${ARCHIVE}/public/a`,
  `${ARCHIVE}/public/secret/a`,
  'arn:aws:s3:::home/Bea/a',
  'arn:aws:s3:::home/Sam/public/a',
  'arn:aws:s3:::archives/public/a',
];
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion'];

const actionElement = fc
  .tuple(
    fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    fc.subarray(['*', 's3:*', 's3:Get*', 's3:*Object', 's3:PutObject', 's3:GetObject'], { minLength: 1, maxLength: 2 }),
  )
  .map(([name, values]) => ({ [name]: values }));
const resourceElement = fc
  .tuple(
    fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    fc.subarray(
      [
        '*',
        `${ARCHIVE}/*`,
        `${ARCHIVE}/public/*`,
        'arn:aws:s3:::*/public/*',
        'arn:aws:s3:::*/secret/*',
        'arn:aws:s3:::archive*',
        `arn:aws:s3:::home/${the('aws:username')}/*`,
      ],
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([name, values]) => ({ [name]: values }));
const conditionElement = fc.constantFrom(
  {},
  {},
  {},
  when('StringEquals', 'aws:UserAgent', 'a'),
  when('Bool', 'aws:SecureTransport', 'true'),
);
const statement = fc
  .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), actionElement, resourceElement, conditionElement)
  .map(([Effect, ...elements]) => Object.assign({ Effect }, ...elements) as object);
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

/** The conditions of every permission that speaks of the action on the resource. */
function conditionsFor(permissions: readonly Permission[], action: string, resource: string) {
  const matches = (pattern: string, text: string, mode: GlobMode) =>
    matchGlob(compileGlob([{ pattern: mode === 'text' ? pattern.toLowerCase() : pattern }], mode), text);
  const isAction = (pattern: string) => matches(pattern, action.toLowerCase(), 'text');
  const isResource = (pattern: string) => matches(pattern, resource, 'arn');
  return permissions
    .filter(({ actions, notActions = [] }) => actions.some(isAction) && !notActions.some(isAction))
    .filter(({ resources, within = [], notResources = [] }) => {
      return resources.some(isResource) && within.every(isResource) && !notResources.some(isResource);
    })
    .map(({ conditions }) => conditions);
}

it('says of every action and resource what who-can says', () => {
  fc.assert(
    fc.property(statements, statements, fc.option(statements), (first, second, limits) => {
      const arn = `arn:aws:iam::${OWN}:policy/Limit`;
      const bounded = limits === null ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: arn } };
      const bucket = second.map((one) => ({ ...one, Principal: { AWS: `arn:aws:iam::${OWN}:user/Bea` } }));
      const estate = estateOf({
        users: [user('Bea', [document(...first)], bounded)],
        policies: [
          {
            Arn: arn,
            DefaultVersionId: 'v1',
            PolicyVersionList: [{ VersionId: 'v1', Document: document(...(limits ?? first)) }],
          },
        ],
        resources: { [ARCHIVE]: document(...bucket) },
      });
      const { permissions, notDecided } = ofBea(estate);
      expect(notDecided).toEqual([]);
      for (const action of ACTIONS) {
        for (const resource of RESOURCES) {
          const [bea] = whoCan(estate, { action, resource }).filter((one) => one.arn.endsWith(':user/Bea'));
          const said = conditionsFor(permissions, action, resource);
          const distinct = [...new Set(said.map((conditions) => JSON.stringify(conditions)))];
          expect({ first, bucket, limits, action, resource, permissions, distinct }).toEqual({
            first,
            bucket,
            limits,
            action,
            resource,
            permissions,
            distinct: bea === undefined ? [] : [JSON.stringify(bea.conditions)],
          });
        }
      }
    }),
    { numRuns: 150 },
  );
});
