/**
 * A child process that runs one script on a pretend host, for child-pool.ts. It has no environment, may write no file and start no process
 * (Node's permission model), and its only way out is the channel to its parent.
 */
import { runOnHost } from './host-shell.ts';
import { shellLimits } from './limits.ts';
import { pack, unpack } from './packed.ts';
import type { HostAnswer, HostRequest, ShellJob } from './shell-job.ts';

type FromParent =
  | { readonly kind: 'run'; readonly job: ShellJob }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: string };

// Taken before any script runs, behind which just-bash closes the process off.
const send = process.send?.bind(process) ?? (() => false);
const questions = new Map<number, (answer: HostAnswer) => void>();
let lastQuestion = 0;

function ask(request: HostRequest): Promise<HostAnswer> {
  const question = pack(request);
  if (question.length > shellLimits.questionCharacters) return Promise.resolve({ kind: 'unreachable', why: 'refused' });
  lastQuestion += 1;
  const id = lastQuestion;
  return new Promise((resolve) => {
    questions.set(id, resolve);
    send({ kind: 'ask', id, question });
  });
}

process.on('message', (message: FromParent) => {
  if (message.kind === 'answer') {
    questions.get(message.id)?.(unpack(message.answer) as HostAnswer);
    questions.delete(message.id);
    return;
  }
  runOnHost(message.job, ask).then(
    (result) => send({ kind: 'done', result, isSpent: true }),
    (error: unknown) => send({ kind: 'fault', message: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
