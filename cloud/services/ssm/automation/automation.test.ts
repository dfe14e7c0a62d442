import { beforeEach, describe, expect, it, test } from 'vitest';
import { Sandbox } from '../../../testing/sandbox.ts';
import { givenNode, withScripts } from '../testing/nodes.ts';
import { apiStep, createRunbook, execution, startRunbook } from '../testing/runbooks.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const create = (document: Parameters<typeof createRunbook>[1], name?: string) => createRunbook(sandbox, document, name);
const start = (more: object = {}, caller?: Parameters<Sandbox['call']>[2]) => startRunbook(sandbox, more, caller);
const read = (id: string) => execution(sandbox, id);

/** Starts what was created, and lets it go as far as it goes now. */
function run(more: object = {}) {
  const id = start(more);
  sandbox.pass();
  return read(id);
}

describe('steps', () => {
  it('call operations, and give on what they found', () => {
    create({
      parameters: { UserName: { type: 'String' } },
      mainSteps: [
        apiStep(
          'make',
          'iam',
          'CreateUser',
          { userName: '{{ UserName }}' },
          { outputs: [{ Name: 'Id', Selector: '$.User.UserId', Type: 'String' }] },
        ),
        apiStep('keep', 'ssm', 'put_parameter', {
          Name: '/user',
          Type: 'String',
          Value: '{{ UserName }} is {{ make.Id }} by {{ automation:EXECUTION_ID }}',
        }),
      ],
      outputs: ['make.Id'],
    });
    const id = start({ Parameters: { UserName: ['Bea'] } });
    expect(read(id)).toMatchObject({
      AutomationExecutionStatus: 'InProgress',
      StepExecutions: [{ StepStatus: 'Pending' }, {}],
    });
    sandbox.pass();
    const done = read(id);
    const userId = sandbox.call('iam:GetUser', { UserName: 'Bea' }).User.UserId;
    expect(done).toMatchObject({
      AutomationExecutionStatus: 'Success',
      Outputs: { 'make.Id': [userId] },
      Parameters: { UserName: ['Bea'] },
      StepExecutions: [
        { StepName: 'make', StepStatus: 'Success', Inputs: { userName: 'Bea' } },
        { StepName: 'keep', StepStatus: 'Success' },
      ],
    });
    expect(sandbox.call('ssm:GetParameter', { Name: '/user' }).Parameter.Value).toBe(`Bea is ${userId} by ${id}`);
  });

  it('branch by what they found', () => {
    create({
      parameters: { Env: { type: 'String', default: 'dev' } },
      mainSteps: [
        {
          name: 'choose',
          action: 'aws:branch',
          inputs: { Choices: [{ NextStep: 'prod', Variable: '{{ Env }}', StringEquals: 'prod' }], Default: 'other' },
        },
        apiStep('prod', 'iam', 'CreateUser', { UserName: 'Prod' }, { isEnd: true }),
        apiStep('other', 'iam', 'CreateUser', { UserName: 'Other' }),
      ],
    });
    const names = (execution: { StepExecutions: { StepName: string; StepStatus: string }[] }) =>
      execution.StepExecutions.filter(({ StepStatus }) => StepStatus === 'Success').map(({ StepName }) => StepName);
    expect(names(run({ Parameters: { Env: ['prod'] } }))).toEqual(['choose', 'prod']);
    expect(names(run())).toEqual(['choose', 'other']);
  });

  it('sleep, and wait for a property', () => {
    const node = givenNode(sandbox);
    create({
      mainSteps: [
        { name: 'rest', action: 'aws:sleep', inputs: { Duration: 'PT1M' } },
        {
          name: 'stopped',
          action: 'aws:waitForAwsResourceProperty',
          timeoutSeconds: 600,
          inputs: {
            Service: 'ec2',
            Api: 'DescribeInstances',
            InstanceIds: [node],
            PropertySelector: '$.Reservations[0].Instances[0].State.Name',
            DesiredValues: ['stopped'],
          },
        },
      ],
    });
    const id = start();
    const at = (seconds: number) => {
      sandbox.now += seconds * 1000;
      sandbox.pass();
      return read(id);
    };
    expect(at(30)).toMatchObject({ AutomationExecutionStatus: 'InProgress', CurrentStepName: 'rest' });
    expect(at(40)).toMatchObject({ CurrentStepName: 'stopped' });
    sandbox.call('ec2:StopInstances', { InstanceIds: [node] });
    expect(at(20).AutomationExecutionStatus).toBe('Success');
  });

  it('assert a property', () => {
    create({
      mainSteps: [
        {
          name: 'there',
          action: 'aws:assertAwsResourceProperty',
          inputs: {
            Service: 'iam',
            Api: 'GetUser',
            UserName: 'Bea',
            PropertySelector: '$.User.Path',
            DesiredValues: ['/app/'],
          },
        },
      ],
    });
    sandbox.user('Bea');
    expect(run()).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      StepExecutions: [{ FailureMessage: expect.stringContaining('Desired values: /app/') }],
    });
  });

  it('send commands and wait for their end', () => {
    const node = givenNode(sandbox);
    withScripts(sandbox, ({ script }) => ({ stdout: `ran ${script}` }));
    create({
      mainSteps: [
        {
          name: 'send',
          action: 'aws:runCommand',
          inputs: { DocumentName: 'AWS-RunShellScript', InstanceIds: [node], Parameters: { commands: ['id'] } },
        },
        apiStep('keep', 'ssm', 'PutParameter', { Name: '/out', Type: 'String', Value: '{{ send.Output }}' }),
      ],
    });
    expect(run().AutomationExecutionStatus).toBe('Success');
    expect(sandbox.call('ssm:GetParameter', { Name: '/out' }).Parameter.Value).toBe('ran id');
  });

  it('change states of instances, as AWS’s own runbooks do', () => {
    const node = givenNode(sandbox);
    const { AutomationExecutionId: id } = sandbox.call('ssm:StartAutomationExecution', {
      DocumentName: 'AWS-StopEC2Instance',
      Parameters: { InstanceId: [node] },
    });
    sandbox.pass();
    expect(read(id)).toMatchObject({
      AutomationExecutionStatus: 'Success',
      StepExecutions: [{ Outputs: { InstanceStates: ['stopped'] } }],
    });
  });

  it('that fail end the execution, or lead on', () => {
    const failing = apiStep('fails', 'iam', 'GetUser', { UserName: 'Nobody' });
    create({ mainSteps: [failing, apiStep('never', 'iam', 'CreateUser', { UserName: 'A' })] }, 'Aborts');
    create(
      {
        mainSteps: [
          { ...failing, onFailure: 'Continue', isCritical: false },
          apiStep('then', 'iam', 'CreateUser', { UserName: 'B' }),
        ],
      },
      'Continues',
    );
    create(
      {
        mainSteps: [
          { ...failing, onFailure: 'step:then' },
          apiStep('skipped', 'iam', 'CreateUser', { UserName: 'C' }),
          apiStep('then', 'iam', 'CreateUser', { UserName: 'D' }),
        ],
      },
      'Jumps',
    );
    const aborted = run({ DocumentName: 'Aborts' });
    expect(aborted.AutomationExecutionStatus).toBe('Failed');
    expect(aborted.FailureMessage).toContain('An error occurred (NoSuchEntity) when calling the GetUser operation');
    expect(aborted.StepExecutions.map((step: { StepStatus: string }) => step.StepStatus)).toEqual([
      'Failed',
      'Pending',
    ]);
    expect(run({ DocumentName: 'Continues' }).AutomationExecutionStatus).toBe('Success');
    expect(run({ DocumentName: 'Jumps' }).AutomationExecutionStatus).toBe('Failed');
    expect(sandbox.call('iam:ListUsers').Users.map((user: { UserName: string }) => user.UserName)).toEqual(['B', 'D']);
  });

  it('whose values would fill the memory are stopped, and outputs that are too large are left out', () => {
    sandbox.call('ssm:PutParameter', { Name: '/big', Type: 'String', Value: 'x'.repeat(4000) });
    const read = apiStep(
      'read',
      'ssm',
      'GetParameter',
      { Name: '/big' },
      {
        outputs: [{ Name: 'Value', Selector: '$.Parameter.Value', Type: 'String' }],
      },
    );
    const many = (count: number) => '{{ read.Value }} '.repeat(count);
    create({ mainSteps: [read, apiStep('use', 'iam', 'GetUser', { UserName: many(1000) })] });
    expect(run().FailureMessage).toBe('The inputs of step use are too large.');
    create(
      {
        mainSteps: [
          read,
          apiStep('tag', 'iam', 'ListUsers', {}, { outputs: [{ Name: 'All', Selector: '$', Type: 'StringMap' }] }),
        ],
      },
      'Two',
    );
    for (let i = 0; i < 8; i++) sandbox.user(`user-${i}-${'x'.repeat(50)}`);
    expect(run({ DocumentName: 'Two' }).StepExecutions[1].Outputs.All).toHaveLength(1);
    for (let i = 0; i < 99; i++) sandbox.user(`more-${i}-${'x'.repeat(50)}`);
    expect(run({ DocumentName: 'Two' }).StepExecutions[1].Outputs.All).toBeUndefined();
  });

  it('that go round in a circle are stopped', () => {
    create({ mainSteps: [{ name: 'round', action: 'aws:branch', inputs: { Choices: [], Default: 'round' } }] });
    expect(run().FailureMessage).toMatch(/more steps than it may/);
  });

  test.each<[string, object]>([
    ['no such service', { Service: 'nothing', Api: 'GetUser' }],
    ['no such operation', { Service: 'iam', Api: 'Grant' }],
    ['no such member', { Service: 'iam', Api: 'GetUser', Name: 'x' }],
    ['a value of another kind', { Service: 'iam', Api: 'GetUser', UserName: ['x'] }],
  ])('that name %s fail', (_what, inputs) => {
    create({ mainSteps: [{ name: 'call', action: 'aws:executeAwsApi', inputs }] });
    expect(run().AutomationExecutionStatus).toBe('Failed');
  });
});

