/**
 * A path of privilege escalation as it is played: the account, the attack, the fix, the work that must go on. One row is one file of
 * `rows/`, named by its number, which exports `row`; `paths.test.ts` plays them all (see `play.ts`).
 */

/**
 * Who makes a call: `root`, `partner` (root of the other account), `anonymous`, `user/Eve`, `role/Deployer` (a session of it, as a
 * workload has one), or `from:<step>`: the credentials that an earlier step of this name was given.
 */
export type Who =
  | 'root'
  | 'partner'
  | 'anonymous'
  | `user/${string}`
  | `role/${string}`
  | `partner-role/${string}`
  | `from:${string}`;

/** The answers of the steps that have a name. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a hundred operations, of which a row reads the members that it knows of
export type Answers = Readonly<Record<string, any>>;

/** One call. */
export interface CallStep {
  /** `iam:CreateAccessKey`. */
  readonly call: string;
  /** As the SDK takes it; or made of earlier answers and of the sandbox's clock, epoch milliseconds. */
  readonly with?: object | ((answers: Answers, now: number) => object);
  /** Where absent: the attacker in `attack` and `gain`, else root. */
  readonly as?: Who;
  /** Keeps the answer under this name. */
  readonly name?: string;
  /** What must hold of the answer; throws where it does not. */
  readonly shows?: (answer: Answers[string], answers: Answers) => void;
}

/** The clock moves on, and what falls due by then is done. */
export interface WaitStep {
  readonly wait: { readonly seconds: number };
}

/** An issuer that the attacker or the workload has signs a token; the answer is `{token}`. */
export interface TokenStep {
  readonly token: { readonly issuer: string; readonly claims: Readonly<Record<string, unknown>> };
  readonly name: string;
}

/** Who holds an instance runs a script on it, which must end well. */
export interface HostStep {
  readonly host: (answers: Answers) => { readonly instanceId: string; readonly script: string };
}

export type PathStep = CallStep | WaitStep | TokenStep | HostStep;

/** A fix, and where it stops the attack. */
export interface Fix {
  /** In the words of the path's last column. */
  readonly what: string;
  /** Of what an intruder leaves behind: the fix comes after the attack, and stops the gain. `before` where absent. */
  readonly when?: 'before' | 'after';
  readonly steps: readonly PathStep[];
  /**
   * The call of the attack, or of the gain, that is refused now: the first of this name. Every call before it still succeeds.
   */
  readonly stops: string;
  /** The error's code where it is not a denial (`AccessDenied`, `AccessDeniedException`, `UnauthorizedOperation`). */
  readonly by?: string;
}

export interface PathRow {
  /** `1`, `M6`. */
  readonly row: string;
  readonly title: string;
  readonly given: readonly PathStep[];
  /** Who attacks. */
  readonly attacker: Who;
  /** Every call succeeds while nothing is fixed. */
  readonly attack: readonly PathStep[];
  /** What the attack is for: refused before it to the attacker, and allowed after. */
  readonly gain: CallStep;
  /** The error's code by which the gain is refused at first, where it is no denial. */
  readonly refusedAtFirst?: string;
  /** Each is enough by itself. */
  readonly fixes: readonly Fix[];
  /** Succeeds from the beginning, and with every fix. */
  readonly work: readonly PathStep[];
}
