/** Where the CLI does something of its own with one operation. */
import type { ArgumentSpec, ParsedArguments } from './argument-parser.ts';
import { fromBase64 } from './base64.ts';
import type { Answer } from './client/client.ts';
import type { OperationCommand } from './operation-options.ts';
import { absolutePath } from './paths.ts';
import type { Session } from './session.ts';
import { isMap, type ValueMap } from './value.ts';

const BOOTSTRAP = ['QRCodePNG', 'Base32StringSeed'] as const;

/** Options that are no parameter of the operation, by `service operation`. */
export const CLI_ONLY_OPTIONS: Readonly<Record<string, readonly ArgumentSpec[]>> = {
  'iam create-virtual-mfa-device': [
    { name: '--outfile', count: 'one', required: true },
    { name: '--bootstrap-method', count: 'one', required: true, choices: BOOTSTRAP },
  ],
};

async function save(session: Session, name: string, bytes: Uint8Array): Promise<void> {
  await session.environment.files.writeFile(absolutePath(session.environment, name), bytes);
}

/** The seed of a new MFA device goes to a file and is not shown. */
async function saveSeed(session: Session, parsed: ParsedArguments, output: ValueMap): Promise<ValueMap> {
  const device = output['VirtualMFADevice'];
  const method = parsed.values.get('bootstrap-method');
  const file = parsed.values.get('outfile');
  if (!isMap(device) || typeof method !== 'string' || typeof file !== 'string') return output;
  const seed = device[method];
  if (typeof seed !== 'string') return output;
  await save(session, file, fromBase64(seed));
  const shown = Object.entries(device).filter(([name]) => !BOOTSTRAP.some((known) => known === name));
  return { ...output, VirtualMFADevice: Object.fromEntries(shown) };
}

/** What is shown of an answer, after its body was written to the file that the command names. */
export async function afterCall(
  session: Session,
  command: OperationCommand,
  parsed: ParsedArguments,
  answer: Answer,
  streamed: string | undefined,
): Promise<ValueMap> {
  if (command.service.name === 'iam' && command.cliName === 'create-virtual-mfa-device') {
    return saveSeed(session, parsed, answer.output);
  }
  const file = parsed.values.get('outfile');
  if (streamed === undefined || typeof file !== 'string') return answer.output;
  await save(session, file, answer.body);
  const { [streamed]: _, ...shown } = answer.output;
  return shown;
}
