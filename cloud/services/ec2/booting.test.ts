import assert from 'node:assert/strict';
import { toBase64 } from '@smithy/core/serde';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeHashes, nodeRandom } from '../../../server/hashes/node-hashes.ts';
import { createCloud } from '../../index.ts';
import type { RunOrder, RunResult } from '../../process.ts';
import { type Output, Sandbox } from '../../testing/sandbox.ts';
import { nextDue, passing } from '../../time.ts';
import { ec2Limits } from './limits.ts';
import { launch } from './testing/launch.ts';

type Shell = Extract<RunOrder, { readonly kind: 'shell' }>;

const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

let sandbox: Sandbox;
let ran: Shell[];
let result: RunResult;
beforeEach(() => {
  sandbox = new Sandbox();
  ran = [];
  result = { kind: 'finished', output: 'hello\n', log: '', exitCode: 0, host: { session: '{}' } };
  sandbox.runs = (order) => {
    ran.push(order as Shell);
    return result;
  };
});

const userData = (text: string) => ({ UserData: toBase64(new TextEncoder().encode(text)) });
const script = userData('#!/bin/sh\necho hello');
const ids = ({ InstanceId }: Output) => ({ InstanceIds: [InstanceId] });

function consoleOf({ InstanceId }: Output): string {
  return atob(sandbox.call('ec2:GetConsoleOutput', { InstanceId }).Output);
}

describe('user data', () => {
  it('runs after the launch is answered, once, and what it writes is on the console', () => {
    const instance = launch(sandbox, script);
    expect(ran).toEqual([]);
    expect(consoleOf(instance)).toBe('');
    sandbox.pass();
    sandbox.pass();
    expect(ran).toMatchObject([{ kind: 'shell', instanceId: instance.InstanceId, user: 'root', directory: '/' }]);
    expect(ran[0]?.hostName).toBe(instance.PrivateDnsName);
    expect(consoleOf(instance)).toMatch(/^Cloud-init .* running .*\nhello\nCloud-init .* finished /);
    sandbox.call('ec2:StopInstances', ids(instance));
    sandbox.call('ec2:StartInstances', ids(instance));
    sandbox.pass();
    expect(ran).toHaveLength(1);
  });

  it('that is for every start runs at every one, also at one after a reboot', () => {
    const instance = launch(sandbox, userData('#cloud-boothook\necho'));
    sandbox.pass();
    sandbox.call('ec2:RebootInstances', ids(instance));
    sandbox.pass();
    expect(ran).toHaveLength(2);
    expect(consoleOf(instance).match(/hello/g)).toHaveLength(2);
  });

  it('runs again where the instance is started again meanwhile', () => {
    const instance = launch(sandbox, userData('#cloud-boothook\necho'));
    const driven = passing(cloud, sandbox.world, sandbox.now);
    const begun = driven.next();
    assert(!begun.done);
    sandbox.world = begun.value.world;
    sandbox.now += 1000;
    sandbox.call('ec2:RebootInstances', ids(instance));
    const ended = driven.next({ ran: result, world: sandbox.world });
    assert(ended.done);
    sandbox.world = ended.value.world;
    expect(ran).toHaveLength(0);
    sandbox.pass();
    expect(ran).toHaveLength(1);
  });

  it('waits for the start of an instance that was stopped before it ran', () => {
    const instance = launch(sandbox, script);
    sandbox.call('ec2:StopInstances', ids(instance));
    sandbox.pass();
    expect(ran).toEqual([]);
    sandbox.call('ec2:StartInstances', ids(instance));
    sandbox.pass();
    expect(ran).toHaveLength(1);
  });

  it('does not run on an instance that is gone', () => {
    const instance = launch(sandbox, script);
    sandbox.call('ec2:TerminateInstances', ids(instance));
    sandbox.pass();
    expect(ran).toEqual([]);
  });

  it('is given up where no code can be run, and does not come back', () => {
    sandbox.runs = undefined;
    const instance = launch(sandbox, script);
    sandbox.pass();
    expect(consoleOf(instance)).toBe('');
    expect(sandbox.call('ec2:DescribeInstances', ids(instance)).Reservations[0].Instances[0].State.Name).toBe(
      'running',
    );
  });

  it('says that it was killed where it took too long', () => {
    result = { kind: 'timed-out', log: 'half' };
    const instance = launch(sandbox, script);
    sandbox.pass();
    expect(consoleOf(instance)).toContain('halfKilled\n');
  });

  it('leaves the newest of a long console', () => {
    result = { kind: 'finished', output: `first${'x'.repeat(20_000)}last\n`, log: '', exitCode: 0 };
    const instance = launch(sandbox, script);
    sandbox.pass();
    expect(consoleOf(instance)).toHaveLength(ec2Limits.consoleCharacters);
    expect(consoleOf(instance)).toContain('last\n');
  });
});

describe('the files of a host', () => {
  it('are there for the next script, and go with the instance', () => {
    const disk = new Uint8Array([1, 2, 3]);
    result = { kind: 'finished', output: '', log: '', exitCode: 0, host: { session: '{}', disk } };
    const instance = launch(sandbox, userData('#cloud-boothook\necho'));
    sandbox.pass();
    sandbox.call('ec2:RebootInstances', ids(instance));
    sandbox.pass();
    expect(ran.map((order) => order.disk?.size)).toEqual([undefined, 3]);
    sandbox.call('ec2:TerminateInstances', ids(instance));
    expect(JSON.stringify(sandbox.world)).not.toContain(ran[1]?.disk?.digest);
  });
});

it('a start that the server went down in is done when the instance starts again', () => {
  const instance = launch(sandbox, script);
  const begun = passing(cloud, sandbox.world, sandbox.now).next();
  assert(!begun.done);
  // What was stored before the script ran is all that is left.
  sandbox.world = begun.value.world;
  expect(nextDue(cloud, sandbox.world)).toBeUndefined();
  sandbox.call('ec2:RebootInstances', ids(instance));
  sandbox.pass();
  expect(ran).toHaveLength(1);
});

it('a start of long ago runs once, whatever comes while it runs', () => {
  launch(sandbox, script);
  sandbox.now += 24 * 3_600_000;
  const begun = passing(cloud, sandbox.world, sandbox.now).next();
  assert(!begun.done);
  sandbox.world = begun.value.world;
  sandbox.pass();
  expect(ran).toEqual([]);
});
