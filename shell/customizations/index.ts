/** Where the CLI does something of its own with one operation. */
import type { ParsedArguments } from '../argument-parser.ts';
import { fromBase64 } from '../base64.ts';
import type { Answer } from '../client/client.ts';
import type { OperationCommand } from '../operation-options.ts';
import { absolutePath } from '../paths.ts';
import type { Session } from '../session.ts';
import { converse } from '../session-stream.ts';
import { isMap, type ValueMap } from '../value.ts';
import type { Customization } from './customization.ts';
import { createFunction, publishLayerVersion, updateFunctionCode } from './function-code.ts';
import { runInstances } from './instances.ts';
import { securityGroupRule } from './security-group-rules.ts';

const BOOTSTRAP = ['QRCodePNG', 'Base32StringSeed'] as const;

const CUSTOMIZATIONS: Readonly<Record<string, Customization>> = {
  'iam create-virtual-mfa-device': {
    options: [
      { name: '--outfile', count: 'one', required: true },
      { name: '--bootstrap-method', count: 'one', required: true, choices: BOOTSTRAP },
    ],
  },
  'lambda create-function': createFunction,
  'lambda publish-layer-version': publishLayerVersion,
  'lambda update-function-code': updateFunctionCode,
  'ec2 run-instances': runInstances,
  'ec2 authorize-security-group-ingress': securityGroupRule,
  'ec2 authorize-security-group-egress': securityGroupRule,
  'ec2 revoke-security-group-ingress': securityGroupRule,
  'ec2 revoke-security-group-egress': securityGroupRule,
  'ssm start-session': { options: [], goOn: converse },
};

/** What the CLI adds to an operation; undefined for most. */
export function customizationOf(command: OperationCommand): Customization | undefined {
  return CUSTOMIZATIONS[`${command.service.name} ${command.cliName}`];
}

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

/** A console's output comes in base64 and is shown as text. */
function consoleText(output: ValueMap): ValueMap {
  const text = output['Output'];
  return typeof text === 'string' ? { ...output, Output: new TextDecoder().decode(fromBase64(text)) } : output;
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
  if (command.service.name === 'ec2' && command.cliName === 'get-console-output') return consoleText(answer.output);
  const file = parsed.values.get('outfile');
  if (streamed === undefined || typeof file !== 'string') return answer.output;
  await save(session, file, answer.body);
  const { [streamed]: _, ...shown } = answer.output;
  return shown;
}
