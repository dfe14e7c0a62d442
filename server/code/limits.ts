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
    /** As many as one sandbox may have: to start one holds the server up for some milliseconds, and who invokes again and again would have it start them again and again. */
    idle: 4,
    runsPerProcess: 50,
    heapMegabytes: 128,
  },
} as const;

/** What a script on a pretend host may take. */
export const shellLimits = {
  /** Milliseconds of processor time of its process, start and all (150): what just-bash's own limits let through ends here. */
  processMilliseconds: 1_900,
  /** Milliseconds that a script may wait, whatever its own limit says: it holds a process of the pool meanwhile. */
  waitMilliseconds: 60_000,
  /** Milliseconds that a process may take beyond that, on a busy machine, before it is killed. */
  killAfter: 20_000,
  /** Commands, and rounds of one loop: an endless loop ends by itself in a quarter of a second. */
  commands: 20_000,
  /** Bytes of standard output and standard error together; a host's console shows the last 16 KiB. */
  outputBytes: MiB,
  /** Bytes of one text, and of one document that is read into a variable. */
  stringBytes: 4 * MiB,
  /** Bytes and entries of the host's own files: they are a body beside the state, one for each instance. */
  diskBytes: 2 * MiB,
  diskEntries: 2_000,
  /** Characters that are kept of a session: they stand in the state. */
  sessionCharacters: 16 * 1024,
  /** Requests of one script, and characters of one. */
  questions: 500,
  questionCharacters: 8 * MiB,
  pool: {
    /** Processes at a time, and for one sandbox; each takes 70 MB. */
    processes: 6,
    perOwner: 2,
    /** A process runs one script, so that nothing of one is there for another's: its start takes 150 ms. */
    idle: 0,
    runsPerProcess: 1,
    heapMegabytes: 128,
  },
} as const;
