import { consoleWords } from '../../../cloud/console/words.ts';
import type { Attempt, CheckResult, Submission } from '../../../contract/index.ts';
import type { Bench } from '../bench.ts';
import type { CommandOutput, HostCall } from './protocol.ts';
import { texts } from './texts.ts';

const said = (stdout: string): CommandOutput => ({ stdout, stderr: '', exitCode: 0 });
const refused = (stderr: string): CommandOutput => ({ stdout: '', stderr, exitCode: 1 });

const signs: Record<CheckResult['verdict'], string> = { passed: '✓', failed: '✕', ungraded: '▲' };

/** That a stage is passed, and which one has begun. */
function stageText(passed: string, stages: Attempt['stages']): string {
  const title = stages.find((stage) => stage.id === passed)?.title ?? passed;
  const next = stages[stages.findIndex((stage) => stage.id === passed) + 1];
  return next ? texts.stageBegun(title, next.title) : texts.stagePassed(title);
}

/** A submission as the terminal prints it: a line a check, the reason below it, and what it came to. */
export function submissionText(submission: Submission, stages: Attempt['stages'] = []): string {
  const lines = submission.checks.flatMap((check) => {
    const line = `${signs[check.verdict]} ${check.title ?? texts.privateCheck}`;
    return check.reason && check.verdict !== 'passed' ? [line, `    ${check.reason}`] : [line];
  });
  const held = submission.checks.filter((check) => check.verdict === 'passed').length;
  const end = submission.solved
    ? texts.solved
    : submission.verdict === 'passed' && submission.stage
      ? stageText(submission.stage, stages)
      : texts.held(held, submission.checks.length);
  return `${[...lines, end].join('\n')}\n`;
}

/** `answer`, `submit`, `hint`, `console`: the commands that concern the attempt rather than the account. */
export class WorkCommands {
  private readonly bench: Bench;

  constructor(bench: Bench) {
    this.bench = bench;
  }

  async run(call: HostCall): Promise<CommandOutput> {
    switch (call.name) {
      case 'answer':
        return this.answer(call.words);
      case 'submit':
        return await this.submit();
      case 'hint':
        return await this.hint(call.words);
      case 'console':
        return await this.console(call.words);
      default:
        return refused(`${call.name}: command not found\n`);
    }
  }

  private async console(words: readonly string[]): Promise<CommandOutput> {
    const read = consoleWords(words);
    if (read.kind === 'usage') return refused(read.text);
    const { attempt } = this.bench;
    if (!(await attempt.actInConsole(read.act)))
      return refused(texts.refused('console', attempt.refusal.value?.message ?? ''));
    const profile = attempt.current?.sandbox.profiles.at(-1)?.name ?? '';
    return said(read.act.name === 'SignIn' ? texts.signedIn(profile) : '');
  }

  private answer([check, ...values]: readonly string[]): CommandOutput {
    const { attempt } = this.bench;
    const stage = attempt.current?.stage ?? null;
    const asked = (attempt.current?.checks ?? [])
      .filter((one) => one.kind === 'flag' && (one.stage === null || one.stage === stage))
      .map((one) => one.id);
    if (asked.length === 0) return refused(`answer: ${texts.noAnswers}\n`);
    const value = values.join(' ').trim();
    if (!check || value === '') return refused(texts.answerUsage(asked));
    if (!asked.includes(check)) return refused(texts.noCheck(check, asked));
    attempt.note(check, value);
    return said(texts.noted(check));
  }

  private async submit(): Promise<CommandOutput> {
    const { attempt } = this.bench;
    if (attempt.current?.challenge.type === 'free') return refused(texts.nothingToGrade);
    const submission = await this.bench.submit();
    if (!submission) return refused(texts.refused('submit', attempt.refusal.value?.message ?? ''));
    return {
      ...said(submissionText(submission, attempt.current?.stages)),
      exitCode: submission.verdict === 'passed' ? 0 : 1,
    };
  }

  private async hint([word]: readonly string[]): Promise<CommandOutput> {
    const { attempt } = this.bench;
    const hints = attempt.current?.hints ?? [];
    if (hints.length === 0) return said(texts.noHints);
    if (word === undefined) {
      const list = hints.map((hint) => texts.hintList(hint.n, hint.title, hint.cost, hint.text !== null));
      return said(`${list.join('')}${texts.hintUse}`);
    }
    const hint = hints.find((one) => String(one.n) === word);
    if (!hint) return refused(texts.noHint(word));
    if (hint.text === null) await attempt.reveal(hint.n);
    const text = attempt.current?.hints.find((one) => one.n === hint.n)?.text;
    return text ? said(`${text}\n`) : refused(texts.refused('hint', attempt.refusal.value?.message ?? ''));
  }
}
