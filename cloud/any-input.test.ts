/** Every operation that is offered, with random inputs: each call ends in an answer or in an AWS error, never in a fault of ours. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeHashes, nodeRandom } from '../server/hashes/node-hashes.ts';
import { createCloud } from './index.ts';
import { newWorld } from './new-world.ts';
import { perform } from './perform.ts';
import { functionInput, helloCode, lambdaTrust } from './services/lambda/testing/functions.ts';
import { issueToken } from './services/sts/token-issuers.ts';
import { valuesOf } from './testing/shape-values.ts';
import { encodeError, encodeResponse } from './wire/index.ts';
import { structureOf } from './wire/shape.ts';
import type { World } from './world.ts';

const accountId = '111122223333';
const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});
const request = { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' };

function call(world: World, service: string, operation: string, input: Record<string, unknown>) {
  return perform(cloud, world, {
    service,
    operation,
    input,
    caller: { kind: 'root', accountId },
    request,
    requestId: 'r',
    realNow: Date.UTC(2026, 10, 24),
  });
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
});
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const bucketPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 's3:*', Resource: 'arn:aws:s3:::name/*' }],
});
const keyPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: '*', Resource: '*' }],
});
const gitService = 'codecommit.amazonaws.com';
const metadata = `<EntityDescriptor><IDPSSODescriptor/><!--${'x'.repeat(1000)}--></EntityDescriptor>`;
const arn = (rest: string) => `arn:aws:iam::${accountId}:${rest}`;

const queueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/name`;
const queueArn = `arn:aws:sqs:us-east-1:${accountId}:name`;
const topicArn = `arn:aws:sns:us-east-1:${accountId}:name`;

const commandDocument = JSON.stringify({
  schemaVersion: '2.2',
  parameters: { name: { type: 'StringList', default: ['name'] } },
  mainSteps: [{ action: 'aws:runShellScript', name: 'name', inputs: { runCommand: '{{ name }}' } }],
});
const runbook = JSON.stringify({
  schemaVersion: '0.3',
  mainSteps: [{ action: 'aws:executeAwsApi', name: 'name', inputs: { Service: 'iam', Api: 'ListUsers' } }],
});

const schedulerTrust = lambdaTrust.replace('lambda.', 'scheduler.');
const schedule = {
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: queueArn, RoleArn: arn('role/scheduler'), Input: '{}' },
};
const eventPattern = JSON.stringify({ source: ['name', { prefix: 'other' }] });

const stackPolicy = JSON.stringify({
  Statement: { Effect: 'Allow', Action: 'Update:Modify', Principal: '*', Resource: 'LogicalResourceId/N*' },
});
const template = JSON.stringify({
  Parameters: { constructor: { Type: 'String', Default: 'x' } },
  Resources: {
    Jobs: { Type: 'AWS::SQS::Queue' },
    Note: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'constructor' } } },
  },
  Outputs: { Jobs: { Value: { Ref: 'Jobs' }, Export: { Name: 'name' } } },
});
const otherTemplate = template.replace('"String","Value"', '"String","Tags":{"__proto__":"x"},"Value"');

/** Names of the furnished world, and those that JavaScript's objects have. */
const names = ['name', 'name', 'name', 'other', 'constructor', '__proto__', 'toString'];

