import { applyPatches, enablePatches } from 'immer';
import { describe, expect, it } from 'vitest';
import { resolveCredential } from '../cloud/credentials.ts';
import { clockMoved } from './duration.ts';
import { isDue, issueProfiles, type Profile, renewProfiles } from './profiles.ts';
import { accountId, platform, sandboxAfter } from './testing/sandbox.ts';

enablePatches();

const trust = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const { world } = sandboxAfter(
  ['iam:CreateUser', { UserName: 'Bea', Path: '/staff/' }],
  ['iam:CreateRole', { RoleName: 'Clerk', AssumeRolePolicyDocument: trust }],
);
const you = [
  { profile: 'bea', principal: 'user/Bea' },
  { profile: 'clerk', principal: 'role/Clerk' },
];
const hour = 60 * 60 * 1000;
const at = (realNow: number) => ({ ...platform, realNow });

function caller(issued: { world: typeof world }, profile: Profile | undefined) {
  const credential = resolveCredential(issued.world, profile?.accessKeyId ?? '', platform.realNow);
  return credential.kind === 'found' ? credential.caller : credential.kind;
}

describe('profiles', () => {
  const issued = issueProfiles(world, you, platform);
  const [bea, clerk] = issued.result;

  it('are a key of a user, and a session of twelve hours of a role, whatever it trusts', () => {
    expect(bea).toMatchObject({ name: 'bea', principal: 'user/Bea', accessKeyId: expect.stringMatching(/^AKIA/) });
    expect(bea?.sessionToken).toBeUndefined();
    expect(caller(issued, bea)).toMatchObject({ kind: 'user', arn: `arn:aws:iam::${accountId}:user/staff/Bea` });
    expect(clerk).toMatchObject({
      name: 'clerk',
      accessKeyId: expect.stringMatching(/^ASIA/),
      sessionToken: expect.any(String),
      expiration: new Date(platform.realNow + 12 * hour).toISOString(),
    });
    expect(caller(issued, clerk)).toMatchObject({
      kind: 'role-session',
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/Clerk/clerk`,
    });
  });

  it('come with patches that make the same state', () => {
    expect(applyPatches(world, [...issued.patches])).toEqual(issued.world);
  });

  it('need their principals', () => {
    expect(() => issueProfiles(world, [{ profile: 'tom', principal: 'user/Tom' }], platform)).toThrow(/user\/Tom/);
    expect(() => issueProfiles(world, [{ profile: 'tom', principal: 'role/Tom' }], platform)).toThrow(/role\/Tom/);
  });

  it('of roles are renewed in their last hour, and the others stay', () => {
    if (clerk === undefined) throw new Error('no profile');
    expect(isDue(clerk, issued.world, at(platform.realNow + 10.9 * hour))).toBe(false);
    expect(isDue(clerk, clockMoved(issued.world, 11.1 * hour), platform)).toBe(true);
    expect(isDue(clerk, world, platform)).toBe(true);
    const early = renewProfiles(issued.world, issued.result, at(platform.realNow + 10.9 * hour));
    expect(early).toMatchObject({ world: issued.world, patches: [], result: issued.result });
    const late = renewProfiles(issued.world, issued.result, at(platform.realNow + 11.1 * hour));
    expect(late.result[0]).toBe(bea);
    expect(late.result[1]?.accessKeyId).not.toBe(clerk.accessKeyId);
    expect(late.result[1]?.expiration).toBe(new Date(platform.realNow + 23.1 * hour).toISOString());
    expect(applyPatches(issued.world, [...late.patches])).toEqual(late.world);
  });

  it('stay as they are where the role is gone', () => {
    const without = sandboxAfter(['iam:CreateUser', { UserName: 'Bea' }]);
    expect(renewProfiles(without.world, issued.result, platform, () => true).result).toEqual(issued.result);
  });
});
