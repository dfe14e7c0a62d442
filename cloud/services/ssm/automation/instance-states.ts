/** `aws:changeInstanceState`: starts, stops or terminates instances, and looks whether they have got there. */
import type { DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { own } from '../../../own.ts';
import type { Process } from '../../../process.ts';
import { isList, type Json, textIn } from '../documents/content.ts';
import { textOf } from '../documents/filling.ts';
import { callFor, refused, type StepOutcome, type StepRun } from './step-run.ts';

const operations: Readonly<Record<string, string>> = {
  running: 'StartInstances',
  stopped: 'StopInstances',
  terminated: 'TerminateInstances',
};

export function* changeInstanceState(run: StepRun): Process<StepOutcome> {
  const { inputs } = run;
  const wanted = textIn(inputs, 'DesiredState') ?? '';
  const operation = own(operations, wanted);
  const InstanceIds = idsOf(own(inputs, 'InstanceIds'));
  if (operation === undefined || InstanceIds.length === 0) {
    return {
      kind: 'failed',
      message: 'The step names no instances, or no DesiredState of running, stopped or terminated.',
    };
  }
  if (textOf(own(inputs, 'CheckStateOnly') ?? false) !== 'true') {
    const changed = yield* callFor(run, 'ec2', operation, { InstanceIds });
    if (changed.kind === 'error') return refused(operation, changed);
  }
  const described = yield* callFor(run, 'ec2', 'DescribeInstances', { InstanceIds });
  if (described.kind === 'error') return refused('DescribeInstances', described);
  const { Reservations = [] } = described.output as DescribeInstancesResult;
  const states = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name ?? ''));
  const outputs = [{ name: 'InstanceStates', value: states }];
  return states.every((state) => state === wanted)
    ? { kind: 'done', outputs }
    : { kind: 'failed', message: `The instances are ${states.join(', ')}, and not ${wanted}.`, outputs };
}

function idsOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  return (isList(value) ? value : [value]).map((id) => textOf(id));
}