/** A world in which most names that the inputs draw exist, and what its own ids are. */
function furnished(): { world: World; ids: Readonly<Record<string, string>> } {
  let world = newWorld({ accountId, region: 'us-east-1' });
  const ids: Record<string, string> = {};
  const step = (service: string, operation: string, input: Record<string, unknown>): Record<string, never> => {
    const { outcome, world: next } = call(world, service, operation, input);
    if (outcome.kind === 'error') throw outcome.error;
    world = next;
    return outcome.output as Record<string, never>;
  };
  step('iam', 'CreateUser', { UserName: 'name' });
  step('iam', 'CreateGroup', { GroupName: 'name' });
  step('iam', 'CreateRole', { RoleName: 'name', AssumeRolePolicyDocument: trust });
  step('iam', 'CreatePolicy', { PolicyName: 'name', PolicyDocument: document });
  step('iam', 'CreateInstanceProfile', { InstanceProfileName: 'name' });
  step('iam', 'CreateVirtualMFADevice', { VirtualMFADeviceName: 'name' });
  step('iam', 'PutUserPolicy', { UserName: 'name', PolicyName: 'name', PolicyDocument: document });
  ids['AccessKeyId'] = step('iam', 'CreateAccessKey', { UserName: 'name' })['AccessKey']?.['AccessKeyId'] ?? '';
  ids['ServiceSpecificCredentialId'] =
    step('iam', 'CreateServiceSpecificCredential', { UserName: 'name', ServiceName: gitService })[
      'ServiceSpecificCredential'
    ]?.['ServiceSpecificCredentialId'] ?? '';
  step('iam', 'CreateSAMLProvider', { Name: 'name', SAMLMetadataDocument: metadata });
  step('iam', 'CreateOpenIDConnectProvider', { Url: 'https://name', ClientIDList: ['name'] });
  const bearer = { issuer: 'https://name', claims: { aud: 'name', sub: 'name' }, now: Date.UTC(2026, 10, 24), cloud };
  const issued = issueToken(world, bearer);
  world = issued.world;
  ids['WebIdentityToken'] = issued.token;
  step('iam', 'CreateRole', { RoleName: 'lambda', AssumeRolePolicyDocument: lambdaTrust });
  step('lambda', 'CreateFunction', { ...functionInput('name'), Role: arn('role/lambda') });
  step('lambda', 'PublishVersion', { FunctionName: 'name' });
  step('lambda', 'CreateAlias', { FunctionName: 'name', Name: 'name', FunctionVersion: '1' });
  step('lambda', 'CreateFunctionUrlConfig', { FunctionName: 'name', AuthType: 'NONE' });
  step('lambda', 'PublishLayerVersion', { LayerName: 'name', Content: { ZipFile: helloCode } });
  step('s3', 'CreateBucket', { Bucket: 'name' });
  step('s3', 'PutBucketVersioning', { Bucket: 'name', VersioningConfiguration: { Status: 'Enabled' } });
  step('s3', 'PutObject', { Bucket: 'name', Key: 'name', Body: new Uint8Array([1, 2, 3]) });
  ids['UploadId'] = step('s3', 'CreateMultipartUpload', { Bucket: 'name', Key: 'name' })['UploadId'] ?? '';
  step('ssm', 'PutParameter', { Name: 'name', Value: 'v', Type: 'String' });
  step('iam', 'CreateRole', { RoleName: 'node', AssumeRolePolicyDocument: lambdaTrust.replace('lambda.', 'ec2.') });
  step('iam', 'PutRolePolicy', { RoleName: 'node', PolicyName: 'name', PolicyDocument: document });
  step('iam', 'CreateInstanceProfile', { InstanceProfileName: 'node' });
  step('iam', 'AddRoleToInstanceProfile', { InstanceProfileName: 'node', RoleName: 'node' });
  const launched = step('ec2', 'RunInstances', {
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    IamInstanceProfile: { Name: 'node' },
  });
  const InstanceId: string = launched['Instances']?.[0]?.['InstanceId'] ?? '';
  ids['InstanceId'] = InstanceId;
  ids['SessionId'] = step('ssm', 'StartSession', { Target: InstanceId })['SessionId'] ?? '';
  step('ssm', 'CreateDocument', { Name: 'name', Content: commandDocument });
  step('ssm', 'CreateDocument', { Name: 'other', Content: runbook, DocumentType: 'Automation' });
  ids['CommandId'] =
    step('ssm', 'SendCommand', { DocumentName: 'name', InstanceIds: [InstanceId] })['Command']?.['CommandId'] ?? '';
  ids['AutomationExecutionId'] =
    step('ssm', 'StartAutomationExecution', { DocumentName: 'other' })['AutomationExecutionId'] ?? '';
  step('dynamodb', 'CreateTable', {
    TableName: 'name',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
  });
  step('dynamodb', 'PutItem', { TableName: 'name', Item: { name: { S: 'name' }, other: { N: '1' } } });
  step('sqs', 'CreateQueue', { QueueName: 'name' });
  step('sqs', 'SendMessage', { QueueUrl: queueUrl, MessageBody: 'm' });
  step('sns', 'CreateTopic', { Name: 'name' });
  step('sns', 'Subscribe', { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn });
  const KeyId: string = step('kms', 'CreateKey', {})['KeyMetadata']?.['KeyId'] ?? '';
  ids['KeyId'] = KeyId;
  ids['TargetKeyId'] = KeyId;
  const grantee = { KeyId, GranteePrincipal: arn('user/name'), Operations: ['Decrypt'] };
  ids['GrantToken'] = step('kms', 'CreateGrant', grantee)['GrantToken'] ?? '';
  step('kms', 'CreateAlias', { AliasName: 'alias/name', TargetKeyId: KeyId });
  ids['SecretId'] = 'name';
  step('secretsmanager', 'CreateSecret', {
    Name: 'name',
    SecretString: 'v',
    ClientRequestToken: '00000000-0000-4000-8000-000000000000',
  });
  ids['IdentityPoolId'] =
    step('cognito-identity', 'CreateIdentityPool', {
      IdentityPoolName: 'name',
      AllowUnauthenticatedIdentities: true,
      AllowClassicFlow: true,
    })['IdentityPoolId'] ?? '';
  ids['IdentityId'] = step('cognito-identity', 'GetId', { IdentityPoolId: ids['IdentityPoolId'] })['IdentityId'] ?? '';
  step('iam', 'CreateRole', { RoleName: 'scheduler', AssumeRolePolicyDocument: schedulerTrust });
  step('scheduler', 'CreateScheduleGroup', { Name: 'name' });
  step('scheduler', 'CreateSchedule', { Name: 'name', ...schedule });
  step('events', 'CreateEventBus', { Name: 'name' });
  step('events', 'PutRule', { Name: 'name', EventPattern: eventPattern });
  step('events', 'PutTargets', { Rule: 'name', Targets: [{ Id: 'name', Arn: queueArn }] });
  step('organizations', 'CreateOrganization', {});
  const RootId = step('organizations', 'ListRoots', {})['Roots']?.[0]?.['Id'] ?? '';
  step('organizations', 'EnablePolicyType', { RootId, PolicyType: 'SERVICE_CONTROL_POLICY' });
  step('organizations', 'CreateOrganizationalUnit', { ParentId: RootId, Name: 'name' });
  step('cloudformation', 'CreateStack', { StackName: 'name', TemplateBody: template });
  step('cloudformation', 'CreateChangeSet', { StackName: 'name', ChangeSetName: 'name', TemplateBody: otherTemplate });
  Object.assign(ids, { RootId, ParentId: RootId, TargetId: RootId, SourceParentId: RootId });
  return { world, ids };
}

