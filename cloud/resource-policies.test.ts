/** That what every service lists is what it reads the policies of. */
import { expect, test } from 'vitest';
import { policedResources, resourcePolicies } from './account-model.ts';
import { functionInput, givenRole } from './services/lambda/testing/functions.ts';
import { OrganizationSandbox } from './services/organizations/testing/organization-sandbox.ts';
import { accountId, Sandbox } from './testing/sandbox.ts';

const place = `us-east-1:${accountId}`;
const document = (Action: string, Resource: string | readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource }] });

/** The layers that speak about each ARN that an account lists. */
function listed({ world }: Sandbox): Readonly<Record<string, readonly string[]>> {
  const account = world.accounts[accountId] ?? expect.fail('no account');
  return Object.fromEntries(
    policedResources(account).flatMap(({ arns, action }) =>
      arns.map((arn) => {
        const asked = { action, resource: arn.replace('*', 'example'), resourceAccountId: accountId, context: {} };
        return [arn, Object.keys(resourcePolicies(world, asked)).sort()];
      }),
    ),
  );
}

test('every resource, with and without a policy', () => {
  const sandbox = new Sandbox();
  givenRole(sandbox);
  sandbox.call('sqs:CreateQueue', { QueueName: 'closed' });
  const Policy = document('sqs:SendMessage', `arn:aws:sqs:${place}:open`);
  sandbox.call('sqs:CreateQueue', { QueueName: 'open', Attributes: { Policy } });
  sandbox.call('sns:CreateTopic', { Name: 'news' });
  const key = sandbox.call('kms:CreateKey').KeyMetadata.Arn;
  sandbox.call('kms:CreateGrant', {
    KeyId: key,
    GranteePrincipal: `arn:aws:iam::${accountId}:root`,
    Operations: ['Decrypt'],
  });
  const secret = sandbox.call('secretsmanager:CreateSecret', {
    Name: 'seed',
    ClientRequestToken: '1b2c3d4e-0000-4000-8000-1234567890ab',
  }).ARN;
  const ResourcePolicy = document('secretsmanager:GetSecretValue', '*');
  sandbox.call('secretsmanager:PutResourcePolicy', { SecretId: secret, ResourcePolicy, BlockPublicPolicy: false });
  sandbox.call('lambda:CreateFunction', functionInput('hello'));
  sandbox.call('lambda:PublishVersion', { FunctionName: 'hello' });
  for (const Qualifier of [undefined, '1']) {
    sandbox.call('lambda:AddPermission', {
      FunctionName: 'hello',
      StatementId: 'all',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
      ...(Qualifier !== undefined && { Qualifier }),
    });
  }
  sandbox.call('logs:CreateLogGroup', { logGroupName: 'app' });
  sandbox.call('logs:PutResourcePolicy', { policyName: 'all', policyDocument: document('logs:PutLogEvents', '*') });
  sandbox.call('s3:CreateBucket', { Bucket: 'seeds-1' });
  sandbox.call('dynamodb:CreateTable', {
    TableName: 'books',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const table = `arn:aws:dynamodb:${place}:table/books`;
  sandbox.call('dynamodb:PutResourcePolicy', { ResourceArn: table, Policy: document('dynamodb:GetItem', table) });
  const found = listed(sandbox);
  const roles = Object.keys(found).filter((arn) => arn.startsWith(`arn:aws:iam::${accountId}:role/`));
  expect(roles.length).toBeGreaterThan(0);
  expect(found).toEqual({
    ...Object.fromEntries(roles.map((arn) => [arn, ['resource']])),
    [`arn:aws:sqs:${place}:closed`]: [],
    [`arn:aws:sqs:${place}:open`]: ['resource'],
    [`arn:aws:sns:${place}:news`]: ['resource'],
    [`arn:aws:sns:${place}:news:*`]: ['resource'],
    [key]: ['grants', 'resource'],
    [secret]: ['resource'],
    [`arn:aws:lambda:${place}:function:hello`]: ['resource'],
    [`arn:aws:lambda:${place}:function:hello:$LATEST`]: ['resource'],
    [`arn:aws:lambda:${place}:function:hello:1`]: ['resource'],
    [`arn:aws:logs:${place}:log-group:app`]: ['resource'],
    [`arn:aws:logs:${place}:log-group:app:*`]: ['resource'],
    'arn:aws:s3:::seeds-1': ['publicAccessBlocks'],
    'arn:aws:s3:::seeds-1/*': ['publicAccessBlocks'],
    [table]: ['resource'],
    [`${table}/index/*`]: ['resource'],
  });
});

test('an organization, in the account that manages it', () => {
  const sandbox = new OrganizationSandbox();
  const Content = document('organizations:DescribeOrganization', '*');
  sandbox.call('organizations:PutResourcePolicy', { Content });
  const organization = `arn:aws:organizations::${accountId}:organization/${sandbox.id}`;
  expect(listed(sandbox)).toMatchObject({
    [organization]: ['resource'],
    [`arn:aws:organizations::${accountId}:*`]: ['resource'],
  });
});
