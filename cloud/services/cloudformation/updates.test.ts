import { describe, expect, it } from 'vitest';
import { Sandbox, text } from '../../testing/sandbox.ts';

const named = { Capabilities: ['CAPABILITY_NAMED_IAM'] };

function template(resources: string, more = ''): string {
  return `Resources:\n${resources}\n${more}`;
}

const role = (path: string, name = '') => `  Worker:
    Type: AWS::IAM::Role
    Properties:
      ${name}
      Path: ${path}
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
  Note:
    Type: AWS::SSM::Parameter
    Properties: { Name: note, Type: String, Value: !GetAtt Worker.Arn }`;

function sandboxWith(body: string, more: object = {}): Sandbox {
  const sandbox = new Sandbox();
  sandbox.call('cloudformation:CreateStack', { StackName: 'app', TemplateBody: body, ...named, ...more });
  return sandbox;
}

function update(sandbox: Sandbox, TemplateBody: string, more: object = {}): string {
  const input = { StackName: 'app', TemplateBody, ...named, ...more };
  const { outcome } = sandbox.perform('cloudformation:UpdateStack', input);
  return outcome.kind === 'error' ? outcome.error.message : status(sandbox);
}

function status(sandbox: Sandbox): string {
  return sandbox.call('cloudformation:DescribeStacks', { StackName: 'app' }).Stacks[0].StackStatus;
}

function physicalId(sandbox: Sandbox, LogicalResourceId: string): string {
  const input = { StackName: 'app', LogicalResourceId };
  return sandbox.call('cloudformation:DescribeStackResource', input).StackResourceDetail.PhysicalResourceId;
}

function note(sandbox: Sandbox): string {
  return sandbox.call('ssm:GetParameter', { Name: 'note' }).Parameter.Value;
}

function reasons(sandbox: Sandbox): readonly string[] {
  const { StackEvents } = sandbox.call('cloudformation:DescribeStackEvents', { StackName: 'app' });
  return StackEvents.map((event: Record<string, string>) => event['ResourceStatusReason'] ?? '');
}

