/** A service as a client of AWS drives it: command lines in order. A file of this folder exports `calls`; `services.test.ts` runs them all. */

/** The answers of the calls that have a name, with `accountId` and `region` of the sandbox. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a hundred operations, of which a case reads the members that it knows of
export type Answers = Readonly<Record<string, any>>;

export interface ServiceCall {
  /** What follows `aws`: service, command, options; or made of earlier answers. */
  readonly words: readonly string[] | ((answers: Answers) => readonly string[]);
  /** Keeps the answer under this name. */
  readonly name?: string;
  /** What must hold of the answer; throws where it does not. */
  readonly shows?: (answer: Answers[string], answers: Answers) => void;
  /** The code of the error that it must end in: `NotFoundException`. */
  readonly fails?: string;
}
