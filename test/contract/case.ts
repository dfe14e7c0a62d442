/** What both backends must do alike: a case is a few calls in a sandbox of its own. A file in `cases/` has those of one service. */

/** The answers of the steps that have a name. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any operation, of which a case reads the members that it knows of
export type Answers = Readonly<Record<string, any>>;

export type Input = Readonly<Record<string, unknown>>;

export interface CaseStep {
  /** `sqs:CreateQueue`. */
  readonly call: string;
  /** Made of earlier answers, where they are needed. */
  readonly with?: Input | ((answers: Answers) => Input);
  /** Keeps the answer under this name. */
  readonly name?: string;
  /** The code of the error that it must end in; it must succeed where absent. */
  readonly ends?: string;
  /** What must hold of the answer on either backend; throws where it does not. */
  readonly shows?: (answer: Answers[string], answers: Answers) => void;
  /** The user who calls: one of `users`; the administrator where absent. */
  readonly as?: string;
}

export interface ContractCase {
  readonly service: string;
  readonly name: string;
  /** Users beside the administrator, and what their one policy allows or denies. */
  readonly users?: Readonly<Record<string, readonly object[]>>;
  readonly steps: readonly CaseStep[];
}
