/** What it takes before the first decision: parsing the documents of a policy set, and compiling and indexing them. */
import { decide } from './built-engine.ts';
import { toPolicies, toRequest } from './engine.ts';
import { median } from './rounds.ts';
import type { Workload } from './workload.ts';

const TIMES = 100;

export interface Preparation {
  /** Microseconds to parse the documents. */
  readonly parse: number;
  /** Microseconds to the first decision with policies that were parsed but never asked: compiled, indexed and decided. */
  readonly compile: number;
}

/** Prepares the first policy set of a workload again and again, from its texts; the median. */
export function timePreparation({ settings }: Workload): Preparation {
  const [setting] = settings;
  const [asked] = setting?.requests ?? [];
  if (setting === undefined || asked === undefined) throw new Error('an empty workload');
  const request = toRequest(asked);
  const parse: number[] = [];
  const compile: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const before = performance.now();
    const policies = toPolicies(setting.documents, asked.action);
    const between = performance.now();
    decide(request, policies);
    compile.push(performance.now() - between);
    parse.push(between - before);
  }
  return { parse: median(parse) * 1000, compile: median(compile) * 1000 };
}
