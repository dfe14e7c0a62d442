import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, deny, partnerId, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';

const day = 24 * 60 * 60 * 1000;
const target = { Target: { Id: partnerId, Type: 'ACCOUNT' } };
const scp = 'SERVICE_CONTROL_POLICY';

let sandbox: Sandbox;
let rootId: string;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('organizations:CreateOrganization');
  rootId = sandbox.call('organizations:ListRoots').Roots[0].Id;
});

const invite = (): string => sandbox.call('organizations:InviteAccountToOrganization', target).Handshake.Id;
const code = (operation: string, input: object = {}, caller = root) =>
  sandbox.fail(`organizations:${operation}`, input, caller).code;

describe('an invitation', () => {
  it('makes a member of the account that accepts it, under the policies at once', () => {
    sandbox.call('organizations:EnablePolicyType', { RootId: rootId, PolicyType: scp });
    const Content = policy(deny('iam:*'));
    const made = sandbox.call('organizations:CreatePolicy', { Content, Description: '', Name: 'NoIam', Type: scp });
    sandbox.call('organizations:AttachPolicy', { PolicyId: made.Policy.PolicySummary.Id, TargetId: rootId });
    const { Handshake } = sandbox.call('organizations:InviteAccountToOrganization', { ...target, Notes: 'Come' });
    expect(Handshake).toMatchObject({ State: 'OPEN', Action: 'INVITE' });
    expect(Handshake.Id).toMatch(/^h-[a-z0-9]{8}$/);
    const HandshakeId = Handshake.Id;
    expect(sandbox.call('organizations:ListHandshakesForAccount', {}, partnerRoot).Handshakes).toEqual([Handshake]);
    sandbox.call('iam:ListUsers', {}, partnerRoot);
    const accepted = sandbox.call('organizations:AcceptHandshake', { HandshakeId }, partnerRoot).Handshake;
    expect(accepted.State).toBe('ACCEPTED');
    expect(sandbox.call('organizations:DescribeHandshake', { HandshakeId }).Handshake).toEqual(accepted);
    expect(sandbox.fail('iam:ListUsers', {}, partnerRoot).message).toContain('service control policy');
    expect(sandbox.call('organizations:DescribeAccount', { AccountId: partnerId }).Account).toMatchObject({
      JoinedMethod: 'INVITED',
      JoinedTimestamp: new Date(sandbox.now),
    });
    expect(
      sandbox.call('organizations:ListPoliciesForTarget', { TargetId: partnerId, Filter: scp }).Policies,
    ).toHaveLength(1);
    expect(code('AcceptHandshake', { HandshakeId }, partnerRoot)).toBe('HandshakeAlreadyInStateException');
    expect(code('InviteAccountToOrganization', target)).toBe('HandshakeConstraintViolationException');
    expect(code('DeleteOrganization')).toBe('OrganizationNotEmptyException');
  });

  it('is declined, canceled, or expires', () => {
    const declined = { HandshakeId: invite() };
    expect(code('InviteAccountToOrganization', target)).toBe('DuplicateHandshakeException');
    sandbox.call('organizations:DeclineHandshake', declined, partnerRoot);
    expect(code('AcceptHandshake', declined, partnerRoot)).toBe('InvalidHandshakeTransitionException');
    const canceled = { HandshakeId: invite() };
    expect(code('CancelHandshake', canceled, partnerRoot)).toBe('AWSOrganizationsNotInUseException');
    sandbox.call('organizations:CancelHandshake', canceled);
    expect(code('CancelHandshake', canceled)).toBe('HandshakeAlreadyInStateException');
    const expired = { HandshakeId: invite() };
    sandbox.now += 15 * day;
    expect(sandbox.call('organizations:DescribeHandshake', expired).Handshake.State).toBe('EXPIRED');
    expect(code('AcceptHandshake', expired, partnerRoot)).toBe('InvalidHandshakeTransitionException');
    const listed = sandbox.call('organizations:ListHandshakesForOrganization').Handshakes;
    expect(listed.map(({ State }: { State: string }) => State).sort()).toEqual(['CANCELED', 'DECLINED', 'EXPIRED']);
    sandbox.now += 30 * day;
    expect(sandbox.call('organizations:ListHandshakesForOrganization').Handshakes).toEqual([]);
    expect(code('DescribeHandshake', expired)).toBe('HandshakeNotFoundException');
  });

  it('is answered by the account that it went to, and by nobody else', () => {
    const HandshakeId = invite();
    expect(code('AcceptHandshake', { HandshakeId })).toBe('AccessDeniedException');
    expect(code('DeclineHandshake', { HandshakeId: 'h-00000000' }, partnerRoot)).toBe('HandshakeNotFoundException');
    const stranger = { kind: 'root', accountId: '777788889999' } as const;
    const partner = sandbox.world.accounts[partnerId];
    if (partner === undefined) throw new Error('There is no partner');
    const accounts = { ...sandbox.world.accounts, [stranger.accountId]: { ...partner, id: stranger.accountId } };
    sandbox.world = { ...sandbox.world, accounts };
    expect(code('DescribeHandshake', { HandshakeId }, stranger as typeof root)).toBe('AccessDeniedException');
  });

  it.each([
    [{ Target: { Id: '999999999999', Type: 'ACCOUNT' } }, 'InvalidInputException'],
    [{ Target: { Id: 'a@example.com', Type: 'EMAIL' } }, 'InvalidInputException'],
    [{ Target: { Id: accountId, Type: 'ACCOUNT' } }, 'HandshakeConstraintViolationException'],
  ])('does not go to %j', (input, expected) => {
    expect(code('InviteAccountToOrganization', input)).toBe(expected);
  });
});

describe('a member', () => {
  beforeEach(() => {
    sandbox.call('organizations:AcceptHandshake', { HandshakeId: invite() }, partnerRoot);
  });

  it('leaves, or is removed', () => {
    sandbox.call('organizations:LeaveOrganization', {}, partnerRoot);
    expect(code('DescribeOrganization', {}, partnerRoot)).toBe('AWSOrganizationsNotInUseException');
    sandbox.call('organizations:AcceptHandshake', { HandshakeId: invite() }, partnerRoot);
    sandbox.call('organizations:RemoveAccountFromOrganization', { AccountId: partnerId });
    expect(code('RemoveAccountFromOrganization', { AccountId: partnerId })).toBe('AccountNotFoundException');
    sandbox.call('organizations:DeleteOrganization');
  });

  it('stays while it is the management account, or a delegated administrator', () => {
    expect(code('LeaveOrganization')).toBe('MasterCannotLeaveOrganizationException');
    const ServicePrincipal = 'iam.amazonaws.com';
    sandbox.call('organizations:EnableAWSServiceAccess', { ServicePrincipal });
    sandbox.call('organizations:RegisterDelegatedAdministrator', { AccountId: partnerId, ServicePrincipal });
    expect(code('LeaveOrganization', {}, partnerRoot)).toBe('ConstraintViolationException');
  });
});
