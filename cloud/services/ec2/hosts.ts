/** Scripts on instances, for whoever runs one there: user data at a start, commands and sessions of Systems Manager. */
import { own } from '../../own.ts';
import { changing, keeping, type Process, running, seeing } from '../../process.ts';
import type { World } from '../../world.ts';
import { privateName } from './instance-shape.ts';
import { regionDraft, regionOf } from './regions.ts';
import type { InstanceState } from './state.ts';

/** An instance, and where it is. */
export interface HostPlace {
  readonly accountId: string;
  readonly region: string;
  readonly instanceId: string;
}

/** A script, and who runs it where. */
export interface HostScript extends HostPlace {
  /** Bash. */
  readonly script: string;
  /** `root`, `ssm-user`. */
  readonly user: string;
  /** Where it starts, absolute; a session goes on where it was. */
  readonly directory: string;
  /** What stands in its environment, beside HOME, PATH and the like. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where an earlier script of the same session stopped, as that one's result told it. */
  readonly session?: string;
  readonly timeoutMilliseconds: number;
}

export type HostRan =
  | {
      readonly kind: 'finished';
      readonly stdout: string;
      readonly stderr: string;
      readonly exitCode: number;
      /** For the next script of the session; whoever runs the script bounds it. */
      readonly session: string;
    }
  /** It took too long, or more than it may, and was ended; with what it had written, where that is known. */
  | { readonly kind: 'stopped'; readonly stdout: string; readonly stderr: string }
  /** There is no such instance, or it does not run. */
  | { readonly kind: 'unreachable' };

/** The instance, where there is one; undefined for one that was terminated. */
export function hostAt(world: World, { accountId, region, instanceId }: HostPlace): InstanceState | undefined {
  const account = own(world.accounts, accountId);
  const instance = account && own(regionOf(account, region).instances, instanceId);
  return instance?.state === 'terminated' ? undefined : instance;
}

/**
 * Runs a script on an instance and waits for it. What it leaves in the file system is there for the next one; of two that run at the same time
 * that of the later to end. @throws AwsError where no code can be run, as in a grader's fork
 */
export function* runOnHost(host: HostScript): Process<HostRan> {
  const { accountId, region, instanceId, script, user, directory, variables = {}, session, timeoutMilliseconds } = host;
  const instance = hostAt(yield* seeing(), host);
  if (instance?.state !== 'running') return { kind: 'unreachable' };
  const ran = yield* running({
    kind: 'shell',
    accountId,
    region,
    instanceId,
    hostName: privateName(instance.privateIp, region),
    user,
    directory,
    variables,
    ...(instance.disk && { disk: instance.disk }),
    ...(session !== undefined && { session }),
    script,
    timeoutMilliseconds,
  });
  if (ran.kind === 'failed') throw new Error('A script does not end in an error of a function');
  if (ran.kind === 'timed-out') return { kind: 'stopped', stdout: ran.log, stderr: '' };
  const { disk, session: left = '' } = ran.host ?? {};
  if (disk !== undefined && hostAt(yield* seeing(), host) !== undefined) {
    const blob = yield* keeping(disk);
    yield* changing(accountId, (account) => {
      const found = own(regionDraft(account, region).instances, instanceId);
      if (found !== undefined) found.disk = blob;
    });
  }
  return { kind: 'finished', stdout: ran.output, stderr: ran.log, exitCode: ran.exitCode, session: left };
}
