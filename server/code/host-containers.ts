/**
 * `docker run` on a pretend host, as far as it shows what a container finds: files of its own, and the instance's metadata service one network
 * further away, where the hop limit may keep the answer from it (EC2 User Guide, "Configure the Instance Metadata Service options").
 */
import { type Command, defineCommand } from 'just-bash';
import { shellWord } from '../../cloud/shell-word.ts';

/** Runs a script in a container. @param hops networks to the metadata service */
export type RunContained = (
  script: string,
  variables: Readonly<Record<string, string>>,
  hops: 1 | 2,
) => Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;

/** Options whose value is a word of its own, where it does not follow an equals sign. */
const valued =
  /^(?:-e|--env|--name|--network|--net|-v|--volume|-w|--workdir|-u|--user|-p|--publish|--entrypoint|-l|--label)$/;
/** Images whose command line is that of a program. */
const entrypoints: Readonly<Record<string, string>> = { 'amazon/aws-cli': 'aws', 'curlimages/curl': 'curl' };

interface ContainerRun {
  readonly variables: Readonly<Record<string, string>>;
  readonly network: string;
  readonly entrypoint?: string;
  readonly image: string;
  readonly command: readonly string[];
}

export function containerCommand(run: RunContained): Command {
  return defineCommand('docker', async ([verb, ...words]) => {
    if (verb !== 'run') {
      return { stdout: '', stderr: `docker: '${verb ?? ''}' is not offered here; offered is: run\n`, exitCode: 1 };
    }
    const { variables, network, entrypoint, image, command } = runOf(words);
    if (image === '') {
      return { stdout: '', stderr: '"docker run" requires at least 1 argument.\n', exitCode: 1 };
    }
    const name = image.replace(/^(?:public\.ecr\.aws|docker\.io)\//, '').replace(/[:@].*$/, '');
    const program = entrypoint ?? (Object.hasOwn(entrypoints, name) ? entrypoints[name] : undefined);
    const line = [...(program === undefined ? [] : [program]), ...command].map(shellWord).join(' ');
    return run(line, variables, network === 'host' ? 1 : 2);
  });
}

function runOf(words: readonly string[]): ContainerRun {
  const variables: Record<string, string> = {};
  let network = 'bridge';
  let entrypoint: string | undefined;
  let at = 0;
  for (; at < words.length && words[at]?.startsWith('-'); at += 1) {
    const [, name = '', joined] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    const value = joined ?? (valued.test(name) ? (words[at + 1] ?? '') : '');
    if (joined === undefined && valued.test(name)) at += 1;
    if (name === '-e' || name === '--env') {
      const [key = '', ...rest] = value.split('=');
      variables[key] = rest.join('=');
    } else if (name === '--network' || name === '--net') network = value;
    else if (name === '--entrypoint') entrypoint = value;
  }
  const [image = '', ...command] = words.slice(at);
  return { variables, network, image, command, ...(entrypoint !== undefined && { entrypoint }) };
}
