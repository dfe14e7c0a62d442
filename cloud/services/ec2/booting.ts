/** User data, run at an instance's start after the call that starts it is answered; what it writes goes to the instance's console. */
import type { Clockwork, Tick } from '../../clockwork.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing, type Process, seeing } from '../../process.ts';
import type { World } from '../../world.ts';
import { type Boot, bootScript } from './boot-script.ts';
import { type HostPlace, hostAt, runOnHost } from './hosts.ts';
import { ec2Limits } from './limits.ts';
import { regionDraft } from './regions.ts';
import type { InstanceState } from './state.ts';
import { readUserData } from './user-data.ts';

interface DueBoot {
  readonly place: HostPlace;
  readonly boot: Boot;
  readonly dueAt: number;
}

/** What stands on an instance that is launched with user data. @param now the sandbox's clock, epoch milliseconds */
export function firstBoot(now: number): NonNullable<InstanceState['boot']> {
  return { boot: 'first', dueAt: now };
}

/**
 * Has the user data of an instance run that starts again: as for the first time where that did not come to its end, because the instance was
 * stopped before or the server went down.
 */
export function bootAgain(instance: { -readonly [K in keyof InstanceState]: InstanceState[K] }, now: number): void {
  if (instance.userData === undefined) delete instance.boot;
  else instance.boot = { boot: instance.boot?.boot ?? 'later', dueAt: now };
}

function* waiting(world: World): Iterable<DueBoot> {
  for (const { id: accountId, ec2 } of Object.values(world.accounts)) {
    for (const [region, { instances }] of Object.entries(ec2.regions)) {
      for (const instance of Object.values(instances)) {
        if (instance.boot?.dueAt === undefined || instance.state !== 'running') continue;
        yield { place: { accountId, region, instanceId: instance.id }, ...instance.boot, dueAt: instance.boot.dueAt };
      }
    }
  }
}

export const ec2Time: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const { dueAt } of waiting(world)) if (next === undefined || dueAt < next) next = dueAt;
    return next;
  },
  *tick(tick) {
    const due = [...waiting(yield* seeing())].filter(({ dueAt }) => dueAt <= tick.now);
    // All are marked before the first runs: other ticks come meanwhile.
    for (const { place, boot } of due) {
      yield* changingHost(place, (instance) => {
        instance.boot = { boot };
      });
    }
    for (const { place, boot } of due) yield* bootHost(place, boot, tick);
  },
};

function changingHost(
  { accountId, region, instanceId }: HostPlace,
  change: (instance: { -readonly [K in keyof InstanceState]: InstanceState[K] }) => void,
): Process<void> {
  return changing(accountId, (account) => {
    const instance = own(regionDraft(account, region).instances, instanceId);
    if (instance !== undefined) change(instance);
  });
}

function* bootHost(place: HostPlace, boot: Boot, tick: Tick): Process<void> {
  const instance = hostAt(yield* seeing(), place);
  const data = instance?.userData === undefined ? undefined : readUserData(instance.userData);
  const script = data && bootScript(data, boot);
  let written: string | undefined;
  try {
    written = script === undefined ? undefined : yield* outputOf(place, script);
  } catch (error) {
    // Where no code can be run, a grader's fork, the instance starts without it.
    if (!(error instanceof AwsError)) throw error;
  }
  yield* changingHost(place, (started) => {
    // Where it was started again meanwhile, that start is still to come.
    if (started.boot?.dueAt === undefined) delete started.boot;
    if (written !== undefined)
      started.console = { text: consoleText(started.console?.text, written, tick), at: tick.now };
  });
}

function* outputOf(place: HostPlace, script: string): Process<string | undefined> {
  const ran = yield* runOnHost({
    ...place,
    script,
    user: 'root',
    directory: '/',
    timeoutMilliseconds: ec2Limits.userDataMilliseconds,
  });
  switch (ran.kind) {
    case 'finished':
      return ran.stdout + ran.stderr;
    case 'stopped':
      return `${ran.stdout}${ran.stderr}Killed\n`;
    case 'unreachable':
      return undefined;
  }
}

/** The newest end of what the console has shown. */
function consoleText(before = '', written: string, { now }: Tick): string {
  const at = new Date(now).toUTCString().replace('GMT', '+0000');
  const text = `${before}Cloud-init v. 22.2.2 running 'modules:final' at ${at}.\n${written}Cloud-init v. 22.2.2 finished at ${at}. Datasource DataSourceEc2.\n`;
  return text.slice(-ec2Limits.consoleCharacters);
}
