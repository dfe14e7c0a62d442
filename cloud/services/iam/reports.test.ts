import { describe, expect, test } from 'vitest';
import { userCaller } from '../../credentials.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { accountId, allow, policy, Sandbox } from '../../testing/sandbox.ts';

describe('the credential report', () => {
  test('lists root and all users, in AWS’s own columns', () => {
    const sandbox = new Sandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea', Path: '/staff/' });
    sandbox.call('iam:CreateLoginProfile', { UserName: 'Bea', Password: 'Corr3ct-horse!' });
    sandbox.call('iam:CreateAccessKey', { UserName: 'Bea' });
    sandbox.call('iam:CreateUser', { UserName: 'Ann' });
    expect(sandbox.call('iam:GenerateCredentialReport')).toMatchObject({ State: 'STARTED' });
    expect(sandbox.call('iam:GenerateCredentialReport')).toEqual({ State: 'COMPLETE' });
    const { Content, ReportFormat, GeneratedTime } = sandbox.call('iam:GetCredentialReport');
    expect([ReportFormat, GeneratedTime]).toEqual(['text/csv', new Date(sandbox.now)]);
    const made = '2026-01-05T12:00:00+00:00';
    const noKey = 'false,N/A,N/A,N/A,N/A';
    const end = 'false,N/A,false,N/A';
    expect(new TextDecoder().decode(Content).split('\n')).toEqual([
      'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated',
      `<root_account>,arn:aws:iam::${accountId}:root,${made},not_supported,no_information,not_supported,not_supported,false,${noKey},${noKey},${end}`,
      `Ann,arn:aws:iam::${accountId}:user/Ann,${made},false,N/A,N/A,N/A,false,${noKey},${noKey},${end}`,
      `Bea,arn:aws:iam::${accountId}:user/staff/Bea,${made},true,no_information,${made},N/A,false,true,${made},N/A,N/A,N/A,${noKey},${end}`,
    ]);
  });

  test('is there once it was generated, and for four hours', () => {
    const sandbox = new Sandbox();
    expect(sandbox.fail('iam:GetCredentialReport').code).toBe('ReportNotPresent');
    sandbox.call('iam:GenerateCredentialReport');
    sandbox.now += 4 * 3_600_000;
    expect(sandbox.fail('iam:GetCredentialReport').code).toBe('ReportExpired');
    expect(sandbox.call('iam:GenerateCredentialReport').State).toBe('STARTED');
    const user = sandbox.user('Cy', allow('iam:GenerateCredentialReport'));
    expect(sandbox.call('iam:GenerateCredentialReport', {}, user).State).toBe('COMPLETE');
    expect(sandbox.fail('iam:GetCredentialReport', {}, user).code).toBe('AccessDenied');
  });
});

const arn = `arn:aws:iam::${accountId}:user/Bea`;

/** Bea, who has listed users and tried a queue, allowed S3 besides. */
function withCalls(): LedgerSandbox {
  const sandbox = new LedgerSandbox();
  sandbox.call('iam:CreateUser', { UserName: 'Bea' });
  const document = policy(allow(['iam:ListUsers', 's3:List*', 'sqs:*']));
  sandbox.call('iam:CreatePolicy', { PolicyName: 'Work', PolicyDocument: document });
  sandbox.call('iam:AttachUserPolicy', { UserName: 'Bea', PolicyArn: `arn:aws:iam::${accountId}:policy/Work` });
  const account = sandbox.world.accounts[accountId];
  const bea = account && userCaller(account, 'Bea');
  if (bea === undefined) throw new Error('There is no Bea');
  sandbox.call('iam:ListUsers', {}, bea);
  sandbox.call('ssm:GetParameter', { Name: 'p' }, bea);
  return sandbox;
}

describe('last accessed details', () => {
  test('tell of the services that the policies allow, and of attempts', () => {
    const sandbox = withCalls();
    const { JobId } = sandbox.call('iam:GenerateServiceLastAccessedDetails', { Arn: arn });
    expect(JobId).toMatch(/^[\da-f-]{36}$/);
    const details = sandbox.call('iam:GetServiceLastAccessedDetails', { JobId });
    expect(details).toMatchObject({ JobStatus: 'COMPLETED', JobType: 'SERVICE_LEVEL', IsTruncated: false });
    expect(details.ServicesLastAccessed).toEqual([
      {
        ServiceName: 'AWS Identity and Access Management',
        ServiceNamespace: 'iam',
        LastAuthenticated: new Date('2026-01-05T12:00:04Z'),
        LastAuthenticatedEntity: arn,
        LastAuthenticatedRegion: 'us-east-1',
        TotalAuthenticatedEntities: 1,
      },
      { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 },
      { ServiceName: 'Amazon SQS', ServiceNamespace: 'sqs', TotalAuthenticatedEntities: 0 },
    ]);
    expect(sandbox.call('iam:GetServiceLastAccessedDetails', { JobId: JobId.replace(/./, 'x') }).code).toBe(
      'NoSuchEntity',
    );
  });

  test('tell of actions where they are asked for', () => {
    const sandbox = withCalls();
    const job = { Arn: arn, Granularity: 'ACTION_LEVEL' };
    const { JobId } = sandbox.call('iam:GenerateServiceLastAccessedDetails', job);
    const [iam, , sqs] = sandbox.call('iam:GetServiceLastAccessedDetails', { JobId }).ServicesLastAccessed;
    expect(iam.TrackedActionsLastAccessed).toEqual([
      {
        ActionName: 'ListUsers',
        LastAccessedEntity: arn,
        LastAccessedTime: new Date('2026-01-05T12:00:04Z'),
        LastAccessedRegion: 'us-east-1',
      },
    ]);
    const names = sqs.TrackedActionsLastAccessed.map(({ ActionName }: { ActionName: string }) => ActionName);
    expect(names).toContain('CreateQueue');
    expect(names).not.toContain('SendMessage');
  });

  test('tell of a policy who used it', () => {
    const sandbox = withCalls();
    const Arn = `arn:aws:iam::${accountId}:policy/Work`;
    const { JobId } = sandbox.call('iam:GenerateServiceLastAccessedDetails', { Arn });
    const ask = (ServiceNamespace: string) =>
      sandbox.call('iam:GetServiceLastAccessedDetailsWithEntities', { JobId, ServiceNamespace }).EntityDetailsList;
    const EntityInfo = { Arn: arn, Name: 'Bea', Type: 'USER', Id: expect.stringMatching(/^AIDA/), Path: '/' };
    expect(ask('iam')).toEqual([{ EntityInfo, LastAuthenticated: new Date('2026-01-05T12:00:04Z') }]);
    expect(ask('sqs')).toEqual([{ EntityInfo }]);
  });

  test('are of 400 days, and of what is there', () => {
    const sandbox = withCalls();
    sandbox.now += 401 * 86_400_000;
    const { JobId } = sandbox.call('iam:GenerateServiceLastAccessedDetails', { Arn: arn });
    const [iam] = sandbox.call('iam:GetServiceLastAccessedDetails', { JobId }).ServicesLastAccessed;
    expect(iam).not.toHaveProperty('LastAuthenticated');
    expect(sandbox.call('iam:GenerateServiceLastAccessedDetails', { Arn: `${arn}x` }).code).toBe('NoSuchEntity');
    expect(sandbox.calls.at(-1)?.actions).toEqual(['iam:GenerateServiceLastAccessedDetails']);
  });
});
