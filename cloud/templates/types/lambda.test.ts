/** Functions and what belongs to them out of templates. */
import { beforeEach, expect, it } from 'vitest';
import { helloCode, lambdaTrust } from '../../services/lambda/testing/functions.ts';
import { accountId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources: resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const ref = (Ref: string) => ({ Ref });
const att = (...path: readonly string[]) => ({ 'Fn::GetAtt': path });
const worker = {
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'worker', AssumeRolePolicyDocument: JSON.parse(lambdaTrust) },
};

it('makes functions with code in the template, versions, aliases, permissions, URLs and mappings', async () => {
  const { refs, attributes } = await deploy({
    Worker: worker,
    Shop: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'shop',
        Role: att('Worker', 'Arn'),
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'exports.handler = async () => 1;' },
        Environment: { Variables: { STAGE: 'test' } },
        Tags: [{ Key: 'team', Value: 'shop' }],
        ReservedConcurrentExecutions: 5,
        Timeout: 9,
      },
    },
    First: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Shop') } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: ref('Shop'), FunctionVersion: att('First', 'Version'), Name: 'live' },
    },
    Everyone: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: ref('Shop'),
        Action: 'lambda:InvokeFunctionUrl',
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      },
    },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: att('Shop', 'Arn'), AuthType: 'NONE', Cors: { AllowOrigins: ['*'], MaxAge: 5 } },
    },
    Jobs: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: ref('Shop'), EventSourceArn: `arn:aws:sqs:us-east-1:${accountId}:jobs` },
    },
  });
  const FunctionName = 'shop';
  expect(refs['Shop']).toBe('shop');
  expect(sandbox.call('lambda:GetFunction', { FunctionName })).toMatchObject({
    Configuration: { Timeout: 9, Environment: { Variables: { STAGE: 'test' } } },
    Tags: { team: 'shop' },
    Concurrency: { ReservedConcurrentExecutions: 5 },
  });
  expect(attributes['First']?.['Version']).toBe('1');
  expect(sandbox.call('lambda:GetAlias', { FunctionName, Name: 'live' }).AliasArn).toBe(refs['Live']);
  expect(JSON.parse(sandbox.call('lambda:GetPolicy', { FunctionName }).Policy).Statement).toMatchObject([
    { Sid: refs['Everyone'], Principal: '*', Action: 'lambda:InvokeFunctionUrl' },
  ]);
  expect(sandbox.call('lambda:GetFunctionUrlConfig', { FunctionName })).toMatchObject({
    FunctionUrl: attributes['Url']?.['FunctionUrl'],
    Cors: { AllowOrigins: ['*'], MaxAge: 5 },
  });
  expect(sandbox.call('lambda:GetEventSourceMapping', { UUID: refs['Jobs'] }).BatchSize).toBe(10);
});

it('makes layers out of buckets, and names what has no name', async () => {
  sandbox.call('s3:CreateBucket', { Bucket: 'code-bucket' });
  sandbox.call('s3:PutObject', { Bucket: 'code-bucket', Key: 'a.zip', Body: helloCode });
  const Content = { S3Bucket: 'code-bucket', S3Key: 'a.zip' };
  const { refs } = await deploy({
    Worker: worker,
    Tools: { Type: 'AWS::Lambda::LayerVersion', Properties: { LayerName: 'tools', Content } },
    Shop: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: att('Worker', 'Arn'),
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: Content,
        Layers: [ref('Tools')],
      },
    },
  });
  expect(refs['Tools']).toBe(`arn:aws:lambda:us-east-1:${accountId}:layer:tools:1`);
  const [made] = sandbox.call('lambda:ListFunctions').Functions;
  expect(made).toMatchObject({ FunctionName: refs['Shop'], Layers: [{ Arn: refs['Tools'] }] });
});