describe('an update', () => {
  it('replaces what cannot be changed, and what refers to it follows', () => {
    const sandbox = sandboxWith(template(role('/a/')));
    const old = physicalId(sandbox, 'Worker');
    expect(update(sandbox, template(role('/b/')))).toBe('UPDATE_COMPLETE');
    const now = physicalId(sandbox, 'Worker');
    expect(now).not.toBe(old);
    expect(note(sandbox)).toBe(`arn:aws:iam::111122223333:role/b/${now}`);
    expect(sandbox.fail('iam:GetRole', { RoleName: old }).code).toBe('NoSuchEntity');
    expect(reasons(sandbox)).toContain(
      'Requested update requires the creation of a new physical resource; hence creating one.',
    );
  });

  it('does not replace what has a name of its own', () => {
    const sandbox = sandboxWith(template(role('/a/', 'RoleName: worker')));
    expect(update(sandbox, template(role('/b/', 'RoleName: worker')))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasons(sandbox)).toContain(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename worker and update the stack again.',
    );
    expect(note(sandbox)).toBe('arn:aws:iam::111122223333:role/a/worker');
    expect(update(sandbox, template(role('/b/', 'RoleName: other')))).toBe('UPDATE_COMPLETE');
    expect(note(sandbox)).toBe('arn:aws:iam::111122223333:role/b/other');
  });

  it('is refused where nothing changes', () => {
    const sandbox = sandboxWith(template(role('/a/')));
    expect(update(sandbox, template(role('/a/')))).toBe('No updates are to be performed.');
    expect(update(sandbox, template(role('/a/'), 'Description: other'))).toBe('No updates are to be performed.');
    const output = 'Outputs: { Who: { Value: !Ref Worker } }';
    expect(update(sandbox, template(role('/a/'), output))).toBe('UPDATE_COMPLETE');
    expect(update(sandbox, template(role('/a/'), output), { Tags: [{ Key: 'a', Value: 'b' }] })).toBe(
      'UPDATE_COMPLETE',
    );
    expect(sandbox.call('iam:ListRoleTags', { RoleName: physicalId(sandbox, 'Worker') }).Tags).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    expect(sandbox.fail('cloudformation:UpdateStack', { StackName: 'none', TemplateBody: 'x' }).message).toBe(
      'Stack [none] does not exist',
    );
  });

  it('brings all back where one fails', () => {
    const queue = (seconds: number, more: string) =>
      template(`  Box: { Type: AWS::SQS::Queue, Properties: { QueueName: box, DelaySeconds: ${seconds} } }
  New: { Type: AWS::SQS::Queue, DependsOn: Box }
${more}`);
    const sandbox = sandboxWith(
      template('  Box: { Type: AWS::SQS::Queue, Properties: { QueueName: box, DelaySeconds: 5 } }'),
    );
    sandbox.call('iam:CreateGroup', { GroupName: 'taken' });
    const bad = '  Bad: { Type: AWS::IAM::Group, DependsOn: New, Properties: { GroupName: taken } }';
    expect(update(sandbox, queue(7, bad))).toBe('UPDATE_ROLLBACK_COMPLETE');
    const delay = () => {
      const QueueUrl = physicalId(sandbox, 'Box');
      return sandbox.call('sqs:GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes.DelaySeconds;
    };
    expect(delay()).toBe('5');
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls).toHaveLength(1);
    expect(update(sandbox, queue(7, bad), { DisableRollback: true })).toBe('UPDATE_FAILED');
    expect(delay()).toBe('7');
    expect(update(sandbox, queue(8, ''))).toBe('UPDATE_COMPLETE');
    expect(delay()).toBe('8');
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls).toHaveLength(2);
  });

  it('makes once more what was left half made', () => {
    const sandbox = sandboxWith(
      template('  Bea: { Type: AWS::IAM::User, Properties: { UserName: bea, Groups: [team] } }'),
      { OnFailure: 'DO_NOTHING' },
    );
    expect(status(sandbox)).toBe('CREATE_FAILED');
    expect(sandbox.call('iam:GetUser', { UserName: 'bea' }).User.UserName).toBe('bea');
    sandbox.call('iam:CreateGroup', { GroupName: 'team' });
    expect(
      update(sandbox, template('  Bea: { Type: AWS::IAM::User, Properties: { UserName: bea, Groups: [team] } }')),
    ).toBe('UPDATE_COMPLETE');
    expect(sandbox.call('iam:ListGroupsForUser', { UserName: 'bea' }).Groups).toHaveLength(1);
    const next = template('  Bea: { Type: AWS::IAM::User, Properties: { UserName: bea, Groups: [team, more] } }');
    expect(update(sandbox, next, { DisableRollback: true })).toBe('UPDATE_FAILED');
    sandbox.call('iam:CreateGroup', { GroupName: 'more' });
    expect(update(sandbox, next)).toBe('UPDATE_COMPLETE');
    expect(sandbox.call('iam:ListGroupsForUser', { UserName: 'bea' }).Groups).toHaveLength(2);
  });

  it('removes what it has just made and would retain, where the call says so', () => {
    const failing = template(
      '  Box: { Type: AWS::SQS::Queue, DeletionPolicy: Retain }\n  Bad: { Type: AWS::IAM::User, DependsOn: Box, Properties: { Groups: [none] } }',
    );
    const left = (more: object) => sandboxWith(failing, more).call('sqs:ListQueues', {}).QueueUrls?.length ?? 0;
    expect([left({}), left({ RetainExceptOnCreate: true })]).toEqual([1, 0]);
  });

  it('takes the values of before, and refuses those that are not allowed', () => {
    const body = template(
      '  P: { Type: AWS::SSM::Parameter, Properties: { Name: note, Type: String, Value: !Sub "${A} ${B}" } }',
      'Parameters: { A: { Type: String, AllowedPattern: "[a-z]+" }, B: { Type: Number, MaxValue: 9 } }',
    );
    const given = (A: string, B: string) => [
      { ParameterKey: 'A', ParameterValue: A },
      { ParameterKey: 'B', ParameterValue: B },
    ];
    const sandbox = sandboxWith(body, { Parameters: given('x', '1') });
    const keep = { ParameterKey: 'A', UsePreviousValue: true };
    expect(update(sandbox, body, { Parameters: [keep, { ParameterKey: 'B', ParameterValue: '2' }] })).toBe(
      'UPDATE_COMPLETE',
    );
    expect(note(sandbox)).toBe('x 2');
    expect(update(sandbox, body, { Parameters: given('X', '1') })).toBe("Parameter 'A' must match pattern [a-z]+");
    expect(update(sandbox, body, { Parameters: given('x', '10') })).toBe(
      "Parameter 'B' must be a number not greater than 9",
    );
    expect(update(sandbox, body, { Parameters: [keep] })).toBe('Parameters: [B] must have values');
    expect(update(sandbox, body, { Parameters: [...given('x', '1'), { ParameterKey: 'C', ParameterValue: '' }] })).toBe(
      'Parameters: [C] do not exist in the template',
    );
  });

  it('leaves alone what the stack policy keeps', () => {
    const sandbox = sandboxWith(template(role('/a/')));
    const StackPolicyBody = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'Update:Replace', Principal: '*', Resource: 'LogicalResourceId/Worker' },
      ],
    });
    sandbox.call('cloudformation:SetStackPolicy', { StackName: 'app', StackPolicyBody });
    expect(sandbox.call('cloudformation:GetStackPolicy', { StackName: 'app' }).StackPolicyBody).toBe(StackPolicyBody);
    expect(update(sandbox, template(role('/b/')))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasons(sandbox)).toContain(
      'Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [LogicalResourceId/Worker]',
    );
    const open = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    });
    expect(update(sandbox, template(role('/b/')), { StackPolicyDuringUpdateBody: open })).toBe('UPDATE_COMPLETE');
    const bad = { StackName: 'app', StackPolicyBody: '{"Statement": [{"Effect": "Allow"}]}' };
    expect(sandbox.fail('cloudformation:SetStackPolicy', bad).code).toBe('ValidationError');
  });

  it('keeps what is retained, and removes the rest', () => {
    const sandbox = sandboxWith(
      template(
        '  Kept: { Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: { BucketName: kept } }\n  Gone: { Type: AWS::SQS::Queue }\n  Stays: { Type: AWS::SNS::Topic }',
      ),
    );
    sandbox.call('s3:PutObject', { Bucket: 'kept', Key: 'a', Body: text('x') });
    expect(update(sandbox, template('  Stays: { Type: AWS::SNS::Topic }'))).toBe('UPDATE_COMPLETE');
    expect(sandbox.call('s3:ListBuckets', {}).Buckets).toHaveLength(1);
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls ?? []).toHaveLength(0);
    const { StackResources } = sandbox.call('cloudformation:DescribeStackResources', { StackName: 'app' });
    expect(StackResources).toHaveLength(1);
  });
});

