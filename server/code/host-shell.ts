/** The shell of a pretend host: just-bash on the host's files, with `aws` and `curl` whose requests go to the parent. */
import { Bash, type Command, defineCommand, InMemoryFs } from 'just-bash';
import { bashFiles, bashResult, pipedBytes } from '../../shell/bash-files.ts';
import { runCurl } from '../../shell/curl/command.ts';
import {
  type AwsEnvironment,
  type HttpRequest,
  type HttpResponse,
  type RunAws,
  Unreachable,
} from '../../shell/environment.ts';
import { runAws } from '../../shell/index.ts';
import { exportedOf, LastingShell, type ShellState } from '../../shell/lasting-shell.ts';
import { loadService } from '../../shell/service-models.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { containerCommand } from './host-containers.ts';
import { DiskFull, packDisk, unpackDisk } from './host-disk.ts';
import { accountCommands } from './host-users.ts';
import { shellLimits } from './limits.ts';
import type { HostAnswer, HostRequest, ShellJob, ShellResult } from './shell-job.ts';

/** Asks the parent; the request is its only question. */
export type AskParent = (request: HostRequest) => Promise<HostAnswer>;

const metadataService = 'http://169.254.169.254';
const noSpace = 'bash: write error: No space left on device\n';
const noRoom = 'bash: the variables and functions of this session take too much room, and are not kept\n';

function sendBy(ask: AskParent, hops: HostRequest['hops']) {
  return async ({ method, url, headers, body = new Uint8Array() }: HttpRequest): Promise<HttpResponse> => {
    const answer = await ask({ method, url, headers, body, hops });
    if (answer.kind === 'unreachable') throw new Unreachable(answer.why);
    return answer;
  };
}

/** `aws` and `curl`: what runs with the files, the variables, and a way to the sandbox. */
function networkCommands(ask: AskParent, hops: HostRequest['hops']): readonly Command[] {
  return [networkCommand('aws', runAws, sendBy(ask, hops)), networkCommand('curl', runCurl, sendBy(ask, hops))];
}

function networkCommand(name: string, run: RunAws, send: AwsEnvironment['send']): Command {
  return defineCommand(name, async (words, context) => {
    const environment: AwsEnvironment = {
      files: bashFiles(context.fs, context.cwd),
      workingDirectory: context.cwd,
      variables: context.exportedEnv ?? {},
      stdin: pipedBytes(context.stdin),
      send,
      instanceMetadata: metadataService,
      loadService,
      hashes: nodeHashes,
      now: Date.now,
      randomBytes: (count) => nodeRandom.bytes(count),
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    };
    return bashResult(await run(words, environment));
  });
}

/** What a login begins with. */
function firstState({ hostName, user, directory, variables }: ShellJob): ShellState {
  const all: Readonly<Record<string, string>> = {
    HOME: user === 'root' ? '/root' : `/home/${user}`,
    HOSTNAME: hostName,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    PWD: directory,
    USER: user,
    ...variables,
  };
  return { directory, variables: all, exported: Object.keys(all), functions: '', exitCode: 0 };
}

/** What the process of a script is told, as the kernel shows it. */
async function writeEnvironment(fs: InMemoryFs, state: ShellState): Promise<void> {
  const text = Object.entries(exportedOf(state))
    .map(([name, value]) => `${name}=${value}\0`)
    .join('');
  await fs.mkdir('/proc/self', { recursive: true });
  await fs.writeFile('/proc/self/environ', text);
}

const executionLimits = {
  maxCommandCount: shellLimits.commands,
  maxLoopIterations: shellLimits.commands,
  maxOutputSize: shellLimits.outputBytes,
  maxStringLength: shellLimits.stringBytes,
  maxHeredocSize: shellLimits.stringBytes,
  maxLiveBytes: 8 * shellLimits.stringBytes,
  maxArchiveBytes: shellLimits.diskBytes,
} as const;

/** In a container: other files, and gone with it. The outer script's wall is around it. */
async function contained(script: string, variables: Readonly<Record<string, string>>, commands: readonly Command[]) {
  const fs = new InMemoryFs({}, { maxTotalBytes: shellLimits.diskBytes });
  const env = { HOME: '/root', PATH: '/usr/local/bin:/usr/bin:/bin', ...variables };
  const bash = new Bash({ fs, cwd: '/', env, customCommands: [...commands], executionLimits });
  const { stdout, stderr, exitCode } = await bash.exec(script, { rawScript: true });
  return { stdout, stderr, exitCode };
}

/** Runs a script on a host. */
export async function runOnHost(job: ShellJob, ask: AskParent): Promise<ShellResult> {
  const before: ShellState = job.session === undefined ? firstState(job) : (JSON.parse(job.session) as ShellState);
  const fs = await unpackDisk(job.disk, job.hostName);
  const uid = job.user === 'root' ? 0 : 1001;
  const bash = new Bash({
    fs,
    cwd: before.directory,
    env: exportedOf(before),
    customCommands: [
      ...networkCommands(ask, 1),
      containerCommand((script, variables, hops) => contained(script, variables, networkCommands(ask, hops))),
      ...accountCommands(job.user, job.hostName),
    ],
    processInfo: { pid: 2107, ppid: 1, uid, gid: uid },
    executionLimits,
    defenseInDepth: true,
  });
  await writeEnvironment(fs, before);
  const signal = AbortSignal.timeout(Math.min(job.timeoutMilliseconds, shellLimits.waitMilliseconds));
  const { output, state } = await new LastingShell(bash).run(job.script, before, signal);
  if (signal.aborted) return { kind: 'timed-out', log: output.stdout };
  const session = JSON.stringify(state);
  const isKept = session.length <= shellLimits.sessionCharacters;
  const disk = await changedDisk(fs, job.disk);
  return {
    kind: 'finished',
    output: output.stdout,
    log: `${output.stderr}${disk === 'full' ? noSpace : ''}${isKept ? '' : noRoom}`,
    exitCode: output.exitCode,
    host: {
      session: isKept ? session : JSON.stringify(onlyPlace(before, state)),
      ...(disk instanceof Uint8Array && { disk }),
    },
  };
}

/** A session that goes on where it is now, with the variables and functions that it had. */
function onlyPlace(before: ShellState, { directory, exitCode }: ShellState): ShellState {
  return { ...before, directory, variables: { ...before.variables, PWD: directory }, exitCode };
}

async function changedDisk(fs: InMemoryFs, before: Uint8Array | undefined): Promise<Uint8Array | 'same' | 'full'> {
  try {
    const disk = await packDisk(fs);
    return before !== undefined && Buffer.compare(disk, before) === 0 ? 'same' : disk;
  } catch (error) {
    if (error instanceof DiskFull) return 'full';
    throw error;
  }
}