const start = furnished();

/** What a member of that name is likely to hold; the rest is drawn as its shape allows. */
const likely: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [/^(Marker|NextToken|ContinuationToken)$/, [undefined]],
  [/^(MaxItems|MaxResults|MaxKeys|MaxParts|MaxUploads|PartNumber)$/, [1, 2, 10]],
  [/^(AccessKeyId|UploadId)$/, []],
  [/^(PolicyArn|PermissionsBoundary)$/, [arn('policy/name'), arn('policy/other')]],
  [/^AliasName$/, ['alias/name', 'alias/other', 'alias/__proto__']],
  [/^(GranteePrincipal|RetiringPrincipal)$/, [arn('user/name'), arn('user/other')]],
  [/^TemplateBody$/, [template, otherTemplate, otherTemplate, 'Resources: {', undefined]],
  [/^Capabilities$/, [['CAPABILITY_NAMED_IAM'], undefined]],
  [/^LogicalResourceId$/, ['Jobs', undefined]],
  [/^StackPolicy(DuringUpdate)?Body$/, [stackPolicy, '{', undefined]],
  [/^ResourcePolicy$/, [keyPolicy, document, '{']],
  [/^ClientRequestToken$/, ['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000001']],
  [/^QueueUrl$/, [queueUrl, `${queueUrl}x`, 'name', '__proto__']],
  [/^(TopicArn|TargetArn)$/, [topicArn, topicArn, `${topicArn}x`]],
  [/^AWSAccountId$/, [[accountId], ['name']]],
  [/^ActionName$/, [['Publish'], ['name']]],
  [/^Protocol$/, ['sqs', 'email', 'constructor']],
  [/^Endpoint$/, [queueArn, 'a@example.com', 'name']],
  [/^AttributeNames$/, [['All'], ['__proto__']]],
  [/^RoleArn$/, [arn('role/name'), arn('role/__proto__')]],
  [/^PolicySourceArn$/, [arn('user/name'), arn('role/name'), arn('group/name'), arn('user/constructor')]],
  [/^CallerArn$/, [arn('user/name'), arn('user/other')]],
  [/^PolicyInputList$/, [[document], [document, document], ['{']]],
  [/^ActionNames$/, [['iam:GetUser', 'sts:AssumeRole'], ['kms:Decrypt']]],
  [/^ResourceArns$/, [['*'], [arn('role/name'), 'arn:aws:s3:::name/name']]],
  [/^SAMLProviderArn$/, [arn('saml-provider/name'), arn('saml-provider/__proto__')]],
  [/^OpenIDConnectProviderArn$/, [arn('oidc-provider/name'), arn('oidc-provider/other')]],
  [/^SAMLMetadataDocument$/, [metadata, 'x'.repeat(1000)]],
  [/^ServiceName$/, [gitService, 'bedrock.amazonaws.com', 's3.amazonaws.com']],
  [/^(ServiceSpecificCredentialId|WebIdentityToken)$/, []],
  [/^Role$/, [arn('role/lambda'), arn('role/name')]],
  [/^Qualifier$/, ['1', 'name']],
  [/^VersionNumber$/, [1, 2]],
  [/^ZipFile$/, [helloCode]],
  [/^SerialNumber$/, [arn('mfa/name'), arn('mfa/other')]],
  [/^AssumeRolePolicyDocument$/, [trust, document, '{']],
  [/^PolicyDocument$/, [document, '[]']],
  [/^EventPattern$/, [eventPattern, '{"source":["name"]}', '{']],
  [
    /^Event$/,
    ['{"id":"1","account":"1","source":"name","time":"t","region":"r","resources":[],"detail-type":"d"}', '{}'],
  ],
  [/^(Rule|EventBusName|GroupName)$/, ['name', 'other', undefined]],
  [/^ScheduleExpression$/, ['rate(1 hour)', 'cron(0 8 ? * MON *)', 'at(2027-01-01T00:00:00)', 'x']],
  [/^ScheduleExpressionTimezone$/, ['Europe/Berlin', undefined]],
  [/^FlexibleTimeWindow$/, [{ Mode: 'OFF' }, { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 }]],
  [/^Target$/, [schedule.Target, { ...schedule.Target, Arn: 'arn:aws:scheduler:::aws-sdk:iam:createUser' }]],
  [
    /^Targets$/,
    [
      [{ Id: 'name', Arn: queueArn, InputPath: '$.detail' }],
      [{ Id: '__proto__', Arn: topicArn }],
      [{ Key: 'InstanceIds', Values: ['name'] }],
    ],
  ],
  [/^Entries$/, [[{ Source: 'name', DetailType: 'name', Detail: '{"a":1}' }]]],
  [/^(ResourceARN)$/, [`arn:aws:events:us-east-1:${accountId}:rule/name`]],
  [/^Policy$/, [bucketPolicy, keyPolicy, document]],
  [/^(Path|PathPrefix)$/, ['/', '/name/']],
  [/^Status$/, ['Active', 'Inactive']],
  [/^Type$/, ['String', 'SecureString']],
  [/^Tags$/, [[{ Key: 'k', Value: 'v' }]]],
  [/^TagKeys$/, [['k'], ['constructor']]],
  [/^Names$/, [['name'], ['other', '__proto__']]],
  [/^InstanceIds$/, [[start.ids['InstanceId']], [start.ids['InstanceId'], 'i-00000000000000000'], undefined]],
  [/^(AccountIdsToAdd|AccountIdsToRemove)$/, [['all'], ['444455556666']]],
  [/^CopySource$/, ['name/name', '/name/other']],
  [
    /^(ACL|StorageClass|Checksum.*|ContentMD5|Grant.*|If.*|Expected.*|SSE.*|Object.*|.*SourceIf.*|.*Encryption.*)$/,
    [undefined],
  ],
  [/^VersionId$/, ['null', 'v1']],
  [/^MinimumPasswordLength$/, [8]],
  [/^(DurationSeconds|MaxSessionDuration)$/, [3600]],
  [/(Name|Key|Id|Alias|Prefix|Password|Description|Value)$/, names],
];