describe('a change set', () => {
  const of = { StackName: 'app', ChangeSetName: 'first' };

  it('shows what a new stack would have, and makes it', () => {
    const sandbox = new Sandbox();
    sandbox.call('cloudformation:CreateChangeSet', {
      ...of,
      ChangeSetType: 'CREATE',
      TemplateBody: template(role('/a/')),
      ...named,
    });
    expect(status(sandbox)).toBe('REVIEW_IN_PROGRESS');
    const shown = sandbox.call('cloudformation:DescribeChangeSet', of);
    expect(shown).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(
      shown.Changes.map(({ ResourceChange: change }: Record<string, Record<string, string>>) => change?.['Action']),
    ).toEqual(['Add', 'Add']);
    expect(sandbox.call('iam:ListRoles', {}).Roles).toEqual([]);
    sandbox.call('cloudformation:ExecuteChangeSet', of);
    expect(status(sandbox)).toBe('CREATE_COMPLETE');
    expect(sandbox.fail('cloudformation:ExecuteChangeSet', of).code).toBe('InvalidChangeSetStatus');
  });

  it('tells what would be changed, replaced and removed', () => {
    const sandbox = sandboxWith(`${template(role('/a/'))}  Box: { Type: AWS::SQS::Queue }\n`);
    sandbox.call('cloudformation:CreateChangeSet', { ...of, TemplateBody: template(role('/b/')), ...named });
    const { Changes } = sandbox.call('cloudformation:DescribeChangeSet', of);
    const lines = Changes.map(({ ResourceChange: change }: Record<string, Record<string, string>>) =>
      [change?.['Action'], change?.['LogicalResourceId'], change?.['Replacement']].join(' '),
    );
    expect(lines).toEqual(['Modify Worker True', 'Modify Note False', 'Remove Box ']);
    expect(sandbox.call('cloudformation:ListChangeSets', { StackName: 'app' }).Summaries).toHaveLength(1);
    sandbox.call('cloudformation:CreateChangeSet', {
      ...of,
      ChangeSetName: 'same',
      UsePreviousTemplate: true,
      ...named,
    });
    expect(sandbox.call('cloudformation:DescribeChangeSet', { ...of, ChangeSetName: 'same' })).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    update(sandbox, template(role('/c/')));
    expect(sandbox.call('cloudformation:DescribeChangeSet', of).ExecutionStatus).toBe('OBSOLETE');
    sandbox.call('cloudformation:DeleteChangeSet', of);
    expect(sandbox.fail('cloudformation:DescribeChangeSet', of).code).toBe('ChangeSetNotFound');
  });

  it('may have any name and any tag, also those that JavaScript’s objects have', () => {
    const sandbox = sandboxWith(
      template('  P: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: x, Tags: { "__proto__": a } } }'),
      {
        Tags: [
          { Key: '__proto__', Value: 'b' },
          { Key: 'constructor', Value: 'c' },
        ],
      },
    );
    expect(status(sandbox)).toBe('CREATE_COMPLETE');
    const odd = { StackName: 'app', ChangeSetName: 'constructor' };
    sandbox.call('cloudformation:CreateChangeSet', {
      ...odd,
      TemplateBody: template('  Q: { Type: AWS::SQS::Queue }'),
    });
    expect(sandbox.call('cloudformation:DescribeChangeSet', odd).Changes).toHaveLength(2);
    sandbox.call('cloudformation:DeleteChangeSet', odd);
    expect(sandbox.fail('cloudformation:DescribeChangeSet', { ...odd, ChangeSetName: 'toString' }).code).toBe(
      'ChangeSetNotFound',
    );
  });
});