describe('StartAutomationExecution', () => {
  beforeEach(() =>
    create({
      parameters: { A: { type: 'String' } },
      mainSteps: [{ name: 'rest', action: 'aws:sleep', inputs: { Duration: 'PT1H' } }],
    }),
  );

  test.each<[string, object, string]>([
    ['a runbook that is not there', { DocumentName: 'Nothing' }, 'AutomationDefinitionNotFoundException'],
    ['a command', { DocumentName: 'AWS-RunShellScript' }, 'AutomationDefinitionNotFoundException'],
    ['a version that is not there', { DocumentVersion: '9' }, 'AutomationDefinitionVersionNotFoundException'],
    ['no value', { Parameters: undefined }, 'InvalidAutomationExecutionParametersException'],
    ['other values', { Parameters: { A: ['x'], B: ['y'] } }, 'InvalidAutomationExecutionParametersException'],
    ['steps by hand', { Mode: 'Interactive' }, 'ValidationException'],
  ])('refuses %s', (_what, more, code) => {
    expect(
      sandbox.fail('ssm:StartAutomationExecution', { DocumentName: 'Runbook', Parameters: { A: ['x'] }, ...more }).code,
    ).toBe(code);
  });

  it('is done once for one token, listed, and stopped', () => {
    const once = { Parameters: { A: ['x'] }, ClientToken: '00000000-0000-4000-8000-000000000001' };
    const id = start(once);
    expect(start(once)).toBe(id);
    sandbox.pass();
    const listed = (Key: string, Value: string) =>
      sandbox.call('ssm:DescribeAutomationExecutions', { Filters: [{ Key, Values: [Value] }] })
        .AutomationExecutionMetadataList;
    expect(listed('ExecutionStatus', 'InProgress')).toMatchObject([
      { AutomationExecutionId: id, CurrentStepName: 'rest' },
    ]);
    expect(listed('DocumentNamePrefix', 'Other')).toEqual([]);
    expect(
      sandbox.call('ssm:DescribeAutomationStepExecutions', { AutomationExecutionId: id }).StepExecutions,
    ).toMatchObject([{ StepName: 'rest' }]);
    sandbox.call('ssm:StopAutomationExecution', { AutomationExecutionId: id });
    sandbox.now += 4_000_000;
    sandbox.pass();
    expect(read(id)).toMatchObject({
      AutomationExecutionStatus: 'Cancelled',
      StepExecutions: [{ StepStatus: 'Cancelled' }],
    });
    expect(sandbox.fail('ssm:StopAutomationExecution', { AutomationExecutionId: id }).code).toBe(
      'InvalidAutomationStatusUpdateException',
    );
    expect(
      sandbox.fail('ssm:GetAutomationExecution', { AutomationExecutionId: '00000000-0000-4000-8000-000000000009' })
        .code,
    ).toBe('AutomationExecutionNotFoundException');
  });
});
