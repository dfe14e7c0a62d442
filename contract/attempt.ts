import { type Static, Type } from 'typebox';
import { ChallengeSummary } from './challenge.ts';
import { ConsoleView } from './console.ts';
import { Nullable } from './nullable.ts';

/** Three verdicts for a check, and never a fourth. */
export const Verdict = Type.Union([Type.Literal('passed'), Type.Literal('failed'), Type.Literal('ungraded')]);
export type Verdict = Static<typeof Verdict>;

/** Credentials as an AWS profile holds them. A user's key is long-lived, a role's is a session with an expiration. */
export const Profile = Type.Object(
  {
    name: Type.String(),
    principal: Type.String({ description: 'user/Bea, role/SecurityEngineer' }),
    accessKeyId: Type.String(),
    secretAccessKey: Type.String(),
    sessionToken: Type.Optional(Type.String()),
    expiration: Type.Optional(Type.String({ description: 'ISO 8601, real time' })),
  },
  { $id: 'Profile' },
);
export type Profile = Static<typeof Profile>;

/** The learner's own AWS account. */
export const SandboxAccess = Type.Object(
  {
    accountId: Type.String({ description: '12 digits' }),
    region: Type.String(),
    endpoint: Type.String({ description: 'What to give a client as endpoint URL' }),
    profiles: Type.Array(Profile, { description: 'The first is the default' }),
    backend: Type.Union([Type.Literal('embedded'), Type.Literal('localstack'), Type.Literal('left')], {
      description: 'Who carries calls out; left: LocalStack did until it was lost, and the embedded cloud goes on',
    }),
  },
  { $id: 'SandboxAccess' },
);
export type SandboxAccess = Static<typeof SandboxAccess>;

/** A check as the learner sees it before and after grading. Title and reason are null where the check is private. */
export const CheckView = Type.Object(
  {
    id: Type.String(),
    stage: Nullable(Type.String()),
    title: Nullable(Type.String()),
    kind: Type.Union([
      Type.Literal('access'),
      Type.Literal('bounds'),
      Type.Literal('reach'),
      Type.Literal('others'),
      Type.Literal('call'),
      Type.Literal('state'),
      Type.Literal('flag'),
      Type.Literal('private'),
    ]),
    verdict: Nullable(Verdict),
    reason: Nullable(Type.String()),
  },
  { $id: 'CheckView' },
);
export type CheckView = Static<typeof CheckView>;

/** A hint: its title and cost before it is bought, its text after. */
export const HintView = Type.Object(
  { n: Type.Integer(), title: Type.String(), cost: Type.Integer(), text: Nullable(Type.String()) },
  { $id: 'HintView' },
);
export type HintView = Static<typeof HintView>;

/** A learner's work on one challenge. */
export const Attempt = Type.Object(
  {
    id: Type.String(),
    challenge: ChallengeSummary,
    story: Type.String({ description: 'Markdown, with the learner’s own names in it' }),
    references: Type.Array(Type.Object({ title: Type.String(), url: Type.String() })),
    explain: Type.Union([Type.Literal('always'), Type.Literal('after-solving')]),
    state: Type.Union([Type.Literal('open'), Type.Literal('ended')]),
    startedAt: Type.String(),
    solved: Type.Boolean(),
    stage: Nullable(Type.String({ description: 'The stage being worked on; null where the challenge has none' })),
    stages: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), passed: Type.Boolean() })),
    sandbox: SandboxAccess,
    clock: Type.Object({
      ahead: Type.Integer({ description: 'Milliseconds that the account’s clock is ahead of real time' }),
      steps: Type.Array(Type.String(), { description: 'Lengths of time by which it may be moved forward: 1h, 1d' }),
    }),
    console: ConsoleView,
    checks: Type.Array(CheckView, { description: 'Of the current stage and the ones before it' }),
    hints: Type.Array(HintView),
    submissions: Type.Integer(),
    debrief: Nullable(Type.String({ description: 'Markdown, after solving' })),
    home: Type.Record(Type.String(), Type.String(), { description: 'Files of the home directory by relative path' }),
  },
  { $id: 'Attempt' },
);
export type Attempt = Static<typeof Attempt>;

export const CreateAttempt = Type.Object(
  { challenge: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);
export type CreateAttempt = Static<typeof CreateAttempt>;

export const MoveClock = Type.Object({ by: Type.String({ maxLength: 10 }) }, { additionalProperties: false });
export type MoveClock = Static<typeof MoveClock>;

/** A call of the learner's that changed the account, as rewinding undoes it. */
export const RewindStep = Type.Object(
  {
    id: Type.String({ description: 'The request id that the answer carried' }),
    call: Type.String({ description: 'iam:PutUserPolicy' }),
    principal: Type.String({ description: 'ARN of the caller, or anonymous' }),
    at: Type.String({ description: 'ISO 8601, real time' }),
  },
  { $id: 'RewindStep' },
);
export type RewindStep = Static<typeof RewindStep>;

export const LastStep = Type.Object({ step: Nullable(RewindStep) });
export type LastStep = Static<typeof LastStep>;

export const Rewind = Type.Object(
  { step: Type.Optional(Type.String({ maxLength: 64, description: 'Undo this step, or nothing' })) },
  { additionalProperties: false },
);
export type Rewind = Static<typeof Rewind>;

export const Rewound = Type.Object({ undone: RewindStep, attempt: Attempt });
export type Rewound = Static<typeof Rewound>;

/** The learner's attempts, newest first. */
export const AttemptList = Type.Object({
  attempts: Type.Array(
    Type.Object({
      id: Type.String(),
      challenge: Type.String(),
      state: Type.Union([Type.Literal('open'), Type.Literal('ended')]),
      solved: Type.Boolean(),
      stage: Nullable(Type.String()),
      startedAt: Type.String(),
      checks: Type.Object({ passed: Type.Integer(), total: Type.Integer() }),
    }),
  ),
});
export type AttemptList = Static<typeof AttemptList>;

export const CreateSubmission = Type.Object(
  {
    answers: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 10_000 }), { maxProperties: 100 })),
  },
  { additionalProperties: false },
);
export type CreateSubmission = Static<typeof CreateSubmission>;

/** One check's outcome in a submission. */
export const CheckResult = Type.Object({
  id: Type.String(),
  title: Nullable(Type.String()),
  verdict: Verdict,
  reason: Nullable(Type.String()),
});
export type CheckResult = Static<typeof CheckResult>;

/** What a submission came to. `verdict`: failed if a check failed, else ungraded if one was, else passed. */
export const Submission = Type.Object(
  {
    id: Type.String(),
    submittedAt: Type.String(),
    verdict: Verdict,
    stage: Nullable(Type.String({ description: 'The stage that was graded' })),
    solved: Type.Boolean(),
    checks: Type.Array(CheckResult),
  },
  { $id: 'Submission' },
);
export type Submission = Static<typeof Submission>;

export const Hint = Type.Object({ title: Type.String(), text: Type.String(), cost: Type.Integer() }, { $id: 'Hint' });
export type Hint = Static<typeof Hint>;