function inputs(service: string, operation: string): fc.Arbitrary<Record<string, unknown>> {
  const shape = structureOf(cloud.services[service]?.model.operations.get(operation)?.input);
  const drawn = fc.record(
    Object.fromEntries(
      shape.members.map(({ name }) => {
        const values = start.ids[name] ? [start.ids[name]] : likely.find(([pattern]) => pattern.test(name))?.[1];
        const bucket = name === 'Bucket' ? ['name', 'name', 'other'] : values;
        return [name, bucket === undefined ? fc.constant(undefined) : fc.constantFrom(...bucket)];
      }),
    ),
  );
  return fc.tuple(valuesOf(shape), drawn, fc.nat(7)).map(([input, values, keep]) => {
    const merged = { ...input };
    for (const [name, value] of Object.entries(values)) {
      // One input in eight stays as it was drawn.
      if (keep > 0 && name in input && (value !== undefined || likely.some(([pattern]) => pattern.test(name))))
        merged[name] = value;
    }
    return merged;
  });
}

const offering = Object.values(cloud.services).filter(({ operations }) => Object.keys(operations).length > 0);

describe.each(offering.map((service) => [service.name, service] as const))('%s', (name, service) => {
  test.each(Object.keys(service.operations))('%s', (operation) => {
    fc.assert(
      fc.property(fc.array(inputs(name, operation), { minLength: 1, maxLength: 3 }), (calls) => {
        let { world } = start;
        for (const input of calls) {
          const { outcome, world: next } = call(world, name, operation, input);
          world = next;
          if (outcome.kind === 'error') {
            expect(outcome.error.code).toMatch(/^[A-Za-z.]+$/);
            encodeError(service.model, outcome.error, 'r');
          } else if (!hasBody(outcome.output)) encodeResponse(service.model, operation, outcome.output, 'r');
        }
        expect(JSON.parse(JSON.stringify(world))).toEqual(world);
      }),
      { numRuns: 25 },
    );
  });
});

function hasBody(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'Body' in output;
}
