import { readFileSync } from 'node:fs';

/** Milliseconds in a clock tick as Linux reports it, on every machine that Node runs on (USER_HZ is 100). */
const TICK = 10;

/** Milliseconds of processor time that a process has taken (proc_pid_stat(5), utime and stime); 0 where the system does not tell. */
export function processorTime(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may hold anything; what follows are numbers from the third field on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  } catch {
    return 0;
  }
}
