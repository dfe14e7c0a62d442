/** Runbooks: Automation documents by the schema 0.3 (User Guide, "Systems Manager Automation actions reference"). */
import { own } from '../../../own.ts';
import { type DocumentContent, isList, isMap, type Json, type JsonMap, textIn } from '../documents/content.ts';
import { invalidContent } from '../documents/errors.ts';
import { checkSelector } from './selector.ts';

export type ActionName =
  | 'aws:assertAwsResourceProperty'
  | 'aws:branch'
  | 'aws:changeInstanceState'
  | 'aws:executeAwsApi'
  | 'aws:invokeLambdaFunction'
  | 'aws:runCommand'
  | 'aws:sleep'
  | 'aws:waitForAwsResourceProperty';

const actions: readonly string[] = [
  'aws:assertAwsResourceProperty',
  'aws:branch',
  'aws:changeInstanceState',
  'aws:executeAwsApi',
  'aws:invokeLambdaFunction',
  'aws:runCommand',
  'aws:sleep',
  'aws:waitForAwsResourceProperty',
];

export interface RunbookStep {
  readonly name: string;
  readonly action: ActionName;
  readonly inputs: JsonMap;
  readonly outputs: readonly StepOutput[];
  /** `Abort`, `Continue`, or `step:` and a name. */
  readonly onFailure: string;
  readonly isCritical: 'yes' | 'no';
  readonly isEnd: 'yes' | 'no';
  readonly nextStep?: string;
  readonly maxAttempts: number;
  /** Seconds. */
  readonly timeoutSeconds: number;
}

export interface StepOutput {
  readonly name: string;
  readonly selector: string;
  readonly type: string;
}

export interface Runbook {
  readonly steps: readonly RunbookStep[];
  /** `{{ AutomationAssumeRole }}`, or an ARN; empty for none. */
  readonly assumeRole: string;
  /** `step.Output`. */
  readonly outputs: readonly string[];
}

/** AWS's own. */
const mostSteps = 100;
const usualTimeout = 3600;
const outputTypes = /^(?:String|StringList|Integer|Boolean|StringMap|MapList)$/;

/** @throws InvalidDocumentContent */
export function checkAutomation(content: DocumentContent): void {
  const { steps } = runbookOf(content);
  const names = new Set(steps.map(({ name }) => name));
  for (const { name, nextStep, onFailure, action, inputs } of steps) {
    const [, failing] = /^step:(.+)$/.exec(onFailure) ?? [];
    for (const target of [nextStep, failing, ...(action === 'aws:branch' ? branchTargets(inputs) : [])]) {
      if (target !== undefined && !names.has(target)) {
        throw invalidContent(`Step ${name} goes to a step that is not there: ${target}.`);
      }
    }
  }
}

function branchTargets(inputs: JsonMap): readonly string[] {
  const choices = own(inputs, 'Choices');
  const targets = (isList(choices) ? choices : []).flatMap((choice) =>
    isMap(choice) ? [textIn(choice, 'NextStep') ?? ''] : [],
  );
  const otherwise = textIn(inputs, 'Default');
  return otherwise === undefined ? targets : [...targets, otherwise];
}

const read = new WeakMap<DocumentContent, Runbook>();

/** @throws InvalidDocumentContent */
export function runbookOf(content: DocumentContent): Runbook {
  const known = read.get(content);
  if (known !== undefined) return known;
  const { root } = content;
  const list = own(root, 'mainSteps');
  if (!isList(list) || list.length === 0) throw invalidContent('The document has no mainSteps.');
  if (list.length > mostSteps) throw invalidContent(`A runbook has no more than ${mostSteps} steps.`);
  const names = new Set<string>();
  const steps = list.map((step) => readStep(step, names));
  const outputs = own(root, 'outputs');
  const runbook = {
    steps,
    assumeRole: textIn(root, 'assumeRole') ?? '',
    outputs: (isList(outputs) ? outputs : []).map((output) => String(output)),
  };
  read.set(content, runbook);
  return runbook;
}

function readStep(step: Json, names: Set<string>): RunbookStep {
  if (!isMap(step)) throw invalidContent('A step of mainSteps is not an object.');
  const name = textIn(step, 'name') ?? '';
  if (!/^[a-zA-Z0-9_]{3,128}$/.test(name)) throw invalidContent(`The step name ${name} is not valid.`);
  if (names.has(name)) throw invalidContent(`The step name ${name} is there twice.`);
  names.add(name);
  const action = textIn(step, 'action') ?? '';
  if (!isAction(action)) {
    throw invalidContent(`The action ${action} of step ${name} is not offered here: ${actions.join(', ')} are.`);
  }
  const inputs = own(step, 'inputs') ?? {};
  if (!isMap(inputs)) throw invalidContent(`The inputs of step ${name} are not an object.`);
  const onFailure = textIn(step, 'onFailure') ?? 'Abort';
  if (!/^(?:Abort|Continue|step:.+)$/.test(onFailure)) throw invalidContent(`onFailure of step ${name} is not valid.`);
  const nextStep = textIn(step, 'nextStep');
  return {
    name,
    action,
    inputs,
    outputs: outputsOf(own(step, 'outputs'), name),
    onFailure,
    isCritical: yesOrNo(own(step, 'isCritical') ?? true),
    isEnd: yesOrNo(own(step, 'isEnd') ?? false),
    ...(nextStep !== undefined && { nextStep }),
    maxAttempts: wholeNumber(own(step, 'maxAttempts'), 10) ?? 1,
    timeoutSeconds: wholeNumber(own(step, 'timeoutSeconds'), 172_800) ?? usualTimeout,
  };
}

function isAction(action: string): action is ActionName {
  return actions.includes(action);
}

function yesOrNo(value: Json): 'yes' | 'no' {
  return String(value).toLowerCase() === 'true' ? 'yes' : 'no';
}

function wholeNumber(value: Json | undefined, most: number): number | undefined {
  const number = Number(value ?? Number.NaN);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : undefined;
}

function outputsOf(value: Json | undefined, step: string): readonly StepOutput[] {
  if (value === undefined) return [];
  if (!isList(value)) throw invalidContent(`The outputs of step ${step} are not a list.`);
  return value.map((output) => {
    const name = isMap(output) ? textIn(output, 'Name') : undefined;
    const selector = isMap(output) ? textIn(output, 'Selector') : undefined;
    if (!isMap(output) || name === undefined || selector === undefined) {
      throw invalidContent(`An output of step ${step} has no Name, or no Selector.`);
    }
    const type = textIn(output, 'Type') ?? 'String';
    if (!outputTypes.test(type)) throw invalidContent(`The type ${type} of output ${name} is not valid.`);
    if (!checkSelector(selector)) throw invalidContent(`The selector ${selector} of output ${name} is not valid.`);
    return { name, selector, type };
  });
}
