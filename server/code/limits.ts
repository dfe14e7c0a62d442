/** What learners' code may take, each with its reason. */

const MiB = 1024 * 1024;

export const codeLimits = {
  /** Milliseconds of processor time of one invocation: a lesson's function takes a few. */
  cpuMilliseconds: 1_300,
  /** … and of its process, start and all: what the interpreter cannot interrupt ends here. */
  processMilliseconds: 1_900,
  /** Milliseconds that a process may take beyond the function's own timeout, on a busy machine, before it is killed. */
  killAfter: 20_000,
  /** Megabytes of the interpreter, whatever the function's memory size says. */
  memoryMegabytes: 64,
  /** Characters of a log: what is beyond is left out. */
  logCharacters: 256 * 1024,
  /** Characters of an answer (Lambda quotas: 6 MB). */
  outputBytes: 6 * MiB,
  /** Requests of one invocation. */
  questions: 500,
  pool: {
    /** Processes at a time, and for one sandbox: functions that wait for functions take one each. */
    processes: 12,
    perOwner: 4,
    idle: 2,
    runsPerProcess: 50,
    heapMegabytes: 128,
  },
} as const;
