/** `aws`: from the words on the command line to what is printed. */
import { type ArgumentSpec, parseArguments } from './argument-parser.ts';
import { runConfigure } from './configure/command.ts';
import type { AwsEnvironment, CommandResult, RunAws } from './environment.ts';
import { CommandFault, EXIT, usageFault } from './faults.ts';
import { CLI_VERSION, COMMANDS } from './generated/commands.ts';
import { GLOBAL_OPTIONS, readGlobals } from './globals.ts';
import { commandHelp } from './help.ts';
import { runOperation } from './operation.ts';
import type { Printed } from './printed.ts';
import { runS3 } from './s3/command.ts';
import { type CliService, DESCRIBED_SERVICES, loadDescription } from './service-description.ts';
import { type Session, startSession } from './session.ts';
import { runWaiter } from './waiters.ts';

async function runService(session: Session, service: CliService, words: readonly string[]): Promise<Printed> {
  const names = Object.keys(service.operations);
  const waiters = Object.keys(service.waiters).length > 0 ? ['wait'] : [];
  const parsed = parseArguments(
    [{ name: 'operation', positional: true, count: 'one', choices: [...names, ...waiters, 'help'] }],
    words,
  );
  const name = String(parsed.values.get('operation'));
  if (name === 'help') return { stdout: commandHelp(service.name, [...names, ...waiters]) };
  if (name === 'wait') return { stdout: await runWaiter(session, service, parsed.rest) };
  const operation = service.operations[name];
  if (operation === undefined) throw usageFault(`argument operation: Invalid choice: ${name}`);
  return await runOperation(session, { service, cliName: name, operation }, parsed.rest);
}

async function run(given: readonly string[], environment: AwsEnvironment): Promise<Printed> {
  const asked = given.filter((word) => word !== '--help' && word !== '-h');
  const words = asked.length < given.length ? [...asked, 'help'] : given;
  const version = words.includes('--version') && !isValue(words, words.indexOf('--version'));
  if (version) return { stdout: `aws-cli/${CLI_VERSION} Leastwise\n` };
  const command: ArgumentSpec = { name: 'command', positional: true, count: 'one', choices: COMMANDS };
  const parsed = parseArguments([...GLOBAL_OPTIONS, command], words);
  const globals = readGlobals(parsed);
  const name = String(parsed.values.get('command'));
  if (name === 'help') return { stdout: commandHelp('', [...DESCRIBED_SERVICES, 's3', 'configure']) };
  if (name === 'configure') return runConfigure(environment, globals, parsed.rest);
  const service = await loadDescription(name);
  const session = await startSession(environment, globals);
  if (name === 's3') return runS3(session, parsed.rest);
  if (service !== undefined) return runService(session, service, parsed.rest);
  throw usageFault(
    `the service ${name} is not offered here; offered are: ${[...DESCRIBED_SERVICES, 's3', 'configure'].join(', ')}`,
  );
}

/** Whether the word stands where the option before it takes its value. */
function isValue(words: readonly string[], index: number): boolean {
  const before = GLOBAL_OPTIONS.find((spec) => spec.name === words[index - 1]);
  return before?.count === 'one';
}

function bytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

/** Runs `aws` with the words after it. Never throws: a fault is an exit code and AWS CLI v2's own text. */
export const runAws: RunAws = async (words, environment): Promise<CommandResult> => {
  try {
    const printed = await run(words, environment);
    return { stdout: bytes(printed.stdout), stderr: printed.stderr ?? '', exitCode: printed.exitCode ?? 0 };
  } catch (fault) {
    if (fault instanceof CommandFault) {
      return { stdout: new Uint8Array(), stderr: fault.stderr, exitCode: fault.exitCode };
    }
    const reason = fault instanceof Error ? fault.message : String(fault);
    return { stdout: new Uint8Array(), stderr: `\n${reason}\n`, exitCode: EXIT.general };
  }
};
