/** What cloud-init does at a start, as one script for the host: it leaves the files where cloud-init does, and logs as it does. */
import { toBase64 } from '@smithy/core/serde';
import { shellWord } from '../../shell-word.ts';
import type { UserData, WrittenFile } from './user-data.ts';

/** The first start of an instance, or a later one. */
export type Boot = 'first' | 'later';

const log = '/var/log/cloud-init-output.log';
const home = '/var/lib/cloud/instance';

function base64(text: string): string {
  return toBase64(new TextEncoder().encode(text));
}

function writes({ path, content, encoding, permissions, isAppended }: WrittenFile): string {
  const place = shellWord(path);
  const bytes = encoding === 'base64' ? content.replaceAll(/\s/g, '') : base64(content);
  return [
    `mkdir -p ${shellWord(path.slice(0, path.lastIndexOf('/')) || '/')}`,
    `printf %s ${shellWord(bytes)} | base64 -d ${isAppended ? '>>' : '>'} ${place}`,
    `chmod ${permissions} ${place}`,
  ].join('\n');
}

function executable(path: string, content: string): string {
  return writes({ path, content, encoding: 'text', permissions: '0700', isAppended: false });
}

/** There is a bash, and no other interpreter. It reads the file itself, so that both outputs come in the order in which they are written. */
function runs(path: string, content: string): string {
  const [, interpreter] = /^#![^\S\n]*(\S+(?:[^\S\n]+\S+)?)/.exec(content) ?? [];
  const isShell = interpreter === undefined || /(?:^|[\s/])(?:ba|da)?sh(?:\s|$)/.test(interpreter);
  return isShell
    ? `( exec 2>&1; . ${path} )`
    : `echo ${shellWord(`${path}: ${interpreter}: bad interpreter: No such file or directory`)}; (exit 126)`;
}

/** Runs a file, and says so as cloud-init does where it fails. */
function unit(path: string, content: string, module: string): string {
  const failed = [
    `echo "$(date -u '+%Y-%m-%d %H:%M:%S') - util.py[WARNING]: Failed running ${path} [$__status]"`,
    `echo "$(date -u '+%Y-%m-%d %H:%M:%S') - util.py[WARNING]: Failed to run module ${module}"`,
  ];
  return `${executable(path, content)}\n${runs(path, content)}\n__status=$?\n[ $__status -eq 0 ] || { ${failed.join('; ')}; }`;
}

/** Undefined where there is nothing to do at this start. */
export function bootScript(data: UserData, boot: Boot): string | undefined {
  const isFirst = boot === 'first';
  const part = (at: number) => `part-${String(at + 1).padStart(3, '0')}`;
  const commands = isFirst ? data.runCommands : [];
  const work = [
    ...data.warnings.map((warning) => `echo ${shellWord(`__init__.py[WARNING]: ${warning}`)}`),
    ...data.boothooks.map((text, at) => unit(`${home}/boothooks/${part(at)}`, text, 'boothook')),
    ...(data.bootCommands.length > 0 ? [unit(`${home}/boot.sh`, lines(data.bootCommands), 'bootcmd')] : []),
    ...(isFirst ? data.files.map(writes) : []),
    ...(commands.length > 0 ? [unit(`${home}/scripts/runcmd`, lines(commands), 'scripts-user')] : []),
    ...(isFirst || data.scriptsRun === 'always'
      ? data.scripts.map((text, at) => unit(`${home}/scripts/${part(at)}`, text, 'scripts-user'))
      : []),
  ];
  if (work.length === 0) return undefined;
  return `mkdir -p /var/log ${home}/scripts\n{\n${work.join('\n')}\n} 2>&1 | tee -a ${log}`;
}

function lines(commands: readonly string[]): string {
  return `#!/bin/sh\n${commands.join('\n')}\n`;
}
