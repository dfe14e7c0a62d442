/** One operation of a service as a command: its options, the call, and the answer as it is shown. */
import { type ParsedArguments, parseArguments } from './argument-parser.ts';
import { createClient } from './client/create-client.ts';
import { afterCall, customizationOf } from './customizations/index.ts';
import { parameterFault, unknownOptions } from './faults.ts';
import { operationHelp } from './help.ts';
import {
  type OperationCommand,
  operationOptions,
  relaxed,
  shadowedLimit,
  streamedMember,
} from './operation-options.ts';
import { formatAnswer, formatParts } from './output/format.ts';
import { fullResult, type PageOptions, paginate, textParts } from './paginate.ts';
import { cliInput } from './parameters/cli-input.ts';
import { skeletonOutput } from './parameters/skeleton.ts';
import { unpackOption } from './parameters/unpack.ts';
import type { Printed } from './printed.ts';
import { inputShape, memberShape, type Operation } from './service-description.ts';
import { presentationOf, type Session } from './session.ts';
import type { ValueMap } from './value.ts';

const PAGING = ['starting-token', 'page-size', 'max-items'] as const;

/** Whether one of the operation's own paging members is set, by which the user turns the CLI's paging off. */
function pagesByHand(operation: Operation, given: (member: string, option: string) => boolean): boolean {
  const paginator = operation.paginator;
  if (paginator === undefined) return false;
  const members = [...paginator.input_token, ...(paginator.limit_key === undefined ? [] : [paginator.limit_key])];
  return Object.entries(operation.options ?? {}).some(
    ([option, member]) => members.includes(member) && given(member, option),
  );
}

/** The parameters that the options stand for, by their members. */
async function parametersOf(
  session: Session,
  command: OperationCommand,
  parsed: ParsedArguments,
  isPaging: boolean,
): Promise<ValueMap> {
  const { service, operation } = command;
  const input = inputShape(service, operation);
  const parameters: ValueMap = {};
  const limit = shadowedLimit(operation);
  const options = Object.entries(operation.options ?? {});
  if (!isPaging && limit !== undefined) options.push(['max-items', limit]);
  for (const [name, member] of options) {
    const given = parsed.values.get(name);
    const shape = memberShape(service, input, member);
    if (given === undefined || shape === undefined) continue;
    if (typeof given === 'boolean') parameters[member] = given;
    else {
      const isStream = shape.type === 'blob' && (input.streaming?.includes(member) || shape.stream === true);
      parameters[member] = await unpackOption(session.environment, service, {
        name: `--${name}`,
        shape,
        given,
        isStream,
      });
    }
  }
  return parameters;
}

function pageOptions(command: OperationCommand, parsed: ParsedArguments): PageOptions {
  const read = (name: string) => {
    const value = parsed.values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const token = read('starting-token');
  const size = read('page-size');
  const items = read('max-items');
  const limit = command.operation.paginator?.limit_key;
  const isText =
    limit !== undefined &&
    memberShape(command.service, inputShape(command.service, command.operation), limit)?.type === 'string';
  return {
    ...(token !== undefined && { startingToken: token }),
    ...(size !== undefined && { pageSize: isText ? size : Number(size) }),
    ...(items !== undefined && { maxItems: Number(items) }),
  };
}

/** Fills in what the options and `--cli-input-json` say. */
export interface PreparedCall {
  readonly parameters: ValueMap;
  readonly parsed: ParsedArguments;
  readonly isPaging: boolean;
}

/** Parses an operation's words up to the parameters of its call. Throws the CLI's usage faults. */
export async function prepareCall(
  session: Session,
  command: OperationCommand,
  words: readonly string[],
): Promise<PreparedCall> {
  const specs = relaxed(operationOptions(command), words);
  const parsed = parseArguments([...specs, { name: 'help', positional: true, count: '?' }], words);
  const stray = parsed.values.get('help');
  const rest = [...parsed.rest, ...(typeof stray === 'string' ? [stray] : [])];
  if (rest.length > 0) throw unknownOptions(rest);
  let isPaging =
    session.globals.paginate &&
    command.operation.paginator !== undefined &&
    !pagesByHand(command.operation, (_, option) => parsed.values.has(option));
  if (!isPaging && command.operation.paginator !== undefined) {
    const shadowed = shadowedLimit(command.operation) === undefined ? [] : ['max-items'];
    const used = PAGING.filter((name) => !shadowed.includes(name) && parsed.values.get(name));
    if (used.length > 0) {
      throw parameterFault(
        `Cannot specify --no-paginate along with pagination arguments: ${used.map((name) => `--${name}`).join(', ')}`,
      );
    }
  }
  const named = await parametersOf(session, command, parsed, isPaging);
  const more = await cliInput(session.environment, parsed);
  const given = { ...named, ...more, ...named };
  const parameters = (await customizationOf(command)?.complete?.(session.environment, parsed, given)) ?? given;
  if (pagesByHand(command.operation, (member) => Object.hasOwn(parameters, member))) isPaging = false;
  return { parameters, parsed, isPaging };
}

/** Runs an operation. Throws the CLI's faults. */
export async function runOperation(
  session: Session,
  command: OperationCommand,
  words: readonly string[],
): Promise<Printed> {
  if (words.length === 1 && words[0] === 'help') {
    return { stdout: operationHelp(command, operationOptions(command)) };
  }
  const { service, operation } = command;
  const { parameters, parsed, isPaging } = await prepareCall(session, command, words);
  const skeleton = parsed.values.get('generate-cli-skeleton');
  if (typeof skeleton === 'string' && skeleton !== 'output') {
    return { stdout: skeletonOutput(service, operation, skeleton) };
  }
  const presentation = presentationOf(session);
  if (skeleton === 'output') return { stdout: skeletonOutput(service, operation, { parameters, presentation }) };
  const client = await createClient(session, service);
  if (isPaging && operation.paginator !== undefined) {
    const result = await paginate(operation.paginator, parameters, pageOptions(command, parsed), async (input) => {
      return (await client.call(operation, input)).output;
    });
    if (presentation.format === 'yaml-stream') {
      return { stdout: result.pages.map((page) => formatAnswer(operation.name, page, presentation)).join('') };
    }
    if (presentation.format === 'text') return { stdout: formatParts(textParts(result), presentation) };
    return { stdout: formatAnswer(operation.name, fullResult(result), presentation) };
  }
  const answer = await client.call(operation, parameters);
  const { goOn } = customizationOf(command) ?? {};
  if (goOn !== undefined) return await goOn(session.environment, answer.output);
  const output = await afterCall(session, command, parsed, answer, streamedMember(service, operation));
  return { stdout: formatAnswer(operation.name, output, presentation) };
}
