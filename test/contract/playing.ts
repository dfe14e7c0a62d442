/** Plays a case on a backend: its calls through the gateway, what they come to, and what was decided. */
import type { Sandbox } from '../../server/sandboxes/sandbox.ts';
import type { Answers, CaseStep, ContractCase, Input } from './case.ts';
import type { Key, Workbench } from './workbench.ts';

export interface Played {
  /** Steps that came to something else than the case says. */
  readonly faults: readonly string[];
  /** `sqs:SendMessage on arn:…: allowed`, in order; ids that are drawn stand as they were named first. */
  readonly decisions: readonly string[];
}

export async function play(
  workbench: Workbench,
  { sandbox, admin }: { readonly sandbox: Sandbox; readonly admin: Key },
  { users = {}, steps }: ContractCase,
): Promise<Played> {
  const faults: string[] = [];
  const raw: string[] = [];
  const keys = new Map<string, Key>();
  for (const [name, statements] of Object.entries(users)) {
    keys.set(name, await newUser(workbench, admin, name, statements));
  }
  const end = sandbox.onEvent(({ decisions }) => {
    for (const { action, resource, verdict } of decisions ?? []) raw.push(`${action} on ${resource}: ${verdict}`);
  });
  let answers: Answers = { account: sandbox.primaryAccountId };
  for (const [n, step] of steps.entries()) {
    const key = step.as === undefined ? admin : keys.get(step.as);
    if (key === undefined) throw new Error(`The case has no user ${step.as}`);
    const { fault, answer } = await playStep(workbench, key, step, answers);
    if (fault !== undefined) faults.push(`${n + 1} ${step.call}: ${fault}`);
    if (step.name !== undefined) answers = { ...answers, [step.name]: answer };
  }
  end();
  return { faults, decisions: withoutDrawn(raw, answers) };
}

async function playStep(
  workbench: Workbench,
  key: Key,
  { call, with: given = {}, ends, shows }: CaseStep,
  answers: Answers,
): Promise<{ readonly fault?: string; readonly answer?: unknown }> {
  const [service = '', operation = ''] = call.split(':');
  let input: Input;
  try {
    input = typeof given === 'function' ? given(answers) : given;
  } catch (error) {
    return { fault: `an answer before is missing: ${error}` };
  }
  const answer = await workbench.call(key, service, operation, input);
  if (answer.kind === 'error') {
    return answer.code === ends ? {} : { fault: `ended in ${answer.code}: ${answer.message}` };
  }
  if (ends !== undefined) return { fault: `did not end in ${ends}`, answer: answer.output };
  try {
    shows?.(answer.output, answers);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error), answer: answer.output };
  }
  return { answer: answer.output };
}

async function newUser(workbench: Workbench, admin: Key, name: string, statements: readonly object[]): Promise<Key> {
  const made = async (operation: string, input: Readonly<Record<string, unknown>>) => {
    const answer = await workbench.call(admin, 'iam', operation, { UserName: name, ...input });
    if (answer.kind === 'error') throw new Error(`${operation}: ${answer.code}: ${answer.message}`);
    return answer.output;
  };
  await made('CreateUser', {});
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await made('PutUserPolicy', { PolicyName: 'case', PolicyDocument });
  const { AccessKey } = (await made('CreateAccessKey', {})) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string };
  };
  return { accessKeyId: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
}

const DRAWN = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=:secret:[\w/+=.@!-]+-)\w{6}/g;

/** The account's id and ids that are drawn by their order, so that two plays of one case can be compared. */
function withoutDrawn(lines: readonly string[], { account }: Answers): readonly string[] {
  const seen: string[] = [];
  return lines.map((line) =>
    line.replaceAll(String(account), '<account>').replace(DRAWN, (id) => {
      if (!seen.includes(id)) seen.push(id);
      return `<id ${seen.indexOf(id) + 1}>`;
    }),
  );
}
