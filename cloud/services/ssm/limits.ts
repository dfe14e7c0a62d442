/** What one account may hold in Systems Manager, each with its reason. */

const KiB = 1024;
const MiB = 1024 * KiB;

export const ssmLimits = {
  /** Parameters of one account. AWS's own quota is 10,000 standard parameters. */
  parametersPerAccount: 1000,
  /** Characters of all values of an account, every version counted: they stand in the state. */
  parameterCharactersPerAccount: 4 * MiB,
  /** AWS's own quota is 500; a lesson has a few. */
  documentsPerAccount: 100,
  /** AWS's own quota is 1000; a lesson changes a document a few times. */
  versionsPerDocument: 20,
  /** Bytes of one version, AWS's own. */
  documentBytes: 64 * KiB,
  /** Characters of all documents, every version counted: they stand in the state. */
  documentCharactersPerAccount: MiB,
  /** Commands that are kept: the oldest that has ended goes for a new one. AWS keeps them for 30 days. */
  commandsPerAccount: 50,
  /** Characters of what one command runs, its parameters filled in. */
  commandCharacters: 100 * KiB,
  /** Characters of all commands with what they wrote: the oldest that have ended go for a new one. */
  commandCharactersPerAccount: 2 * MiB,
  /** Nodes that one command goes to: each runs a script of its own. AWS takes 50 by their ids. */
  nodesPerCommand: 10,
  /** How long after the longest time that its scripts may take a command is given up: whoever ran it was ended. */
  commandGraceMilliseconds: 300_000,
  /** Sessions that are kept: the oldest that is over goes for a new one. */
  sessionsPerAccount: 50,
  /** Characters of one input to a session. */
  sessionInputCharacters: 64 * KiB,
  /** How long one input to a session may take. */
  sessionInputMilliseconds: 60_000,
  /** Executions of runbooks that are kept: the oldest that has ended goes for a new one. */
  executionsPerAccount: 50,
  /** Steps that one execution runs, those counted again that it comes back to. AWS's runbooks have 100 at most. */
  stepsPerExecution: 200,
  /** Characters of all executions with their outputs: the oldest that have ended go for a new one. */
  executionCharactersPerAccount: 2 * MiB,
  /** Characters of one output of a step: larger ones are left out. */
  outputCharacters: 20 * KiB,
  /** Characters of all steps of one execution: once they take more, further steps keep no inputs and no outputs. */
  stepCharacters: 200 * KiB,
} as const;
