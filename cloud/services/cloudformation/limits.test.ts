import { describe, expect, it } from 'vitest';
import { Sandbox, text } from '../../testing/sandbox.ts';
import { cloudFormationLimits as limits } from './limits.ts';

const small = 'Resources: { P: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: x } } }';

describe('what stacks are held to', () => {
  it('refuses templates that are too long, in the call and out of a bucket', () => {
    const sandbox = new Sandbox();
    const padded = (bytes: number) => `${small}\n${'#'.repeat(bytes - small.length - 1)}`;
    const call = (more: object) => sandbox.perform('cloudformation:CreateStack', { StackName: 'a', ...more }).outcome;
    expect(call({ TemplateBody: padded(limits.templateBytes + 1) })).toMatchObject({
      error: { message: expect.stringMatching(/'templateBody' .* less than or equal to 51200$/) },
    });
    sandbox.call('s3:CreateBucket', { Bucket: 'templates' });
    const put = (bytes: number) =>
      sandbox.call('s3:PutObject', { Bucket: 'templates', Key: 'k', Body: text(padded(bytes)) });
    const TemplateURL = 'https://s3.amazonaws.com/templates/k';
    put(limits.templateBytesInBucket + 1);
    expect(call({ TemplateURL })).toMatchObject({ error: { code: 'ValidationError' } });
    put(limits.templateBytesInBucket);
    expect(call({ TemplateURL }).kind).toBe('ok');
  });

  it('has room for so many stacks, and forgets the oldest of the deleted', () => {
    const sandbox = new Sandbox();
    const make = (n: number) =>
      sandbox.perform('cloudformation:CreateStack', { StackName: `s${n}`, TemplateBody: small }).outcome;
    for (let n = 0; n < limits.stacks; n += 1) make(n);
    expect(make(limits.stacks)).toMatchObject({ error: { code: 'LimitExceededException' } });
    for (let n = 0; n <= limits.deletedStacks; n += 1) {
      sandbox.now += 1000;
      sandbox.call('cloudformation:DeleteStack', { StackName: `s${n}` });
    }
    const all = sandbox.call('cloudformation:ListStacks', { StackStatusFilter: ['DELETE_COMPLETE'] }).StackSummaries;
    expect(all.map(({ StackName }: { StackName: string }) => StackName)).not.toContain('s0');
    expect(all).toHaveLength(limits.deletedStacks);
    expect(make(limits.stacks).kind).toBe('ok');
  });

  it('keeps the newest events, and shows them in pages', () => {
    const sandbox = new Sandbox();
    sandbox.call('cloudformation:CreateStack', { StackName: 'a', TemplateBody: small });
    for (let n = 0; n < 60; n += 1) {
      const TemplateBody = small.replace('Value: x', `Value: x${n}`);
      sandbox.call('cloudformation:UpdateStack', { StackName: 'a', TemplateBody });
    }
    const first = sandbox.call('cloudformation:DescribeStackEvents', { StackName: 'a' });
    expect(first.StackEvents).toHaveLength(100);
    const { NextToken } = first;
    const second = sandbox.call('cloudformation:DescribeStackEvents', { StackName: 'a', NextToken });
    expect(second.StackEvents).toHaveLength(limits.events - 100);
    expect(second.NextToken).toBeUndefined();
    expect(sandbox.fail('cloudformation:DescribeStackEvents', { StackName: 'a', NextToken: 'x' }).code).toBe(
      'ValidationError',
    );
  });
});
