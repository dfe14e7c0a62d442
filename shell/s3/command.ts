/** `aws s3`. */
import { parseArguments } from '../argument-parser.ts';
import { createClient } from '../client/create-client.ts';
import { CommandFault, EXIT, generalFault, unknownCommandOptions } from '../faults.ts';
import { commandHelp, optionsHelp } from '../help.ts';
import type { Printed } from '../printed.ts';
import { loadDescription } from '../service-description.ts';
import type { Session } from '../session.ts';
import { makeBucket, presignCommand, removeBucket } from './buckets.ts';
import { listCommand } from './list.ts';
import { S3_COMMANDS, S3_USAGE } from './options.ts';
import { type TransferCommand, transferCommand } from './transfer.ts';

/** What the CLI lists; `website` is the one of them that is not offered here. */
const LISTED = ['ls', 'website', 'cp', 'mv', 'rm', 'sync', 'mb', 'rb', 'presign'];

/** Encryption with keys of one's own. */
const NOT_OFFERED = ['sse-c', 'sse-c-key', 'sse-c-copy-source', 'sse-c-copy-source-key'];

function isTransfer(name: string): name is TransferCommand {
  return name === 'cp' || name === 'mv' || name === 'rm' || name === 'sync';
}

/** Runs an `aws s3` command by the words after `s3`. */
export async function runS3(session: Session, words: readonly string[]): Promise<Printed> {
  if (words[0] === 'help') return { stdout: commandHelp('s3', Object.keys(S3_COMMANDS)) };
  const parsed = parseArguments([{ name: 'subcommand', positional: true, count: '?', choices: LISTED }], words);
  const name = parsed.values.get('subcommand');
  if (typeof name !== 'string') {
    throw new CommandFault(
      '\nusage: aws [options] s3 <subcommand> [parameters]\naws: error: too few arguments\n',
      EXIT.usage,
    );
  }
  return runNamed(session, name, parsed.rest);
}

async function runNamed(session: Session, name: string, words: readonly string[]): Promise<Printed> {
  const specs = S3_COMMANDS[name];
  if (specs === undefined) throw generalFault(`aws s3 ${name} is not offered here.`);
  if (words.length === 1 && words[0] === 'help') {
    return { stdout: optionsHelp(`s3 ${name}`, S3_USAGE[name] ?? '', specs) };
  }
  const parsed = parseArguments(specs, words);
  if (parsed.rest.length > 0) throw unknownCommandOptions(parsed.rest);
  const refused = NOT_OFFERED.find((option) => parsed.values.has(option));
  if (refused !== undefined) throw generalFault(`aws s3 ${name} --${refused} is not offered here.`);
  const service = await loadDescription('s3api');
  if (service === undefined) throw generalFault('The service s3 is not offered here.');
  const client = await createClient(session, service);
  if (isTransfer(name)) return transferCommand(session, client, name, parsed);
  switch (name) {
    case 'ls':
      return listCommand(client, parsed);
    case 'mb':
      return makeBucket(client, parsed);
    case 'rb':
      return removeBucket(client, parsed, (path) => runNamed(session, 'rm', [path, '--recursive']));
    default:
      return presignCommand(session, client, parsed);
  }
}
