/** `aws <service> wait <condition>`: polls an operation until it answers as expected. */
import { parseArguments } from './argument-parser.ts';
import type { Answer, Client } from './client/client.ts';
import { createClient } from './client/create-client.ts';
import { CommandFault, EXIT, generalFault, ServiceFault } from './faults.ts';
import { commandHelp, operationHelp } from './help.ts';
import { prepareCall } from './operation.ts';
import { operationOptions } from './operation-options.ts';
import { search } from './output/query.ts';
import type { Acceptor, CliService, Operation, Waiter } from './service-description.ts';
import type { Session } from './session.ts';
import { isList, type ValueMap } from './value.ts';

function matches(acceptor: Acceptor, result: Answer | ServiceFault): boolean {
  const isError = result instanceof ServiceFault;
  switch (acceptor.matcher) {
    case 'status':
      return result.status === acceptor.expected;
    case 'error':
      return isError && result.code === acceptor.expected;
    case 'path':
      return !isError && search(result.output, acceptor.argument ?? '') === acceptor.expected;
    case 'pathAll':
    case 'pathAny': {
      const found = isError ? null : search(result.output, acceptor.argument ?? '');
      if (!isList(found) || found.length === 0) return false;
      return acceptor.matcher === 'pathAll'
        ? found.every((item) => item === acceptor.expected)
        : found.some((item) => item === acceptor.expected);
    }
    default:
      return false;
  }
}

async function poll(client: Client, operation: Operation, parameters: ValueMap): Promise<Answer | ServiceFault> {
  try {
    return await client.call(operation, parameters);
  } catch (fault) {
    if (fault instanceof ServiceFault) return fault;
    throw fault;
  }
}

/** `UserExists`, as the CLI's messages name it. */
function waiterName(cliName: string): string {
  return cliName.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
}

/** Why an acceptor matched, in the CLI's words. */
function explained({ matcher, argument, expected }: Acceptor): string {
  switch (matcher) {
    case 'path':
      return `For expression "${argument}" we matched expected path: "${expected}"`;
    case 'pathAll':
      return `For expression "${argument}" all members matched excepted path: "${expected}"`;
    case 'pathAny':
      return `For expression "${argument}" we matched expected path: "${expected}" at least once`;
    case 'status':
      return `Matched expected HTTP status code: ${expected}`;
    default:
      return `Matched expected service error code: ${expected}`;
  }
}

async function waitFor(
  session: Session,
  name: string,
  waiter: Waiter,
  call: () => Promise<Answer | ServiceFault>,
): Promise<void> {
  const failed = (reason: string) => generalFault(`Waiter ${waiterName(name)} failed: ${reason}`);
  let last: Acceptor | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const result = await call();
    const accepted = waiter.acceptors.find((acceptor) => matches(acceptor, result));
    last = accepted ?? last;
    if (accepted?.state === 'success') return;
    if (accepted?.state === 'failure') {
      throw failed(`Waiter encountered a terminal failure state: ${explained(accepted)}`);
    }
    if (accepted === undefined && result instanceof ServiceFault) {
      throw failed(`An error occurred (${result.code}): ${result.detail}`);
    }
    if (attempt >= waiter.maxAttempts) {
      const previous = last === undefined ? '' : `. Previously accepted state: ${explained(last)}`;
      throw failed(`Max attempts exceeded${previous}`);
    }
    await session.environment.sleep?.(waiter.delay * 1000);
  }
}

/** Runs a `wait` command. Answers nothing on success; throws after the waiter's last attempt (exit code 255). */
export async function runWaiter(session: Session, service: CliService, words: readonly string[]): Promise<string> {
  const names = Object.keys(service.waiters);
  if (words[0] === 'help') return commandHelp(`${service.name} wait`, names);
  const parsed = parseArguments([{ name: 'subcommand', positional: true, count: '?', choices: names }], words);
  const name = parsed.values.get('subcommand');
  if (typeof name !== 'string') {
    throw new CommandFault(
      `\nusage: aws [options] ${service.name} wait <subcommand> [parameters]\naws: error: too few arguments\n`,
      EXIT.usage,
    );
  }
  const waiter = service.waiters[name];
  const entry = Object.entries(service.operations).find(([, operation]) => operation.name === waiter?.operation);
  if (waiter === undefined || entry === undefined) throw generalFault(`no waiter ${name}`);
  const command = { service, cliName: entry[0], operation: entry[1] };
  if (parsed.rest.length === 1 && parsed.rest[0] === 'help') return operationHelp(command, operationOptions(command));
  const { parameters } = await prepareCall(session, command, parsed.rest);
  const client = await createClient(session, service);
  await waitFor(session, name, waiter, () => poll(client, command.operation, parameters));
  return '';
}
