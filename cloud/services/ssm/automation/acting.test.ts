import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, policy, Sandbox } from '../../../testing/sandbox.ts';
import { apiStep, createRunbook, execution, startRunbook } from '../testing/runbooks.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const create = (document: Parameters<typeof createRunbook>[1], name?: string) => createRunbook(sandbox, document, name);
const start = (more: object = {}, caller?: Parameters<Sandbox['call']>[2]) => startRunbook(sandbox, more, caller);
const read = (id: string) => execution(sandbox, id);

function givenRole(name: string, service: string, ...statements: readonly object[]): string {
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:CreateRole', { RoleName: name, AssumeRolePolicyDocument });
  sandbox.call('iam:PutRolePolicy', { RoleName: name, PolicyName: 'p', PolicyDocument: policy(...statements) });
  return `arn:aws:iam::${accountId}:role/${name}`;
}

describe('who it acts as', () => {
  const makesUser = { mainSteps: [apiStep('make', 'iam', 'CreateUser', { UserName: 'Mole' })] };
  const assumes = {
    ...makesUser,
    assumeRole: '{{ Role }}',
    parameters: { Role: { type: 'AWS::IAM::Role::Arn', default: '' } },
  };

  it('without a role whoever started it', () => {
    create(makesUser);
    const eve = sandbox.user('eve', allow('ssm:StartAutomationExecution'));
    const id = start({}, eve);
    sandbox.pass();
    expect(read(id).FailureMessage).toContain('AccessDenied');
    expect(read(id).ExecutedBy).toBe(`arn:aws:iam::${accountId}:user/eve`);
    sandbox.call('iam:PutUserPolicy', {
      UserName: 'eve',
      PolicyName: 'q',
      PolicyDocument: policy(allow('iam:CreateUser', '*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })),
    });
    const again = start({}, eve);
    sandbox.pass();
    expect(read(again).AutomationExecutionStatus).toBe('Success');
  });

  it('a role that is passed to it and trusts it', () => {
    create(assumes);
    const role = givenRole('Admin', 'ssm.amazonaws.com', allow('iam:CreateUser'));
    const other = givenRole('Other', 'ec2.amazonaws.com', allow('iam:CreateUser'));
    const passing = (service: string) =>
      sandbox.user(
        `u-${service}`,
        allow('ssm:StartAutomationExecution'),
        allow('iam:PassRole', role, { Condition: { StringEquals: { 'iam:PassedToService': service } } }),
      );
    const input = { DocumentName: 'Runbook', Parameters: { Role: [role] } };
    expect(sandbox.fail('ssm:StartAutomationExecution', input, passing('ec2.amazonaws.com')).message).toContain(
      'iam:PassRole',
    );
    const id = start({ Parameters: { Role: [role] } }, passing('ssm.amazonaws.com'));
    sandbox.pass();
    expect(read(id).AutomationExecutionStatus).toBe('Success');
    const refused = sandbox.fail('ssm:StartAutomationExecution', { ...input, Parameters: { Role: [other] } });
    expect(refused).toMatchObject({
      code: 'InvalidAutomationExecutionParametersException',
      message: 'The defined assume role is unable to be assumed.',
    });
    expect(
      sandbox.asked('ssm:StartAutomationExecution', { DocumentName: 'Runbook', Parameters: { Role: [role] } }),
    ).toEqual([
      `ssm:StartAutomationExecution arn:aws:ssm:us-east-1:${accountId}:automation-definition/Runbook:$DEFAULT`,
      `iam:PassRole ${role}`,
    ]);
  });

  it('is looked at again when it goes on', () => {
    create({
      ...assumes,
      mainSteps: [{ name: 'rest', action: 'aws:sleep', inputs: { Duration: 'PT1H' } }, ...makesUser.mainSteps],
    });
    const role = givenRole('Admin', 'ssm.amazonaws.com', allow('iam:CreateUser'));
    const id = start({ Parameters: { Role: [role] } });
    sandbox.pass();
    sandbox.call('iam:UpdateAssumeRolePolicy', {
      RoleName: 'Admin',
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    });
    sandbox.now += 3_700_000;
    sandbox.pass();
    expect(read(id)).toMatchObject({
      AutomationExecutionStatus: 'Failed',
      FailureMessage: expect.stringContaining('unable to be assumed'),
    });
  });
});
