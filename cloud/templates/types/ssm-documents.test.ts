import { beforeEach, expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import type { Existing, Properties, Steps } from '../resource-type.ts';
import { readTemplate } from '../template.ts';
import { ssmDocument } from './ssm-documents.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

/** Makes the calls of steps as root. */
function done<Result>(steps: Steps<Result>): Result {
  let next = steps.next();
  while (!next.done) {
    const { service, operation, input } = next.value;
    next = steps.next(sandbox.call(`${service}:${operation}`, input));
  }
  return next.value;
}

const content = (line: string) => ({
  schemaVersion: '2.2',
  mainSteps: [{ action: 'aws:runShellScript', name: 'greet', inputs: { runCommand: [line] } }],
});
const making = { accountId, region: 'us-east-1', generatedName: () => 'stack-Greet-1' };
const describe = () => sandbox.call('ssm:DescribeDocument', { Name: 'stack-Greet-1' }).Document;

it('comes out of a template, with numbers and lists as they are written', async () => {
  const source = `Resources:
  Rest:
    Type: AWS::SSM::Document
    Properties:
      Name: Rest
      DocumentType: Automation
      Content:
        schemaVersion: '0.3'
        assumeRole: !Sub arn:aws:iam::\${AWS::AccountId}:role/Runner
        mainSteps:
          - {name: rest, action: aws:sleep, timeoutSeconds: 60, inputs: {Duration: PT1M}}
      Tags: [{Key: team, Value: red}]
`;
  const read = readTemplate(source);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  const { refs } = await deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
  expect(refs['Rest']).toBe('Rest');
  const { Content } = sandbox.call('ssm:GetDocument', { Name: 'Rest' });
  expect(JSON.parse(Content)).toMatchObject({
    assumeRole: `arn:aws:iam::${accountId}:role/Runner`,
    mainSteps: [{ timeoutSeconds: 60 }],
  });
});

it('is brought to another version, and to other tags', () => {
  const before: Properties = { Content: content('date'), Tags: [{ Key: 'team', Value: 'red' }] };
  const after: Properties = { Content: content('id'), Tags: [{ Key: 'size', Value: 'small' }] };
  const made = done(ssmDocument.make(before, making));
  expect(describe()).toMatchObject({ DefaultVersion: '1', Tags: [{ Key: 'team', Value: 'red' }] });
  const existing: Existing = { ...made, properties: before };
  done(ssmDocument.update?.(existing, after, making) ?? expect.unreachable());
  expect(describe()).toMatchObject({ DefaultVersion: '2', Tags: [{ Key: 'size', Value: 'small' }] });
  done(ssmDocument.update?.({ ...made, properties: after }, after, making) ?? expect.unreachable());
  expect(describe().LatestVersion).toBe('2');
  done(ssmDocument.remove(existing, making));
  expect(sandbox.fail('ssm:GetDocument', { Name: 'stack-Greet-1' }).code).toBe('InvalidDocument');
});
