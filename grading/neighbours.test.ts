/** Challenges with neighbouring accounts: a partner, a stranger, and whoever manages the organization. */
import { expect, test } from 'vitest';
import type { Check } from './checks.ts';
import { gradeStage } from './grade.ts';
import { issueProfiles } from './profiles.ts';
import { readChallenge } from './reading/read-challenge.ts';
import { callAs } from './requests.ts';
import { provision } from './start.ts';
import { accountId, platform } from './testing/sandbox.ts';

const CHALLENGE = `
id: next-door
title: Next door
track: people
type: fix
level: 1
minutes: 5
summary: Somebody else's account.
story: The partner is \${Partner.AccountId}.
objectives: [Look over the fence]
you:
  - { profile: eve, principal: stranger/user/Eve }
  - { profile: sync, principal: partner/role/Sync }
checks:
  - { id: a, title: It is so, access: { who: partner/role/Sync, can: s3:GetObject, on: "arn:aws:s3:::seeds/a" } }
`;
const ACCOUNT = `
Parameters:
  PartnerAccountId: { Type: String }
Metadata:
  Leastwise:
    objects:
      - { bucket: seeds, key: a, content: x }
    neighbours:
      partner:
        Parameters:
          LearnerAccountId: { Type: String }
        Resources:
          Sync:
            Type: AWS::IAM::Role
            Properties:
              RoleName: Sync
              AssumeRolePolicyDocument:
                Version: "2012-10-17"
                Statement: [{ Effect: Allow, Principal: { AWS: !Ref LearnerAccountId }, Action: "sts:AssumeRole" }]
              Policies:
                - PolicyName: All
                  PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
      stranger: { Resources: { Eve: { Type: "AWS::IAM::User", Properties: { UserName: Eve } } } }
      management:
        Resources:
          Org: { Type: "AWS::Organizations::Organization" }
          Limit:
            Type: AWS::Organizations::Policy
            Properties:
              Name: NoDeleting
              Type: SERVICE_CONTROL_POLICY
              TargetIds: [!GetAtt Org.RootId]
              Content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "s3:DeleteBucket", Resource: "*" }] }
Resources:
  Seeds: { Type: "AWS::S3::Bucket", Properties: { BucketName: seeds } }
  Open:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Seeds
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { AWS: !Ref PartnerAccountId }, Action: "s3:GetObject", Resource: "arn:aws:s3:::seeds/*" }
`;

const ids = { partner: '222233334444', stranger: '333344445555', management: '444455556666' };
const read = (account = ACCOUNT, challenge = CHALLENGE) =>
  readChallenge({ 'challenge.yaml': challenge, 'account.yaml': account });

async function started() {
  const found = read();
  if (found.kind === 'invalid') throw new Error(JSON.stringify(found.problems));
  const learner = { accountId, region: 'us-east-1', variables: { Flag: 'flag{0}' }, neighbours: ids };
  return { challenge: found.challenge, ...(await provision(found.challenge, learner, platform)) };
}

test('each is an account of the sandbox with what its template makes, and a name for its id', async () => {
  const { world, variables } = await started();
  expect(Object.keys(world.accounts).toSorted()).toEqual([accountId, ...Object.values(ids)]);
  expect(world.neighbours).toEqual(ids);
  expect(variables).toMatchObject({ 'Partner.AccountId': ids.partner, 'Management.AccountId': ids.management });
  expect(Object.keys(world.accounts[ids.stranger]?.iam.users ?? {})).toEqual(['Eve']);
});

test('checks and profiles speak of who is in them', async () => {
  const { world, variables, challenge } = await started();
  const access = (body: object): Check =>
    ({ id: 'a', title: 'A', private: false, kind: 'access', access: { on: 'arn:aws:s3:::seeds/a', ...body } }) as Check;
  const checks = [
    access({ who: 'partner/role/Sync', can: 's3:GetObject' }),
    access({ who: 'stranger/user/Eve', cannot: 's3:GetObject' }),
    access({ who: 'stranger/root', cannot: 's3:GetObject' }),
    access({ who: 'partner/role/Gone', cannot: 's3:GetObject' }),
  ];
  const results = await gradeStage({
    ...platform,
    stage: { id: null, title: '', you: [], restart: false, checks },
    world,
    start: async () => world,
    variables,
    answers: {},
    readBlob: () => Promise.reject(new Error('no body')),
  });
  expect(results.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed', 'failed']);
  const { result } = issueProfiles(world, challenge.stages[0]?.you ?? [], platform);
  expect(result.map(({ name, sessionToken }) => [name, sessionToken !== undefined])).toEqual([
    ['eve', false],
    ['sync', true],
  ]);
});

test('the learner’s account is in the organization of its management account', async () => {
  const { world } = await started();
  const call = { world, caller: { kind: 'root', accountId } as const, service: 's3', operation: 'DeleteBucket' };
  const { outcome } = callAs({ ...call, input: { Bucket: 'seeds' } }, platform);
  expect(outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDenied' } });
});

test.each([
  ['      partner:', '      patner:', '/Metadata/Leastwise/neighbours/patner unknown_field'],
  ['RoleName: Sync', 'RolName: Sync', '/Metadata/Leastwise/neighbours/partner/Resources/Sync'],
  ['UserName: Eve', 'Name: Eve', '/Metadata/Leastwise/neighbours/stranger/Resources/Eve'],
])('a fault in one is told by its place: %s', (before, after, where) => {
  const found = read(ACCOUNT.replace(before, after));
  const [first] = found.kind === 'invalid' ? found.problems : [];
  expect(`${first?.field} ${first?.code}`).toContain(where);
  expect(first?.line).toBe(ACCOUNT.split('\n').findIndex((line) => line.includes(before)) + 1);
});

test('a name of a neighbour that is not there is no name', () => {
  const found = read(ACCOUNT, CHALLENGE.replace('${Partner', '${Prtner'));
  expect(found.kind === 'invalid' && found.problems[0]?.code).toBe('unknown_name');
});
