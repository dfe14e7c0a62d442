/**
 * What the AWS CLI does with one service, in order, in a sandbox of its own (`foundations/playground`, profile `admin`). A file
 * `<service>.ts` in this folder exports `scenario`; `services.test.ts` runs them all.
 */

/** The answers of the steps that have a name, as the CLI printed them. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any operation, of which a scenario reads the members that it knows of
export type Answers = Readonly<Record<string, any>>;

export interface ScenarioStep {
  /** The words after `aws`: `['iam', 'create-user', '--user-name', 'Bea']`; or made of earlier answers. */
  readonly run: readonly string[] | ((answers: Answers) => readonly string[]);
  /** Seconds to wait before it: for what comes about later. */
  readonly waits?: number;
  /** Keeps the answer under this name. */
  readonly name?: string;
  /** The error's code that the call must end in; it must succeed where absent. */
  readonly ends?: string;
  /** What must hold of the answer; throws where it does not. Nothing printed is `{}`. */
  readonly shows?: (answer: Answers[string], answers: Answers) => void;
  /** The step of this name gave credentials, in `Credentials` or `AccessKey`: the call is signed with them. */
  readonly as?: string;
}

export interface Scenario {
  readonly service: string;
  /** Files that words name as `file://…`, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly steps: readonly ScenarioStep[];
}
